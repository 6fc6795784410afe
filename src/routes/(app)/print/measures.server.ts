import type { ServerLoadEvent } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { newsOf } from '#lib/news/queries.server.ts';
import { listMeasures, listObjectives, listStrategies } from '#lib/strategy/queries.server.ts';
import { circleAsked } from './circle.server.ts';

/** Paper is always for a named circle: what the reader may read and everybody in it may read, and nothing else. */
export async function measuresAsked(event: Pick<ServerLoadEvent, 'locals' | 'url'>) {
	const actor = signedIn(event);
	const forCircle = await circleAsked(event, actor);

	return app().database.as('hora_app', { member: actor.memberId, forCircle }, async (tx) => ({
		forCircle,
		measures: await listMeasures(tx),
		objectives: await listObjectives(tx),
		strategy: (await listStrategies(tx))[0],
		news: await newsOf(tx)
	}));
}
