/** The action plans of the strategies, and what in the next plan goes on from what. */

import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Fate, Plan } from './plan.ts';

/** Those of strategies that stand, the newest first; each with how many measures of it the reader can see. */
export const listPlans = (tx: Tx) =>
	rows<Plan & { measures: number; strategyRo: string; strategyEn: string }>(
		tx,
		sql`select p.id, p.strategy_id as "strategyId", p.circle_id as "circleId", p.title_ro as "titleRo",
				p.title_en as "titleEn", p.first_year as "firstYear", p.last_year as "lastYear",
				(select count(*)::int from measures m where m.plan_id = p.id and m.retired_at is null) as measures,
				s.title_ro as "strategyRo", s.title_en as "strategyEn"
			from plans p join strategies s on s.id = p.strategy_id where s.retired_at is null
			order by s.made_at desc, p.made_at desc, p.id`
	);

export type Relative = {
	id: string;
	code: string;
	titleRo: string;
	titleEn: string;
	fate: Fate;
	reason: string;
};

/** What a measure goes on from, and what goes on from it. */
export async function relativesOf(
	tx: Tx,
	measureId: string
): Promise<{ from: Relative[]; into: Relative[] }> {
	const found = await rows<Relative & { side: 'from' | 'into' }>(
		tx,
		sql`select 'from' as side, m.id, m.code, m.title_ro as "titleRo", m.title_en as "titleEn", p.fate, p.reason
				from predecessors p join measures m on m.id = p.from_id where p.measure_id = ${measureId}
			union all
			select 'into', m.id, m.code, m.title_ro, m.title_en, p.fate, p.reason
				from predecessors p join measures m on m.id = p.measure_id where p.from_id = ${measureId}
			order by 1, 3`
	);
	const of = (wanted: 'from' | 'into') =>
		found.filter(({ side }) => side === wanted).map(({ side: _, ...relative }) => relative);
	return { from: of('from'), into: of('into') };
}

/** The measures of earlier plans that this one goes on from, however far back. */
export async function originsOf(tx: Tx, measureId: string): Promise<string[]> {
	const found = await rows<{ id: string }>(
		tx,
		sql`with recursive origins as (
				select from_id as id from predecessors where measure_id = ${measureId}
				union select p.from_id from predecessors p join origins o on o.id = p.measure_id
			) select id from origins`
	);
	return found.map(({ id }) => id);
}
