import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '#lib/fold.ts';
import { commaBelow, optionalText, text } from './words.ts';

const title = text({ max: 40 });
const prose = text({ max: 400, multiline: true });
const note = optionalText({ max: 40 });

const read = (schema: typeof title, input: unknown) => {
	const result = schema.safeParse(input);
	return result.success ? result.data : result.error.issues.map(({ message }) => message);
};

describe('words are made sound', () => {
	test.each([
		['spaces around', '  Ședință \u00a0', 'Ședință'],
		['cedilla', 'şedinţă ŞEDINŢĂ', 'ședință ȘEDINȚĂ'],
		['combining cedilla', 's\u0327edint\u0327a\u0306', 'ședință'],
		['combining comma', 's\u0326edint\u0326a\u0306', 'ședință'],
		['two marks on a letter', 's\u0327\u0327', 'ș\u0326'],
		['NFC', 'mi\u0302ine', 'mîine'],
		['other cedillas stay', 'façade', 'façade'],
		['emoji', 'bine 👍🏽', 'bine 👍🏽']
	])('%s', (_, raw, words) => {
		expect(read(title, raw)).toBe(words);
	});

	test('ends of lines become one kind, only where lines are written', () => {
		expect(read(prose, 'unu\r\ndoi\rtrei\u2028patru\n')).toBe('unu\ndoi\ntrei\npatru');
		expect(read(prose, '- unu\n\t- doi')).toBe('- unu\n\t- doi');
		expect(read(title, 'unu\r\ndoi')).toEqual(['words.not_text']);
		expect(read(title, 'unu\tdoi')).toEqual(['words.not_text']);
		expect(read(title, '\r\nunu\r\n')).toBe('unu');
	});

	test('whatever is accepted is trimmed NFC without cedilla, and is accepted again unchanged', () => {
		const letters = fc.constantFrom(
			's',
			't',
			'S',
			'T',
			'a',
			'\u0327',
			'\u0326',
			'\u0306',
			'\u0301',
			'\u0323',
			'ş',
			'Ţ',
			'ș',
			' ',
			'\r\n',
			'é',
			'👍'
		);
		let accepted = 0;
		fc.assert(
			fc.property(
				fc.oneof(
					fc.array(letters).map((parts) => parts.join('')),
					fc.string({ unit: 'binary' })
				),
				(raw) => {
					const result = prose.safeParse(raw);
					if (!result.success) return true;
					accepted++;
					const words = result.data;
					return (
						words === words.trim() &&
						words === words.normalize('NFC') &&
						words.isWellFormed() &&
						!/[şţŞŢ\r\0]/.test(words) &&
						read(prose, words) === words
					);
				}
			),
			{ numRuns: 2000 }
		);
		expect(accepted).toBeGreaterThan(500);
	});
});

describe('words are refused by a key', () => {
	test.each([
		['missing', undefined, 'words.required'],
		['null', null, 'words.required'],
		['empty', '', 'words.required'],
		['blank', ' \n\u00a0 ', 'words.required'],
		['only zero-width characters', '\u200b\u2060', 'words.required'],
		['a number', 12, 'words.not_text'],
		['a file', new File([], 'x'), 'words.not_text'],
		['an array', ['a'], 'words.not_text'],
		['a high surrogate alone', 'a\ud83d', 'words.not_text'],
		['a low surrogate alone', '\udc4da', 'words.not_text'],
		['NUL', 'a\0b', 'words.not_text'],
		['escape', 'a\u001b[31m', 'words.not_text'],
		['C1 control', 'a\u0085b', 'words.not_text'],
		['delete', 'a\u007f', 'words.not_text'],
		['too long', 'a'.repeat(41), 'words.too_long'],
		['a personal number', 'CNP 1800101700011', 'words.personal_number'],
		['a personal number in pieces', '180010-1 70.0011', 'words.personal_number'],
		['a personal number in full width', '１８００１０１７０００１１', 'words.personal_number']
	])('%s', (_, input, key) => {
		expect(read(title, input)).toEqual([key]);
	});

	test('the bounds are counted after trimming', () => {
		expect(read(title, ` ${'a'.repeat(40)} `)).toBe('a'.repeat(40));
		expect(read(text({ max: 9, min: 3 }), ' ab ')).toEqual(['words.required']);
	});

	test('several lines allow newline and tab, nothing else', () => {
		const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, at) => 127 + at)];
		const allowed = controls.filter((code) => prose.safeParse(`a${String.fromCharCode(code)}b`).success);
		expect(allowed).toEqual([9, 10, 13]);
	});

	test('the refusal never repeats what was written', () => {
		const refusal = prose.safeParse('Ioana 1800101700011 Exemplu').error;
		expect(refusal?.issues).toHaveLength(1);
		expect(JSON.stringify(refusal)).not.toMatch(/1800|Ioana/);
		expect(String(refusal)).not.toMatch(/1800|Ioana/);
	});
});

test('optional words may be empty, and are guarded all the same', () => {
	expect(read(note, '')).toBe('');
	expect(read(note, '   ')).toBe('');
	expect(read(note, 'şi')).toBe('și');
	expect(read(note, '1800101700011')).toEqual(['words.personal_number']);
	expect(read(note, undefined)).toEqual(['words.required']);
	expect(note.optional().parse(undefined)).toBeUndefined();
});

test('folding forgets case, diacritics, dashes and spaces', () => {
	for (const word of ['Şedinţă', 'ȘEDINȚĂ', 'sedinta', ' s\u0326edint\u0327a\u0306 '])
		expect(fold(word)).toBe('sedinta');
	expect(fold('Întârziată')).toBe('intarziata');
	expect(fold('S\u2011a  renunțat')).toBe('s-a renuntat');
	expect(commaBelow('Ţara')).toBe('Țara');
});
