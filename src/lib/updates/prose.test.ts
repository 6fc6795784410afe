import { expect, test } from 'vitest';
import { parseProse } from './prose.server.ts';

test('bold, lists and links become a tree', () => {
	expect(
		parseProse('Rămân **două** puncte:\n\n- cine răspunde;\n- [ordinul](https://example.org/o)')
	).toEqual([
		{ type: 'paragraph', spans: [{ text: 'Rămân ' }, { text: 'două', strong: true }, { text: ' puncte:' }] },
		{
			type: 'list',
			ordered: false,
			start: 1,
			items: [[{ text: 'cine răspunde;' }], [{ text: 'ordinul', href: 'https://example.org/o' }]]
		}
	]);
});

test('a line break stays a line break', () => {
	expect(parseProse('una\nalta')).toEqual([
		{ type: 'paragraph', spans: [{ text: 'una' }, { text: '\n' }, { text: 'alta' }] }
	]);
});

test.each([
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'a <b onclick="x()">b</b> & c "d" \'e\'',
	'# Titlu',
	'> citat',
	'`cod`',
	'[x](javascript:alert(1))',
	'[x](data:text/html,<script>)',
	'![x](https://example.org/i.png)'
])('what is not ours stays as it was typed: %s', (typed) => {
	const written = parseProse(typed)
		.flatMap((block) => (block.type === 'paragraph' ? block.spans : block.items.flat()))
		.map((span) => {
			expect(span.href).toBeUndefined();
			return span.text;
		})
		.join('');
	expect(written).toBe(typed);
});

test('only web addresses become links', () => {
	const [block] = parseProse('https://example.org/pagina și www.example.org');
	expect(block).toMatchObject({
		spans: [{ href: 'https://example.org/pagina' }, {}, { href: 'http://www.example.org' }]
	});
});
