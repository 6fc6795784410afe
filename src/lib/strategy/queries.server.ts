import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Measure } from './measure.ts';
import type { Objective } from './objective.ts';

export type { Objective };

/** A measure as the actor sees it, locked for a change. */
export async function findMeasure(tx: Tx, id: string): Promise<Measure | undefined> {
	return (await lockSubject(tx, id)) && readMeasure(tx, id);
}

export async function readMeasure(tx: Tx, id: string): Promise<Measure | undefined> {
	const [found] = await rows<{ row: Measure }>(tx, sql`select m.row from measure_rows m where m.id = ${id}`);
	return found?.row;
}

/** Every measure that the actor may read and that is not retired, in the plan's order. */
export async function listMeasures(tx: Tx): Promise<Measure[]> {
	const found = await rows<{ row: Measure }>(
		tx,
		sql`select m.row from measure_rows m left join objectives o on o.id = m.objective_id
			where m.retired_at is null order by o.position, m.position, m.code`
	);
	return found.map(({ row }) => row);
}

/** Those of these measures that the actor may read. */
export async function measuresAmong(tx: Tx, ids: readonly string[]): Promise<Measure[]> {
	if (ids.length === 0) return [];
	const found = await rows<{ row: Measure }>(
		tx,
		sql`select m.row from measure_rows m where m.id = any(array(select jsonb_array_elements_text(${json(ids)})::uuid))`
	);
	return found.map(({ row }) => row);
}

export type MeasureName = Pick<Measure, 'id' | 'code' | 'titleRo' | 'titleEn'>;

/** What the plan's measures are called, in its order: for choosing among them. */
export const measureNames = (tx: Tx) =>
	rows<MeasureName>(
		tx,
		sql`select m.id, m.code, m.title_ro as "titleRo", m.title_en as "titleEn"
			from measures m left join objectives o on o.id = m.objective_id
			where m.retired_at is null order by o.position, m.position, m.code`
	);

/** What an organisation leads or partners in, in the plan's order. */
export async function measuresHeldBy(tx: Tx, organisationId: string): Promise<Measure[]> {
	const found = await rows<{ row: Measure }>(
		tx,
		sql`select m.row from measure_rows m join objectives o on o.id = m.objective_id
			where m.retired_at is null and exists (select from measure_organisations h
				where h.measure_id = m.id and h.organisation_id = ${organisationId})
			order by o.position, m.position, m.code`
	);
	return found.map(({ row }) => row);
}

/** What is under an objective and under those below it. */
export async function measuresUnder(tx: Tx, objectiveId: string): Promise<Measure[]> {
	const found = await rows<{ row: Measure }>(
		tx,
		sql`select m.row from measure_rows m join objectives o on o.id = m.objective_id
			where m.retired_at is null and ${objectiveId} in (o.id, o.parent_id)
			order by o.position, m.position, m.code`
	);
	return found.map(({ row }) => row);
}

export type RetiredMeasure = Pick<Measure, 'id' | 'code' | 'titleRo' | 'titleEn'>;

/** What was retired from under an objective, for those who may restore it. */
export const retiredUnder = (tx: Tx, objectiveId: string) =>
	rows<RetiredMeasure>(
		tx,
		sql`select m.id, m.code, m.title_ro as "titleRo", m.title_en as "titleEn"
			from measures m join objectives o on o.id = m.objective_id
			where m.retired_at is not null and ${objectiveId} in (o.id, o.parent_id) order by m.retired_at desc`
	);

/** How many measures each organisation leads and partners in, as far as the reader may know of them. */
export async function countsByOrganisation(tx: Tx) {
	const found = await rows<{ id: string; leads: number; partners: number }>(
		tx,
		sql`select h.organisation_id as id, count(*) filter (where h.part = 'lead')::int as leads,
				count(*) filter (where h.part = 'partner')::int as partners
			from measure_organisations h join measures m on m.id = h.measure_id where m.retired_at is null group by 1`
	);
	return Object.fromEntries(found.map(({ id, ...counts }) => [id, counts]));
}

const objectiveRow = sql`jsonb_build_object(
	'subject', 'objective', 'id', o.id, 'circleId', o.circle_id,
	'version', (select s.version from subjects s where s.id = o.id),
	'strategyId', o.strategy_id, 'parentId', o.parent_id, 'kind', o.kind, 'code', o.code,
	'titleRo', o.title_ro, 'titleEn', o.title_en, 'position', o.position)`;

export async function listObjectives(tx: Tx): Promise<Objective[]> {
	const found = await rows<{ row: Objective }>(
		tx,
		sql`select ${objectiveRow} as row from objectives o order by o.position, o.code, o.id`
	);
	return found.map(({ row }) => row);
}

export async function readObjective(tx: Tx, id: string): Promise<Objective | undefined> {
	const [found] = await rows<{ row: Objective }>(
		tx,
		sql`select ${objectiveRow} as row from objectives o where o.id = ${id}`
	);
	return found?.row;
}

/** An objective as the actor sees it, locked for a change. */
export async function findObjective(tx: Tx, id: string): Promise<Objective | undefined> {
	return (await lockSubject(tx, id)) && readObjective(tx, id);
}

export type Strategy = {
	id: string;
	circleId: string;
	titleRo: string;
	titleEn: string;
	source: string;
	retired: boolean;
};

const strategyColumns = sql`id, circle_id as "circleId", title_ro as "titleRo", title_en as "titleEn", source, retired_at is not null as retired`;

/** Those that stand, the newest first: where a page names one strategy, it names that one. */
export const listStrategies = (tx: Tx) =>
	rows<Strategy>(
		tx,
		sql`select ${strategyColumns} from strategies where retired_at is null order by made_at desc, title_ro, id`
	);

/** Those that were retired as well. */
export const listAllStrategies = (tx: Tx) =>
	rows<Strategy>(
		tx,
		sql`select ${strategyColumns} from strategies order by retired_at is not null, made_at desc, title_ro, id`
	);

export async function readStrategy(tx: Tx, id: string): Promise<Strategy | undefined> {
	const [strategy] = await rows<Strategy>(
		tx,
		sql`select ${strategyColumns} from strategies where id = ${id}`
	);
	return strategy;
}

/** Nothing new is written under a strategy that was retired. */
export async function refuseRetired(tx: Tx, strategyId: string, field: string) {
	const strategy = await readStrategy(tx, strategyId);
	if (strategy?.retired) throw new Refusal('invalid', { fields: { [field]: 'strategy.is_retired' } });
}

/** For each measure: when something was last posted that the reader may read. */
export async function lastUpdates(tx: Tx): Promise<Record<string, string>> {
	const found = await rows<{ id: string; at: string }>(
		tx,
		sql`select measure_id as id, instant(max(posted_at)) as at from updates where withdrawn_at is null group by 1`
	);
	return Object.fromEntries(found.map(({ id, at }) => [id, at]));
}

/** What the door says of the workspace before anybody has signed in. */
export async function strategyTitle(tx: Tx) {
	const [title] = await rows<{ titleRo: string; titleEn: string }>(tx, sql`select * from strategy_title()`);
	return title;
}
