/** A page holds a meeting as one row with its lists, so an event brings those fields as they are now. */

import type { Tx } from '#lib/server/database.server.ts';
import type { Meeting } from './meeting.ts';
import { readMeeting } from './queries.server.ts';

const lists = ['slots', 'hands', 'attendance'];

/**
 * What has become of a meeting since it was read.
 * @param about what the sentence of history names: numbers and names that everybody in the meeting's circle may read,
 *   never the words of an item
 */
export async function whatChanged(tx: Tx, was: Meeting, type: string, about: Record<string, unknown> = {}) {
	const now = (await readMeeting(tx, was.id)) as Meeting;
	const differing = (Object.keys(now) as (keyof Meeting)[]).filter(
		(field) => JSON.stringify(now[field]) !== JSON.stringify(was[field])
	);
	const of = (meeting: Meeting, fields: (keyof Meeting)[]) =>
		Object.fromEntries(fields.map((field) => [field, meeting[field]]));
	return {
		subject: was.id,
		type,
		data: {
			old: of(
				was,
				differing.filter((field) => !lists.includes(field))
			),
			new: of(now, differing),
			...about
		}
	};
}
