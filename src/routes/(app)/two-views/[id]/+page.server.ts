import { error } from '@sveltejs/kit';
import { canLookAs } from '#lib/access/look-as.ts';
import { lookAs } from '#lib/access/look-as.server.ts';
import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import type { Reader } from '#lib/server/database.server.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { isUuid } from '#lib/uuid.ts';

/** Nothing is kept up to date here: each look is an act of its own, and is told. */
export async function load(event) {
	const actor = signedIn(event);
	const id = event.params.id;
	const side = isUuid(id) ? await sideOf(id, { member: actor.memberId }) : undefined;
	if (!side?.measure) error(404, 'not-found');
	const own = side.updates.some(
		({ organisationId, withdrawnAt }) => organisationId === actor.organisationId && !withdrawnAt
	);
	return {
		mine: { measure: side.measure, updates: side.updates },
		mayLook: canLookAs(actor, { organisationId: own ? actor.organisationId : undefined }),
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	async look(event) {
		const answer = await submit(event, lookAs, ({ organisationId }) => ({
			measureId: event.params.id,
			organisationId
		}));
		if (!('ok' in answer) || !answer.ok) return answer;
		const { actor } = event.locals;
		const { organisationId } = answer.result;
		const reader = { member: actor?.memberId, viewingAs: organisationId };
		return { ...answer, organisationId, theirs: await sideOf(event.params.id, reader) };
	}
};

const sideOf = (measureId: string, reader: Reader) =>
	app().database.as('hora_app', reader, async (tx) => ({
		measure: await readMeasure(tx, measureId),
		updates: await listUpdates(tx, measureId)
	}));
