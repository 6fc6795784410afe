import { json } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { sessionOf } from '#lib/auth/sessions.server.ts';
import { sessionCookie } from '#lib/server/http.ts';

/** How many milliseconds the session has left. To ask is no use of it (hooks.server.ts). */
export const GET = ({ locals: { actor, sessionLeft } }) =>
	actor ? json({ left: sessionLeft, now: Date.now() }) : json({ left: 0 }, { status: 401 });

/** A person wants to stay: the request itself has counted as use. */
export async function POST({ cookies }) {
	const { database, origin } = app();
	const session = await sessionOf(database, cookies.get(sessionCookie(origin)));
	return json({ left: session?.left ?? 0, now: Date.now() }, { status: session ? 200 : 401 });
}
