/** The private address of one's calendar: an id and a secret of which only the SHA-256 is kept, as with sessions. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readActor } from '#lib/auth/sessions.server.ts';
import { hashSecret, holdsSecret, newToken, readToken, writeToken } from '#lib/auth/token.server.ts';
import { command } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { canKeepCalendar } from './policy.ts';

export type CalendarKept = { madeAt: string; readAt: string | null };

/** Under the lock of the account, which all that is one's own goes through. */
async function findCalendar(tx: Tx, { memberId }: App.Actor) {
	await tx.execute(sql`select from signin.accounts where member_id = ${memberId} for update`);
	const kept = await readCalendar(tx, memberId);
	return { id: memberId, calendar: kept !== undefined };
}

async function readCalendar(tx: Tx, memberId: string): Promise<CalendarKept | undefined> {
	const [kept] = await rows<CalendarKept>(
		tx,
		sql`select instant(made_at) as "madeAt", instant(read_at) as "readAt" from signin.calendars where member_id = ${memberId}`
	);
	return kept;
}

export const showCalendar = (database: Database, { memberId }: App.Actor) =>
	database.as('hora_signin', { member: memberId }, (tx) => readCalendar(tx, memberId));

/** One address a member: a new one makes the one before a dead one. */
export const renewCalendar = command({
	name: 'calendar.renew',
	act: 'calendar.keep',
	role: 'hora_signin',

	input: z.object({ secret: z.string().regex(/^[0-9a-f]{64}$/) }),

	find: (tx, _input, actor) => findCalendar(tx, actor),

	allow: (actor) => canKeepCalendar(actor),

	async run({ tx, input: { secret }, subject: { id: memberId }, record }) {
		const { id } = newToken();
		await tx.execute(
			sql`insert into signin.calendars (member_id, id, secret_hash)
				values (${memberId}, ${id}, decode(${hashSecret(secret)}, 'hex'))
				on conflict (member_id) do update set id = excluded.id, secret_hash = excluded.secret_hash,
					made_at = now(), read_at = null`
		);
		record({ subject: memberId, type: 'member.calendar.renewed', data: {} });
		return { calendar: id };
	}
});

export const endCalendar = command({
	name: 'calendar.off',
	act: 'calendar.keep',
	role: 'hora_signin',

	input: z.object({ base: z.object({ calendar: z.boolean() }) }),

	find: (tx, _input, actor) => findCalendar(tx, actor),

	allow: (actor) => canKeepCalendar(actor),

	async run({ tx, subject: { id: memberId }, record }) {
		await tx.execute(sql`delete from signin.calendars where member_id = ${memberId}`);
		record({ subject: memberId, type: 'member.calendar.ended', data: {} });
		return {};
	}
});

export const calendarAddress = (site: string, id: string, secret: string) =>
	`${site}/calendar/${writeToken({ id, secret })}.ics`;

/** Whose calendar an address is, while they sit at the table. */
export async function calendarOf(
	database: Database,
	address: string
): Promise<{ actor: App.Actor; language: 'ro' | 'en' } | undefined> {
	const token = readToken(address);
	if (!token) return undefined;
	return database.as('hora_signin', {}, async (tx) => {
		const [found] = await rows<{ memberId: string; hash: string; language: 'ro' | 'en' }>(
			tx,
			sql`select k.member_id as "memberId", encode(k.secret_hash, 'hex') as hash, c.language
				from signin.calendars k join members m on m.id = k.member_id, mail_choice(m) c
				where k.id = ${token.id} and sits(m)`
		);
		if (!holdsSecret(token.secret, found?.hash ?? hashSecret('')) || !found) return undefined;
		await tx.execute(sql`update signin.calendars set read_at = now() where id = ${token.id}`);
		const actor = await readActor(tx, found.memberId);
		return actor && { actor, language: found.language };
	});
}
