/** What the door knows of a request, and the cookies that it sets. */

import type { RequestEvent } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import type { Fields } from '#lib/forms.server.ts';
import { sessionCookie } from '#lib/server/http.ts';
import { browserName } from './browser.ts';
import type { Opened } from './sessions.server.ts';
import type { Visitor } from './sign-in.server.ts';
import { writeToken } from './token.server.ts';

/** The address a form was sent from: hooks.server.ts has held it against what is configured, or loopback. */
export const originOf = (request: Request) => request.headers.get('origin') ?? '';

/** Beside the session's own, a cookie that only says: this browser had that session once. */
const knownCookie = () => sessionCookie(app().origin).replace('session', 'known');

export const visitorOf = (event: RequestEvent, { operation = '', keep, device = '' }: Fields): Visitor => ({
	address: event.getClientAddress(),
	known: event.cookies.get(knownCookie()),
	operation,
	device: {
		name: keep ? device.trim() || browserOf(event) : '',
		browser: browserOf(event)
	}
});

const browserOf = ({ request }: RequestEvent) => browserName(request.headers.get('user-agent'));

/** A new token at every sign-in. */
export function letIn({ cookies }: RequestEvent, opened: Opened) {
	const { origin } = app();
	const set = (name: string, maxAge: number) =>
		cookies.set(name, writeToken(opened), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: origin?.startsWith('https:') ?? false,
			maxAge
		});
	set(sessionCookie(origin), opened.kept ? 30 * day : day / 2);
	set(knownCookie(), 365 * day);
}

const day = 24 * 3600;
