import { expect, test } from 'vitest';
import type { Prose } from '#lib/updates/update.ts';
import { quotationOf, type Quoted } from './quote.ts';

const prose: Prose = [
	{
		type: 'paragraph',
		spans: [
			{ text: 'Trei centre <script>alert(1)</script> & „altele”\npe rând, ' },
			{ text: 'din mai', strong: true },
			{ text: ' (pagina)', href: 'https://hora.example/"><img src=x onerror=alert(1)>' },
			{ text: ' (rea)', href: 'javascript:alert(1)' }
		]
	},
	{ type: 'list', ordered: true, start: 2, items: [[{ text: 'unul' }], [{ text: 'altul' }]] }
];

const quoted: Quoted = {
	post: {
		...{ kind: 'progress', replyTo: null, language: 'ro', prose },
		...{ postedAt: '2026-11-02T08:00:00.000Z', editedAt: '2026-11-03T09:30:00.000Z' }
	},
	organisation: 'Ministerul Exemplu A',
	code: 'E3',
	circle: { nameRo: 'Parteneri <naționali>', nameEn: 'National partners', quoting: 'never' },
	link: 'https://hora.example/measures/1#2'
};

test('a quotation says whose words, when, which version, for whom, under which rule and where', () => {
	const { plain } = quotationOf(quoted, 'ro');
	expect(plain).toBe(
		'„Trei centre <script>alert(1)</script> & „altele”\npe rând, din mai (pagina) (rea)\n\n2. unul\n3. altul”\n' +
			'— Ministerul Exemplu A, progres, 02.11.2026, măsura E3; ' +
			'varianta din marți, 3 noiembrie 2026, 11:30; pentru cercul Parteneri <naționali>; se poate cita în afara cercului: nu. https://hora.example/measures/1#2'
	);
	expect(quotationOf(quoted, 'en').plain).toContain('for the circle National partners');
});

test('in rich text nothing that was written is markup', () => {
	const { html } = quotationOf(quoted, 'ro');
	expect(html).not.toMatch(/<script|<img|javascript:|<naționali>/);
	expect([...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag)).toEqual(
		expect.arrayContaining(['blockquote', 'p', 'br', 'strong', 'a', 'ol', 'li'])
	);
	expect(html).toContain('<a href="https://hora.example/&#34;&#62;&#60;img src=x onerror=alert(1)&#62;">');
	expect(html).toContain('<ol start="2"><li>unul</li><li>altul</li></ol>');
	expect(html).toContain('lang="ro"');
});
