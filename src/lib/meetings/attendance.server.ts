/** Who is there: members say so themselves, or whoever runs the meeting notes them, and guests who have no account. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { type Attendance, type Meeting, present } from './meeting.ts';
import { canAttend, canRun } from './policy.ts';
import { findMeeting } from './queries.server.ts';
import { attendances } from './tables.server.ts';
import { whatChanged } from './told.server.ts';

const meetingId = z.uuid();

export const arrive = command({
	name: 'attendance.arrive',
	act: 'meeting.attend',

	/** Without a member it is oneself. */
	input: z.object({ meetingId, memberId: z.uuid().nullable().default(null) }),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting, { memberId }) =>
		memberId === null || memberId === actor.memberId ? canAttend(actor, meeting) : canRun(actor, meeting),

	async run({ tx, actor, input, subject: meeting, record }) {
		const memberId = input.memberId ?? actor.memberId;
		const member = await sitting(tx, meeting.circleId, memberId);
		if (!member) throw new Refusal('invalid', { fields: { memberId: 'meeting.not_in_circle' } });
		if (present(meeting).some((one) => one.memberId === memberId))
			throw new Refusal('invalid', { fields: { form: 'attendance.already' } });

		const { organisationId, name } = member;
		const { id: meetingId, circleId } = meeting;
		const id: string = crypto.randomUUID();
		const noted = { id, meetingId, circleId, memberId, organisationId, notedBy: actor.memberId };
		await tx.insert(attendances).values(noted);

		const about = memberId === actor.memberId ? {} : { name };
		record(await whatChanged(tx, meeting, 'attendance.arrived', about));
		return { id: meetingId, attendanceId: id };
	}
});

export const noteGuest = command({
	name: 'attendance.guest',
	act: 'meeting.run',

	input: z.object({ meetingId, guestName: text({ max: 100 }), guestBody: text({ max: 200 }) }),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canRun(actor, meeting),

	async run({ tx, actor, input: { guestName, guestBody }, subject: meeting, record }) {
		const { id: meetingId, circleId } = meeting;
		const id: string = crypto.randomUUID();
		const noted = { id, meetingId, circleId, guestName, guestBody, notedBy: actor.memberId };
		await tx.insert(attendances).values(noted);

		record(await whatChanged(tx, meeting, 'attendance.arrived', { name: `${guestName}, ${guestBody}` }));
		return { id: meetingId, attendanceId: id };
	}
});

export const leave = command({
	name: 'attendance.leave',
	act: 'meeting.attend',

	input: z.object({ meetingId, attendanceId: z.uuid() }),

	async find(tx, { meetingId, attendanceId }) {
		const meeting = await findMeeting(tx, meetingId);
		const attendance = meeting?.attendance.find(({ id }) => id === attendanceId);
		return meeting && attendance && { ...attendance, meeting };
	},

	allow: (actor, { meeting, memberId }: Attendance & { meeting: Meeting }) =>
		canRun(actor, meeting) || (canAttend(actor, meeting) && memberId === actor.memberId),

	async run({ tx, actor, input: { attendanceId }, subject: { meeting, ...attendance }, record }) {
		if (attendance.leftAt) throw new Refusal('invalid', { fields: { form: 'attendance.left' } });
		await tx
			.update(attendances)
			.set({ leftAt: sql`clock_timestamp()` })
			.where(eq(attendances.id, attendanceId));

		const about = attendance.memberId === actor.memberId ? {} : { name: attendance.name };
		record(await whatChanged(tx, meeting, 'attendance.left', about));
		return { id: meeting.id };
	}
});

/** A member who works, of an organisation of the circle. */
async function sitting(tx: Tx, circleId: string, memberId: string) {
	const [found] = await rows<{ name: string; organisationId: string }>(
		tx,
		sql`select m.name, m.organisation_id as "organisationId" from members m
				join circle_organisations c on c.organisation_id = m.organisation_id
			where m.id = ${memberId} and c.circle_id = ${circleId} and sits(m)`
	);
	return found;
}
