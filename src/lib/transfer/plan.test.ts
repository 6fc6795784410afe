import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assign, matcher, readPlan, readSteps, type Named, type Reading } from './plan.ts';

const seed = (name: string) =>
	readFileSync(new URL(`../../../drizzle/seed/${name}`, import.meta.url), 'utf8');
const commitments = seed('commitments-2024.csv');
const steps = seed('commitments-2024-steps.csv');
const { institutions } = JSON.parse(seed('institutions.json')) as {
	institutions: (Named & { key: string })[];
};

function rowsOf<T>(reading: Reading<T>): T[] {
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	return reading.rows;
}
const problemsOf = (reading: Reading<unknown>) => (reading.ok ? [] : reading.problems);

const header = 'Cod;Obiectiv general;Activitate;Termen;Responsabili;Stadiu';
const plan = (...rows: string[]) => [header, ...rows].join('\n');

describe('the commitments of 2024', () => {
	const rows = rowsOf(readPlan(commitments));
	const row = (code: string) => rows.find((one) => one.code === code)!;

	test('are sixteen, under six objectives', () => {
		expect(rows.map(({ code }) => code)).toEqual(Array.from({ length: 16 }, (_, at) => `A${at + 1}`));
		expect(new Set(rows.map(({ objectiveRo }) => objectiveRo)).size).toBe(6);
		expect(new Set(rows.map(({ objectiveEn }) => objectiveEn)).size).toBe(6);
	});

	test('one of them whole', () => {
		expect(row('A5')).toEqual({
			row: 6,
			code: 'A5',
			objectiveRo: 'Protecția și sprijinirea victimelor',
			objectiveEn: 'Protection and support of victims',
			specificObjective: '',
			titleRo:
				'Vouchere pentru nevoi urgente: avans din compensație de până la 5 salarii minime brute pe țară',
			titleEn: 'Vouchers for urgent needs: an advance on compensation of up to 5 gross minimum salaries',
			indicators: 'număr de vouchere acordate; timp mediu de acordare',
			deadline: 'Permanent',
			nextDate: null,
			leads: ['MJ'],
			partners: ['ANAIS', 'IJM'],
			resources: '',
			status: 'in-progress',
			source: 'comunicat IJM, 24.09.2024',
			illustrative: false
		});
	});

	test('only A1 has a calendar date; a word or a phrase sets none', () => {
		expect(rows.filter(({ nextDate }) => nextDate).map(({ code, nextDate }) => [code, nextDate])).toEqual([
			['A1', '2024-06-26']
		]);
		expect(row('A13').deadline).toBe('Anual');
		expect(row('A6').deadline).toBe('cinci ani de la 16.09.2024');
		expect(row('A2').deadline).toBe('');
	});

	test('where the placement is ours it says so', () => {
		expect(rows.filter(({ illustrative }) => illustrative).map(({ code }) => code)).toEqual([
			'A3',
			'A9',
			'A10',
			'A15',
			'A16'
		]);
	});

	test('stand as the source says', () => {
		const standing = (status: string) => rows.filter((one) => one.status === status).length;
		expect([standing('done'), standing('in-progress'), standing('proposed')]).toEqual([1, 11, 4]);
	});

	test('name only organisations that are known', () => {
		const assigned = rowsOf(assign(rows, institutions));
		const keys = (code: string) => {
			const { leads, partners } = assigned.find((one) => one.code === code)!;
			return [leads.map(({ key }) => key), partners.map(({ key }) => key)];
		};
		expect(keys('A6')).toEqual([['inst-mai'], ['int-us-embassy', 'ngo-ijm', 'ngo-wv']]);
		expect(keys('A12')).toEqual([['inst-anitp'], ['inst-mai', 'group-ngo']]);
		expect(keys('A1')).toEqual([['body-commission'], ['inst-mj', 'ngo-ijm']]);
		expect(keys('A14')[0]).toHaveLength(6);
	});

	test('have the steps that are public', () => {
		const dated = rowsOf(readSteps(steps, rows));
		expect(dated.map(({ code, date, done }) => [code, date, done])).toEqual([
			['A1', '2024-06-26', true],
			['A2', '2024-09-10', true],
			['A2', null, false],
			['A4', '2024-09-10', true],
			['A4', null, false],
			['A6', '2024-09-16', true]
		]);
		expect(dated[2]).toMatchObject({
			titleRo: 'Votul Camerei Deputaților',
			titleEn: 'Vote of the Chamber of Deputies',
			row: 4
		});
	});

	test('read the same with commas, a byte order mark, Windows line ends, cedilla and columns in another order', () => {
		const cells = (line: string) => line.split(';');
		const quoted = (line: string) =>
			cells(line)
				.reverse()
				.map((cell) => `"${cell}"`)
				.join(',');
		const other = commitments
			.replaceAll('ș', 'ş')
			.replaceAll('ț', 'ţ')
			.trim()
			.split('\n')
			.map(quoted)
			.join('\r\n');

		expect(other).not.toBe(commitments);
		expect(readPlan(`\uFEFF${other}\r\n\r\n`)).toEqual(readPlan(commitments));
	});
});

test('the layout of 2018–2020, with codes put before its rows, is read too', () => {
	const reading = readPlan(
		[
			'Cod;Obiectiv general;Obiectiv specific;Activitate;Indicatori;Termen;Responsabili;Parteneri;Resurse',
			'P1;1. Prevenire;1.1 Informarea populaţiei;Campanii de informare;număr de campanii | număr de beneficiari;Anual;ANITP | MEN;MMJS prin ANOFM | ONG;"bugetele proprii; finanțări externe"'
		].join('\n')
	);
	expect(rowsOf(assign(rowsOf(reading), institutions))).toMatchObject([
		{
			specificObjective: '1.1 Informarea populației',
			resources: 'bugetele proprii; finanțări externe',
			status: 'proposed',
			leads: [{ key: 'inst-anitp' }, { key: 'inst-medu' }],
			partners: [{ key: 'inst-anofm' }, { key: 'group-ngo' }]
		}
	]);
});

describe('words of the plan', () => {
	test.each([
		['propus', 'proposed'],
		['Propusă', 'proposed'],
		['în curs', 'in-progress'],
		['IN  CURS', 'in-progress'],
		['i\u0302n curs', 'in-progress'],
		['blocat', 'blocked'],
		['Blocată', 'blocked'],
		['realizat', 'done'],
		['realizată', 'done'],
		['s-a renunțat', 'dropped'],
		['S-a renunţat', 'dropped'],
		['s\u2011a renunt\u0327at', 'dropped'],
		['', 'proposed']
	])('stadiul „%s” is %s', (word, status) => {
		expect(rowsOf(readPlan(plan(`B1;Tema;Titlu;Anual;MJ;${word}`)))[0]?.status).toBe(status);
	});

	test.each([
		['26.06.2024', '2024-06-26'],
		['1.2.2025', '2025-02-01'],
		['29.02.2024', '2024-02-29'],
		['Anual', null],
		['Permanent', null],
		['trim. IV 2025', null],
		['2025', null],
		['cinci ani de la 16.09.2024', null],
		['', null]
	])('termenul „%s” sets %s', (deadline, day) => {
		expect(rowsOf(readPlan(plan(`B1;Tema;Titlu;${deadline};MJ;`)))[0]).toMatchObject({
			deadline,
			nextDate: day
		});
	});

	test.each([
		'29.02.2025',
		'31.04.2024',
		'00.01.2024',
		'26.06.24',
		'01.13.2024',
		'01.01.0024',
		'26/06/2024',
		'2024-06-26',
		'26. 06. 2024'
	])('termenul „%s” means to be a date and is refused', (deadline) => {
		expect(problemsOf(readPlan(plan(`B1;Tema;Titlu;${deadline};MJ;`)))).toEqual([
			{ row: 2, column: 'Termen', message: 'plan.not_a_date' }
		]);
	});

	test('a cell broken over lines is one line', () => {
		const [row] = rowsOf(readPlan(plan('B1;Tema;"Titlu\nlung";Anual;"MJ |\r\nMAI";')));
		expect(row).toMatchObject({ titleRo: 'Titlu lung', leads: ['MJ', 'MAI'] });
	});
});

describe('a file with a mistake is refused whole', () => {
	test('every mistake is named by row and column', () => {
		const content = plan(
			'B1;Tema;Titlu;Anual;MJ;în curs',
			'B1;Tema;Titlu;Anual;MJ;în curs',
			';Tema;;Anual;MJ;în curs',
			'',
			'B4;Tema;Titlu;31.02.2024;|;aproape gata',
			'B5;Tema;Titlu;Anual;MJ',
			'B6;Tema;Dosarul lui 1800101 700011;Anual;MJ;',
			'B7;Tema;Titlu\0;Anual;MJ;'
		);
		const problems = problemsOf(readPlan(content));
		expect(problems).toEqual([
			{ row: 3, column: 'Cod', message: 'plan.repeated_code' },
			{ row: 4, column: 'Activitate', message: 'words.required' },
			{ row: 6, column: 'Stadiu', message: 'plan.unknown_status' },
			{ row: 6, column: 'Termen', message: 'plan.not_a_date' },
			{ row: 6, column: 'Responsabili', message: 'words.required' },
			{ row: 7, column: '', message: 'plan.cell_count' },
			{ row: 8, column: 'Activitate', message: 'words.personal_number' },
			{ row: 9, column: 'Activitate', message: 'words.not_text' }
		]);
		expect(JSON.stringify(problems)).not.toContain('1800101');
	});

	test('columns missing or there twice', () => {
		expect(problemsOf(readPlan('Cod;Activitate;Termen;cod\nB1;Titlu;Anual;B1'))).toEqual([
			{ row: 1, column: 'Cod', message: 'plan.repeated_column' },
			{ row: 1, column: 'Obiectiv general', message: 'plan.missing_column' },
			{ row: 1, column: 'Responsabili', message: 'plan.missing_column' }
		]);
	});

	test.each([
		['no rows', plan(), { row: 2, column: '', message: 'plan.empty' }],
		['blank rows', plan(';;;;;', ''), { row: 2, column: '', message: 'plan.empty' }],
		[
			'another encoding',
			plan('B1;Tema;\uFFFDedin\uFFFD;Anual;MJ;'),
			{ row: 1, column: '', message: 'plan.not_utf8' }
		],
		['a lone surrogate', plan('B1;Tema;\ud83d;Anual;MJ;'), { row: 1, column: '', message: 'plan.not_utf8' }],
		['quotes left open', plan('B1;Tema;"Titlu;Anual;MJ;'), { row: 2, column: '', message: 'plan.not_csv' }],
		[
			'a quote in the middle',
			plan('B1;Tema;T;Anual;MJ;', 'B2;Tema;a "b" c;Anual;MJ;'),
			{ row: 3, column: '', message: 'plan.not_csv' }
		]
	])('%s', (_, content, problem) => {
		expect(problemsOf(readPlan(content))).toEqual([problem]);
	});

	test('an empty file misses every column', () => {
		expect(problemsOf(readPlan(''))).toHaveLength(4);
	});

	test('steps', () => {
		const content = 'Cod;Pas;Data;Stare\nA1;Pas;30.02.2024;făcut\nA9;Pas;;făcut\nA1;Pas;curând;poate';
		expect(problemsOf(readSteps(content, [{ code: 'A1' }]))).toEqual([
			{ row: 2, column: 'Data', message: 'plan.not_a_date' },
			{ row: 3, column: 'Cod', message: 'plan.unknown_code' },
			{ row: 4, column: 'Data', message: 'plan.not_a_date' },
			{ row: 4, column: 'Stare', message: 'plan.unknown_state' }
		]);
	});

	test('organisations that nobody knows', () => {
		const rows = rowsOf(readPlan(plan('B1;Tema;Titlu;Anual;MJ | MMACA | MRP;', 'B2;Tema;Titlu;Anual;MAI;')));
		expect(problemsOf(assign(rows, institutions))).toEqual([
			{ row: 2, column: 'Responsabili', message: 'plan.unknown_organisation', value: 'MMACA' },
			{ row: 2, column: 'Responsabili', message: 'plan.unknown_organisation', value: 'MRP' }
		]);
	});
});

describe('organisations are found', () => {
	const named = (shortRo: string, nameRo: string, ...aliases: string[]): Named => ({
		shortRo,
		shortEn: shortRo,
		nameRo,
		nameEn: nameRo,
		aliases
	});

	test('by short form, name in either language or alias, whatever the case and diacritics', () => {
		const match = matcher(institutions);
		for (const name of [
			'MMSS',
			'mmss',
			'Ministerul Muncii',
			'MINISTERUL MUNCII',
			'Ministry of Labour',
			'Ministerul Muncii şi Solidarităţii Sociale',
			'MMJS'
		])
			expect(match([name])).toMatchObject({ found: [{ key: 'inst-mmss' }], unknown: [] });
	});

	test('once each, in the order of the plan, with the unknown ones apart', () => {
		const { found, unknown } = matcher(institutions)(['IJM', 'MXX', 'MJ', 'IJM România']);
		expect(found.map(({ key }) => key)).toEqual(['ngo-ijm', 'inst-mj']);
		expect(unknown).toEqual(['MXX']);
	});

	test('a short form goes before another body’s alias; a name that several bear is unknown', () => {
		const [old, young, twin] = [
			named('AB', 'Alfa', 'X'),
			named('CD', 'Beta', 'AB', 'Y'),
			named('EF', 'Gama', 'Y')
		];
		const match = matcher([young, old, twin, named('GH', 'Delta', 'Y')]);
		expect(match(['AB'])).toEqual({ found: [old], unknown: [] });
		expect(match(['Y', 'X'])).toEqual({ found: [old], unknown: ['Y'] });
	});

	test('every real name and alias finds its own organisation', () => {
		const match = matcher(institutions);
		for (const institution of institutions)
			for (const name of [
				institution.shortRo,
				institution.shortEn,
				institution.nameRo,
				institution.nameEn,
				...institution.aliases
			])
				expect([name, match([name]).found]).toEqual([name, [institution]]);
	});

	test('who leads is not a partner again', () => {
		const rows = rowsOf(
			readPlan(
				'Cod;Obiectiv general;Activitate;Termen;Responsabili;Parteneri\nB1;Tema;Titlu;;MJ;Ministerul Justiției | MAI'
			)
		);
		expect(rowsOf(assign(rows, institutions))[0]?.partners).toMatchObject([{ key: 'inst-mai' }]);
	});
});
