/** The second factor beside a password: an app's codes, and recovery codes for the day the phone is lost. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, timeOf, type Tx } from '#lib/server/database.server.ts';
import { challengeId, makeChallenge, takeChallenge } from './challenges.server.ts';
import { hashCode, isRecoveryCode, newSecret, stepOf } from './codes.server.ts';
import { findAccount } from './ways.server.ts';
import { lackOf } from './ways.ts';

const code = z.string().regex(/^\d{6}$/, 'second.not_a_code');
const codeHashes = z.array(z.string().regex(/^[0-9a-f]{64}$/)).length(10);

/** An app is to be told a secret; the second factor counts once it has shown that it knows it. */
export const startTotp = command({
	name: 'totp.start',
	act: 'second.keep',
	role: 'hora_signin',
	proved: true,

	/** Made by the server, as a session's id is. */
	input: z.object({ challenge: challengeId }),

	find: (tx, _input, actor) => findAccount(tx, actor),

	allow: (actor) => may(actor, 'second.keep'),

	async run({ tx, actor, input }) {
		await tx.execute(
			sql`delete from signin.challenges where member_id = ${actor.memberId} and purpose = 'totp'`
		);
		await makeChallenge(tx, {
			id: input.challenge,
			purpose: 'totp',
			memberId: actor.memberId,
			challenge: newSecret(),
			minutes: 30
		});
		return {};
	}
});

export const confirmTotp = command({
	name: 'totp.confirm',
	act: 'second.keep',
	role: 'hora_signin',
	proved: true,

	/** The recovery codes are made by the door, which shows them once; here only their hashes come in. */
	input: z.object({ challengeId, digits: code, codeHashes }),

	async find(tx, { challengeId }, actor) {
		const account = await findAccount(tx, actor);
		const pending = account && (await takeChallenge(tx, challengeId, 'totp'));
		return pending?.memberId === actor.memberId ? { ...account!, secret: pending.challenge } : undefined;
	},

	allow: (actor) => may(actor, 'second.keep'),

	async run({ tx, actor, input, subject: { secret }, record }) {
		const step = stepOf(secret, input.digits, await timeOf(tx));
		if (step === undefined) throw new Refusal('invalid', { fields: { digits: 'second.wrong' } });
		await tx.execute(
			sql`update signin.accounts set totp_secret = decode(${Buffer.from(secret).toString('hex')}, 'hex'),
					totp_since = now(), totp_step = ${step}
				where member_id = ${actor.memberId}`
		);
		await keepCodes(tx, actor.memberId, input.codeHashes);
		record({ subject: actor.memberId, type: 'member.second.on', data: {} });
		return {};
	}
});

export const removeTotp = command({
	name: 'totp.remove',
	act: 'second.keep',
	role: 'hora_signin',
	proved: true,

	input: z.object({ base: z.object({ totp: z.boolean() }) }),

	find: (tx, _input, actor) => findAccount(tx, actor),

	allow: (actor) => may(actor, 'second.keep'),

	async run({ tx, actor, subject: account, record }) {
		if (lackOf({ ...account, totp: false }, actor))
			throw new Refusal('invalid', { fields: { form: 'second.needed' } });
		await tx.execute(
			sql`update signin.accounts set totp_secret = null, totp_since = null, totp_step = null
				where member_id = ${actor.memberId}`
		);
		if (account.passkeys === 0) await keepCodes(tx, actor.memberId, []);
		record({ subject: actor.memberId, type: 'member.second.off', data: {} });
		return {};
	}
});

/** New ones in place of the old. */
export const renewRecovery = command({
	name: 'recovery.renew',
	act: 'second.keep',
	role: 'hora_signin',
	proved: true,

	input: z.object({ codeHashes }),

	find: (tx, _input, actor) => findAccount(tx, actor),

	allow: (actor) => may(actor, 'second.keep'),

	async run({ tx, actor, input, record }) {
		await keepCodes(tx, actor.memberId, input.codeHashes);
		record({ subject: actor.memberId, type: 'member.recovery.renewed', data: {} });
		return {};
	}
});

async function keepCodes(tx: Tx, memberId: string, hashes: string[]) {
	await tx.execute(sql`delete from signin.recovery_codes where member_id = ${memberId}`);
	if (hashes.length > 0)
		await tx.execute(
			sql`insert into signin.recovery_codes (member_id, code_hash)
				select ${memberId}, decode(h, 'hex') from unnest(string_to_array(${hashes.join(' ')}, ' ')) h`
		);
}

/** Is this the member's second factor? Used up if it is: neither a step of time nor a recovery code counts twice. */
export async function passesSecond(tx: Tx, memberId: string, typed: string): Promise<boolean> {
	if (isRecoveryCode(typed)) {
		const used = await rows(
			tx,
			sql`update signin.recovery_codes set used_at = now()
				where member_id = ${memberId} and code_hash = decode(${hashCode(typed)}, 'hex') and used_at is null
				returning id`
		);
		return used.length > 0;
	}
	const digits = typed.replace(/\s/g, '');
	if (!code.safeParse(digits).success) return false;
	const [account] = await rows<{ secret: string }>(
		tx,
		sql`select convert_from(totp_secret, 'UTF8') as secret from signin.accounts
			where member_id = ${memberId} and totp_since is not null`
	);
	const step = account && stepOf(account.secret, digits, await timeOf(tx));
	if (step === undefined) return false;
	const taken = await rows(
		tx,
		sql`update signin.accounts set totp_step = ${step}
			where member_id = ${memberId} and coalesce(totp_step, 0) < ${step} returning member_id`
	);
	return taken.length > 0;
}
