import { sql } from 'drizzle-orm';
import { listCircles } from '#lib/access/queries.server.ts';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { openRequestsIn } from './asked.ts';
import type { Update } from './update.ts';

/**
 * A post as the actor sees it, locked for a change: its measure first, so that what hangs on one measure waits in
 * one line. Where the measure is no longer the actor's, the post alone.
 */
export async function findUpdate(tx: Tx, id: string): Promise<Update | undefined> {
	const found = await readUpdate(tx, id);
	if (!found) return undefined;
	await lockSubject(tx, found.measureId);
	if (found.replyTo) await lockSubject(tx, found.replyTo);
	return (await lockSubject(tx, id)) && readUpdate(tx, id);
}

export async function readUpdate(tx: Tx, id: string): Promise<Update | undefined> {
	const [found] = await rows<{ row: Update }>(tx, sql`select u.row from update_rows u where u.id = ${id}`);
	return found?.row;
}

/** What was posted on a measure and the actor may read, newest post first. */
export async function listUpdates(tx: Tx, measureId: string): Promise<Update[]> {
	const found = await rows<{ row: Update }>(
		tx,
		sql`select u.row from update_rows u where u.measure_id = ${measureId} order by u.posted_at desc, u.id`
	);
	return found.map(({ row }) => row);
}

/** Of the measure that a post asks about: its name. */
export type Named = { id: string; code: string; titleRo: string; titleEn: string };

/** What waits for an organisation's answer, and of whom it waits for one, as far as the reader may read it. */
export async function openRequests(tx: Tx, organisationId: string) {
	const found = await rows<{ row: Update; measure: Named }>(
		tx,
		sql`select u.row, jsonb_build_object(
				'id', m.id, 'code', m.code, 'titleRo', m.title_ro, 'titleEn', m.title_en) as measure
			from update_rows u join measures m on m.id = u.measure_id and m.retired_at is null
			where u.withdrawn_at is null and exists (
				select from requests r where r.update_id = u.id and r.state = 'open'
					and ${organisationId} in (r.organisation_id, u.organisation_id))`
	);
	const updates = found.map(({ row }) => row);
	const measures = Object.fromEntries(found.map(({ measure }) => [measure.id, measure]));
	return { ...openRequestsIn(updates, await listCircles(tx), organisationId), measures };
}
