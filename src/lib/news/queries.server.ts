/** What changed, and what of it the reader has not seen: reckoned by numbers, so that no clock can hide anything. */

import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';

/** What somebody did to a measure or to a post on it. What nobody did (a first import) is no news. */
const happened = (past = sql``) => sql`from heads h
	left join seen_all a on a.member_id = setting('member')
	join events e on e.circle_id = h.circle_id ${past}
	join words w on w.event_circle_id = e.circle_id and w.n = e.n and w.circle_id = e.circle_id
		and w.author is not null
	left join updates u on u.id = e.subject_id
	join measures m on m.id = coalesce(u.measure_id, e.subject_id) and m.retired_at is null
	left join seen s on s.member_id = setting('member') and s.measure_id = m.id`;

/** Past what the reader has marked as seen altogether: the index begins there. */
const pastAll = sql`and e.n > coalesce((a.heads->>h.circle_id::text)::bigint, 0)`;

const unseen = sql`(w.author <> setting('member') ${pastAll}
	and e.n > coalesce((s.heads->>h.circle_id::text)::bigint, 0))`;

/** For each measure: how many changes the reader has not seen, and when it last changed. */
export async function newsOf(
	tx: Tx
): Promise<{ unseen: Record<string, number>; changedAt: Record<string, string> }> {
	const found = await rows<{ id: string; unseen: number; at: string }>(
		tx,
		sql`select m.id, count(*) filter (where ${unseen})::int as unseen, instant(max(e.at)) as at ${happened()} group by m.id`
	);
	return {
		unseen: Object.fromEntries(
			found.filter(({ unseen }) => unseen > 0).map(({ id, unseen }) => [id, unseen])
		),
		changedAt: Object.fromEntries(found.map(({ id, at }) => [id, at]))
	};
}

/** How many measures hold something unseen: the number in the rail. */
export async function countNews(tx: Tx): Promise<number> {
	const [found] = await rows<{ n: number }>(
		tx,
		sql`select count(distinct m.id)::int as n ${happened(pastAll)} where ${unseen}`
	);
	return found?.n ?? 0;
}
