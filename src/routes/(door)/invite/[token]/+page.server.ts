import { redirect } from '@sveltejs/kit';
import { cookieName } from '#i18n/runtime';
import { app } from '#lib/app.server.ts';
import { letIn, visitorOf } from '#lib/auth/door.server.ts';
import { endSession, open } from '#lib/auth/sessions.server.ts';
import { Refusal } from '#lib/errors.ts';
import { fieldsOf } from '#lib/forms.server.ts';
import { acceptInvitation, invitationOf } from '#lib/members/accept-invitation.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { through } from '../../through.server.ts';

/** Where a new member chooses how to sign in from then on. */
const welcome = '/welcome';

export async function load(event) {
	const { params, locals, cookies, url } = event;
	const invited = await through(event, () => invitationOf(app().database, params.token));
	// In the language that was chosen for them, until they choose another.
	if (!cookies.get(cookieName) && invited.language !== locals.language)
		redirect(303, `/language/${invited.language}?back=${encodeURIComponent(url.pathname)}`);
	const { id: _, ownCircleId: __, ...shown } = invited;
	return {
		invited: shown,
		language: locals.language,
		signedIn: locals.actor?.name,
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	/** Looking at a link is nothing, for programs that read mail look too: it is used by pressing the button. */
	async default(event) {
		const { database } = app();
		const { actor, sessionId } = event.locals;
		const memberId = await through(event, async () => {
			const { operation = '' } = await fieldsOf(event.request);
			return acceptInvitation(database, event.params.token, operation);
		});
		if (actor && sessionId)
			await execute(database, endSession, actor, { sessionId }, crypto.randomUUID()).catch(
				(error: unknown) => {
					if (!(error instanceof Refusal)) throw error; // it had ended by itself
				}
			);
		const { device } = visitorOf(event, {});
		letIn(event, await open(database, memberId, crypto.randomUUID(), device));
		redirect(303, welcome);
	}
};
