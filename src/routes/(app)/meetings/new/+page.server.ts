import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { planMeeting } from '#lib/meetings/plan-meeting.server.ts';
import { officialsOf } from '#lib/meetings/queries.server.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		officials: await officialsOf(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	async default(event) {
		const answer = await submit(event, planMeeting, (fields) => ({
			circleId: fields.circleId,
			title: fields.title,
			day: fields.day,
			time: fields.time,
			place: fields.place,
			link: fields.link,
			chairId: fields.chairId,
			secretaryId: fields.secretaryId || null,
			quorumOf: fields.quorumOf,
			quorumShare: Number(fields.quorumShare)
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/meetings/${answer.result.id}`);
		return answer;
	}
};
