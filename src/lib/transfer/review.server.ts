/** What a brought file would do, held against the plan as it is now; long loops let others in. */

import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { fold } from '#lib/fold.ts';
import { type Database, json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Named as NamedBody } from './plan.ts';
import { type Compared, compare, type Existing, type Given } from './compare.ts';
import {
	type Choices,
	type Fault,
	type Review,
	type SeenColumn,
	type SheetName,
	sheetNames
} from './draft.ts';
import { columnsOf, readDraft, rememberedColumns } from './drafts.server.ts';
import { type Columns, findHeader, type Header } from './header.ts';
import type { Standing } from './objectives.ts';
import {
	type Assigned,
	matcher,
	type PlanField,
	planReader,
	type PlanRow,
	type PlanStep,
	type Reader,
	type StepField,
	stepReader
} from './plan.ts';
import { breathe, inSlices, type Told } from './slices.ts';
import type { Row } from './table.ts';

type Body = NamedBody & { id: string };

type Known = {
	plan: { id: string; strategyId: string; circleId: string };
	existing: Existing[];
	objectives: Standing[];
	bodies: Body[];
	codes: string[];
	lastPosition: number;
	remembered: Record<SheetName, Record<string, string | null>>;
};

/** Most of what goes wrong goes wrong in every row: a page shows so many, and counts the rest. */
const shownFaults = 200;

/**
 * Reads the draft afresh, keeps what it would do beside it, and answers how it stands.
 * @throws Refusal `not-found` where there is no such draft of the actor
 */
export async function reviewDraft(
	database: Database,
	actor: App.Actor,
	id: string,
	told: Told = () => {}
): Promise<void> {
	const reader = { member: actor.memberId };
	const draft = await database.as('hora_app', reader, (tx) => readDraft(tx, id));
	if (!draft) throw new Refusal('not-found');
	const known = await database.as('hora_app', reader, (tx) => readKnown(tx, draft.choices));
	const { review, writes } = await look(draft.file, draft.sheets, draft.choices, known, told);
	await breathe();
	// The text of each is made before the transaction: what is long is long for others, too.
	const [shown, ready] = [
		json({ ...review, id: crypto.randomUUID().replaceAll('-', '').slice(8) }),
		review.ready ? json({ ...writes, ...remembering(review, draft.choices) }) : sql`null`
	];
	await breathe();
	await database.as('hora_app', reader, (tx) =>
		tx.execute(sql`update imports set writes = ${ready}, review = null where id = ${id}`)
	);
	await breathe();
	await database.as('hora_app', reader, (tx) =>
		tx.execute(sql`update imports set review = ${shown} where id = ${id}`)
	);
}

/** What was said here is known the next time. */
const remembering = ({ columns }: Review, choices: Choices) => ({
	columns: sheetNames.flatMap((sheet) =>
		(columns[sheet] ?? [])
			.filter(({ title, known }) => !known && fold(title) in (choices.columns[sheet] ?? {}))
			.map(({ title, field }) => ({ sheet, title: fold(title), field }))
	),
	spellings: Object.entries(choices.organisations)
		.filter(([, id]) => id !== 'group')
		.map(([name, id]) => ({ name, id }))
});

async function readKnown(tx: Tx, { planId, what }: Choices): Promise<Known> {
	const [plan] = await rows<Known['plan']>(
		tx,
		sql`select id, strategy_id as "strategyId", circle_id as "circleId" from plans where id = ${planId}`
	);
	if (!plan) throw new Refusal('not-found');
	const objectives = await rows<Standing>(
		tx,
		sql`select id, parent_id as "parentId", kind, code, title_ro as "titleRo", title_en as "titleEn", position
			from objectives where strategy_id = ${plan.strategyId} order by position, id`
	);
	const codes = await rows<{ code: string }>(
		tx,
		sql`select m.code from measures m join objectives o on o.id = m.objective_id
			where o.strategy_id = ${plan.strategyId} and ${what === 'correction'}::boolean`
	);
	const [last] = await rows<{ position: number }>(
		tx,
		sql`select coalesce(max(position), 0) as position from measures`
	);
	const bodies = await rows<Body>(
		tx,
		sql`select id, short_ro as "shortRo", short_en as "shortEn", name_ro as "nameRo", name_en as "nameEn", aliases
			from organisations where retired_at is null`
	);
	return {
		...{ plan, objectives, bodies, codes: codes.map(({ code }) => code) },
		existing: await readExisting(tx, planId, what === 'correction' ? plan.strategyId : null),
		lastPosition: last?.position ?? 0,
		remembered: await rememberedColumns(tx)
	};
}

/**
 * Of the plan, and of the strategy's other plans what still stands: a correction finds it instead of adding it again.
 * Three plain questions, put together here: of a joined one the embedded database makes a loop within loops.
 */
async function readExisting(tx: Tx, planId: string, strategyId: string | null): Promise<Existing[]> {
	const which = sql`(plan_id = ${planId} or retired_at is null
		and plan_id in (select id from plans where strategy_id = ${strategyId}::uuid))`;
	const ofPlan = sql`in (select id from measures where ${which})`;
	const measures = await rows<Omit<Existing, 'leads' | 'partners' | 'steps'>>(
		tx,
		sql`select id, code, objective_id as "objectiveId", title_ro as "titleRo", title_en as "titleEn", indicators,
				resources, source, deadline, next_date::text as "nextDate", status, illustrative, planned,
				retired_at is not null as retired, plan_id <> ${planId} as elsewhere
			from measures where ${which} order by plan_id = ${planId}, position, id`
	);
	const holders = await rows<{ measureId: string; organisationId: string; part: 'lead' | 'partner' }>(
		tx,
		sql`select measure_id as "measureId", organisation_id as "organisationId", part from measure_organisations
			where measure_id ${ofPlan} order by position`
	);
	const steps = await rows<Existing['steps'][number] & { measureId: string }>(
		tx,
		sql`select measure_id as "measureId", id, title_ro as "titleRo", title_en as "titleEn", date::text as date, source, done
			from steps where measure_id ${ofPlan} order by position, id`
	);
	const all = new Map(
		measures.map((one): [string, Existing] => [one.id, { ...one, leads: [], partners: [], steps: [] }])
	);
	for (const { measureId, organisationId, part } of holders)
		all.get(measureId)?.[part === 'lead' ? 'leads' : 'partners'].push(organisationId);
	for (const { measureId, ...step } of steps) all.get(measureId)?.steps.push(step);
	return [...all.values()];
}

/** What a file would do: pure but for its pauses. */
export async function look(
	file: string,
	sheets: Partial<Record<SheetName, Row[]>>,
	choices: Choices,
	known: Known,
	told: Told
): Promise<{ review: Review; writes: Compared['writes'] & { groups: { id: string; name: string }[] } }> {
	const plan = await readSheet('plan', sheets, choices, known, told, planReader);
	const { assigned, unknown, groups } = await assignAll(plan.rows, known.bodies, choices.organisations);
	const steps = await readSheet('steps', sheets, choices, known, told, (places, width) =>
		stepReader(
			[...plan.rows.map(({ code }) => code), ...known.existing.map(({ code }) => code)].filter(Boolean),
			...([places, width] as const)
		)
	);

	const given: Given = {
		...{ rows: assigned, steps: steps.rows, choices, reason: file },
		fields: new Set(plan.fields as PlanField[]),
		stepFields: new Set(steps.fields as StepField[]),
		...{ existing: known.existing, objectives: known.objectives },
		...{ codes: new Set(known.codes), lastPosition: known.lastPosition }
	};
	const compared = await compare(given, told);
	const faults = [
		...plan.faults,
		...compared.twice.map((row) => ({
			...{ sheet: 'plan' as const, row, column: columnsOf.plan.titleRo.header },
			...{ message: 'import.same_measure', place: null, cell: '' }
		})),
		...steps.faults
	];
	const header = [...plan.header, ...steps.header];
	const ready =
		header.length + faults.length + unknown.length + compared.asked.length === 0 &&
		compared.ended.every(({ said, fault }) => said && !fault);
	return {
		review: {
			columns: {
				...(sheets.plan && { plan: plan.columns }),
				...(sheets.steps && { steps: steps.columns })
			},
			...{ header, unknown, ready },
			faults: faults.slice(0, shownFaults),
			warned: [...plan.warned, ...steps.warned],
			...{ asked: compared.asked, ended: compared.ended },
			...{ counts: compared.counts, entries: compared.entries }
		},
		writes: { ...compared.writes, groups }
	};
}

type ReadSheet<T> = {
	rows: T[];
	fields: string[];
	columns: SeenColumn[];
	header: Review['header'];
	faults: Fault[];
	warned: Review['warned'];
};

async function readSheet<Name extends string, T extends PlanRow | PlanStep>(
	sheet: SheetName,
	sheets: Partial<Record<SheetName, Row[]>>,
	choices: Choices,
	known: Known,
	told: Told,
	readerOf: (places: Header<Name>['places'], width: number) => Reader<Name, T>
): Promise<ReadSheet<T>> {
	const table = sheets[sheet];
	if (!table) return { rows: [], fields: [], columns: [], header: [], faults: [], warned: [] };
	const columns = columnsOf[sheet] as unknown as Columns<Name>;
	const remembered = known.remembered[sheet];
	const header = findHeader(table, columns, { ...remembered, ...choices.columns[sheet] });
	const unsaid = findHeader(table, columns, remembered);
	const fieldAt = new Map(Object.entries(header.places).map(([field, place]) => [place as number, field]));
	const seen = header.titles.map((title, place) => ({
		...{ title, known: !unsaid.unmatched.includes(place) },
		field: (fieldAt.get(place) ?? null) as SeenColumn['field']
	}));
	const all = { fields: [...fieldAt.values()], columns: seen.filter(({ title }) => title.trim() !== '') };
	if (header.problems.length > 0)
		return {
			...{ ...all, rows: [], faults: [], warned: [] },
			header: header.problems.map((problem) => ({ ...problem, sheet }))
		};

	const left = new Set(choices.left[sheet]);
	const reader = readerOf(header.places, header.titles.length);
	await inSlices(table.slice(header.at + 1), (row) => left.has(row.row) || reader.take(row), told);
	const placeOf = new Map(
		(Object.entries(columns) as [Name, Columns<Name>[Name]][]).map(([field, { header: name }]) => [
			name,
			header.places[field] ?? null
		])
	);
	const rowAt = new Map(table.map((row) => [row.row, row]));
	const faults = reader.problems.map((problem): Fault => {
		const place = placeOf.get(problem.column) ?? null;
		const cell = place === null ? '' : (rowAt.get(problem.row)?.cells[place] ?? '');
		return { ...problem, sheet, place, cell: problem.message === 'words.personal_number' ? '' : cell };
	});
	return {
		...{ ...all, rows: reader.rows, header: [], faults },
		warned: reader.warned.map((one) => ({ ...one, sheet }))
	};
}

/** Organisations in the place of names, with what was said of those that nobody knows. */
async function assignAll(plan: readonly PlanRow[], bodies: Body[], said: Choices['organisations']) {
	const find = matcher(bodies);
	const byId = new Map(bodies.map((one) => [one.id, one]));
	const groups = new Map<string, { id: string; name: string }>();
	const unknown = new Map<string, { name: string; rows: number[] }>();
	const met = new Map<string, { id: string } | undefined>();

	const bodyOf = (name: string, row: number): { id: string } | undefined => {
		const key = fold(name);
		if (!met.has(key)) {
			const chosen = said[key];
			if (chosen === 'group') groups.set(key, { id: crypto.randomUUID(), name });
			met.set(key, groups.get(key) ?? (chosen ? byId.get(chosen) : find([name]).found[0]));
		}
		const found = met.get(key);
		if (!found) {
			const one = unknown.get(key) ?? { name, rows: [] };
			if (one.rows.length < 20) one.rows.push(row);
			unknown.set(key, one);
		}
		return found;
	};
	const assigned: Assigned<{ id: string }>[] = [];
	await inSlices(plan, (row) => {
		const all = (names: string[]) => {
			const ids = new Set(names.flatMap((name) => bodyOf(name, row.row)?.id ?? []));
			return [...ids].map((id) => ({ id }));
		};
		const leads = all(row.leads);
		const partners = all(row.partners).filter(({ id }) => !leads.some((lead) => lead.id === id));
		assigned.push({ ...row, leads, partners });
	});
	return { assigned, unknown: [...unknown.values()], groups: [...groups.values()] };
}
