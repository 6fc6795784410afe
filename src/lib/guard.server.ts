import { redirect } from '@sveltejs/kit';

/** Who asks for a page; a guest is sent to the door and comes back here after signing in. */
export function signedIn({ locals: { actor, newcomer }, url }: { locals: App.Locals; url: URL }): App.Actor {
	const back = encodeURIComponent(url.pathname + url.search);
	if (newcomer) redirect(303, `/welcome?back=${back}`);
	if (!actor) redirect(303, `/sign-in?back=${back}`);
	return actor;
}
