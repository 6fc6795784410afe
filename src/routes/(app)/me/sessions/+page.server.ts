import { app } from '#lib/app.server.ts';
import { endOtherSessions, endSession, listSessions } from '#lib/auth/sessions.server.ts';
import { action, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';

export async function load(event) {
	const sessions = await listSessions(app().database, signedIn(event));
	const { sessionId } = event.locals;
	return {
		sessions: sessions
			.map((session) => ({ ...session, here: session.id === sessionId }))
			.sort((a, b) => Number(b.here) - Number(a.here)),
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	end: action(endSession, ({ session }) => ({ sessionId: session })),

	endOthers: (event) => submit(event, endOtherSessions, () => ({ sessionId: event.locals.sessionId }))
};
