import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import { app } from '#lib/app.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { countNews } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { timeOf } from '#lib/server/database.server.ts';
import { today } from '#lib/time.ts';

/** What every page of a member knows. No guard: each command and query takes the actor itself. */
export async function load(event) {
	event.depends(pageData);
	const { language } = event.locals;
	const actor = event.untrack(() => signedIn(event));

	const { database, demonstration, exposed } = app();
	const { now, ...known } = await database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		organisations: await listOrganisations(tx),
		circles: await listCircles(tx),
		newsCount: await countNews(tx),
		now: await timeOf(tx)
	}));
	return {
		...known,
		actor,
		language,
		demonstration,
		exposed,
		sessionLeft: event.locals.sessionLeft,
		today: today(now),
		now: now.getTime()
	};
}
