import { error, redirect } from '@sveltejs/kit';
import { cookieName } from '#i18n/runtime';
import { samePlace } from '#lib/server/http.ts';

/** Chooses the language and goes back; a plain link, so that it works without JavaScript. */
export function GET({ params, url, cookies }) {
	if (params.language !== 'ro' && params.language !== 'en') error(404);
	cookies.set(cookieName, params.language, {
		path: '/',
		maxAge: 400 * 24 * 3600,
		sameSite: 'lax',
		httpOnly: false,
		secure: url.protocol === 'https:'
	});
	redirect(303, samePlace(url.searchParams.get('back')));
}
