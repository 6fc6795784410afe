/** The link of an invitation, opened by somebody who is no member yet. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';
import { hashSecret, holdsSecret, readToken, type Token } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { madeByOneWhoMay } from './find.server.ts';

export type Invited = {
	id: string;
	name: string;
	email: string;
	role: Role;
	functionRo: string;
	functionEn: string;
	language: 'ro' | 'en';
	invitedBy: string | null;
	/** Whose name stands under it: the organisation of whoever invites. */
	byRo: string | null;
	byEn: string | null;
	organisationId: string;
	kind: OrganisationKind;
	nameRo: string;
	nameEn: string;
	ownCircleId: string;
};

/** What a link invites to; undefined for one that is used, withdrawn, too old, or none. */
export async function invitationOf(database: Database, link: string): Promise<Invited | undefined> {
	const token = readToken(link);
	return token && database.as('hora_signin', {}, (tx) => findInvited(tx, token));
}

/**
 * Makes the member and the account. It is no command of a member, so it is not among those: its actor is the member
 * that comes of it.
 */
const accept = command({
	name: 'invitation.accept',
	act: 'session.start',
	role: 'hora_signin',

	input: z.object({ id: z.string(), secret: z.string() }),

	/** Locked: of two at once the second finds it used. */
	async find(tx, token) {
		await tx.execute(sql`select from invitations where id = ${token.id}::uuid for update`);
		return findInvited(tx, token);
	},

	allow: (actor) => may(actor, 'session.start'),

	async run({ tx, actor: { memberId }, subject: invited, record }) {
		const { organisationId, email, name, role, functionRo, functionEn } = invited;
		await tx.execute(
			sql`insert into members (id, organisation_id, name, role, function_ro, function_en)
				values (${memberId}, ${organisationId}, ${name}, ${role}, ${functionRo}, ${functionEn})`
		);
		// Who has left and comes again, here or elsewhere, keeps the address; the account of then keeps its history.
		await tx.execute(
			sql`update signin.accounts a set email = a.email || ' ' || a.member_id from members m
				where a.email = ${email} and m.id = a.member_id and m.until <= clock_timestamp()`
		);
		const [account] = await rows(
			tx,
			sql`insert into signin.accounts (member_id, email) values (${memberId}, ${email})
				on conflict do nothing returning member_id`
		);
		// An account elsewhere shows only here, where a link is used up in somebody's name: looking at one tells nothing.
		if (!account) throw new Refusal('not-found');
		await tx.execute(
			sql`update invitations set used_at = clock_timestamp(), member_id = ${memberId} where id = ${invited.id}`
		);

		const data = { member: { id: memberId, name }, new: { role } };
		record({ subject: organisationId, type: 'member.joined', data });
		record({ subject: memberId, type: 'member.joined', data });
		return { id: memberId };
	}
});

/**
 * Uses the link up.
 * @returns the new member's id
 * @throws Refusal `not-found` for every link that opens nothing
 */
export async function acceptInvitation(database: Database, link: string, operation: string): Promise<string> {
	const invited = await invitationOf(database, link);
	if (!invited) throw new Refusal('not-found');
	const { name, organisationId, kind, role, ownCircleId } = invited;
	const actor = {
		memberId: crypto.randomUUID(),
		name,
		organisationId,
		kind,
		role,
		ownCircleId,
		approves: false,
		proved: true
	};
	const { result } = await execute(database, accept, actor, readToken(link), operation);
	return result.id as string;
}

async function findInvited(tx: Tx, { id, secret }: Token): Promise<Invited | undefined> {
	const [found] = await rows<Invited & { hash: string }>(
		tx,
		sql`select encode(i.secret_hash, 'hex') as hash, i.id, i.name, i.email, i.role, i.function_ro as "functionRo",
				i.function_en as "functionEn", i.language, host.name as "invitedBy", home.name_ro as "byRo",
				home.name_en as "byEn", o.id as "organisationId", o.kind, o.name_ro as "nameRo", o.name_en as "nameEn",
				c.id as "ownCircleId"
			from invitations i join organisations o on o.id = i.organisation_id
				join circles c on c.organisation_id = o.id and c.kind = 'own'
				left join members host on host.id = i.invited_by left join organisations home on home.id = host.organisation_id
			where i.id = ${id}::uuid and i.used_at is null and i.withdrawn_at is null and i.expires_at > clock_timestamp()
				and o.retired_at is null and ${madeByOneWhoMay(sql`i.invited_by`, sql`i.organisation_id`, sql`i.role`)}`
	);
	// Without a row the time is the same: the hash of nothing is held against it.
	if (!holdsSecret(secret, found?.hash ?? hashSecret('')) || !found) return undefined;
	const { hash: _, ...invited } = found;
	return invited;
}
