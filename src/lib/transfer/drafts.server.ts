/** A brought file between its arrival and its applying: kept as its member's own, mended, looked at again. */

import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { fold } from '#lib/fold.ts';
import { containsCnp } from '#lib/harm/cnp.ts';
import { text } from '#lib/harm/words.ts';
import { type Database, json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Choices, Draft, Review, SheetName } from './draft.ts';
import { type Columns, findHeader, namesOf } from './header.ts';
import { planColumns, stepColumns } from './plan.ts';
import { readFile, type Sheet } from './sheet.server.ts';
import { inSlices, type Told } from './slices.ts';
import type { Problem, Reading, Row } from './table.ts';

export const columnsOf = { plan: planColumns, steps: stepColumns } as const;
const headers = namesOf({ ...planColumns, ...stepColumns });

export type Brought = { name: string; bytes: Uint8Array };

/** A name for a file; what identifies somebody does not stand in it either. */
const fileName = text({ max: 200 });

/**
 * Reads what was brought: the plan, and its steps from a second file or a second sheet. A personal number anywhere
 * keeps it out altogether; it is named by row and column and never repeated.
 */
export async function readBrought(
	files: Brought[],
	told?: Told
): Promise<{ ok: true; file: string; sheets: Draft['sheets'] } | { ok: false; problems: Problem[] }> {
	const refuse = (message: string) => ({ ok: false as const, problems: [{ row: 0, column: '', message }] });
	const named = fileName.safeParse(files[0]?.name ?? '');
	if (files.some(({ name }) => containsCnp(name))) return refuse('import.number_in_name');

	const all: Sheet[] = [];
	for (const { bytes } of files) {
		const reading: Reading<Sheet> = await readFile(bytes, headers);
		if (!reading.ok) return reading;
		all.push(...reading.rows);
	}
	const problems: Problem[] = [];
	for (const sheet of all) problems.push(...(await numbersIn(sheet, told)));
	if (problems.length > 0) return { ok: false, problems };

	const sheets = sheetsIn(all);
	if (!sheets.plan && !sheets.steps) return refuse('import.no_header');
	return { ok: true, file: named.success ? named.data : '…', sheets };
}

async function numbersIn({ name, rows }: Sheet, told?: Told): Promise<Problem[]> {
	const found: Problem[] = [];
	const { titles } = findHeader(rows, planColumns);
	await inSlices(
		rows,
		({ row, cells }) => {
			for (const [place, cell] of cells.entries())
				if (/\d/.test(cell) && containsCnp(cell)) {
					const title = titles[place] ?? '';
					const column = title === '' || containsCnp(title) ? letterOf(place) : title;
					found.push({ row, column, message: 'words.personal_number', ...(name && { value: name }) });
				}
		},
		told
	);
	// A sheet's name may hold one too.
	return found.map(({ value, ...rest }) => (value && !containsCnp(value) ? { ...rest, value } : rest));
}

/** A, B, … as a spreadsheet calls its columns. */
export const letterOf = (place: number): string =>
	(place >= 26 ? letterOf(Math.floor(place / 26) - 1) : '') + String.fromCharCode(65 + (place % 26));

/** Which sheet is the plan, which its steps: by what their columns are called. */
function sheetsIn(all: Sheet[]): Draft['sheets'] {
	const score = (rows: Row[], name: SheetName) => {
		const { places } = findHeader(rows, columnsOf[name] as Columns<string>);
		// What the other kind of sheet has not.
		const telling = name === 'steps' ? 'state' : 'leads';
		return Object.keys(places).length + (telling in places ? 2 : 0);
	};
	const best = (name: SheetName, among: Sheet[]) =>
		among
			.map(({ rows }) => ({ rows, points: score(rows, name) }))
			.filter(({ points }) => points >= (name === 'plan' ? 2 : 4))
			.sort((one, other) => other.points - one.points)[0]?.rows;
	const steps = best(
		'steps',
		all.filter(({ rows }) => score(rows, 'steps') > score(rows, 'plan'))
	);
	const plan = best(
		'plan',
		all.filter(({ rows }) => rows !== steps)
	);
	return { ...(plan && { plan }), ...(steps && { steps }) };
}

/** So many of one member wait at most. */
const waiting = 5;

/** Keeps it for its member. */
export const keepDraft = (database: Database, actor: App.Actor, draft: Draft) =>
	database.as('hora_app', { member: actor.memberId }, async (tx) => {
		await tx.execute(sql`delete from imports where id in (
			select id from imports order by made_at desc, id offset ${waiting - 1})`);
		await tx.execute(sql`insert into imports (id, member_id, file, sheets, choices)
			values (${draft.id}, ${actor.memberId}, ${draft.file}, ${JSON.stringify(draft.sheets)}, ${json(draft.choices)})`);
	});

export async function readDraft(tx: Tx, id: string): Promise<Draft | undefined> {
	const [draft] = await rows<Omit<Draft, 'sheets'> & { sheets: string }>(
		tx,
		sql`select id, file, sheets, choices from imports where id = ${id}`
	);
	return draft && { ...draft, sheets: JSON.parse(draft.sheets) as Draft['sheets'] };
}

export type Shown = Pick<Draft, 'id' | 'file' | 'choices'> & { review: Review | null; seen: string };

/** What a page shows of it: without the cells. */
export async function readReview(tx: Tx, id: string): Promise<Shown | undefined> {
	const [draft] = await rows<Shown>(
		tx,
		sql`select id, file, choices, review, coalesce(review->>'id', '') as seen from imports where id = ${id}`
	);
	return draft;
}

/** What the member has brought and not applied. */
export const openDraft = async (tx: Tx) =>
	(
		await rows<{ id: string; file: string; madeAt: string }>(
			tx,
			sql`select id, file, instant(made_at) as "madeAt" from imports order by made_at desc limit 1`
		)
	)[0];

export const discardDraft = (database: Database, actor: App.Actor, id: string) =>
	database.as('hora_app', { member: actor.memberId }, (tx) =>
		tx.execute(sql`delete from imports where id = ${id}`)
	);

export type Mending = {
	/** sheet → row → place → what the cell is to say. */
	cells: { sheet: SheetName; row: number; place: number; words: string }[];
	choices: Partial<Choices>;
};

const ending = text({ max: 500, min: 0 });
const cell = text({ max: 4000, min: 0, multiline: true });

/**
 * What was said on screen: cells, and choices on top of the earlier ones.
 * @throws Refusal `invalid` for a cell that cannot be kept, named `cell.SHEET.ROW.PLACE`
 */
export async function mendDraft(database: Database, actor: App.Actor, id: string, mending: Mending) {
	const fields: Record<string, string> = {};
	const cells = mending.cells.map((one) => {
		const words = cell.safeParse(one.words);
		const message = words.error?.issues.find(
			({ message }) => !message.startsWith('words.plausible_')
		)?.message;
		if (message) fields[`cell.${one.sheet}.${one.row}.${one.place}`] = message;
		return words.success ? { ...one, words: words.data } : one;
	});
	for (const [measure, said] of Object.entries(mending.choices.endings ?? {}))
		for (const field of ['rows', 'reason'] as const) {
			const words = ending.safeParse(said[field]);
			if (words.success) said[field] = words.data;
			else fields[`${field}.${measure}`] = words.error.issues[0]!.message;
		}
	if (Object.keys(fields).length > 0) throw new Refusal('invalid', { fields });

	await database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const draft = await readDraft(tx, id);
		if (!draft) throw new Refusal('not-found');
		for (const { sheet, row, place, words } of cells) {
			const found = draft.sheets[sheet]?.find((one) => one.row === row);
			if (found && place >= 0 && place < found.cells.length) found.cells[place] = words;
		}
		const { columns, organisations, same, endings, left, ...rest } = mending.choices;
		const was = draft.choices;
		const choices: Choices = {
			...was,
			...rest,
			columns: {
				plan: { ...was.columns.plan, ...columns?.plan },
				steps: { ...was.columns.steps, ...columns?.steps }
			},
			organisations: { ...was.organisations, ...organisations },
			same: { ...was.same, ...same },
			endings: { ...was.endings, ...endings },
			left: {
				plan: [...new Set([...(was.left.plan ?? []), ...(left?.plan ?? [])])],
				steps: [...new Set([...(was.left.steps ?? []), ...(left?.steps ?? [])])]
			}
		};
		await tx.execute(sql`update imports set choices = ${json(choices)}, review = null, writes = null
			${cells.length > 0 ? sql`, sheets = ${JSON.stringify(draft.sheets)}` : sql``} where id = ${id}`);
	});
}

/** What was once said of a column: folded title → field. */
export async function rememberedColumns(tx: Tx): Promise<Record<SheetName, Record<string, string | null>>> {
	const found = await rows<{ sheet: SheetName; title: string; field: string | null }>(
		tx,
		sql`select sheet, title, field from import_columns`
	);
	const of = (wanted: SheetName) =>
		Object.fromEntries(
			found.filter(({ sheet }) => sheet === wanted).map(({ title, field }) => [fold(title), field])
		);
	return { plan: of('plan'), steps: of('steps') };
}
