import { error, fail, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { letIn, visitorOf } from '#lib/auth/door.server.ts';
import { open } from '#lib/auth/sessions.server.ts';
import { type Fields, fieldsOf, givenBack } from '#lib/forms.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { bodies, knownStrategy } from '#lib/organisations/reference.server.ts';
import { hasBegun, setUp, setUpWaits } from '#lib/workspace/set-up.server.ts';

export async function load({ locals }) {
	const { database } = app();
	if (!(await setUpWaits(database))) error(404);
	return {
		language: locals.language,
		/** The table is laid, but whoever laid it has no way in yet. */
		resumes: await hasBegun(database),
		bodies: bodies.filter(({ group }) => !group),
		strategy: knownStrategy,
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	async default(event) {
		const { database } = app();
		let fields: Fields = {};
		try {
			fields = await fieldsOf(event.request);
			const member = await setUp(database, fields, event.getClientAddress());
			const { device } = visitorOf(event, {});
			letIn(event, await open(database, member, crypto.randomUUID(), device));
		} catch (fault) {
			if (!(await setUpWaits(database))) error(404);
			const { status, refusal } = refusalOf(fault, 'set-up');
			return fail(status, { refusal, values: givenBack(fields) });
		}
		redirect(303, '/welcome');
	}
};
