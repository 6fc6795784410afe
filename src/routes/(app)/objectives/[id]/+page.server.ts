import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { editObjective } from '#lib/strategy/objectives.server.ts';
import { canRetire } from '#lib/strategy/policy.ts';
import { listObjectives, measuresUnder, retiredUnder } from '#lib/strategy/queries.server.ts';
import { changesOf } from '#lib/ui/edited.ts';
import { latestUnder, openUnder } from '#lib/updates/latest.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { id } = event.params;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		const objectives = await listObjectives(tx);
		if (!objectives.some((one) => one.id === id)) error(404, 'not-found');
		const { updates, titles } = await latestUnder(tx, id);
		return {
			live: { ...heads, rows: [...objectives, ...(await measuresUnder(tx, id)), ...updates] },
			objectiveId: id,
			titles,
			open: await openUnder(tx, id),
			retired: canRetire(actor) ? await retiredUnder(tx, id) : [],
			history: await historyOf(tx, id),
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	texts: action(editObjective, (fields, { id }) => {
		const { now, base } = changesOf(fields, ['code', 'titleRo', 'titleEn']);
		return { objectiveId: id, texts: now, base };
	})
};
