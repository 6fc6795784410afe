import { error, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { joinCircle, leaveCircle } from '#lib/circles/join-circle.server.ts';
import { renameCircle, restoreCircle, retireCircle, setQuoting } from '#lib/circles/keep-circle.server.ts';
import { historyOfCircle, listCircleFacts, listKept } from '#lib/circles/queries.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { changesOf } from '#lib/ui/edited.ts';

export async function load(event) {
	const { id } = event.params;
	event.depends(pageData);
	const actor = signedIn(event);

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const live = { ...(await readHeads(tx)), rows: [] };
		const [ours, kept] = [await listCircleFacts(tx), await listKept(tx)];
		const circle = [...ours, ...kept].find((one) => one.id === id);
		if (!circle) error(404, 'not-found');
		return {
			live,
			circle,
			/** Its own organisation reads in it; the secretariat also keeps others. */
			read: ours.some((one) => one.id === id),
			kept: kept.find((one) => one.id === id),
			/** The circles around it and beside it, for their names. */
			known: [...kept, ...ours],
			history: await historyOfCircle(tx, id),
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	rename: action(renameCircle, (fields, { id }) => {
		const { now, base } = changesOf(fields, ['nameRo', 'nameEn']);
		return { circleId: id, names: now, base };
	}),
	quoting: action(setQuoting, (fields, { id }) => ({
		circleId: id,
		quoting: fields.quoting,
		base: { quoting: fields['base.quoting'] }
	})),
	/** Leads to the circle in which the organisation then is: where something was written, the successor. */
	async join(event) {
		const answer = await submit(event, joinCircle, ({ organisationId }) => ({
			circleId: event.params.id,
			organisationId
		}));
		if ('ok' in answer && answer.ok && answer.result.id !== event.params.id)
			redirect(303, `/circles/${answer.result.id}`);
		return answer;
	},
	leave: action(leaveCircle, ({ organisationId }, { id }) => ({ circleId: id, organisationId })),
	retire: action(retireCircle, turned),
	restore: action(restoreCircle, turned)
};

function turned(fields: Record<string, string>, { id }: { id?: string }) {
	return { circleId: id, base: { retired: fields['base.retired'] === 'true' } };
}
