import { fail, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { originOf } from '#lib/auth/door.server.ts';
import { proveByPasskey, proveByPassword } from '#lib/auth/prove.server.ts';
import { readWays } from '#lib/auth/ways-form.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type Fields, fieldsOf } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { samePlace } from '#lib/server/http.ts';
import type { RequestEvent } from './$types';

export async function load(event) {
	const { password, passkeys } = await readWays(signedIn(event));
	return {
		back: samePlace(event.url.searchParams.get('back')),
		byPassword: password,
		byPasskey: passkeys.length > 0,
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	password: (event) =>
		prove(event, ({ password = '' }, who) => proveByPassword(app().database, password, who)),

	passkey: (event) =>
		prove(event, ({ challenge = '', response = '' }, who) =>
			proveByPasskey(app().database, { challenge, response }, originOf(event.request), who)
		)
};

type Who = Parameters<typeof proveByPassword>[2];

async function prove(event: RequestEvent, by: (fields: Fields, who: Who) => Promise<unknown>) {
	const { actor, sessionId } = event.locals;
	try {
		const fields = await fieldsOf(event.request);
		if (!actor || !sessionId) throw new Refusal('signed-out');
		const { operation = '' } = fields;
		await by(fields, { actor, sessionId, address: event.getClientAddress(), operation });
	} catch (error) {
		const { status, refusal } = refusalOf(error, 'prove');
		return fail(status, { refusal });
	}
	redirect(303, samePlace(event.url.searchParams.get('back')));
}
