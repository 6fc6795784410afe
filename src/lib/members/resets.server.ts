/** A forgotten password: a link by mail, or one that a coordinator hands over; used once it sets another. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { passwordFault } from '#lib/auth/password-rules.ts';
import { hashPassword } from '#lib/auth/password.server.ts';
import { hashSecret, holdsSecret, newToken, readToken, type Token } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import type { Locale } from '#lib/time.ts';
import { endSessions } from './change-member.server.ts';
import { findMember, madeByOneWhoMay } from './find.server.ts';
import { linkHours, linkTo } from './links.server.ts';
import { mailPasswordSet, mailReset, mailResetMade } from './mails.server.ts';
import { canMakeReset } from './policy.ts';

/** For a member of the coordinator's own organisation, shown once to hand over; the member hears of it by mail. */
export const makeReset = command({
	name: 'reset.make',
	act: 'reset.make',
	role: 'hora_signin',
	proved: true,

	input: z.object({
		memberId: z.uuid(),
		secret: z.string().regex(/^[0-9a-f]{64}$/),
		language: z.enum(['ro', 'en'])
	}),

	find: (tx, { memberId }, actor) => findMember(tx, memberId, actor),

	allow: canMakeReset,

	async run({ tx, actor, input: { secret, language }, subject: member, record }) {
		const { id: memberId, name, organisationId } = member;
		const [account] = await rows<{ email: string }>(
			tx,
			sql`select email from signin.accounts where member_id = ${memberId}`
		);
		if (!account) throw new Refusal('not-found');
		await tx.execute(
			sql`delete from signin.resets where member_id = ${memberId} and made_by is not null and used_at is null`
		);
		const id = await putReset(tx, memberId, secret, actor.memberId);
		await mailResetMade(tx, { organisationId, name, language, ...account }, actor.name);
		record({
			subject: organisationId,
			type: 'member.reset-made',
			data: { member: { id: memberId, name } }
		});
		return { id };
	}
});

/**
 * Somebody says that the password of this address is forgotten. Where it is an account's, its owner gets a link; ten
 * minutes pass before another is sent. Nobody waits for this, so that the answer tells nothing.
 * @param demonstration whether its accounts, whose password is public, are asked for too
 */
export const askForReset = (
	database: Database,
	{
		email,
		language,
		site,
		demonstration
	}: { email: string; language: Locale; site: string; demonstration: boolean }
) =>
	database.as('hora_signin', {}, async (tx) => {
		const [found] = await rows<{ memberId: string; name: string; organisationId: string }>(
			tx,
			sql`select m.id as "memberId", m.name, m.organisation_id as "organisationId"
				from signin.accounts a join members m on m.id = a.member_id
				where a.email = ${email} and sits(m) and (a.demonstration_window is null or ${demonstration})
					and not exists (select from signin.resets r where r.member_id = m.id and r.made_by is null
						and r.used_at is null and r.made_at > now() - interval '10 minutes')
				for update of a`
		);
		if (!found) return;
		const { secret } = newToken();
		const id = await putReset(tx, found.memberId, secret, null);
		const [reset] = await rows<{ until: string }>(
			tx,
			sql`select instant(expires_at) as until from signin.resets where id = ${id}`
		);
		await mailReset(tx, { ...found, email, language }, linkTo('reset', site, id, secret), reset?.until ?? '');
	});

async function putReset(tx: Tx, memberId: string, secret: string, madeBy: string | null) {
	const [reset] = await rows<{ id: string }>(
		tx,
		sql`insert into signin.resets (member_id, secret_hash, made_by, expires_at)
			values (${memberId}, decode(${hashSecret(secret)}, 'hex'), ${madeBy}, now() + make_interval(hours => ${linkHours}))
			returning id`
	);
	return reset?.id as string;
}

export type ForReset = App.Actor & { id: string; email: string };

/** Whose password a link sets; undefined for one that is used, too old, or none. */
export async function resetOf(database: Database, link: string): Promise<ForReset | undefined> {
	const token = readToken(link);
	return token && database.as('hora_signin', {}, (tx) => findReset(tx, token));
}

/** Its actor is the member whose link it is, and the link the only way to it. */
const setPassword = command({
	name: 'password.reset',
	act: 'session.start',
	role: 'hora_signin',

	input: z.object({
		id: z.string(),
		secret: z.string(),
		passwordHash: z.string(),
		language: z.enum(['ro', 'en'])
	}),

	async find(tx, token) {
		await tx.execute(sql`select from signin.resets where id = ${token.id}::uuid for update`);
		return findReset(tx, token);
	},

	allow: (actor) => may(actor, 'session.start'),

	async run({ tx, input: { passwordHash, language }, subject: reset, record }) {
		const { memberId, organisationId, name, email } = reset;
		await tx.execute(
			sql`update signin.accounts set password_hash = ${passwordHash} where member_id = ${memberId}`
		);
		await tx.execute(sql`update signin.resets set used_at = clock_timestamp() where id = ${reset.id}`);
		await tx.execute(sql`delete from signin.resets where member_id = ${memberId} and used_at is null`);
		await endSessions(tx, memberId);
		await mailPasswordSet(tx, { organisationId, name, email, language });
		record({ subject: organisationId, type: 'member.password', data: { member: { id: memberId, name } } });
		return { id: memberId };
	}
});

/**
 * Sets another password and ends every session of the member.
 * @throws Refusal `not-found` for every link that opens nothing, `invalid` for a password that will not do
 */
export async function resetPassword(
	database: Database,
	{ link, password, language }: { link: string; password: string; language: Locale },
	operation: string
) {
	const reset = await resetOf(database, link);
	if (!reset) throw new Refusal('not-found');
	const fault = passwordFault(password, [reset.name, reset.email]);
	if (fault) throw new Refusal('invalid', { fields: { password: fault } });
	const passwordHash = await hashPassword(password);
	await execute(database, setPassword, reset, { ...readToken(link), passwordHash, language }, operation);
}

async function findReset(tx: Tx, { id, secret }: Token): Promise<ForReset | undefined> {
	const [found] = await rows<ForReset & { hash: string }>(
		tx,
		sql`select encode(r.secret_hash, 'hex') as hash, r.id, a.email, m.id as "memberId", m.name,
				m.organisation_id as "organisationId", o.kind, m.role, c.id as "ownCircleId", o.approves,
				true as proved
			from signin.resets r join members m on m.id = r.member_id join signin.accounts a on a.member_id = m.id
				join organisations o on o.id = m.organisation_id
				join circles c on c.organisation_id = o.id and c.kind = 'own'
			where r.id = ${id}::uuid and r.used_at is null and r.expires_at > clock_timestamp() and sits(m)
				and ${madeByOneWhoMay(sql`r.made_by`, sql`m.organisation_id`, sql`m.role`)}`
	);
	if (!holdsSecret(secret, found?.hash ?? hashSecret('')) || !found) return undefined;
	const { hash: _, ...reset } = found;
	return reset;
}
