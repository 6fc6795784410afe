import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { decisionsNaming } from '#lib/meetings/queries.server.ts';
import { listNews, lookedAt } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { listMeasures, listObjectives } from '#lib/strategy/queries.server.ts';
import { openRequests } from '#lib/updates/queries.server.ts';
import { canApprove } from '#lib/voice/policy.ts';
import { listDrafts } from '#lib/voice/queries.server.ts';
import { firstDays, skipStep } from '#lib/workspace/first-days.server.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const { ofUs, byUs } = await openRequests(tx, actor.organisationId);
		const asking = new Map([...ofUs, ...byUs].map(({ update }) => [update.id, update]));
		return {
			live: {
				...heads,
				rows: [
					...(await listMeasures(tx)),
					...asking.values(),
					...(await decisionsNaming(tx, actor.organisationId))
				]
			},
			objectives: await listObjectives(tx),
			// What waits for the reader's word.
			drafts: (await listDrafts(tx, { days: 0 })).filter(
				(draft) => draft.state === 'waiting' && canApprove(actor, draft)
			),
			news: await listNews(tx, { days: 7, limit: 8 }),
			looked: await lookedAt(tx),
			firstDays: actor.role === 'secretariat' ? await firstDays(tx) : null,
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	skip: action(skipStep, ({ step, skipped }) => ({ step, skipped: skipped === 'yes' }))
};
