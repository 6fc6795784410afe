import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { endSession } from '#lib/auth/sessions.server.ts';
import { type Fields, fieldsOf } from '#lib/forms.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { sessionCookie } from '#lib/server/http.ts';

export function load({ locals: { actor } }) {
	if (!actor) redirect(303, '/sign-in');
	return { operation: crypto.randomUUID() as string };
}

export const actions = {
	async signOut({ locals: { actor, sessionId }, request, cookies, setHeaders }) {
		const { database, origin } = app();
		// Whatever the form held, whoever asks to leave leaves.
		const { operation = crypto.randomUUID() } = await fieldsOf(request).catch((): Fields => ({}));
		if (actor && sessionId) await execute(database, endSession, actor, { sessionId }, operation);
		cookies.delete(sessionCookie(origin), { path: '/', secure: origin?.startsWith('https:') ?? false });
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/sign-in?ended=signed-out');
	}
};
