import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { signedIn } from '#lib/guard.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { listObjectives } from '#lib/strategy/queries.server.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		objectives: await listObjectives(tx),
		refusal: refusedIn(event.url.searchParams)
	}));
}

/** Why no file came: the answer to the form would have been one, so the address says it. */
function refusedIn(query: URLSearchParams) {
	const code = query.get('refused');
	if (!code) return undefined;
	const after = Number(query.get('after')) || undefined;
	const refusal =
		code === 'throttled'
			? new Refusal('throttled', { after })
			: code === 'not-found'
				? new Refusal('not-found')
				: new Refusal('invalid', { fields: { form: code } });
	return refusalOf(refusal, 'export').refusal;
}
