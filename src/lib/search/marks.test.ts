import { describe, expect, test } from 'vitest';
import { excerpt, hasFound, type Mark, marked } from './marks.ts';

/** With brackets round what was found. */
const drawn = (marks: Mark[]) => marks.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

describe('what was found stands out in the text as it was written', () => {
	test.each([
		['Ședința comisiei', 'sedinta', '[Ședința] comisiei'],
		['Ședința comisiei', 'ŞEDINŢEI', '[Ședința] comisiei'],
		['s\u0326edint\u0326a de azi', 'ședința', '[s\u0326edint\u0326a] de azi'],
		['Măsuri de protecție', 'protect masura', '[Măsuri] de [protecție]'],
		['Formularul și formulare', 'formular', '[Formularul] și [formulare]'],
		['Three shelters', 'shelter', 'Three [shelters]'],
		['Legea', 'legii', '[Legea]'],
		['Termen de depunere', 'de termen', '[Termen] [de] depunere'],
		['a <b>bold</b> & "x"', '<b> "', 'a <[b]>bold</[b]> & "x"'],
		['nimic aici', 'altceva', 'nimic aici'],
		['nimic aici', '', 'nimic aici'],
		['', 'ceva', '']
	])('%s, %s', (text, typed, expected) => expect(drawn(marked(text, typed))).toBe(expected));

	test('nothing of the text is lost or added', () => {
		for (const text of ['Ședința de luni, «măsuri»', '  ', 'a\n\nb', 'ﬁ 👩‍👩‍👧 ﷺ', 'x'.repeat(500)])
			for (const typed of ['sedinta', 'm', 'luni masuri', 'x', 'fi'])
				expect(marked(text, typed).map(({ text }) => text)).toSatisfy(
					(parts: string[]) => parts.join('') === text
				);
	});
});

describe('a piece of a long text', () => {
	const long = `${'cuvinte dinainte '.repeat(20)}aici stă ținta, ${'și cuvinte după '.repeat(20)}`;

	test('is around the first word that was found, cut between words', () => {
		const piece = drawn(excerpt(long, 'tinta', 120));
		expect(piece).toMatch(/^…(cuvinte|dinainte).* aici stă \[ținta\], și .*(cuvinte|după|și)…$/);
		expect(piece.length).toBeLessThan(126);
	});

	test('is its beginning where nothing was found', () => {
		const marks = excerpt(long, 'altundeva', 120);
		expect(hasFound(marks)).toBe(false);
		expect(drawn(marks)).toMatch(/^cuvinte dinainte .*…$/);
	});

	test('is all of a short one', () => expect(drawn(excerpt('Ținta.', 'tinta'))).toBe('[Ținta].'));

	test('is cut somewhere where there are no spaces', () =>
		expect(drawn(excerpt('x'.repeat(1000), 'y', 100))).toBe(`${'x'.repeat(100)}…`));
});
