import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { endSession } from '#lib/auth/sessions.server.ts';
import { fieldsOf } from '#lib/server/forms.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { sessionCookie } from '#lib/server/http.ts';

export function load({ locals: { actor } }) {
	if (!actor) redirect(303, '/sign-in');
	return { operation: crypto.randomUUID() as string };
}

export const actions = {
	async signOut({ locals: { actor, sessionId }, request, cookies, setHeaders }) {
		const { database, origin } = app();
		const { operation = '' } = await fieldsOf(request);
		if (actor && sessionId) await execute(database, endSession, actor, { sessionId }, operation);
		cookies.delete(sessionCookie(origin), { path: '/', secure: origin?.startsWith('https:') ?? false });
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/sign-in?ended=signed-out');
	}
};
