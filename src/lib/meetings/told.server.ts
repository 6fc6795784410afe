/** A page holds a meeting as one row with its lists, so an event brings those fields as they are now. */

import type { Tx } from '#lib/server/database.server.ts';
import type { Meeting } from './meeting.ts';
import { readMeeting } from './queries.server.ts';

const lists = ['slots', 'hands', 'attendance', 'delegates'];

/**
 * What has become of a meeting since it was read.
 * @param about what the sentence of history names: numbers and names that everybody in the meeting's circle may read,
 *   never the words of an item
 */
export async function whatChanged(tx: Tx, was: Meeting, type: string, about: Record<string, unknown> = {}) {
	const { old, new: now } = differences(was, (await readMeeting(tx, was.id)) as Meeting);
	for (const list of lists) delete old[list];
	return { subject: was.id, type, data: { old, new: now, ...about } };
}

/** The fields of a row that differ: as they were, and as they are now. */
export function differences<Row extends object>(was: Row, now: Row) {
	const fields = (Object.keys(now) as (keyof Row & string)[]).filter(
		(field) => JSON.stringify(now[field]) !== JSON.stringify(was[field])
	);
	const of = (row: Row): Record<string, unknown> =>
		Object.fromEntries(fields.map((field) => [field, row[field]]));
	return { old: of(was), new: of(now) };
}
