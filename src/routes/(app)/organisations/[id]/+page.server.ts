import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { historyOfOrganisation } from '#lib/circles/queries.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, type Fields } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listMembers } from '#lib/members/queries.server.ts';
import {
	renameOrganisation,
	restoreOrganisation,
	retireOrganisation
} from '#lib/organisations/keep-organisation.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { measuresHeldBy } from '#lib/strategy/queries.server.ts';
import { changesOf } from '#lib/ui/edited.ts';
import { latestBy, openOf } from '#lib/updates/latest.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { id } = event.params;
	event.depends(pageData);
	const actor = signedIn(event);
	const { organisations } = await event.parent();
	if (!isUuid(id) || !organisations.some((one) => one.id === id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		const { updates, titles } = await latestBy(tx, id);
		return {
			live: { ...heads, rows: [...(await measuresHeldBy(tx, id)), ...updates] },
			organisationId: id,
			titles,
			open: await openOf(tx, id),
			members: (await listMembers(tx, id)).filter(({ former }) => !former),
			history: await historyOfOrganisation(tx, id),
			operation: crypto.randomUUID() as string
		};
	});
}

const turn = (fields: Fields, { id }: Record<string, string>) => ({
	organisationId: id,
	base: { retired: fields['base.retired'] === 'true' }
});

export const actions = {
	rename: action(renameOrganisation, (fields, { id }) => {
		const { now, base } = changesOf(fields, ['nameRo', 'nameEn', 'shortRo', 'shortEn']);
		return { organisationId: id, names: now, base };
	}),
	retire: action(retireOrganisation, turn),
	restore: action(restoreOrganisation, turn)
};
