import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { addMeasure } from '#lib/strategy/add-measure.server.ts';
import { listObjectives, listStrategies } from '#lib/strategy/queries.server.ts';
import { picked } from '#lib/ui/picked.ts';
import { stepsIn } from './steps.ts';

export async function load(event) {
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const standing = new Set((await listStrategies(tx)).map(({ id }) => id));
		return {
			objectives: (await listObjectives(tx)).filter(({ strategyId }) => standing.has(strategyId)),
			under: event.url.searchParams.get('objective') ?? '',
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	async default(event) {
		const answer = await submit(event, addMeasure, (fields) => ({
			objectiveId: fields.objectiveId,
			circleId: fields.circleId,
			code: fields.code,
			titleRo: fields.titleRo,
			titleEn: fields.titleEn,
			descriptionRo: fields.descriptionRo,
			descriptionEn: fields.descriptionEn,
			deadline: fields.deadline,
			nextDate: fields.nextDate || null,
			leads: picked(fields, 'leads'),
			partners: picked(fields, 'partners'),
			steps: stepsIn(fields).map(({ date, ...titles }) => ({ ...titles, date: date || null }))
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/measures/${answer.result.id}`);
		return answer;
	}
};
