import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsCnp, coverCnp, coveredQuery } from './cnp.ts';

// Written apart from the code it checks: string arithmetic over the rule, no Date.
const daysIn = (year: number, month: number) =>
	month === 2
		? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
			? 29
			: 28
		: month < 8
			? 30 + (month % 2)
			: 31 - (month % 2);
const control = (twelve: string) => {
	const sum = [...'279146358279'].reduce(
		(total, weight, place) => total + Number(weight) * Number(twelve[place]),
		0
	);
	return sum % 11 === 10 ? '1' : String(sum % 11);
};
const pad = (number: number, width: number) => String(number).padStart(width, '0');

const birthday = fc
	.tuple(
		fc.constantFrom(
			['1', 1900],
			['2', 1900],
			['3', 1800],
			['4', 1800],
			['5', 2000],
			['6', 2000],
			['7', 1900],
			['8', 2000]
		),
		fc.nat(99),
		fc.integer({ min: 1, max: 12 })
	)
	.chain(([[first, century], year, month]) =>
		fc
			.integer({ min: 1, max: daysIn(Number(century) + year, month) })
			.map((day) => `${first}${pad(year, 2)}${pad(month, 2)}${pad(day, 2)}`)
	);
const validCnp = fc.tuple(birthday, fc.nat(99_999)).map(([start, rest]) => {
	const twelve = start + pad(rest, 5);
	return twelve + control(twelve);
});

const fullWidth = (digit: string) => String.fromCharCode(digit.charCodeAt(0) - 48 + 0xff10);
const between = fc.constantFrom(
	'',
	' ',
	'.',
	'-',
	'/',
	'\u00a0',
	'\u200b',
	'\u200d',
	'\ufeff',
	'\u2060',
	'\u2013',
	'\u2011',
	'\u202f',
	'\u00ad',
	' - ',
	' \u200b. '
);
const disguised = fc
	.tuple(
		validCnp,
		fc.array(between, { minLength: 12, maxLength: 12 }),
		fc.array(fc.boolean(), { minLength: 13, maxLength: 13 })
	)
	.map(([cnp, gaps, wide]) =>
		[...cnp].map((digit, at) => (wide[at] ? fullWidth(digit) : digit) + (gaps[at] ?? '')).join('')
	);

const around = fc.constantFrom(
	['', ''],
	['CNP: ', '.'],
	['Persoana (', ') a fost sprijinită'],
	['x', 'y'],
	['12/2024 - ', ''],
	['1. ', '\n2. 0'],
	['', ' din 24.09.2024'],
	['ș', 'ț'],
	['**', '**']
);

describe('the numbers of the rule', () => {
	test.each(['1800101700011', '5000229700012', '6991231709999', '7000101700011', '1630615123457'])(
		'%s is one',
		(number) => {
			expect(containsCnp(number)).toBe(true);
			expect(containsCnp(`CNP ${number}, seria X`)).toBe(true);
		}
	);

	test.each([
		['1900229400019', '29 February 1990'],
		['1630615123458', 'checksum'],
		['1632215123457', 'month 22'],
		['0800101700011', 'nobody begins with 0'],
		['18001017000119', 'fourteen digits written together'],
		['91800101700011', 'fourteen digits written together'],
		['180010170001', 'twelve digits'],
		['1800101,700011', 'a comma parts two numbers'],
		['', 'nothing']
	])('%s is none: %s', (number) => {
		expect(containsCnp(number)).toBe(false);
	});

	test('the county is not looked at', () => {
		const numbers = Array.from({ length: 100 }, (_, county) => `1800101${pad(county, 2)}001`);
		expect(numbers.every((twelve) => containsCnp(twelve + control(twelve)))).toBe(true);
	});
});

test('1,000 valid numbers are found, however they are written and whatever stands around them', () => {
	let runs = 0;
	fc.assert(
		fc.property(disguised, around, (number, [before, after]) => {
			runs++;
			return containsCnp(before + number + after);
		}),
		{ numRuns: 1000 }
	);
	expect(runs).toBe(1000);
});

test('each way of writing is found by itself', () => {
	for (const gap of [
		' ',
		'.',
		'-',
		'/',
		'\u00a0',
		'\u200b',
		'\u200c',
		'\u200d',
		'\ufeff',
		'\u2060',
		'\u00ad',
		'\u2013',
		'\u2014',
		'\u2212',
		'\n'
	])
		expect([gap.codePointAt(0)?.toString(16), containsCnp([...'1800101700011'].join(gap))]).toEqual([
			gap.codePointAt(0)?.toString(16),
			true
		]);
	expect(containsCnp([...'1800101700011'].map(fullWidth).join(''))).toBe(true);
	expect(containsCnp('1 800101 700011')).toBe(true);
});

test('two numbers side by side, and a number after a year, are found', () => {
	expect(containsCnp('1630615123458 5000229700012')).toBe(true);
	expect(containsCnp('2024 1800101700011 2025')).toBe(true);
});

test('a wrong last digit, a 13th month and a longer run are not a number', () => {
	fc.assert(
		fc.property(validCnp, fc.integer({ min: 1, max: 9 }), (cnp, step) => {
			const wrong = cnp.slice(0, 12) + ((Number(cnp[12]) + step) % 10);
			const thirteenth = cnp.slice(0, 3) + '13' + cnp.slice(5, 12);
			return (
				!containsCnp(wrong) &&
				!containsCnp(thirteenth + control(thirteenth)) &&
				!containsCnp(`${cnp}0`) &&
				!containsCnp(`7${cnp}`)
			);
		}),
		{ numRuns: 1000 }
	);
});

test('at most 0.5 % of other 13-digit numbers are refused', () => {
	// A fixed seed: the share is a property of the rule, not of the day.
	const numbers = fc.sample(fc.array(fc.nat(9), { minLength: 13, maxLength: 13 }), {
		numRuns: 40_000,
		seed: 533
	});
	const refused = numbers.filter((digits) => containsCnp(digits.join(''))).length;

	expect(numbers.length).toBe(40_000);
	expect(refused / numbers.length).toBeLessThanOrEqual(0.005);
	expect(refused).toBeGreaterThan(0);
});

test('figures, dates, acts and telephones pass', () => {
	for (const words of [
		'HG 533/2024, Monitorul Oficial 467 și 467 bis din 21.05.2024',
		'b123/10.09.2024, L419/2024, PL-x 672/2024',
		'1.234.567,89 lei; 2023: 1 205, 2024: 1 318',
		'Telefonul public 0800 000 000, luni-vineri 9:00-17:00',
		'1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'
	])
		expect([words, containsCnp(words)]).toEqual([words, false]);
});

test('a link to a measure passes, whatever digits its id was given', () => {
	const link = 'https://hora.example/measures/18001017-0001-4192-8010-170001234567';
	expect(containsCnp('18001017-0001-1')).toBe(true);
	expect(containsCnp(link)).toBe(false);
	expect(containsCnp(`${link}: 1800101 700011`)).toBe(true);
	expect(coverCnp(`${link}: 1800101 700011`)).toBe(`${link}: ••••••• ••••••`);
});

test('an address that asks for a personal number is covered, any other is left alone', () => {
	const of = (query: string) => coveredQuery(new URL(`https://hora.example/search?${query}`));
	expect(of('q=adăpost&late=yes')).toBeUndefined();
	expect(of('q=1800101+700011&late=yes')).toBe(
		`?${new URLSearchParams({ q: '••••••• ••••••', late: 'yes' })}`
	);
	expect(of('1800101700011=x')).not.toContain('1800101700011');
});

test('a long text takes no long time', () => {
	const started = performance.now();
	for (const words of [
		'1 '.repeat(50_000),
		`1${' '.repeat(100_000)}x`,
		'1'.repeat(100_000),
		'1/-. '.repeat(20_000)
	])
		containsCnp(words);
	expect(performance.now() - started).toBeLessThan(3000);
});
