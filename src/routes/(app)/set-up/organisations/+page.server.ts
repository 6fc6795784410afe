import { app } from '#lib/app.server.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { listSeatable, seatOrganisations } from '#lib/workspace/seat-organisations.server.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		seatable: await listSeatable(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	/** Each ticked box is a field of its own, named after its body. */
	default: (event) =>
		submit(event, seatOrganisations, (fields) => ({
			keys: Object.keys(fields)
				.filter((name) => name.startsWith(prefix))
				.map((name) => name.slice(prefix.length))
		}))
};

const prefix = 'body.';
