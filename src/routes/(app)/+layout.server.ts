import { redirect } from '@sveltejs/kit';
import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import { app } from '#lib/app.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { today } from '#lib/time.ts';

/** What every page of a member knows. No guard: each command and query takes the actor itself. */
export async function load({ locals: { actor, language }, url, depends, untrack }) {
	depends(pageData);
	if (!actor) redirect(303, `/sign-in?back=${encodeURIComponent(untrack(() => url.pathname + url.search))}`);

	const { database, demonstration, exposed } = app();
	const directory = await database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		organisations: await listOrganisations(tx),
		circles: await listCircles(tx)
	}));
	return { ...directory, actor, language, demonstration, exposed, today: today(new Date()), now: Date.now() };
}
