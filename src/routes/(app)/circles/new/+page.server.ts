import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { addCircle } from '#lib/circles/keep-circle.server.ts';
import { listKept } from '#lib/circles/queries.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { picked } from '#lib/ui/picked.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		kept: await listKept(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	async default(event) {
		const answer = await submit(event, addCircle, (fields) => ({
			insideId: fields.insideId,
			nameRo: fields.nameRo,
			nameEn: fields.nameEn,
			organisationIds: picked(fields, 'organisationIds')
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/circles/${answer.result.id}`);
		return answer;
	}
};
