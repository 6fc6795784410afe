import { redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { endSession } from '#lib/auth/sessions.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { countUnseenConfirmations } from '#lib/harm/confirmations.server.ts';
import { countOpenFlags } from '#lib/harm/flags.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { Refusal } from '#lib/errors.ts';
import { execute } from '#lib/server/command.server.ts';
import { sessionCookie } from '#lib/server/http.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId } = signedIn(event);
	return app().database.as('hora_app', { member: memberId }, async (tx) => ({
		/** For the secretariat alone: row-level security counts none for others. */
		waiting: { flags: await countOpenFlags(tx), confirmations: await countUnseenConfirmations(tx) }
	}));
}

export const actions = {
	/** Signing out forgets what was not sent: a page with scripts says first that it has asked about that. */
	async signOut({ locals, cookies, setHeaders, request }) {
		const { database, origin } = app();
		const { sessionId } = locals;
		const form = await request.formData().catch(() => new FormData());
		if (locals.actor && !form.has('asked')) return { ask: true };
		const actor = locals.actor ?? locals.newcomer;
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
