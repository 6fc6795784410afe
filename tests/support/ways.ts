/** A member's ways in, laid for tests: an account with a password, a passkey, and what waits to be signed or confirmed. */

import { sql } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import type { Actor } from '#lib/access/actor.ts';
import { hashPassword } from '#lib/auth/password.server.ts';
import { Authenticator } from './authenticator.ts';
import type { TestDatabase } from './database.ts';

export const origin = 'http://localhost:3000';

export type LaidWays = {
	/** A passkey that is kept. */
	passkey: string;
	/** A challenge that waits for a new one, and its answer. */
	challengeId: string;
	response: string;
	/** A second factor that waits for its first code. */
	totpId: string;
	secret: string;
};

let password: Promise<string> | undefined;

export async function layWays(database: TestDatabase, actor: Actor): Promise<LaidWays> {
	const [challengeId, totpId] = [hex(16), hex(16)];
	const challenge = Buffer.from(hex(32), 'hex').toString('base64url');
	const secret = new Secret({ size: 20 }).base32;
	const kept = new Authenticator(origin);
	const hash = await (password ??= hashPassword('trei gâște pe un lac'));
	await database.asOwner(async (tx) => {
		const { memberId } = actor;
		await tx.execute(sql`insert into signin.accounts (member_id, email, password_hash)
			values (${memberId}, ${`${memberId}@exemplu.example`}, ${hash})
			on conflict (member_id) do update set totp_secret = null, totp_since = null, totp_step = null,
				password_hash = excluded.password_hash`);
		// Nobody has more than twenty.
		await tx.execute(sql`delete from signin.passkeys where id in (
			select id from signin.passkeys where member_id = ${memberId} order by made_at desc offset 5)`);
		await tx.execute(sql`insert into signin.passkeys (id, member_id, public_key, name)
			values (${kept.id}, ${memberId}, '\\x00', 'Telefonul')`);
		await tx.execute(sql`insert into signin.challenges (id, purpose, member_id, challenge, expires_at)
			values (${challengeId}, 'passkey', ${memberId}, ${challenge}, now() + interval '1 hour'),
				(${totpId}, 'totp', ${memberId}, ${secret}, now() + interval '1 hour')`);
	});
	return {
		passkey: kept.id,
		challengeId,
		response: new Authenticator(origin).make(challenge),
		totpId,
		secret
	};
}

export const codeOf = (secret: string, timestamp = Date.now()) =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

export const hex = (bytes: number) =>
	Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');

export const tenHashes = () => Array.from({ length: 10 }, () => hex(32));

export const passwordHash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2hvZnNvbWV0aGluZw';
