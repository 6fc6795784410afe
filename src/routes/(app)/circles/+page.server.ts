import { app } from '#lib/app.server.ts';
import { listCircleFacts, listKept } from '#lib/circles/queries.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		live: { ...(await readHeads(tx)), rows: [] },
		ours: await listCircleFacts(tx),
		kept: await listKept(tx)
	}));
}
