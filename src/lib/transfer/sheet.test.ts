import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { findHeader, namesOf } from './header.ts';
import { planColumns, planReader, type PlanRow, stepColumns } from './plan.ts';
import { readFile, type Sheet } from './sheet.server.ts';

const headers = namesOf({ ...planColumns, ...stepColumns });
const commitments = readFileSync(
	new URL('../../../drizzle/seed/commitments-2024.csv', import.meta.url),
	'utf8'
);

async function sheetsOf(bytes: Uint8Array): Promise<Sheet[]> {
	const reading = await readFile(bytes, headers);
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	return reading.rows;
}

/** What the app does with it: the header is found, then the rows below it are taken. */
function planIn(sheet: Sheet | undefined) {
	const { rows = [] } = sheet ?? {};
	const header = findHeader(rows, planColumns);
	const reader = planReader(header.places, header.titles.length);
	for (const row of rows.slice(header.at + 1)) reader.take(row);
	return { header, ...reader, rows: reader.rows, problems: reader.problems };
}

const ofRow = ({ row: _, ...rest }: PlanRow) => rest;
const soundRows = (rows: PlanRow[]) => rows.map(ofRow);
const utf8 = planIn((await sheetsOf(Buffer.from(commitments)))[0]);

/** Letters of Windows-1250 that Romanian needs: its ş and ţ have cedillas. */
const cedilla = (words: string) =>
	words.replaceAll('ș', 'ş').replaceAll('ț', 'ţ').replaceAll('Ș', 'Ş').replaceAll('Ț', 'Ţ');
const letters: Record<string, number> = {
	...{ ă: 0xe3, â: 0xe2, î: 0xee, ş: 0xba, ţ: 0xfe, Ă: 0xc3, Â: 0xc2, Î: 0xce, Ş: 0xaa, Ţ: 0xde },
	...{ '„': 0x84, '”': 0x94, '–': 0x96, '’': 0x92, é: 0xe9 }
};
const windows1250 = (words: string) =>
	Buffer.from(
		[...cedilla(words)].map((letter) => {
			const code = letters[letter] ?? letter.codePointAt(0)!;
			if (code > 255) throw new Error(`not in Windows-1250: ${letter}`);
			return code;
		})
	);

describe('the commitments of 2024, as programs write them', () => {
	test('UTF-8 with semicolons is read whole', () => {
		expect(utf8.problems).toEqual([]);
		expect(utf8.rows.map(({ code }) => code)).toEqual(Array.from({ length: 16 }, (_, at) => `A${at + 1}`));
	});

	const commas = commitments
		.trim()
		.split('\n')
		.map((line) =>
			line
				.split(';')
				.map((cell) => `"${cell}"`)
				.join(',')
		)
		.join('\r\n');
	test.each([
		['with a byte order mark', Buffer.from(`\uFEFF${commitments}`)],
		['with commas and Windows line ends', Buffer.from(commas)],
		['with tabs, as „Text Unicode”', Buffer.from(`\uFEFF${commitments.replaceAll(';', '\t')}`, 'utf16le')],
		['in Windows-1250, with cedillas', windows1250(commitments)],
		[
			'under a title that holds commas',
			Buffer.from(`Planul de acțiune, 2024, extras, rev. 2\n\n${commitments}`)
		]
	])('%s', async (_, bytes) => {
		const read = planIn((await sheetsOf(bytes))[0]);
		expect(read.problems).toEqual([]);
		expect(soundRows(read.rows)).toEqual(soundRows(utf8.rows));
	});

	test('as XLSX with a title above, real dates and merged objectives, the steps on a second sheet', async () => {
		const [head = [], ...rows] = commitments
			.trim()
			.split('\n')
			.map((line) => line.split(';'));
		let above = '';
		const objectives = (cells: string[]) => {
			const same = cells[1] === above;
			above = cells[1] ?? '';
			return cells.map((cell, at) => (same && (at === 1 || at === 2) ? null : cell));
		};
		const dated = (cell: string | null) => {
			const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(cell ?? '') ?? [];
			return year
				? { value: new Date(Date.UTC(+year, +month! - 1, +day!)), type: Date, format: 'dd.mm.yyyy' }
				: { value: cell ?? '', type: String };
		};
		const plan = [
			[{ value: 'Planul de acțiune 2024–2026', type: String }],
			[],
			head.map((value) => ({ value, type: String })),
			...rows.map((row) => objectives(row).map(dated))
		];
		const steps = [
			['Cod', 'Pas', 'Data', 'Stare'],
			['A1', 'Legea promulgată', '26.06.2024', 'făcut']
		].map((row) => row.map((value) => ({ value, type: String })));
		const bytes = await writeExcel([
			{ data: plan, sheet: 'Plan' },
			{ data: steps, sheet: 'Pași' }
		] as never).toBuffer();

		const [first, second] = await sheetsOf(bytes);
		const read = planIn(first);
		expect(read.header).toMatchObject({ at: 2, row: 3 });
		expect(read.problems).toEqual([]);
		expect(soundRows(read.rows)).toEqual(soundRows(utf8.rows));
		expect(second).toMatchObject({ name: 'Pași', rows: { length: 2 } });
	});
});

test('columns in another order, one missing, one unknown, one called otherwise', async () => {
	const [sheet] = await sheetsOf(
		Buffer.from(
			'Observații;Activitate;Instituții responsabile;Termen;Obiectiv\n-;Linie telefonică;MJ;Anual;Tema'
		)
	);
	const { header, rows, problems } = planIn(sheet);
	expect(header.unmatched).toEqual([0]);
	expect(problems).toEqual([]);
	expect(rows).toMatchObject([{ code: '', titleRo: 'Linie telefonică', leads: ['MJ'], objectiveRo: 'Tema' }]);
});

test('what somebody has once said of a column is remembered', () => {
	const table = [{ row: 1, cells: ['Ce facem', 'Obiectiv', 'Termen', 'Cine', 'Note'] }];
	expect(findHeader(table, planColumns).problems).toHaveLength(2);
	const found = findHeader(table, planColumns, { 'ce facem': 'titleRo', cine: 'leads', note: null });
	expect(found).toMatchObject({ problems: [], unmatched: [], places: { titleRo: 0, leads: 3 } });
});

test('who answers may stand one on each line; a name that was broken by the column is one', async () => {
	const [sheet] = await sheetsOf(
		Buffer.from(
			'Obiectiv;Activitate;Termen;Responsabili;Parteneri\n' +
				'Tema;Titlu;;"MJ\nMAI";"Ministerul\nAfacerilor Interne | ONG"'
		)
	);
	expect(planIn(sheet).rows).toMatchObject([
		{ leads: ['MJ', 'MAI'], partners: ['Ministerul Afacerilor Interne', 'ONG'] }
	]);
});

test('what may identify somebody is a warning by row and column; a personal number is refused', async () => {
	const [sheet] = await sheetsOf(
		Buffer.from(
			'Obiectiv;Activitate;Termen;Responsabili\n' +
				'Tema;Sunați la 0722 123 456;;MJ\nTema;Dosarul lui 1800101700011;;MJ'
		)
	);
	const { problems, warned } = planIn(sheet);
	expect(warned).toEqual([{ row: 2, column: 'Activitate', kinds: ['phone'] }]);
	expect(problems).toEqual([{ row: 3, column: 'Activitate', message: 'words.personal_number' }]);
	expect(JSON.stringify(problems)).not.toContain('1800101');
});

test.each([
	['nothing', Buffer.alloc(0), 'import.empty'],
	['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'import.is_xls'],
	[
		'an ODS file',
		Buffer.from('PK\x03\x04' + '\0'.repeat(26) + 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
		'import.is_ods'
	],
	['a zip of something else', Buffer.from('PK\x03\x04' + 'x'.repeat(200)), 'import.not_xlsx'],
	['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'import.not_a_table'],
	['quotes left open', Buffer.from('Obiectiv;Activitate\nTema;"Titlu'), 'plan.not_csv'],
	['what is too large', Buffer.alloc(6 * 1024 * 1024 + 1, 'a'), 'import.too_large'],
	['a cell without end', Buffer.from(`Obiectiv;Activitate\nTema;${'a'.repeat(10_001)}`), 'import.too_large']
])('%s is refused in one sentence', async (_, bytes, message) => {
	expect(await readFile(bytes, headers)).toMatchObject({ ok: false, problems: [{ message }] });
});
