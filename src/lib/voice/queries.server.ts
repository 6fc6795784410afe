import { sql } from 'drizzle-orm';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import type { Update } from '#lib/updates/update.ts';
import { aboutUpdate, type Draft } from './draft.ts';

/** An internal version, locked; its measure first, so that what hangs on one measure waits in one line. */
export async function findDraft(tx: Tx, id: string): Promise<Draft | undefined> {
	const found = await readDraft(tx, id);
	if (!found) return undefined;
	await lockSubject(tx, found.measureId); // no longer ours to see: then only what sends it notices
	return (await lockSubject(tx, id)) && readDraft(tx, id);
}

export async function readDraft(tx: Tx, id: string): Promise<Draft | undefined> {
	const [found] = await rows<{ row: Draft }>(tx, sql`select d.row from draft_rows d where d.id = ${id}`);
	return found?.row;
}

/** What stands in the house on one measure, oldest first. */
export async function draftsOn(tx: Tx, measureId: string): Promise<Draft[]> {
	const found = await rows<{ row: Draft }>(
		tx,
		sql`select d.row from draft_rows d
			where d.measure_id = ${measureId} and d.state in ('kept', 'waiting', 'returned') order by d.drafted_at, d.id`
	);
	return found.map(({ row }) => row);
}

/** All that stands in the house, and what went out or was taken back in the last days. */
export async function listDrafts(tx: Tx, { days = 7 } = {}): Promise<Draft[]> {
	const found = await rows<{ row: Draft }>(
		tx,
		sql`select d.row from draft_rows d
			where d.state in ('kept', 'waiting', 'returned') or d.decided_at > clock_timestamp() - make_interval(days => ${days})
			order by d.drafted_at, d.id`
	);
	return found.map(({ row }) => row);
}

/** How many wait for approval in the house. */
export async function countWaiting(tx: Tx): Promise<number> {
	const [found] = await rows<{ n: number }>(
		tx,
		sql`select count(*)::int as n from drafts where state = 'waiting'`
	);
	return found?.n ?? 0;
}

/** What the house can say of itself: does it ask for approval? */
export async function asksApproval(tx: Tx, organisationId: string): Promise<boolean> {
	const [found] = await rows<{ approves: boolean }>(
		tx,
		sql`select approves from organisations where id = ${organisationId}`
	);
	return found?.approves ?? false;
}

/** The last progress that an organisation reported on each measure, as far as the reader may read it. */
export async function lastSentences(tx: Tx, organisationId: string) {
	const found = await rows<{ id: string; text: string; language: 'ro' | 'en'; at: string }>(
		tx,
		sql`select distinct on (u.measure_id) u.measure_id as id, u.text, u.language, instant(u.posted_at) as at
			from updates u where u.organisation_id = ${organisationId} and u.kind = 'progress' and u.reply_to is null
				and u.withdrawn_at is null and u.flagged_at is null
			order by u.measure_id, u.posted_at desc, u.id`
	);
	return Object.fromEntries(found.map(({ id, ...said }) => [id, said]));
}

/** What internal versions are about: their measures, and the posts that they answer or change. */
export async function aboutDrafts(tx: Tx, drafts: readonly Draft[]) {
	const measures = [...new Set(drafts.map(({ measureId }) => measureId))];
	const updates = [...new Set(drafts.flatMap((draft) => aboutUpdate(draft) ?? []))];
	const found = await rows<{ row: Measure | Update }>(
		tx,
		sql`select m.row from measure_rows m
				where m.id in (select jsonb_array_elements_text(${json(measures)})::uuid)
			union all select u.row from update_rows u
				where u.id in (select jsonb_array_elements_text(${json(updates)})::uuid)`
	);
	return found.map(({ row }) => row);
}
