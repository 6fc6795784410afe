/** Who is signed in shows again who they are: by password or passkey. */

import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { execute } from '#lib/server/command.server.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { holderOf, type Signed } from './passkey-signin.server.ts';
import { passwordFits } from './password.server.ts';
import { proveSession } from './sessions.server.ts';
import { take } from './sign-in.server.ts';

type Who = { actor: App.Actor; sessionId: string; address: string; operation: string };

export async function proveByPassword(database: Database, password: string, who: Who) {
	const taken = take([limits.signInToAccount, `${who.actor.memberId} ${who.address}`]);
	const [account] = await database.as('hora_signin', {}, (tx) =>
		rows<{ hash: string | null }>(
			tx,
			sql`select password_hash as hash from signin.accounts where member_id = ${who.actor.memberId}`
		)
	);
	if (!(await passwordFits(password.slice(0, 500), account?.hash ?? undefined)))
		throw new Refusal('invalid', { fields: { password: 'prove.wrong' } });
	taken.giveBack();
	return prove(database, who);
}

export async function proveByPasskey(database: Database, signed: Signed, origin: string, who: Who) {
	const taken = take([limits.signInToAccount, `${who.actor.memberId} ${who.address}`]);
	if ((await holderOf(database, signed, origin, 'prove')) !== who.actor.memberId)
		throw new Refusal('invalid', { fields: { form: 'passkey.failed' } });
	taken.giveBack();
	return prove(database, who);
}

const prove = (database: Database, { actor, sessionId, operation }: Who) =>
	execute(database, proveSession, actor, { sessionId }, operation);
