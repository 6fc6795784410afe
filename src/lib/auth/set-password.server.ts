import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { passwordFault } from './password-rules.ts';
import { hashPassword } from './password.server.ts';
import { findAccount } from './ways.server.ts';

/** The door hashes it: what a command is given leaves a trace in the log of operations, a password must not. */
export const setPassword = command({
	name: 'password.set',
	act: 'password.set',
	role: 'hora_signin',
	proved: true,

	input: z.object({ passwordHash: z.string().regex(/^\$argon2id\$[\w$=,+/.-]{20,200}$/) }),

	find: (tx, _input, actor) => findAccount(tx, actor),

	allow: (actor) => may(actor, 'password.set'),

	async run({ tx, actor, input, record }) {
		await tx.execute(
			sql`update signin.accounts set password_hash = ${input.passwordHash} where member_id = ${actor.memberId}`
		);
		record({ subject: actor.memberId, type: 'member.password.set', data: {} });
		return {};
	}
});

/**
 * The hash of a new password.
 * @throws Refusal `invalid` where it is too short, common or made of the member's own data
 */
export async function hashNew(database: Database, actor: App.Actor, password: string) {
	const account = await database.as('hora_signin', { member: actor.memberId }, (tx) =>
		findAccount(tx, actor)
	);
	if (!account) throw new Refusal('not-found');
	const fault = passwordFault(password, [account.name, account.email]);
	if (fault) throw new Refusal('invalid', { fields: { password: fault } });
	return hashPassword(password);
}
