import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { addItem } from '#lib/meetings/agenda.server.ts';
import { packOf } from '#lib/meetings/pack.ts';
import { readPack } from '#lib/meetings/pack.server.ts';
import { readMeeting } from '#lib/meetings/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { isUuid } from '#lib/uuid.ts';
import { circleAsked } from '../../../print/circle.server.ts';

/** Made for a circle, the meeting's unless another is asked for: whoever prints it knows for whom it is. */
export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	const reader = { member: actor.memberId };
	const { database } = app();
	const { heads, meeting } = await database.as('hora_app', reader, async (tx) => ({
		heads: await readHeads(tx),
		meeting: await readMeeting(tx, params.id)
	}));
	if (!meeting) error(404, 'not-found');
	const forCircle = await circleAsked(event, actor, meeting.circleId);
	const facts = await database.as('hora_app', { ...reader, forCircle }, async (tx) => {
		const theirs = await readMeeting(tx, params.id);
		return theirs && (await readPack(tx, theirs));
	});
	return {
		live: { ...heads, rows: [] },
		forCircle,
		meeting,
		// Not theirs to see: the page says so, and still lets another circle be chosen.
		pack: facts && { since: facts.since, ...packOf(facts, meeting) },
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	add: action(addItem, ({ circleId, minutes, titleRo, titleEn, measureId }, { id: meetingId }) => ({
		...{ meetingId, circleId, titleRo, titleEn },
		minutes: Number(minutes),
		measures: [measureId]
	}))
};
