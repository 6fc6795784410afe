import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listObjectives, readMeasure } from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { circleAsked } from '../circle.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { params } = event;
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');
	const forCircle = await circleAsked(event, actor);

	return app().database.as('hora_app', { member: actor.memberId, forCircle }, async (tx) => {
		const measure = await readMeasure(tx, params.id);
		return {
			forCircle,
			// Not theirs to see: the page says so, and still lets another circle be chosen.
			measure,
			objective: measure && (await listObjectives(tx)).find(({ id }) => id === measure.objectiveId),
			updates: measure ? await listUpdates(tx, params.id) : [],
			history: measure ? await historyOf(tx, params.id) : []
		};
	});
}
