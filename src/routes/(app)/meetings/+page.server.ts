import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listMeetings } from '#lib/meetings/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		return { live: { ...heads, rows: await listMeetings(tx) } };
	});
}
