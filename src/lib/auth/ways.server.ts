/** A member's ways in, as every command on them finds them: the account's row, locked. */

import { sql } from 'drizzle-orm';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import type { Ways } from './ways.ts';

export type Account = Ways & { id: string; organisationId: string; email: string; name: string };

export async function findAccount(tx: Tx, actor: App.Actor): Promise<Account | undefined> {
	const [account] = await rows<Account>(
		tx,
		sql`select a.member_id as id, a.email, m.name, m.organisation_id as "organisationId",
				a.password_hash is not null as password, a.totp_since is not null as totp, a.demonstration_window is not null as invented,
				(select count(*)::int from signin.passkeys p where p.member_id = a.member_id) as passkeys,
				(select count(*)::int from signin.recovery_codes r where r.member_id = a.member_id and r.used_at is null)
					as "recoveryCodes"
			from signin.accounts a join members m on m.id = a.member_id
			where a.member_id = ${actor.memberId} for update of a`
	);
	return account;
}

export type Passkey = { id: string; name: string; madeAt: string; usedAt: string | null };

/** All that the page of one's ways in shows. A second factor that waits for its first code comes with its secret. */
export const listWays = (database: Database, actor: App.Actor) =>
	database.as('hora_signin', { member: actor.memberId }, async (tx) => {
		const account = await findAccount(tx, actor);
		const passkeys = await rows<Passkey>(
			tx,
			sql`select id, name, instant(made_at) as "madeAt", instant(used_at) as "usedAt" from signin.passkeys
				where member_id = ${actor.memberId} order by made_at, id`
		);
		const [pending] = await rows<{ id: string; challenge: string }>(
			tx,
			sql`select id, challenge from signin.challenges
				where member_id = ${actor.memberId} and purpose = 'totp' and expires_at > now()
				order by expires_at desc limit 1`
		);
		return { account, passkeys, pending };
	});
