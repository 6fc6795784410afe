import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { readSealed } from '#lib/meetings/minutes.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { isUuid } from '#lib/uuid.ts';
import { circleAsked } from '../../circle.server.ts';

export async function load(event) {
	const { params } = event;
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');
	const forCircle = await circleAsked(event, actor);

	return app().database.as('hora_app', { member: actor.memberId, forCircle }, async (tx) => {
		const sealed = await readSealed(tx, params.id);
		return {
			forCircle,
			// Not theirs to see: the page says so, and still lets another circle be chosen.
			rows: (await wholeMeeting(tx, params.id))?.rows ?? [],
			lines: sealed?.lines.flatMap(({ said }) => said ?? [])
		};
	});
}
