import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { openRequests } from '#lib/updates/queries.server.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId, organisationId } = signedIn(event);

	return app().database.as('hora_app', { member: memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		const { ofUs, byUs, measures } = await openRequests(tx, organisationId);
		const updates = new Map([...ofUs, ...byUs].map(({ update }) => [update.id, update]));
		return { live: { ...heads, rows: [...updates.values()] }, measures };
	});
}
