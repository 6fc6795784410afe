import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { endSession } from '#lib/auth/sessions.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { Refusal } from '#lib/errors.ts';
import { execute } from '#lib/server/command.server.ts';
import { sessionCookie } from '#lib/server/http.ts';

export const load = (event) => void signedIn(event);

export const actions = {
	async signOut({ locals: { actor, sessionId }, cookies, setHeaders }) {
		const { database, origin } = app();
		// Whatever the form held and whatever became of the session meanwhile: whoever asks to leave leaves.
		if (actor && sessionId)
			await execute(database, endSession, actor, { sessionId }, crypto.randomUUID()).catch(
				(error: unknown) => {
					if (!(error instanceof Refusal)) throw error;
				}
			);
		cookies.delete(sessionCookie(origin), { path: '/', secure: origin?.startsWith('https:') ?? false });
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/sign-in?ended=signed-out');
	}
};
