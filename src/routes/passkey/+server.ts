import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { app } from '#lib/app.server.ts';
import { originOf } from '#lib/auth/door.server.ts';
import { askToSign } from '#lib/auth/passkey-signin.server.ts';
import { askForPasskey } from '#lib/auth/passkeys.server.ts';
import { take } from '#lib/auth/sign-in.server.ts';
import { Refusal } from '#lib/errors.ts';
import { limits } from '#lib/server/throttle.server.ts';

const wish = z.object({ for: z.enum(['sign-in', 'prove', 'add']) });

/** What the browser is asked for: to sign, or to make a passkey. Holds once, and for ten minutes. */
export async function POST({ request, locals: { actor, newcomer }, getClientAddress }) {
	const asked = wish.safeParse(await request.json().catch(() => undefined));
	const member = actor ?? newcomer;
	try {
		if (!asked.success) throw new Refusal('invalid', { fields: { form: 'form.invalid' } });
		take([limits.challenges, getClientAddress()]);
		const { database } = app();
		const purpose = asked.data.for;
		if (purpose === 'sign-in') return json(await askToSign(database, originOf(request), purpose));
		if (!member) throw new Refusal('signed-out');
		return json(
			purpose === 'add'
				? await askForPasskey(database, member, originOf(request))
				: await askToSign(database, originOf(request), purpose, member.memberId)
		);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return json(error.onTheWire(), { status: error.status });
	}
}
