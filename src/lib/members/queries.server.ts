import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Invitation, Member } from './member.ts';

const rank = sql`array_position(array['secretariat', 'coordinator', 'contributor', 'observer'], m.role)`;

/** Who is or was a member of an organisation, with all that each was. */
export const listMembers = (tx: Tx, organisationId: string) =>
	rows<Member>(
		tx,
		sql`select m.id, m.organisation_id as "organisationId", m.name, m.role, m.function_ro as "functionRo",
				m.function_en as "functionEn", m.active, instant(m.since) as since, instant(m.until) as until,
				coalesce(m.until <= clock_timestamp(), false) as former,
				(select coalesce(jsonb_agg(jsonb_build_object('role', o.role, 'functionRo', o.function_ro,
						'functionEn', o.function_en, 'since', instant(o.since), 'until', instant(o.until))
						order by o.since desc, o.until desc), '[]')
					from offices o where o.member_id = m.id) as offices
			from members m where m.organisation_id = ${organisationId} order by ${rank}, m.name, m.id`
	);

/** Those that still wait for their person, as far as the reader sees to the members there. */
export const listInvitations = (tx: Tx, organisationId: string) =>
	rows<Invitation>(
		tx,
		sql`select i.id, i.organisation_id as "organisationId", i.name, i.email, i.role, i.function_ro as "functionRo",
				i.function_en as "functionEn", m.name as "invitedBy", instant(i.made_at) as "madeAt",
				instant(i.expires_at) as "expiresAt", i.expires_at <= clock_timestamp() as expired
			from invitations i left join members m on m.id = i.invited_by
			where i.organisation_id = ${organisationId} and i.used_at is null and i.withdrawn_at is null
			order by i.made_at desc, i.id`
	);
