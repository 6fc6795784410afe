/** Passkeys: made, named and taken away by their member. A passkey is asked for the person's own check, so it is both factors. */

import { sql } from 'drizzle-orm';
import {
	generateRegistrationOptions,
	type RegistrationResponseJSON,
	verifyRegistrationResponse
} from '@simplewebauthn/server';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { challengeId, makeChallenge, takeChallenge } from './challenges.server.ts';
import { type Account, findAccount } from './ways.server.ts';
import { lackOf } from './ways.ts';

/** More than anybody has; the table does not fill up. */
const atMost = 20;

/** An address of ours, which the door has checked; its host is what a passkey is bound to. */
const origin = z.url({ protocol: /^https?$/ }).max(200);
export const hostOf = (origin: string) => new URL(origin).hostname;

/** What the browser's own code made: JSON, as a form carries it. */
const response = z
	.string()
	.min(2)
	.max(20_000)
	.transform((written, context) => {
		try {
			const parsed: unknown = JSON.parse(written);
			if (typeof parsed === 'object' && parsed !== null) return parsed as RegistrationResponseJSON;
		} catch {
			// Said below.
		}
		context.addIssue({ code: 'custom', message: 'passkey.failed' });
		return z.NEVER;
	});

/** What the browser is asked for, to make one. */
export const askForPasskey = (database: Database, actor: App.Actor, origin: string) =>
	database.as('hora_signin', { member: actor.memberId }, async (tx) => {
		// Now and not when it is made: the device would keep a passkey that nobody knows.
		if (!actor.proved) throw new Refusal('unproved');
		const account = await findAccount(tx, actor);
		if (!account) throw new Refusal('not-found');
		const known = await rows<{ id: string; transports: string[] }>(
			tx,
			sql`select id, transports from signin.passkeys where member_id = ${actor.memberId}`
		);
		const options = await generateRegistrationOptions({
			rpName: 'Hora',
			rpID: hostOf(origin),
			userID: new TextEncoder().encode(actor.memberId),
			userName: account.email,
			userDisplayName: actor.name,
			excludeCredentials: known,
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
		});
		const { challenge } = options;
		const id = await makeChallenge(tx, { purpose: 'passkey', memberId: actor.memberId, challenge });
		return { id, options };
	});

export const addPasskey = command({
	name: 'passkey.add',
	act: 'passkey.add',
	role: 'hora_signin',
	proved: true,

	input: z.object({ challengeId, origin, response, name: text({ max: 60 }) }),

	async find(tx, { challengeId }, actor) {
		const account = await findAccount(tx, actor);
		const asked = account && (await takeChallenge(tx, challengeId, 'passkey'));
		return asked?.memberId === actor.memberId ? { ...account!, challenge: asked.challenge } : undefined;
	},

	allow: (actor) => may(actor, 'passkey.add'),

	async run({ tx, actor, input, subject: account, record }) {
		if (account.passkeys >= atMost) throw new Refusal('invalid', { fields: { form: 'passkey.too_many' } });
		const made = await verifyRegistrationResponse({
			response: input.response,
			expectedChallenge: account.challenge,
			expectedOrigin: input.origin,
			expectedRPID: hostOf(input.origin),
			requireUserVerification: true
		}).catch(() => undefined);
		if (!made?.verified) throw new Refusal('invalid', { fields: { form: 'passkey.failed' } });

		const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
		const kept = await rows(
			tx,
			sql`insert into signin.passkeys (id, member_id, public_key, counter, transports, name)
				values (${id}, ${actor.memberId}, decode(${Buffer.from(publicKey).toString('hex')}, 'hex'), ${counter},
					string_to_array(${transports.filter((one) => /^[a-z-]{1,20}$/.test(one)).join(',')}, ','), ${input.name})
				on conflict do nothing returning id`
		);
		// One that is known already, whose ever it is, is not told from one that is wrong.
		if (kept.length === 0) throw new Refusal('invalid', { fields: { form: 'passkey.failed' } });
		record({ subject: actor.memberId, type: 'member.passkey.added', data: { new: { name: input.name } } });
		return { passkey: id };
	}
});

const passkey = z.string().regex(/^[A-Za-z0-9_-]{16,1400}$/);

type Own = Account & { passkey: string; passkeyName: string };

/** One's own passkey, under the lock of the account, which all its changes go through. */
async function findOwn(tx: Tx, id: string, actor: App.Actor): Promise<Own | undefined> {
	const account = await findAccount(tx, actor);
	const [own] = await rows<{ passkey: string; passkeyName: string }>(
		tx,
		sql`select id as "passkey", name as "passkeyName" from signin.passkeys
			where id = ${id} and member_id = ${actor.memberId} for update`
	);
	return account && own && { ...account, ...own };
}

export const renamePasskey = command({
	name: 'passkey.rename',
	act: 'passkey.change',
	role: 'hora_signin',

	input: z.object({ passkey, name: text({ max: 60 }), base: z.object({ name: z.string().max(60) }) }),

	async find(tx, { passkey }, actor) {
		const own = await findOwn(tx, passkey, actor);
		return own && { ...own, name: own.passkeyName };
	},

	allow: (actor, passkey) => may(actor, 'passkey.change', passkey),

	async run({ tx, actor, input: { name }, subject: own, record }) {
		await tx.execute(sql`update signin.passkeys set name = ${name} where id = ${own.passkey}`);
		record({
			subject: actor.memberId,
			type: 'member.passkey.renamed',
			data: { old: { name: own.name }, new: { name } }
		});
		return { passkey: own.passkey };
	}
});

export const removePasskey = command({
	name: 'passkey.remove',
	act: 'passkey.change',
	role: 'hora_signin',
	proved: true,

	input: z.object({ passkey }),

	find: (tx, { passkey }, actor) => findOwn(tx, passkey, actor),

	allow: (actor, passkey) => may(actor, 'passkey.change', passkey),

	async run({ tx, actor, subject: own, record }) {
		// Nobody closes their last door behind them.
		const left = { ...own, passkeys: own.passkeys - 1 };
		if (lackOf(left, actor)) throw new Refusal('invalid', { fields: { form: 'ways.last' } });
		await tx.execute(sql`delete from signin.passkeys where id = ${own.passkey}`);
		record({
			subject: actor.memberId,
			type: 'member.passkey.removed',
			data: { old: { name: own.passkeyName } }
		});
		return { passkey: own.passkey };
	}
});
