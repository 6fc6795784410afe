import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { optionalText } from '#lib/harm/words.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { hashSecret, holdsSecret, newToken, readToken, type Token } from './token.server.ts';

const sessionId = z.string().regex(/^[0-9a-f]{32}$/);

export const startSession = command({
	name: 'session.start',
	act: 'session.start',
	role: 'hora_signin',

	input: z.object({
		sessionId,
		secretHash: z.string().regex(/^[0-9a-f]{64}$/),
		/** Named, it may stay signed in for 30 days. */
		device: optionalText({ max: 60 }).default(''),
		browser: optionalText({ max: 60 }).default('')
	}),

	find: async (_tx, _input, actor) => ({ id: actor.memberId }),

	allow: (actor) => may(actor, 'session.start'),

	async run({ tx, actor, input, record }) {
		await tx.execute(
			sql`insert into signin.sessions (id, member_id, secret_hash, device, browser)
				values (${input.sessionId}, ${actor.memberId}, decode(${input.secretHash}, 'hex'),
					${staysSignedIn(actor, input.device) ? input.device : null}, ${input.browser})`
		);
		record({ subject: actor.memberId, type: 'member.signed-in', data: {} });
		return { sessionId: input.sessionId };
	}
});

/** A device with a name, of anybody but the secretariat. */
const staysSignedIn = ({ role }: App.Actor, device: string) => device !== '' && role !== 'secretariat';

/** A session of one's own that has not ended, locked. */
async function findOwn(tx: Tx, { sessionId }: { sessionId: string }, actor: App.Actor) {
	const [session] = await rows<{ id: string }>(
		tx,
		sql`select id from signin.sessions
			where id = ${sessionId} and member_id = ${actor.memberId} and ended_at is null for update`
	);
	return session && { ...session, organisationId: actor.organisationId };
}

export const endSession = command({
	name: 'session.end',
	act: 'session.end',
	role: 'hora_signin',

	input: z.object({ sessionId }),

	find: findOwn,

	allow: (actor, session) => may(actor, 'session.end', session),

	async run({ tx, actor, subject: session, record }) {
		await tx.execute(sql`update signin.sessions set ended_at = clock_timestamp() where id = ${session.id}`);
		record({ subject: actor.memberId, type: 'member.signed-out', data: {} });
		return { sessionId: session.id };
	}
});

export const endOtherSessions = command({
	name: 'session.end.others',
	act: 'session.end',
	role: 'hora_signin',

	/** The one that stays. */
	input: z.object({ sessionId }),

	find: findOwn,

	allow: (actor, session) => may(actor, 'session.end', session),

	async run({ tx, actor, subject: session, record }) {
		await tx.execute(
			sql`update signin.sessions set ended_at = clock_timestamp()
				where member_id = ${actor.memberId} and id <> ${session.id} and ended_at is null`
		);
		record({ subject: actor.memberId, type: 'member.sessions.ended', data: {} });
		return { sessionId: session.id };
	}
});

/** The member has shown again who they are, as the door has checked (prove.server.ts). */
export const proveSession = command({
	name: 'session.prove',
	act: 'session.prove',
	role: 'hora_signin',

	input: z.object({ sessionId }),

	find: findOwn,

	allow: (actor, session) => may(actor, 'session.prove', session),

	async run({ tx, actor, subject: session, record }) {
		await tx.execute(
			sql`update signin.sessions set proved_at = now(), used_at = now() where id = ${session.id}`
		);
		record({ subject: actor.memberId, type: 'member.proved', data: {} });
		return { sessionId: session.id };
	}
});

export type Device = { name?: string; browser?: string };
/** `kept`: the cookie may outlive the day. */
export type Opened = Token & { kept: boolean };

/** Starts a session for a member who has proved who they are. */
export async function open(
	database: Database,
	memberId: string,
	operation: string,
	{ name: device = '', browser = '' }: Device = {}
): Promise<Opened> {
	const actor = await database.as('hora_signin', { member: memberId }, (tx) => readActor(tx, memberId));
	if (!actor) throw new Refusal('forbidden');
	const token = newToken();
	await execute(
		database,
		startSession,
		actor,
		{ sessionId: token.id, secretHash: hashSecret(token.secret), device, browser },
		operation
	);
	return { ...token, kept: staysSignedIn(actor, device) };
}

export type SessionRow = {
	id: string;
	browser: string;
	device: string | null;
	createdAt: string;
	usedAt: string;
};

/** Where a member is signed in now; the one used last first. */
export const listSessions = (database: Database, { memberId, role }: App.Actor) =>
	database.as('hora_signin', { member: memberId }, (tx) =>
		rows<SessionRow>(
			tx,
			sql`select s.id, s.browser, s.device, instant(s.created_at) as "createdAt", instant(s.used_at) as "usedAt"
				from signin.sessions s where s.member_id = ${memberId} and session_holds(s, ${role})
				order by s.used_at desc, s.id`
		)
	);

export type Session = {
	id: string;
	actor: App.Actor;
	/** What the member has still to set up before anything else. */
	lacks: 'way' | 'second' | null;
	/** Milliseconds until it ends if nobody does anything. */
	left: number;
};

/**
 * Who holds this cookie, asked of the database each time.
 * @param used whether a person did something: then the session slides on; a page that renews itself is no use of it
 * @param newcomers whether one counts whose member has no way in yet, or lacks the second factor: only for the pages
 * on which that is set up
 */
export async function sessionOf(
	database: Database,
	cookie: string | undefined,
	{ used = true, newcomers = false } = {}
): Promise<Session | undefined> {
	const token = readToken(cookie);
	if (!token) return undefined;

	return database.as('hora_signin', {}, async (tx) => {
		const [session] = await rows<
			App.Actor & { hash: string; stale: boolean; lacks: Session['lacks']; left: number }
		>(
			tx,
			sql`select encode(s.secret_hash, 'hex') as hash, s.used_at < now() - interval '1 minute' as stale,
					s.proved_at > now() - interval '15 minutes' as proved, ${whatLacks} as lacks,
					(extract(epoch from session_ends(s, m.role) - now()) * 1000)::float8 as left, ${asActor}
				from signin.sessions s join members m on m.id = s.member_id ${withOrganisation}
					left join signin.accounts a on a.member_id = m.id
				where s.id = ${token.id} and session_holds(s, m.role) and sits(m)`
		);
		if (!session) return undefined;
		const { hash, stale, lacks, left, ...actor } = session;
		if (!holdsSecret(token.secret, hash) || (lacks && !newcomers)) return undefined;
		if (stale && used)
			await tx.execute(sql`update signin.sessions set used_at = now() where id = ${token.id}`);
		return { id: token.id, actor, lacks, left };
	});
}

/** As `lackOf` says it (ways.ts), where the question is asked at every request. */
const whatLacks = sql`case
	when a.member_id is null or exists (select from signin.passkeys p where p.member_id = m.id) then null
	when a.password_hash is null then 'way'
	when a.demonstration_window is null and a.totp_since is null and m.role in ('secretariat', 'coordinator') then 'second'
	end`;

const asActor = sql`m.id as "memberId", m.name, m.organisation_id as "organisationId", o.kind, m.role,
	c.id as "ownCircleId", o.approves`;
const withOrganisation = sql`join organisations o on o.id = m.organisation_id
	join circles c on c.organisation_id = o.id and c.kind = 'own'`;

/** A member who sits at the table. As `hora_signin`. */
export async function readActor(tx: Tx, memberId: string): Promise<App.Actor | undefined> {
	const [actor] = await rows<App.Actor>(
		tx,
		sql`select true as proved, ${asActor} from members m ${withOrganisation} where m.id = ${memberId} and sits(m)`
	);
	return actor;
}
