import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const whole = await wholeMeeting(tx, params.id);
		if (!whole) error(404, 'not-found');
		return { live: { ...heads, rows: whole.rows } };
	});
}
