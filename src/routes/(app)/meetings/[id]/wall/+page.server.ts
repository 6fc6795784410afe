import { error } from '@sveltejs/kit';
import { readingFor } from '#lib/access/for-circle.server.ts';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { commissionMembers, readMeeting } from '#lib/meetings/queries.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { isUuid } from '#lib/uuid.ts';

/** Everybody in the room reads the wall: it holds what all of the meeting's circle may read, whoever opened it. */
export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const meeting = await readMeeting(tx, params.id);
		if (!meeting) error(404, 'not-found');
		const whole = await readingFor(tx, meeting.circleId, () => wholeMeeting(tx, params.id));
		return {
			live: { ...heads, rows: whole?.rows ?? [] },
			commission: (await commissionMembers(tx)).map(({ id }) => id),
			dark: event.url.searchParams.get('light') === 'dark'
		};
	});
}
