import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listConfirmations, reviewConfirmation } from '#lib/harm/confirmations.server.ts';
import { kindsInWords } from '#lib/refusals.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId } = signedIn(event);

	return app().database.as('hora_app', { member: memberId }, async (tx) => ({
		live: { ...(await readHeads(tx)), rows: [] },
		confirmations: (await listConfirmations(tx)).map((one) => ({ ...one, kinds: kindsInWords(one.kinds) })),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	review: action(reviewConfirmation, ({ confirmationId }) => ({ confirmationId }))
};
