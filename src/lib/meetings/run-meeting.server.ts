/** The meeting runs: it opens, takes its items one after the other, keeps their time, closes. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { agendaOf, currentSlot, type Meeting } from './meeting.ts';
import { canRun } from './policy.ts';
import { closeRound } from './proposals.server.ts';
import { findMeeting, findOpenProposals } from './queries.server.ts';
import { meetings } from './tables.server.ts';
import { whatChanged } from './told.server.ts';

const meetingId = z.uuid();
/** Whether it was planned, open or closed when its author looked. */
const base = z.object({ state: z.enum(['planned', 'open', 'closed']) });

export const openMeeting = command({
	name: 'meeting.open',
	act: 'meeting.run',

	input: z.object({ meetingId, base }),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canRun(actor, meeting),

	async run({ tx, subject: meeting, record }) {
		if (meeting.state !== 'planned')
			throw new Refusal('invalid', { fields: { form: 'meeting.open_already' } });
		await tx
			.update(meetings)
			.set({ state: 'open', openedAt: sql`clock_timestamp()` })
			.where(eq(meetings.id, meeting.id));

		record(await whatChanged(tx, meeting, 'meeting.opened'));
		return { id: meeting.id };
	}
});

/** Rounds are closed and what was not taken is put off; nobody waits to speak any more, and everybody leaves. */
export const closeMeeting = command({
	name: 'meeting.close',
	act: 'meeting.run',

	input: z.object({ meetingId, base }),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canRun(actor, meeting),

	async run({ tx, subject: meeting, record }) {
		if (meeting.state !== 'open') throw new Refusal('invalid', { fields: { form: 'meeting.not_open' } });
		for (const proposal of await findOpenProposals(tx, meeting.id))
			record(await closeRound(tx, proposal, meeting));
		await endCurrent(tx, meeting.id);
		await tx.execute(
			sql`update agenda_slots set state = 'put-off' where meeting_id = ${meeting.id} and state = 'ahead'`
		);
		await tx.execute(
			sql`update hands set lowered_at = clock_timestamp() where meeting_id = ${meeting.id} and lowered_at is null`
		);
		await tx.execute(
			sql`update attendances set left_at = clock_timestamp() where meeting_id = ${meeting.id} and left_at is null`
		);
		await tx
			.update(meetings)
			.set({ state: 'closed', closedAt: sql`clock_timestamp()` })
			.where(eq(meetings.id, meeting.id));

		record(await whatChanged(tx, meeting, 'meeting.closed'));
		return { id: meeting.id };
	}
});

type Running = Meeting & { current: string | null; running: boolean };

/** With what an act of the chair is based on: which item is being taken, and whether its time runs. */
async function findRunning(tx: Tx, { meetingId }: { meetingId: string }): Promise<Running | undefined> {
	const meeting = await findMeeting(tx, meetingId);
	return (
		meeting && { ...meeting, current: currentSlot(meeting)?.id ?? null, running: meeting.endsAt !== null }
	);
}

/** Ends the current item and takes another, or none: a break. */
export const takeItem = command({
	name: 'meeting.take',
	act: 'meeting.run',

	/** `base`: which one was being taken, so that two who go on at once go on by one. */
	input: z.object({
		meetingId,
		slotId: z.uuid().nullable(),
		base: z.object({ current: z.uuid().nullable() })
	}),

	find: findRunning,

	allow: (actor, meeting: Running) => canRun(actor, meeting),

	async run({ tx, input: { slotId }, subject: meeting, record }) {
		if (meeting.state !== 'open') throw new Refusal('invalid', { fields: { form: 'meeting.not_open' } });
		const slot = agendaOf(meeting).find(({ id }) => id === slotId);
		if (slotId && (!slot || slot.state === 'now'))
			throw new Refusal('invalid', { fields: { slotId: 'agenda.not_this_way' } });

		await endCurrent(tx, meeting.id);
		if (slot) {
			await tx.execute(sql`update agenda_slots set state = 'now', taken_at = coalesce(taken_at, clock_timestamp()),
				ended_at = null where id = ${slot.id}`);
			await tx.execute(sql`update meetings set ends_at = clock_timestamp() + make_interval(mins => ${slot.minutes})
				where id = ${meeting.id}`);
		}

		const number = slot ? agendaOf(meeting).indexOf(slot) + 1 : null;
		record(await whatChanged(tx, meeting, slot ? 'meeting.taken' : 'meeting.paused', { number }));
		return { id: meeting.id };
	}
});

/** Stops the time of the current item, and lets it run on. */
export const setTimer = command({
	name: 'meeting.timer',
	act: 'meeting.run',

	input: z.object({ meetingId, running: z.boolean(), base: z.object({ running: z.boolean() }) }),

	find: findRunning,

	allow: (actor, meeting: Running) => canRun(actor, meeting),

	async run({ tx, input: { running }, subject: meeting, record }) {
		if (!meeting.current) throw new Refusal('invalid', { fields: { form: 'meeting.nothing_taken' } });
		if (running === meeting.running) return { id: meeting.id };
		await tx.execute(
			running
				? sql`update meetings set ends_at = clock_timestamp() + left_ms * interval '1 millisecond', left_ms = null
					where id = ${meeting.id}`
				: sql`update meetings set left_ms = round(extract(epoch from ends_at - clock_timestamp()) * 1000), ends_at = null
					where id = ${meeting.id}`
		);

		record(await whatChanged(tx, meeting, running ? 'meeting.time.started' : 'meeting.time.stopped'));
		return { id: meeting.id };
	}
});

/** Gives the current item more time; below zero, less. */
export const extendItem = command({
	name: 'meeting.extend',
	act: 'meeting.run',

	input: z.object({
		meetingId,
		minutes: z
			.number()
			.int()
			.min(-60, 'minutes.out_of_range')
			.max(60, 'minutes.out_of_range')
			.refine((minutes) => minutes !== 0, 'minutes.out_of_range')
	}),

	find: findRunning,

	allow: (actor, meeting: Running) => canRun(actor, meeting),

	async run({ tx, input: { minutes }, subject: meeting, record }) {
		if (!meeting.current) throw new Refusal('invalid', { fields: { form: 'meeting.nothing_taken' } });
		// Of what is over, the added minutes count from now.
		await tx.execute(sql`update meetings set
				ends_at = case when ends_at is not null
					then greatest(ends_at, clock_timestamp()) + make_interval(mins => ${minutes}) end,
				left_ms = case when left_ms is not null then greatest(left_ms, 0) + ${minutes} * 60000 end
			where id = ${meeting.id}`);

		record(await whatChanged(tx, meeting, 'meeting.extended', { minutes }));
		return { id: meeting.id };
	}
});

async function endCurrent(tx: Tx, meetingId: string) {
	await tx.execute(sql`update agenda_slots set state = 'done', ended_at = clock_timestamp()
		where meeting_id = ${meetingId} and state = 'now'`);
	await tx.execute(sql`update meetings set ends_at = null, left_ms = null where id = ${meetingId}`);
}
