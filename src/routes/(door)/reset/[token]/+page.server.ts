import { fail, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { fieldsOf } from '#lib/forms.server.ts';
import { resetOf, resetPassword } from '#lib/members/resets.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { through } from '../../through.server.ts';

export async function load(event) {
	const { name, email } = await through(event, () => resetOf(app().database, event.params.token));
	return { name, email, operation: crypto.randomUUID() as string };
}

export const actions = {
	async default(event) {
		const { params, request, locals } = event;
		try {
			await through(event, async () => {
				const { password = '', operation = '' } = await fieldsOf(request);
				const about = { link: params.token, password, language: locals.language };
				await resetPassword(app().database, about, operation);
				return true;
			});
		} catch (thrown) {
			if (!(thrown instanceof Refusal)) throw thrown;
			// What was typed is not sent back: it is a password.
			const { status, refusal } = refusalOf(thrown, 'reset');
			return fail(status, { refusal });
		}
		redirect(303, '/reset/done');
	}
};
