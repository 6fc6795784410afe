import { redirect } from '@sveltejs/kit';
import { fold } from '#lib/fold.ts';
import { submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { addOrganisation } from '#lib/organisations/add-organisation.server.ts';
import { canAddOrganisation } from '#lib/organisations/policy.ts';
import { bodies } from '#lib/organisations/reference.server.ts';

/** Of the reference file what has no place yet: bodies without a seat, groups that nobody named. */
export async function load(event) {
	const actor = signedIn(event);
	const { organisations } = await event.parent();
	const there = new Set(
		organisations
			.filter(({ seated, group, retired }) => seated || group || retired)
			.map(({ nameRo }) => fold(nameRo))
	);
	const offered = canAddOrganisation(actor) ? bodies.filter(({ nameRo }) => !there.has(fold(nameRo))) : [];
	return {
		offered,
		from: offered.find(({ key }) => key === event.url.searchParams.get('from')),
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	async default(event) {
		const answer = await submit(event, addOrganisation, (fields) => ({
			kind: fields.kind,
			nameRo: fields.nameRo,
			nameEn: fields.nameEn,
			shortRo: fields.shortRo,
			shortEn: fields.shortEn,
			group: fields.group === 'on'
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/organisations/${answer.result.id}`);
		return answer;
	}
};
