import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { makeReport } from '#lib/reports/make-report.server.ts';
import { listObjectives } from '#lib/strategy/queries.server.ts';
import { picked } from '#lib/ui/picked.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		objectives: await listObjectives(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	async default(event) {
		const answer = await submit(event, makeReport, (fields) => ({
			title: fields.title,
			circleId: fields.circleId,
			language: fields.language,
			from: fields.from || null,
			to: fields.to || null,
			objectives: picked(fields, 'objectives')
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/reports/${answer.result.id}`);
		return answer;
	}
};
