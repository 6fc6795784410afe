import { sql } from 'drizzle-orm';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
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
	const [found] = await rows<{ row: Update }>(
		tx,
		sql`select update_row(u) as row from updates u where u.id = ${id}`
	);
	return found?.row;
}

/** What was posted on a measure and the actor may read, newest post first. */
export async function listUpdates(tx: Tx, measureId: string): Promise<Update[]> {
	const found = await rows<{ row: Update }>(
		tx,
		sql`select update_row(u) as row from updates u where u.measure_id = ${measureId} order by u.posted_at desc, u.id`
	);
	return found.map(({ row }) => row);
}
