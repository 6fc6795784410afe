/** Who holds a passkey shows it: to get in, or to confirm again who they are. */

import { sql } from 'drizzle-orm';
import {
	type AuthenticationResponseJSON,
	generateAuthenticationOptions,
	verifyAuthenticationResponse
} from '@simplewebauthn/server';
import { Refusal } from '#lib/errors.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import { makeChallenge, takeChallenge } from './challenges.server.ts';
import { hostOf } from './passkeys.server.ts';

type For = 'sign-in' | 'prove';

/** What the browser is asked to sign. To get in, nobody's passkeys are named: the device knows which it holds. */
export const askToSign = (database: Database, origin: string, purpose: For, memberId?: string) =>
	database.as('hora_signin', {}, async (tx) => {
		const known = memberId
			? await rows<{ id: string; transports: string[] }>(
					tx,
					sql`select id, transports from signin.passkeys where member_id = ${memberId}`
				)
			: [];
		const options = await generateAuthenticationOptions({
			rpID: hostOf(origin),
			allowCredentials: known,
			userVerification: 'required'
		});
		return { id: await makeChallenge(tx, { purpose, memberId, challenge: options.challenge }), options };
	});

export type Signed = { challenge: string; response: string };

type Stored = {
	memberId: string;
	publicKey: string;
	counter: number;
	transports: string[];
};

/**
 * Whose passkey signed what was asked. Whatever is wrong, there is one sentence.
 * @throws Refusal `invalid`
 */
export async function holderOf(
	database: Database,
	{ challenge, response }: Signed,
	origin: string,
	purpose: For
): Promise<string> {
	// On its own: what was asked is used up even where the answer is wrong.
	const asked = await database.as('hora_signin', {}, (tx) => takeChallenge(tx, challenge, purpose));
	const signed = read(response);
	const memberId = asked && signed && (await verified(database, asked, signed, origin));
	if (!memberId) throw new Refusal('invalid', { fields: { form: 'passkey.failed' } });
	return memberId;
}

const verified = (
	database: Database,
	asked: { challenge: string; memberId: string | null },
	signed: AuthenticationResponseJSON,
	origin: string
) =>
	database.as('hora_signin', {}, async (tx) => {
		const [stored] = await rows<Stored>(
			tx,
			sql`select p.member_id as "memberId", encode(p.public_key, 'hex') as "publicKey", p.counter::float8 as counter,
					p.transports
				from signin.passkeys p join members m on m.id = p.member_id
				where p.id = ${signed.id} and sits(m) for update of p`
		);
		if (!stored || (asked.memberId && asked.memberId !== stored.memberId)) return undefined;

		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response: signed,
			expectedChallenge: asked.challenge,
			expectedOrigin: origin,
			expectedRPID: hostOf(origin),
			requireUserVerification: true,
			credential: {
				id: signed.id,
				publicKey: Uint8Array.from(Buffer.from(stored.publicKey, 'hex')),
				counter: stored.counter,
				transports: stored.transports
			}
		}).catch(() => ({ verified: false as const, authenticationInfo: undefined }));
		if (!verified || !authenticationInfo) return undefined;

		await tx.execute(
			sql`update signin.passkeys set counter = ${authenticationInfo.newCounter}, used_at = now() where id = ${signed.id}`
		);
		return stored.memberId;
	});

function read(response: string): AuthenticationResponseJSON | undefined {
	try {
		const signed = JSON.parse(response.slice(0, 20_000)) as AuthenticationResponseJSON | null;
		return typeof signed?.id === 'string' && /^[A-Za-z0-9_-]{1,1400}$/.test(signed.id) ? signed : undefined;
	} catch {
		return undefined;
	}
}
