import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsCnp } from './cnp.ts';
import { type Kind, kinds, plausibleIn } from './plausible.ts';
import { confirmation, passWarnings, text, warnedOf } from './words.ts';

/** Seen by a person, not by a careless program. */
const gap = fc.constantFrom('', ' ', '.', '-', '/', '\u00a0', ' - ', '\u2011', '\u200b', '. ');
const fullWidth = (digit: string) => String.fromCharCode(digit.charCodeAt(0) - 48 + 0xff10);
const digits = (length: number) =>
	fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((list) => list.join(''));
const around = fc.constantFrom(
	['', ''],
	['Sunați la ', '.'],
	['(', ')'],
	['tel. ', ', între 9 și 17'],
	['Linia: ', '\nMulțumim'],
	['În 2024, ', ' în iunie']
);

const mobile = fc.tuple(fc.constantFrom('0721', '0733', '0744', '0755', '0766', '0788'), digits(6));
const landline = fc.tuple(fc.constantFrom('021', '031', '0264', '0232', '0256'), digits(6));
const phone = fc
	.tuple(
		fc.oneof(
			mobile.map(([start, rest]) => start + rest),
			landline.map(([start, rest]) => (start.length === 3 ? `${start}3${rest}` : `${start}4${rest.slice(1)}`))
		),
		fc.constantFrom('0', '+40', '0040', '+40 (0) ')
	)
	.filter(([number, prefix]) => number.length === 10 && !prefix.includes('('))
	.chain(([number, prefix]) =>
		fc.tuple(fc.array(gap, { minLength: 4, maxLength: 4 }), fc.boolean()).map(([gaps, wide]) => {
			const groups = [number.slice(1, 4), number.slice(4, 7), number.slice(7, 10)];
			const all = prefix + groups.map((group, i) => gaps[i] + group).join('');
			return wide ? all.replace(/\d/g, fullWidth) : all;
		})
	);

const ninetySeven = (text: string) => [...text].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
const iban = fc.tuple(fc.constantFrom('BTRL', 'RNCB', 'INGB', 'CECE'), digits(16)).map(([bank, account]) => {
	const letters = (text: string) => text.replace(/[A-Z]/g, (one) => String(one.charCodeAt(0) - 55));
	const check = 98 - ninetySeven(letters(`${bank}${account}RO00`));
	return `RO${String(check).padStart(2, '0')}${bank}${account}`;
});

const email = fc.tuple(
	fc.stringMatching(/^[a-z][a-z0-9._-]{0,15}[a-z0-9]$/),
	fc.constantFrom('@', ' @ ', '(at)', '[at]'),
	fc.constantFrom(
		'gmail.com',
		'yahoo.com',
		'yahoo.ro',
		'outlook.com',
		'hotmail.com',
		'icloud.com',
		'proton.me'
	),
	fc.boolean()
);

const slash = fc.constantFrom('/', ' / ');
const caseFile = fc.oneof(
	fc
		.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 999 }), slash)
		.map(([file, court, slash]) => `dosar ${[file, court, 2024].join(slash)}`),
	fc
		.tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('P', 'D/P', 'P/II'), slash)
		.map(([file, letters, slash]) => `nr. ${file}${slash}${letters}${slash}2023`)
);

const every: [Kind, fc.Arbitrary<string>][] = [
	['phone', phone],
	[
		'iban',
		iban.chain((account) =>
			gap.map((one) =>
				account.replace(/(.{4})(?=.)/g, `$1${one.length === 1 ? one.replace(/[/]/, ' ') : ''}`)
			)
		)
	],
	[
		'email',
		email.map(([name, at, host, loud]) =>
			loud ? `${name}${at}${host}`.toUpperCase() : `${name}${at}${host}`
		)
	],
	['case_file', caseFile]
];

test.each(every)('%s: found in 500 ways of writing it, whatever stands around', (kind, written) => {
	let runs = 0;
	fc.assert(
		fc.property(written, around, (number, [before, after]) => {
			runs++;
			return plausibleIn(before + number + after).includes(kind);
		}),
		{ numRuns: 500 }
	);
	expect(runs).toBe(500);
});

test('a personal number with a wrong last digit is warned of, with a right one it is refused', () => {
	expect(plausibleIn('1630615123458')).toEqual(['birth_number']);
	expect(plausibleIn('1 630615 123458')).toEqual(['birth_number']);
	expect(plausibleIn('1632215123457')).toEqual([]);
	expect(containsCnp('1630615123457')).toBe(true);
});

describe('what everybody knows passes', () => {
	test.each([
		'Legea nr. 202/2024, Legea 272 din 2024, Legea nr. 90/2019',
		'HG 533/2024, H.G. nr. 1064/2021, Monitorul Oficial 467 și 467 bis din 21.05.2024',
		'OUG 112/2018, O.U.G. nr. 24/2019, OG 27/2002, Ordinul nr. 1.234/2024, Hotărârea Parlamentului 5/2025',
		'L419/2024, PL-x 672/2024, Pl-x 672/2024, b123/10.09.2024, E45/2024, BPI 210/2024, b 234/2024',
		'Directive (EU) 2024/1712, Directiva (UE) 2011/36, Regulamentul (UE) 2016/679, COM(2022) 732',
		'0800 800 678, 0800.800.678, 112, 119, 116 111, 0800 500 333 (TELVERDE)',
		'02.10.2024 – 05.10.2024; 02.10.2024 15:30; 2024-03-02 10:30; 12/3/2024; 03/10/2024 - 07/10/2024',
		'1.234.567,89 lei; 2.300.450 euro; 1 205 în 2023, 1 318 în 2024; 100.000.000.000 lei',
		'secretariat@anitp.ro, contact@asociatia.example, ana@ministerul-b.example, info@gmail.example',
		'https://www.cdep.ro/pls/proiecte/upl_pck2015.proiect?cam=2&idp=21234567890 și /1234/56/2024',
		'Măsura M12, OG 1, OS 1.2, pct. 3.4.5, art. 210 alin. (1) lit. a), tel. intern 1234',
		'RO12 este codul regiunii de dezvoltare din tabelul anexat, RO21 este Iași',
		'13 din 20 de pași, 24/7, 2024/2025, 9-17, 45 + 60 + 30 de zile, ISO 27001:2022, ISBN 978-973-0-12345-6'
	])('%s', (words) => {
		expect([words, plausibleIn(words)]).toEqual([words, []]);
	});

	test('nothing in the demonstration, in what the screens say, and in the sources of its plan', () => {
		const files = [
			...readdirSync('drizzle/seed').map((name) => `drizzle/seed/${name}`),
			...['src/i18n/ro.json', 'src/i18n/en.json', 'README.md']
		];
		const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
		expect(lines.length).toBeGreaterThan(2500);
		expect(lines.filter((line) => plausibleIn(line).length > 0)).toEqual([]);
	});

	test('of dates, amounts and numbers of acts drawn at random, hardly one', () => {
		const number = fc.integer({ min: 1, max: 9999 });
		const day = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }));
		const pad = (n: number) => String(n).padStart(2, '0');
		const harmless = fc.oneof(
			day.map(([d, m]) => `${pad(d)}.${pad(m)}.2024`),
			day.map(([d, m]) => `între ${pad(d)}.${pad(m)}.2024 și ${pad(m)}.${pad(d % 12 || 1)}.2025, ora 10:30`),
			number.map((n) => `Legea nr. ${n}/2024`),
			number.map((n) => `L${n}/2024 și PL-x ${n}/2023`),
			fc.tuple(number, number).map(([a, b]) => `${(a * b).toLocaleString('ro')} lei din ${a} de proiecte`),
			fc.tuple(number, number).map(([a, b]) => `${a} (2023), ${b} (2024)`)
		);
		const sample = fc.sample(fc.array(harmless, { minLength: 1, maxLength: 4 }), {
			numRuns: 5000,
			seed: 533
		});
		const alarms = sample.map((parts) => parts.join('; ')).filter((words) => plausibleIn(words).length > 0);
		expect(sample).toHaveLength(5000);
		expect(alarms).toEqual([]);
	});
});

test('a long text takes no long time', () => {
	const started = performance.now();
	for (const words of [
		'0722 '.repeat(1000),
		'a.'.repeat(2500),
		'dosar '.repeat(800),
		`dosar${' '.repeat(5000)}x`,
		'12/'.repeat(1600),
		'RO49'.repeat(1200),
		'nr. '.repeat(1200),
		'+'.repeat(5000),
		'1 '.repeat(2500),
		'Legea nr. '.repeat(500)
	])
		plausibleIn(words);
	expect(performance.now() - started).toBeLessThan(2000);
});

describe('in the schema of what people write', () => {
	const words = text({ max: 200 });
	const keys = (raw: string) => words.safeParse(raw).error?.issues.map(({ message }) => message);

	test('each kind is a warning under a key of its own, and never repeats what was written', () => {
		expect(keys('ion.pop@gmail.com, 0722 123 456')).toEqual([
			'words.plausible_phone',
			'words.plausible_email'
		]);
		for (const key of keys('dosar 1234/3/2024') ?? []) expect(kinds).toContain(warnedOf(key));
		expect(warnedOf('words.required')).toBeUndefined();
		expect(JSON.stringify(words.safeParse('ion.pop@gmail.com').error)).not.toContain('ion.pop');
	});

	test('while warnings pass, a personal number does not', () => {
		expect(passWarnings(() => words.safeParse('0722 123 456').success)).toBe(true);
		expect(passWarnings(() => words.safeParse('1800101700011').success)).toBe(false);
		expect(words.safeParse('0722 123 456').success).toBe(false);
		expect(() =>
			passWarnings(() => {
				throw new Error('in between');
			})
		).toThrow('in between');
		expect(words.safeParse('0722 123 456').success).toBe(false);
	});

	test('a reason is a sentence of its own, and holds no identifier either', () => {
		const said = (raw: string) => confirmation.safeParse(raw).error?.issues[0]?.message;
		expect(said('Numărul registraturii')).toBeUndefined();
		expect(said('e public')).toBe('confirm.too_short');
		expect(said('')).toBe('confirm.too_short');
		expect(said('Este 1800101700011')).toBe('words.personal_number');
		expect(said('Numărul 0722 123 456 e public')).toBe('words.plausible_phone');
	});
});
