import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { paraglideMiddleware } from '#i18n/server';
import { m } from '#i18n';
import { app, openApp } from '#lib/app.server.ts';
import { sessionOf } from '#lib/auth/sessions.server.ts';
import { isOurs, sessionCookie } from '#lib/server/http.ts';
import { logUnknown } from '#lib/server/log.server.ts';

export const init: ServerInit = openApp;

export const handle: Handle = ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		event.locals.language = locale === 'en' ? 'en' : 'ro';
		event.locals.actor = null;
		event.locals.sessionId = null;

		if (!isRead(request.method) && !isOurs(sourceOf(request), app().origin))
			return withHeaders(refuseForeign(event.locals.language), event.url);
		if (!isRead(request.method) && !isOwnAction(event.url)) return new Response(null, { status: 404 });

		const cookie = event.cookies.get(sessionCookie(app().origin));
		// A page that renews itself is no use of the session; what a person does in it is told by the socket.
		const used = !event.isDataRequest && event.route.id !== '/(app)/catch-up';
		const session =
			cookie && event.route.id !== '/health' ? await sessionOf(app().database, cookie, { used }) : undefined;
		if (session) {
			event.locals.actor = session.actor;
			event.locals.sessionId = session.id;
		}

		const response = await resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', event.locals.language)
		});
		return compressed(withHeaders(response, event.url), event.request.headers.get('accept-encoding'));
	});

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'not-found' };
	return { message: 'bug', id: logUnknown(error, `${event.request.method} ${event.route.id ?? 'no route'}`) };
};

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
