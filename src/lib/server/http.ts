/** Where a request may come from. The same rule for pages, forms and the sockets' handshake. */

import { isLoopback } from './env.js';

export type Source = {
	/** The Origin header. */
	origin: string | null;
	/** The Host header. */
	host: string | null;
	/** The Sec-Fetch-Site header. */
	site: string | null;
};

/**
 * Comes this request from one of our own pages? With ORIGIN set only from there; without, from the loopback name
 * under which the page was opened (each name is a window of its own).
 */
export function isOurs({ origin, host, site }: Source, configured: string | undefined): boolean {
	if (site !== null && site !== 'same-origin') return false;
	if (origin === null || !URL.canParse(origin)) return false;
	if (configured) return origin === configured;
	return origin === `http://${host}` && isLoopback(new URL(origin).hostname);
}

/** The cookie's name: with HTTPS its prefix binds it to this very host; plain http serves loopback only. */
export const sessionCookie = (configured: string | undefined) =>
	configured?.startsWith('https:') ? '__Host-hora_session' : 'hora_session';

/** One cookie out of a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
	for (const part of (header ?? '').split(';')) {
		const at = part.indexOf('=');
		if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
	}
	return undefined;
}

/** An address inside Hora to go on to; anything else leads home. */
export function samePlace(path: string | null): string {
	if (!path?.startsWith('/') || !URL.canParse(path, 'http://hora')) return '/';
	const url = new URL(path, 'http://hora');
	// `/.//elsewhere` is a path that a browser reads as another host.
	return url.host === 'hora' && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
