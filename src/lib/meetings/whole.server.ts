import type { Tx } from '#lib/server/database.server.ts';
import { measuresAmong } from '#lib/strategy/queries.server.ts';
import { decisionsBefore, itemsOf, readMeeting, recordsOf } from './queries.server.ts';

/**
 * A meeting with its items, what was noted and decided, and the measures that they are about; nothing if it is not
 * theirs.
 * @param options.followUp with what earlier meetings decided and is not done, until it is closed
 */
export async function wholeMeeting(tx: Tx, id: string, { followUp = false } = {}) {
	const meeting = await readMeeting(tx, id);
	if (!meeting) return undefined;
	const items = await itemsOf(tx, id);
	const records = await recordsOf(tx, id);
	const earlier = followUp && meeting.state !== 'closed' ? await decisionsBefore(tx, meeting) : [];
	const measures = await measuresAmong(tx, [
		...items.flatMap(({ measures }) => measures),
		...[...records, ...earlier].flatMap((one) => (one.subject === 'decision' && one.measureId) || [])
	]);
	return {
		meeting,
		earlier: earlier.map(({ id }) => id),
		rows: [meeting, ...items, ...records, ...earlier, ...measures]
	};
}
