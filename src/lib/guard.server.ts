import { redirect } from '@sveltejs/kit';

/** Who asks for a page; a guest is sent to the door and comes back here after signing in. */
export function signedIn({ locals: { actor }, url }: { locals: App.Locals; url: URL }): App.Actor {
	if (!actor) redirect(303, `/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
	return actor;
}
