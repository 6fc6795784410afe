import { app } from '#lib/app.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { measuresHeldBy } from '#lib/strategy/queries.server.ts';
import { lastSentences } from '#lib/voice/queries.server.ts';
import { circleAsked } from '../circle.server.ts';

/** The sheet on paper, for a named circle: what the reader may read and everybody in it may read. */
export async function load(event) {
	const actor = signedIn(event);
	const forCircle = await circleAsked(event, actor);

	return app().database.as('hora_app', { member: actor.memberId, forCircle }, async (tx) => ({
		forCircle,
		measures: await measuresHeldBy(tx, actor.organisationId),
		said: await lastSentences(tx, actor.organisationId)
	}));
}
