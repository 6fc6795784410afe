import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { newsOf } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { lastUpdates, listMeasures, listObjectives, listStrategies } from '#lib/strategy/queries.server.ts';
import { forgetView, keepView, listViews } from '#lib/views/keep-view.server.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		return {
			live: { ...heads, rows: await listMeasures(tx) },
			objectives: await listObjectives(tx),
			strategy: (await listStrategies(tx))[0],
			lastUpdates: await lastUpdates(tx),
			news: await newsOf(tx),
			views: await listViews(tx),
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = { keep: action(keepView), forget: action(forgetView) };
