import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { passwordFits } from './password.server.ts';
import { hashSecret, holdsSecret, newToken, readToken, type Token } from './token.server.ts';

const sessionId = z.string().regex(/^[0-9a-f]{32}$/);

export const startSession = command({
	name: 'session.start',
	act: 'session.start',
	role: 'hora_signin',

	input: z.object({ sessionId, secretHash: z.string().regex(/^[0-9a-f]{64}$/) }),

	find: async (_tx, _input, actor) => ({ id: actor.memberId }),

	allow: (actor) => may(actor, 'session.start'),

	async run({ tx, actor, input, record }) {
		await tx.execute(
			sql`insert into signin.sessions (id, member_id, secret_hash)
				values (${input.sessionId}, ${actor.memberId}, decode(${input.secretHash}, 'hex'))`
		);
		record({ subject: actor.memberId, type: 'member.signed-in', data: {} });
		return { sessionId: input.sessionId };
	}
});

export const endSession = command({
	name: 'session.end',
	act: 'session.end',
	role: 'hora_signin',

	input: z.object({ sessionId }),

	async find(tx, { sessionId }, actor) {
		const [session] = await rows<{ id: string; organisationId: string }>(
			tx,
			sql`select id from signin.sessions
				where id = ${sessionId} and member_id = ${actor.memberId} and ended_at is null for update`
		);
		return session && { ...session, organisationId: actor.organisationId };
	},

	allow: (actor, session) => may(actor, 'session.end', session),

	async run({ tx, actor, subject: session, record }) {
		await tx.execute(sql`update signin.sessions set ended_at = clock_timestamp() where id = ${session.id}`);
		record({ subject: actor.memberId, type: 'member.signed-out', data: {} });
		return { sessionId: session.id };
	}
});

/**
 * Checks an e-mail and a password, starts a session.
 * @param demonstration whether its accounts, whose password is public, may enter
 * @param address where the request came from, for the limits
 * @throws Refusal `invalid` with one sentence for every wrong pair; `throttled` after too many
 */
export async function signIn(
	database: Database,
	{ email, password, demonstration }: { email: string; password: string; demonstration: boolean },
	operation: string,
	address: string
): Promise<Token> {
	const account = email.trim().toLowerCase().slice(0, 200);
	// Counted before the password is looked at, so that many at once count as many; a right one is given back.
	const after = Math.max(
		limits.signInToAccount.take(`${account} ${address}`),
		limits.signInFromAddress.take(address)
	);
	if (after > 0) throw new Refusal('throttled', { after });

	const found = await findAccount(database, account, demonstration);
	if (!(await passwordFits(password.slice(0, 500), found?.passwordHash)) || !found)
		throw new Refusal('invalid', { fields: { form: 'signin.wrong' } });
	limits.signInToAccount.giveBack(`${account} ${address}`);
	limits.signInFromAddress.giveBack(address);
	return open(database, found.memberId, operation);
}

/** Starts a session for a member who has proved otherwise who they are. */
export async function open(database: Database, memberId: string, operation: string): Promise<Token> {
	const actor = await database.as('hora_signin', { member: memberId }, (tx) => readActor(tx, memberId));
	if (!actor) throw new Refusal('forbidden');
	const token = newToken();
	await execute(
		database,
		startSession,
		actor,
		{ sessionId: token.id, secretHash: hashSecret(token.secret) },
		operation
	);
	return token;
}

async function findAccount(database: Database, email: string, demonstration: boolean) {
	// PostgreSQL would refuse these with an error of its own.
	if (email.includes('\0') || !email.isWellFormed()) return undefined;
	const [account] = await database.as('hora_signin', {}, (tx) =>
		rows<{ memberId: string; passwordHash: string }>(
			tx,
			sql`select a.member_id as "memberId", a.password_hash as "passwordHash"
				from signin.accounts a join members m on m.id = a.member_id where a.email = ${email} and m.active and (a.demonstration_window is null or ${demonstration})`
		)
	);
	return account;
}

export type Session = { id: string; actor: App.Actor };

/**
 * Who holds this cookie, asked of the database each time.
 * @param used whether a person did something: then the session slides on; a page that renews itself is no use of it
 */
export async function sessionOf(
	database: Database,
	cookie: string | undefined,
	{ used = true } = {}
): Promise<Session | undefined> {
	const token = readToken(cookie);
	if (!token) return undefined;

	return database.as('hora_signin', {}, async (tx) => {
		const [session] = await rows<App.Actor & { hash: string; stale: boolean }>(
			tx,
			sql`select encode(s.secret_hash, 'hex') as hash, s.used_at < now() - interval '1 minute' as stale, ${asActor}
				from signin.sessions s join members m on m.id = s.member_id ${withOrganisation}
				where s.id = ${token.id} and session_holds(s, m.role) and m.active`
		);
		if (!session) return undefined;
		const { hash, stale, ...actor } = session;
		if (!holdsSecret(token.secret, hash)) return undefined;
		if (stale && used)
			await tx.execute(sql`update signin.sessions set used_at = now() where id = ${token.id}`);
		return { id: token.id, actor };
	});
}

const asActor = sql`m.id as "memberId", m.name, m.organisation_id as "organisationId", o.kind, m.role,
	c.id as "ownCircleId"`;
const withOrganisation = sql`join organisations o on o.id = m.organisation_id
	join circles c on c.organisation_id = o.id and c.kind = 'own'`;

async function readActor(tx: Tx, memberId: string): Promise<App.Actor | undefined> {
	const [actor] = await rows<App.Actor>(
		tx,
		sql`select ${asActor} from members m ${withOrganisation} where m.id = ${memberId} and m.active`
	);
	return actor;
}
