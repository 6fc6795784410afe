import { sql } from 'drizzle-orm';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Measure } from './measure.ts';

/** A measure as the actor sees it, locked for a change. */
export async function findMeasure(tx: Tx, id: string): Promise<Measure | undefined> {
	return (await lockSubject(tx, id)) && readMeasure(tx, id);
}

export async function readMeasure(tx: Tx, id: string): Promise<Measure | undefined> {
	const [found] = await rows<{ row: Measure }>(
		tx,
		sql`select measure_row(m) as row from measures m where m.id = ${id}`
	);
	return found?.row;
}

/** Every measure that the actor may read and that is not retired, in the plan's order. */
export async function listMeasures(tx: Tx): Promise<Measure[]> {
	const found = await rows<{ row: Measure }>(
		tx,
		sql`select measure_row(m) as row from measures m left join objectives o on o.id = m.objective_id
			where m.retired_at is null order by o.position, m.position, m.code`
	);
	return found.map(({ row }) => row);
}

export type Objective = {
	id: string;
	parentId: string | null;
	kind: 'general' | 'specific' | 'theme';
	code: string;
	titleRo: string;
	titleEn: string;
};

export const listObjectives = (tx: Tx) =>
	rows<Objective>(
		tx,
		sql`select id, parent_id as "parentId", kind, code, title_ro as "titleRo", title_en as "titleEn"
			from objectives order by position`
	);

export type Strategy = { id: string; titleRo: string; titleEn: string; source: string };

export const listStrategies = (tx: Tx) =>
	rows<Strategy>(tx, sql`select id, title_ro as "titleRo", title_en as "titleEn", source from strategies`);

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
