/** Reads an action plan and its steps from CSV. Pure: it knows no database, and takes all of a file or nothing. */

import { CsvError, parse } from 'csv-parse/sync';
import { fold } from '#lib/fold.ts';
import { optionalText, text } from '#lib/harm/words.ts';
import type { Day, Status } from '#lib/strategy/measure.ts';

/** Where a file cannot be read: row 1 is the header; the message is a key. `value` has passed the guard on words. */
export type Problem = { row: number; column: string; message: string; value?: string };

export type Reading<T> = { ok: true; rows: T[] } | { ok: false; problems: Problem[] };

export type PlanRow = {
	row: number;
	code: string;
	objectiveRo: string;
	objectiveEn: string;
	/** The specific objective, where the plan has that level. */
	specificObjective: string;
	titleRo: string;
	titleEn: string;
	indicators: string;
	/** The plan's own wording. */
	deadline: string;
	nextDate: Day | null;
	/** As the plan writes them; `assign` finds the organisations. */
	leads: string[];
	partners: string[];
	resources: string;
	status: Status;
	source: string;
	illustrative: boolean;
};

export type PlanStep = {
	row: number;
	code: string;
	titleRo: string;
	titleEn: string;
	date: Day | null;
	done: boolean;
	source: string;
};

/** A `key` column stands in every file and every row; a `needed` one in every file; the others may be absent. */
type Column = { header: string; is?: 'key' | 'needed'; max: number };

const planColumns = {
	code: { header: 'Cod', is: 'key', max: 20 },
	objectiveRo: { header: 'Obiectiv general', is: 'key', max: 300 },
	objectiveEn: { header: 'General objective (EN)', max: 300 },
	specificObjective: { header: 'Obiectiv specific', max: 300 },
	titleRo: { header: 'Activitate', is: 'key', max: 300 },
	titleEn: { header: 'Activity (EN)', max: 300 },
	indicators: { header: 'Indicatori', max: 1000 },
	deadline: { header: 'Termen', is: 'needed', max: 200 },
	leads: { header: 'Responsabili', is: 'key', max: 1000 },
	partners: { header: 'Parteneri', max: 1000 },
	resources: { header: 'Resurse', max: 1000 },
	status: { header: 'Stadiu', max: 50 },
	source: { header: 'Sursă', max: 1000 },
	attribution: { header: 'Atribuire', max: 50 }
} satisfies Record<string, Column>;

const stepColumns = {
	code: { header: 'Cod', is: 'key', max: 20 },
	titleRo: { header: 'Pas', is: 'key', max: 200 },
	titleEn: { header: 'Step (EN)', max: 200 },
	date: { header: 'Data', is: 'needed', max: 20 },
	state: { header: 'Stare', is: 'key', max: 50 },
	source: { header: 'Sursă', max: 300 }
} satisfies Record<string, Column>;

/** The words of the plan and those of the screen; a plan that says nothing has only promised. */
const statusWords = new Map<string, Status>([
	['', 'proposed'],
	['propus', 'proposed'],
	['propusa', 'proposed'],
	['in curs', 'in-progress'],
	['blocat', 'blocked'],
	['blocata', 'blocked'],
	['realizat', 'done'],
	['realizata', 'done'],
	['s-a renuntat', 'dropped']
]);
const attributions = new Map([
	['', false],
	['din sursa', false],
	['ilustrativa', true]
]);
const stepStates = new Map([
	['facut', true],
	['asteptat', false]
]);

export function readPlan(content: string): Reading<PlanRow> {
	const seen = new Set<string>();

	return read(content, planColumns, (cells, row, complain) => {
		if (seen.has(fold(cells.code))) complain('code', 'plan.repeated_code');
		seen.add(fold(cells.code));

		const status = statusWords.get(fold(cells.status));
		if (!status) complain('status', 'plan.unknown_status');

		const illustrative = attributions.get(fold(cells.attribution));
		if (illustrative === undefined) complain('attribution', 'plan.unknown_attribution');

		const nextDate = readDate(cells.deadline);
		if (nextDate === 'wrong') complain('deadline', 'plan.not_a_date');

		const leads = list(cells.leads);
		if (leads.length === 0) complain('leads', 'words.required');

		return {
			row,
			code: cells.code,
			objectiveRo: cells.objectiveRo,
			objectiveEn: cells.objectiveEn,
			specificObjective: cells.specificObjective,
			titleRo: cells.titleRo,
			titleEn: cells.titleEn,
			indicators: list(cells.indicators).join('; '),
			deadline: cells.deadline,
			nextDate: nextDate === 'wrong' ? null : nextDate,
			leads,
			partners: list(cells.partners),
			resources: cells.resources,
			status: status ?? 'proposed',
			source: cells.source,
			illustrative: illustrative ?? false
		};
	});
}

/** The steps of a plan's measures; each names the code of one. */
export function readSteps(content: string, plan: Pick<PlanRow, 'code'>[]): Reading<PlanStep> {
	const codes = new Map(plan.map(({ code }) => [fold(code), code]));

	return read(content, stepColumns, (cells, row, complain) => {
		const code = codes.get(fold(cells.code));
		if (code === undefined) complain('code', 'plan.unknown_code');

		const date = cells.date === '' ? null : (readDate(cells.date) ?? 'wrong');
		if (date === 'wrong') complain('date', 'plan.not_a_date');

		const done = stepStates.get(fold(cells.state));
		if (done === undefined) complain('state', 'plan.unknown_state');

		return {
			row,
			code: code ?? cells.code,
			titleRo: cells.titleRo,
			titleEn: cells.titleEn,
			date: date === 'wrong' ? null : date,
			done: done ?? false,
			source: cells.source
		};
	});
}

/** What an organisation may be called in a plan. */
export type Named = { shortRo: string; shortEn: string; nameRo: string; nameEn: string; aliases: string[] };

/** Finds organisations by what a plan calls them. A name that two of them bear is as unknown as one that none does. */
export function matcher<T extends Named>(organisations: T[]) {
	const known = new Map<string, T | null>();

	const ways: ((organisation: T) => string[])[] = [
		({ shortRo, shortEn }) => [shortRo, shortEn],
		({ nameRo, nameEn }) => [nameRo, nameEn],
		({ aliases }) => aliases
	];
	for (const called of ways) {
		const names = new Map<string, T | null>();
		for (const organisation of organisations) {
			for (const name of called(organisation).map(fold)) {
				const alone = !names.has(name) || names.get(name) === organisation;
				names.set(name, alone ? organisation : null);
			}
		}
		for (const [name, organisation] of names) if (!known.has(name)) known.set(name, organisation);
	}

	return (names: string[]) => ({
		found: [...new Set(names.map((name) => known.get(fold(name))).filter((one): one is T => !!one))],
		unknown: names.filter((name) => !known.get(fold(name)))
	});
}

export type Assigned<T> = Omit<PlanRow, 'leads' | 'partners'> & { leads: T[]; partners: T[] };

/** Puts organisations in the place of names. Who leads is not listed again as a partner. */
export function assign<T extends Named>(rows: PlanRow[], organisations: T[]): Reading<Assigned<T>> {
	const match = matcher(organisations);
	const problems: Problem[] = [];

	const assigned = rows.map((row) => {
		const [leads, partners] = [match(row.leads), match(row.partners)];
		const complain = (column: Column) => (value: string) =>
			problems.push({ row: row.row, column: column.header, message: 'plan.unknown_organisation', value });

		leads.unknown.forEach(complain(planColumns.leads));
		partners.unknown.forEach(complain(planColumns.partners));
		return {
			...row,
			leads: leads.found,
			partners: partners.found.filter((partner) => !leads.found.includes(partner))
		};
	});

	return problems.length > 0 ? { ok: false, problems } : { ok: true, rows: assigned };
}

const list = (cell: string) =>
	cell
		.split('|')
		.map((item) => item.trim())
		.filter((item) => item !== '');

/** The day, null for „Anual”, „Permanent” or a phrase, and 'wrong' for what means to be a date and is none. */
function readDate(cell: string): Day | null | 'wrong' {
	if (!/^\d+\s*[./-]\s*\d+\s*[./-]\s*\d+$/.test(cell)) return null;

	const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.([12]\d{3})$/.exec(cell) ?? [];
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	// A day that the month does not have would fall into another month.
	return date.getUTCMonth() === Number(month) - 1 ? date.toISOString().slice(0, 10) : 'wrong';
}

type Cells<Name extends string> = Record<Name, string>;
type Complain<Name extends string> = (column: Name, message: string) => void;

function read<Name extends string, T>(
	content: string,
	columns: Record<Name, Column>,
	toRow: (cells: Cells<Name>, row: number, complain: Complain<Name>) => T
): Reading<T> {
	const names = Object.keys(columns) as Name[];
	const table = parseCsv(content);
	if (!table.ok) return table;

	const [header = [], ...records] = table.rows;
	const problems: Problem[] = [];

	const titles = header.map(fold);
	for (const name of names) {
		const { header: title, is } = columns[name];
		const times = titles.filter((found) => found === fold(title)).length;
		if (times === 0 && is) problems.push({ row: 1, column: title, message: 'plan.missing_column' });
		if (times > 1) problems.push({ row: 1, column: title, message: 'plan.repeated_column' });
	}
	if (problems.length > 0) return { ok: false, problems };

	const place = Object.fromEntries(names.map((name) => [name, titles.indexOf(fold(columns[name].header))]));
	const schemas = Object.fromEntries(
		names.map((name) => [
			name,
			columns[name].is === 'key' ? text(columns[name]) : optionalText(columns[name])
		])
	);
	const rows: T[] = [];

	records.forEach((record, index) => {
		const row = index + 2;
		if (record.every((cell) => cell.trim() === '')) return;
		if (record.length !== header.length) {
			problems.push({ row, column: '', message: 'plan.cell_count' });
			return;
		}

		const before = problems.length;
		const complain: Complain<Name> = (name, message) =>
			problems.push({ row, column: columns[name].header, message });
		const cells = {} as Cells<Name>;

		for (const name of names) {
			// Cells of a spreadsheet break their lines where the column was narrow.
			const cell = (record[place[name] ?? -1] ?? '').replace(/\s*\n\s*/g, ' ');
			const words = schemas[name]!.safeParse(cell);
			if (words.success) cells[name] = words.data;
			else complain(name, words.error.issues[0]!.message);
		}
		if (problems.length === before) rows.push(toRow(cells, row, complain));
	});

	if (rows.length === 0 && problems.length === 0)
		problems.push({ row: 2, column: '', message: 'plan.empty' });
	return problems.length > 0 ? { ok: false, problems } : { ok: true, rows };
}

function parseCsv(content: string): Reading<string[]> {
	const refuse = (message: string, row = 1): Reading<never> => ({
		ok: false,
		problems: [{ row, column: '', message }]
	});

	// A file saved in another encoding shows itself by the replacement character.
	if (content.toWellFormed().includes('\uFFFD')) return refuse('plan.not_utf8');

	const table = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	const header = table.split('\n', 1)[0]!;
	const delimiter = header.split(';').length >= header.split(',').length ? ';' : ',';
	try {
		return { ok: true, rows: parse(table, { delimiter, relax_column_count: true }) };
	} catch (error) {
		if (error instanceof CsvError) return refuse('plan.not_csv', Number(error.lines ?? 1));
		throw error;
	}
}
