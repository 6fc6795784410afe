import type { Tx } from '#lib/server/database.server.ts';
import { measuresAmong } from '#lib/strategy/queries.server.ts';
import { itemsOf, readMeeting, recordsOf } from './queries.server.ts';

/** A meeting with its items, what was noted and decided, and the measures that they are about; nothing if it is not theirs. */
export async function wholeMeeting(tx: Tx, id: string) {
	const meeting = await readMeeting(tx, id);
	if (!meeting) return undefined;
	const items = await itemsOf(tx, id);
	const records = await recordsOf(tx, id);
	const measures = await measuresAmong(tx, [
		...items.flatMap(({ measures }) => measures),
		...records.flatMap((one) => (one.subject === 'decision' && one.measureId) || [])
	]);
	return { meeting, rows: [meeting, ...items, ...records, ...measures] };
}
