import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { addObjective } from '#lib/strategy/objectives.server.ts';
import { listObjectives, listStrategies } from '#lib/strategy/queries.server.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		objectives: await listObjectives(tx),
		strategies: await listStrategies(tx),
		under: event.url.searchParams.get('under') ?? '',
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	async default(event) {
		const answer = await submit(event, addObjective, ({ underId, code, titleRo, titleEn }) => ({
			underId,
			code,
			titleRo,
			titleEn
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/objectives/${answer.result.id}`);
		return answer;
	}
};
