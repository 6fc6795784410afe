/** Who may be acted on, by the door's role: it sees everybody, so each look says for whom it is. */

import { sql } from 'drizzle-orm';
import type { Role } from '#lib/access/actor.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';

/**
 * Members of one's own organisation, for the secretariat everybody's; and only while the actor still is what the
 * session said. Others' are not there.
 */
const within = (actor: App.Actor, organisationId: ReturnType<typeof sql>) =>
	sql`(${actor.role === 'secretariat'} or ${organisationId} = ${actor.organisationId})
		and exists (select from members me where me.id = ${actor.memberId} and me.role = ${actor.role} and sits(me))`;

export type Membership = {
	id: string;
	organisationId: string;
	name: string;
	role: Role;
	functionRo: string;
	functionEn: string;
	active: boolean;
	until: string | null;
};

/** A member whose membership has not ended, with the organisation held so that nobody else changes who sits there. */
export async function findMember(tx: Tx, id: string, actor: App.Actor): Promise<Membership | undefined> {
	await tx.execute(sql`select hold_members(organisation_id) from members where id = ${id}`);
	const [member] = await rows<Membership>(
		tx,
		sql`select m.id, m.organisation_id as "organisationId", m.name, m.role, m.function_ro as "functionRo",
				m.function_en as "functionEn", m.active, instant(m.until) as until
			from members m where m.id = ${id} and (m.until is null or m.until > clock_timestamp())
				and ${within(actor, sql`m.organisation_id`)}`
	);
	return member;
}

/** The names that mails and links are written with. */
export type Host = { id: string; nameRo: string; nameEn: string };

/** An organisation that can have members: it has a circle of its own and was not retired. */
export async function findHost(tx: Tx, id: string, actor: App.Actor): Promise<Host | undefined> {
	await tx.execute(sql`select hold_members(${id})`);
	const [host] = await rows<Host>(
		tx,
		sql`select o.id, o.name_ro as "nameRo", o.name_en as "nameEn" from organisations o
			join circles c on c.organisation_id = o.id and c.kind = 'own'
			where o.id = ${id} and o.retired_at is null and ${within(actor, sql`o.id`)}`
	);
	return host;
}

export type Open = {
	id: string;
	organisationId: string;
	organisationRo: string;
	organisationEn: string;
	name: string;
	email: string;
	role: Role;
	language: 'ro' | 'en';
};

/** An invitation that waits, locked: whoever opens its link at this moment comes before or after. */
export async function findInvitation(tx: Tx, id: string, actor: App.Actor): Promise<Open | undefined> {
	const [invitation] = await rows<Open>(
		tx,
		sql`select i.id, i.organisation_id as "organisationId", o.name_ro as "organisationRo",
				o.name_en as "organisationEn", i.name, i.email, i.role, i.language
			from invitations i join organisations o on o.id = i.organisation_id
			where i.id = ${id} and i.used_at is null and i.withdrawn_at is null
				and ${within(actor, sql`i.organisation_id`)} for update of i`
	);
	return invitation;
}

/**
 * A link lives as long as whoever made it may make it: one who was lowered or has left leaves no door open behind.
 * Null made it where nobody did: the set-up, or the member by mail.
 */
export const madeByOneWhoMay = (
	madeBy: ReturnType<typeof sql>,
	organisationId: ReturnType<typeof sql>,
	role: ReturnType<typeof sql>
) =>
	sql`(${madeBy} is null or exists (select from members by where by.id = ${madeBy} and sits(by) and (by.role = 'secretariat'
		or (by.role = 'coordinator' and by.organisation_id = ${organisationId} and ${role} <> 'secretariat'))))`;
