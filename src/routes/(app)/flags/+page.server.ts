import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listFlags, removeFlagged, restoreFlagged } from '#lib/harm/flags.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId } = signedIn(event);

	return app().database.as('hora_app', { member: memberId }, async (tx) => ({
		live: { ...(await readHeads(tx)), rows: [] },
		flags: await listFlags(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	restore: action(restoreFlagged, ({ flagId, why }) => ({ flagId, why })),
	remove: action(removeFlagged, ({ flagId, why }) => ({ flagId, why }))
};
