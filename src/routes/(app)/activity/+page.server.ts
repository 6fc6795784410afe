import { askedOf } from '#lib/activity/filters.ts';
import { atMost, listActivity } from '#lib/activity/queries.server.ts';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { listObjectives } from '#lib/strategy/queries.server.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId } = signedIn(event);
	const asked = askedOf(event.url.searchParams);

	return app().database.as('hora_app', { member: memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const found = await listActivity(tx, asked);
		return {
			live: { ...heads, rows: [] },
			asked,
			activity: found.slice(0, atMost),
			more: found.length > atMost,
			objectives: await listObjectives(tx)
		};
	});
}
