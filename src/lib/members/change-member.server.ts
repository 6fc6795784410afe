/** What happens to a member: role, function, an end, a switch. Each ends the sessions that it makes untrue. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { roles } from '#lib/access/actor.ts';
import { Refusal } from '#lib/errors.ts';
import { optionalText } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, timeOf, type Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { today } from '#lib/time.ts';
import { findMember, type Membership } from './find.server.ts';
import { canEnd, canSetFunction, canSetRole, canSwitch } from './policy.ts';

const declared = { role: 'hora_signin', proved: true } as const;
const find = (tx: Tx, { memberId }: { memberId: string }, actor: App.Actor) =>
	findMember(tx, memberId, actor);

export const setRole = command({
	name: 'member.role',
	act: 'member.role',
	...declared,

	input: z.object({
		memberId: z.uuid(),
		role: z.enum(roles),
		base: z.object({ role: z.enum(roles) })
	}),

	find,

	allow: (actor, member, { role }) => canSetRole(actor, member, role),

	async run({ tx, actor, input: { role }, subject: member, record }) {
		const { id, role: was } = member;
		if (role === was) return { id };
		await refuseLast(tx, actor, member);
		await tx.execute(sql`update members set role = ${role} where id = ${id}`);
		await endSessions(tx, id);

		const data = { member: { id, name: member.name }, old: { role: was }, new: { role } };
		record({ subject: member.organisationId, type: 'member.role', data });
		// Who may see everything's administration concerns the secretariat wherever they sit.
		if (role === 'secretariat' || was === 'secretariat') record({ subject: id, type: 'member.role', data });
		return { id };
	}
});

const texts = z
	.object({ functionRo: optionalText({ max: 200 }), functionEn: optionalText({ max: 200 }) })
	.partial();

export const setFunction = command({
	name: 'member.function',
	act: 'member.function',
	...declared,

	/** `base` holds, for each text that changes, what its author saw. */
	input: z
		.object({ memberId: z.uuid(), texts, base: z.partialRecord(texts.keyof(), z.string()) })
		.refine(({ texts, base }) => Object.keys(texts).every((field) => field in base), 'edit.base_missing'),

	find,

	allow: canSetFunction,

	async run({ tx, input: { texts }, subject: member, record }) {
		const { id, functionRo, functionEn } = { ...member, ...texts };
		if (functionRo === member.functionRo && functionEn === member.functionEn) return { id };
		await tx.execute(
			sql`update members set function_ro = ${functionRo}, function_en = ${functionEn} where id = ${id}`
		);
		record({
			subject: member.organisationId,
			type: 'member.function',
			data: {
				member: { id, name: member.name },
				old: { functionRo: member.functionRo, functionEn: member.functionEn },
				new: { functionRo, functionEn }
			}
		});
		return { id };
	}
});

export const endMembership = command({
	name: 'member.end',
	act: 'member.end',
	...declared,

	/** Without a last day it ends at once. */
	input: z.object({
		memberId: z.uuid(),
		lastDay: day().nullable(),
		base: z.object({ until: z.string().nullable() })
	}),

	find,

	allow: canEnd,

	async run({ tx, actor, input: { lastDay }, subject: member, record }) {
		if (lastDay && lastDay < today(await timeOf(tx)))
			throw new Refusal('invalid', { fields: { lastDay: 'day.is_past' } });
		await refuseLast(tx, actor, member);
		await tx.execute(
			sql`update members set until = ${
				lastDay
					? sql`(${lastDay}::date + 1)::timestamp at time zone 'Europe/Bucharest'`
					: sql`clock_timestamp()`
			} where id = ${member.id}`
		);
		// A day that comes later takes effect by itself: whoever is asked who sits here reads the clock.
		if (!lastDay) await endSessions(tx, member.id);
		tell(record, member, 'member.ended', { lastDay });
		return { id: member.id };
	}
});

/** An end that was set and has not come is taken back. */
export const keepMember = command({
	name: 'member.keep',
	act: 'member.end',
	...declared,

	input: z.object({ memberId: z.uuid(), base: z.object({ until: z.string() }) }),

	find,

	allow: canEnd,

	async run({ tx, subject: member, record }) {
		await tx.execute(sql`update members set until = null where id = ${member.id}`);
		tell(record, member, 'member.kept');
		return { id: member.id };
	}
});

export const disableMember = command({
	name: 'member.disable',
	act: 'member.switch',
	...declared,

	input: z.object({ memberId: z.uuid(), base: z.object({ active: z.boolean() }) }),

	find,

	allow: canSwitch,

	async run({ tx, actor, subject: member, record }) {
		if (!member.active) return { id: member.id };
		await refuseLast(tx, actor, member);
		await tx.execute(sql`update members set active = false where id = ${member.id}`);
		await endSessions(tx, member.id);
		tell(record, member, 'member.disabled');
		return { id: member.id };
	}
});

export const enableMember = command({
	name: 'member.enable',
	act: 'member.switch',
	...declared,

	input: z.object({ memberId: z.uuid(), base: z.object({ active: z.boolean() }) }),

	find,

	allow: canSwitch,

	async run({ tx, subject: member, record }) {
		if (member.active) return { id: member.id };
		await tx.execute(sql`update members set active = true where id = ${member.id}`);
		tell(record, member, 'member.enabled');
		return { id: member.id };
	}
});

type Record = (happening: { subject: string; type: string; data: { [key: string]: unknown } }) => void;

/** In the organisation's own circle; of the secretariat also in its. */
function tell(record: Record, { id, name, role, organisationId }: Membership, type: string, more = {}) {
	const data = { member: { id, name }, ...more };
	record({ subject: organisationId, type, data });
	if (role === 'secretariat') record({ subject: id, type, data });
}

/** Nobody's token outlives what it was given for; whoever may come back signs in anew. */
export const endSessions = (tx: Tx, memberId: string) =>
	tx.execute(
		sql`update signin.sessions set ended_at = clock_timestamp() where member_id = ${memberId} and ended_at is null`
	);

/** An organisation keeps a coordinator, unless the secretariat decides otherwise; the secretariat keeps itself. */
async function refuseLast(tx: Tx, actor: App.Actor, { id, role, organisationId }: Membership) {
	if (role !== 'secretariat' && (role !== 'coordinator' || actor.role === 'secretariat')) return;
	const [others] = await rows<{ n: number }>(
		tx,
		sql`select count(*)::int as n from members m where m.id <> ${id} and m.role = ${role} and m.until is null and sits(m)
			and (${role === 'secretariat'} or m.organisation_id = ${organisationId})`
	);
	if (others?.n === 0)
		throw new Refusal('invalid', {
			fields: { form: role === 'secretariat' ? 'member.last_secretariat' : 'member.last_coordinator' }
		});
}
