import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { listOutbox, retryMail } from '#lib/mail/outbox.server.ts';
import { canSeeOutbox } from '#lib/mail/policy.ts';
import { pageData } from '#lib/realtime/page-data.ts';

const shown = 200;

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	if (!canSeeOutbox(actor)) error(404);
	const { database, sendsMail } = app();
	const mails = await database.as('hora_app', { member: actor.memberId }, (tx) => listOutbox(tx, shown + 1));
	return {
		sendsMail,
		mails: mails.slice(0, shown),
		more: mails.length > shown,
		operation: crypto.randomUUID() as string
	};
}

export const actions = { retry: action(retryMail) };
