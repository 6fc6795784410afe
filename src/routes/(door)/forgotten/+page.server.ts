import { fail } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { fieldsOf } from '#lib/forms.server.ts';
import { askForReset } from '#lib/members/resets.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { logUnknown } from '#lib/server/log.server.ts';
import { limits } from '#lib/server/throttle.server.ts';

export const load = ({ locals }) => ({ language: locals.language });

export const actions = {
	async default({ request, locals: { language }, url, getClientAddress }) {
		const refuse = (why: Refusal) => {
			const { status, refusal } = refusalOf(why, 'forgotten');
			return fail(status, { refusal });
		};
		const { email = '' } = await fieldsOf(request).catch(() => ({}) as Record<string, string>);
		const address = email.trim().toLowerCase();
		if (
			address.length < 3 ||
			address.length > 200 ||
			!/^[^\p{Cc}]+$/u.test(address) ||
			!address.isWellFormed()
		)
			return refuse(new Refusal('invalid', { fields: { email: 'member.no_address' } }));
		const after = limits.links.take(getClientAddress());
		if (after > 0) return refuse(new Refusal('throttled', { after }));

		// After the answer, which so says the same and takes as long whether there is an account or not.
		const { database, demonstration, origin } = app();
		const about = { email: address, language, site: origin ?? url.origin, demonstration };
		setTimeout(() => void askForReset(database, about).catch((error: unknown) => logUnknown(error, 'reset')));
		return { sent: true as const };
	}
};
