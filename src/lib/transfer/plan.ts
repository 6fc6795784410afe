/** Reads an action plan and its steps from a table of cells. Pure: it knows no database. */

import { fold } from '#lib/fold.ts';
import { optionalText, passWarnings, text, warnedOf } from '#lib/harm/words.ts';
import type { Day, Status } from '#lib/strategy/measure.ts';
import { unneutral } from './cell.ts';
import { type PlanField, planColumns, stepColumns, type StepField } from './columns.ts';
import { type Column, type Columns, findHeader, namesOf, type Places } from './header.ts';
import { parseCsv, type Problem, type Reading, type Row } from './table.ts';

export { planColumns, stepColumns } from './columns.ts';
export type { PlanField, StepField } from './columns.ts';
export type { Problem, Reading } from './table.ts';

export type PlanRow = {
	row: number;
	/** Empty where the plan gives none. */
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
	/** The day stands in a column of its own, whatever the wording says. */
	agreed?: true;
	/** As the plan writes them; `assign` finds the organisations. */
	leads: string[];
	partners: string[];
	resources: string;
	status: Status;
	/** A plan that says nothing of it has only promised. */
	unsaid?: true;
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

/** The words of the plan and those of the screen. */
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

/** What may identify somebody, by row and column: it may stand there with a reason. */
export type Warned = { row: number; column: string; kinds: string[] };

type Schema = ReturnType<typeof text>;
type Cells<Name extends string> = Record<Name, string>;
type Complain<Name extends string> = (column: Name, message: string) => void;

/** Takes the rows of one table one by one, from the first below its header. */
export class Reader<Name extends string, T> {
	readonly rows: T[] = [];
	readonly problems: Problem[] = [];
	readonly warned: Warned[] = [];
	#columns: Columns<Name>;
	#names: Name[];
	#schemas: Record<Name, Schema>;
	#places: Places<Name>;
	#width: number;
	#toRow: (cells: Cells<Name>, row: number, complain: Complain<Name>) => T;
	/** Objectives, bodies and dates come again and again. */
	#met = new Map<string, { words: string; message?: string; kinds: string[] }>();

	constructor(
		columns: Columns<Name>,
		places: Places<Name>,
		width: number,
		toRow: (cells: Cells<Name>, row: number, complain: Complain<Name>) => T
	) {
		this.#columns = columns;
		this.#names = Object.keys(columns) as Name[];
		this.#schemas = Object.fromEntries(
			this.#names.map((name) => {
				const { is, max } = columns[name];
				return [name, is === 'key' ? text({ max }) : optionalText({ max })];
			})
		) as Record<Name, Schema>;
		this.#places = places;
		this.#width = width;
		this.#toRow = toRow;
	}

	take({ row, cells: given }: Row) {
		const record = given.map(unneutral);
		if (record.every((cell) => cell.trim() === '')) return;
		if (record.length !== this.#width) {
			this.problems.push({ row, column: '', message: 'plan.cell_count' });
			return;
		}
		const before = this.problems.length;
		const complain: Complain<Name> = (name, message) =>
			this.problems.push({ row, column: this.#columns[name].header, message });
		const cells = {} as Cells<Name>;
		this.#fillDown(record);

		for (const name of this.#names) {
			const { words, message, kinds } = this.#sound(name, record[this.#places[name] ?? -1] ?? '');
			if (message) complain(name, message);
			else cells[name] = words;
			if (kinds.length > 0) this.warned.push({ row, column: this.#columns[name].header, kinds });
		}
		if (this.problems.length === before) this.rows.push(this.#toRow(cells, row, complain));
	}

	/** Of merged cells only the first has the words: an objective stands until the next one. */
	#fillDown(record: string[]) {
		const [general, specific] = ['objectiveRo', 'specificObjective'].map(
			(name) => this.#places[name as Name]
		);
		if (general === undefined) return;
		const merged = [general, this.#places['objectiveEn' as Name], specific].filter((at) => at !== undefined);
		const above = this.#lastMerged;
		if (record[general]!.trim() === '' && above)
			for (const at of merged) {
				if (record[at]!.trim() !== '') break;
				record[at] = above[at] ?? '';
			}
		this.#lastMerged = record;
	}
	#lastMerged: string[] | undefined;

	#sound(name: Name, cell: string) {
		const key = `${name} ${cell}`;
		let met = this.#met.get(key);
		if (!met) {
			met = soundOf(this.#schemas[name], holdsList(name) ? listed(cell) : unbroken(cell));
			this.#met.set(key, met);
		}
		return met;
	}
}

/** Cells of a spreadsheet break their lines where the column was narrow. */
const unbroken = (cell: string) => cell.replace(/\s*\n\s*/g, ' ');
const holdsList = (name: string) => name === 'leads' || name === 'partners';
/** Who answers stands behind bars, or one on each line. */
const listed = (cell: string) => unbroken(cell.includes('|') ? cell : cell.replace(/\s*[\n;]\s*/g, ' | '));

function soundOf(schema: Schema, cell: string): { words: string; message?: string; kinds: string[] } {
	const strict = schema.safeParse(cell);
	if (strict.success) return { words: strict.data, kinds: [] };
	const passed = passWarnings(() => schema.safeParse(cell));
	if (!passed.success) return { words: '', message: passed.error.issues[0]!.message, kinds: [] };
	return { words: passed.data, kinds: strict.error.issues.flatMap(({ message }) => warnedOf(message) ?? []) };
}

export function planReader(places: Places<PlanField>, width: number) {
	const seen = new Set<string>();

	return new Reader<PlanField, PlanRow>(planColumns, places, width, (cells, row, complain) => {
		const code = fold(cells.code);
		if (code && seen.has(code)) complain('code', 'plan.repeated_code');
		seen.add(code);

		const status = statusWords.get(fold(cells.status));
		if (!status) complain('status', 'plan.unknown_status');

		const illustrative = attributions.get(fold(cells.attribution));
		if (illustrative === undefined) complain('attribution', 'plan.unknown_attribution');

		const promised = readDate(cells.deadline);
		if (promised === 'wrong') complain('deadline', 'plan.not_a_date');
		const nextDate = cells.agreed === '' ? promised : readAgreed(cells.agreed);
		if (nextDate === 'wrong' && cells.agreed !== '') complain('agreed', 'plan.not_a_date');

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
			...(cells.agreed !== '' && { agreed: true as const }),
			leads,
			partners: list(cells.partners),
			resources: cells.resources,
			status: status ?? 'proposed',
			...(cells.status === '' && { unsaid: true as const }),
			source: cells.source,
			illustrative: illustrative ?? false
		};
	});
}

/** The steps of a plan's measures; each names the code of one. */
export function stepReader(plan: Iterable<string>, places: Places<StepField>, width: number) {
	const codes = new Map([...plan].map((code) => [fold(code), code]));

	return new Reader<StepField, PlanStep>(stepColumns, places, width, (cells, row, complain) => {
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

/** The plan of a CSV file, all of it or nothing. */
export const readPlan = (content: string): Reading<PlanRow> => read(content, planColumns, planReader);

export const readSteps = (content: string, plan: Pick<PlanRow, 'code'>[]): Reading<PlanStep> =>
	read(content, stepColumns, (places, width) =>
		stepReader(
			plan.map(({ code }) => code),
			places,
			width
		)
	);

function read<Name extends string, T>(
	content: string,
	columns: Columns<Name>,
	readerOf: (places: Places<Name>, width: number) => Reader<Name, T>
): Reading<T> {
	const table = parseCsv(content, namesOf(columns));
	if (!table.ok) return table;

	const { at, row, places, titles, problems } = findHeader(table.rows, columns);
	if (problems.length > 0) return { ok: false, problems };
	const reader = readerOf(places, titles.length);
	for (const record of table.rows.slice(at + 1)) reader.take(record);

	const warnings = reader.warned.map(({ row, column, kinds: [kind] }) => ({
		...{ row, column, message: `words.plausible_${kind}` }
	}));
	const found = [...reader.problems, ...warnings];
	if (reader.rows.length === 0 && found.length === 0)
		found.push({ row: row + 1, column: '', message: 'plan.empty' });
	return found.length > 0 ? { ok: false, problems: found } : { ok: true, rows: reader.rows };
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

export const list = (cell: string) =>
	cell
		.split('|')
		.map((item) => item.trim())
		.filter((item) => item !== '');

/** „–” where no day was agreed although the plan names one. */
const readAgreed = (cell: string) => (cell === '–' ? null : (readDate(cell) ?? 'wrong'));

/** The day, null for „Anual”, „Permanent” or a phrase, and 'wrong' for what means to be a date and is none. */
export function readDate(cell: string): Day | null | 'wrong' {
	if (!/^\d+\s*[./-]\s*\d+\s*[./-]\s*\d+$/.test(cell)) return null;

	const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.([12]\d{3})$/.exec(cell) ?? [];
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	// A day that the month does not have would fall into another month.
	return date.getUTCMonth() === Number(month) - 1 ? date.toISOString().slice(0, 10) : 'wrong';
}
