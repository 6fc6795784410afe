import { redirect } from '@sveltejs/kit';
import { readWays, waysActions } from '#lib/auth/ways-form.server.ts';
import { samePlace } from '#lib/server/http.ts';
import type { RequestEvent } from './$types';

/** Where a member comes right after an invitation, and until there is a way in that is enough for the role. */
export async function load({ locals, url }) {
	const actor = locals.actor ?? locals.newcomer;
	const back = samePlace(url.searchParams.get('back'));
	if (!actor) redirect(303, `/sign-in?back=${encodeURIComponent(`/welcome${url.search}`)}`);
	return { name: actor.name, language: locals.language, back, ways: await readWays(actor) };
}

const { addPasskey, password, startTotp, confirmTotp } = waysActions;

export const actions = {
	/** A passkey is all that anybody needs: on it goes. */
	async addPasskey(event: RequestEvent) {
		const answer = await addPasskey(event);
		if (!('status' in answer)) redirect(303, samePlace(event.url.searchParams.get('back')));
		return answer;
	},
	password,
	startTotp,
	confirmTotp
};
