import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { paraglideMiddleware } from '#i18n/server';
import { m } from '#i18n';
import { app, openApp } from '#lib/app.server.ts';
import { sessionOf } from '#lib/auth/sessions.server.ts';
import { coveredQuery } from '#lib/harm/cnp.ts';
import { isRevoked } from '#lib/members/revoked.server.ts';
import { isOurs, sessionCookie } from '#lib/server/http.ts';
import { logUnknown } from '#lib/server/log.server.ts';
import { hasBegun } from '#lib/workspace/set-up.server.ts';

export const init: ServerInit = openApp;

export const handle: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		event.locals.language = locale === 'en' ? 'en' : 'ro';
		event.locals.actor = null;
		event.locals.newcomer = null;
		event.locals.sessionId = null;
		event.locals.sessionLeft = 0;

		const isFree = event.route.id === oneClick;
		if (!isRead(request.method) && !isFree && !isOurs(sourceOf(request), app().origin))
			return withHeaders(refuseForeign(event.locals.language), event.url);
		if (!isRead(request.method) && !isOwnAction(event.url)) return new Response(null, { status: 404 });

		if (isTooLarge(event.request, event.route.id))
			return withHeaders(new Response(null, { status: 413 }), event.url);

		// What an address asks stands on the page again and in the browser's history: not with a personal number.
		const covered = coveredQuery(event.url);
		if (covered)
			return withHeaders(new Response(null, { status: 307, headers: { location: covered } }), event.url);

		if (!beforeBeginning.includes(event.route.id ?? '') && !(await hasBegun(app().database)))
			return withHeaders(new Response(null, { status: 303, headers: { location: '/set-up' } }), event.url);

		const cookie = event.cookies.get(sessionCookie(app().origin));
		// A page that renews itself is no use of the session; what a person does in it is told by the socket.
		const asksOnly = event.route.id === '/session' && isRead(request.method);
		const used = !event.isDataRequest && event.route.id !== '/(app)/catch-up' && !asksOnly;
		const session =
			cookie && event.route.id !== '/health'
				? await sessionOf(app().database, cookie, { used, newcomers: true })
				: undefined;
		if (session) {
			if (session.lacks) event.locals.newcomer = session.actor;
			else event.locals.actor = session.actor;
			event.locals.sessionLeft = session.left;
			event.locals.sessionId = session.id;
		}
		const revoked =
			cookie && !session && event.route.id !== '/health' && (await isRevoked(app().database, cookie));
		if (revoked)
			event.cookies.delete(sessionCookie(app().origin), {
				path: '/',
				secure: app().origin?.startsWith('https:') ?? false
			});

		const response = await resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.language)
		});
		if (revoked) response.headers.set('clear-site-data', '"cache", "storage"');
		return compressed(withHeaders(response, event.url), event.request.headers.get('accept-encoding'));
	});

export const handleError: HandleServerError = ({ error, event, status }) => {
	// An address that cannot be, a method that is not there: nothing of ours went wrong.
	if (status < 500) return { message: 'not-found' };
	return { message: 'bug', id: logUnknown(error, `${event.request.method} ${event.route.id ?? 'no route'}`) };
};

/** What an empty workspace shows: every other page leads to the first of these. */
const beforeBeginning = ['/(door)/set-up', '/health', '/language/[language]'];

/** Only a plan comes as a file. A body that does not say how large it is comes from no form of ours. */
const largest = 512 * 1024;
const isTooLarge = ({ method, headers }: Request, route: string | null) =>
	!isRead(method) && route !== '/(app)/import' && Number(headers.get('content-length') ?? 0) > largest;
/**
 * What a mailbox sends by itself for its owner (RFC 8058), from elsewhere and without a session: the signature in the
 * address is all that counts there, and all that it can do is to end one kind of mail.
 */
const oneClick = '/(door)/unsubscribe/[token]';

const isRead = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** A form action of ours: the framework would look a name up that every object has. */
const isOwnAction = (url: URL) =>
	[...url.searchParams.keys()].every(
		(key) => !(key.startsWith('/') && (key === '/default' || key.slice(1) in {}))
	);

const sourceOf = (request: Request) => ({
	origin: request.headers.get('origin'),
	host: request.headers.get('host'),
	site: request.headers.get('sec-fetch-site')
});

const refuseForeign = (locale: 'ro' | 'en') =>
	new Response(`${m.error_foreign_origin({}, { locale })}\n`, {
		status: 403,
		headers: { 'content-type': 'text/plain; charset=utf-8' }
	});

/** What is sent with every page; the content security policy comes from svelte.config.js. */
function withHeaders(response: Response, url: URL): Response {
	const { headers } = response;
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('permissions-policy', permissions);
	if (url.protocol === 'https:')
		headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	return response;
}

/** Pages and data go out small; what was built is compressed already. */
function compressed(response: Response, accepted: string | null): Response {
	const { headers, status, statusText, body } = response;
	const worthIt = /^(text\/|application\/json)/.test(headers.get('content-type') ?? '');
	if (!body || !worthIt || headers.has('content-encoding') || !/\bgzip\b/.test(accepted ?? ''))
		return response;

	headers.set('content-encoding', 'gzip');
	headers.append('vary', 'accept-encoding');
	headers.delete('content-length');
	headers.delete('etag');
	return new Response(body.pipeThrough(new CompressionStream('gzip')), { headers, status, statusText });
}

const allowed = [
	'publickey-credentials-get',
	'publickey-credentials-create',
	'clipboard-write',
	'fullscreen',
	'screen-wake-lock'
];
const refused = [
	'camera',
	'microphone',
	'geolocation',
	'payment',
	'usb',
	'display-capture',
	'browsing-topics'
];
const permissions = [...allowed.map((one) => `${one}=(self)`), ...refused.map((one) => `${one}=()`)].join(
	', '
);
