/** A meeting is planned in a circle, and what was planned may change until it is closed. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { openCircle, placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { day, timeOfDay, webAddress } from '#lib/server/fields.ts';
import { type Meeting, quorums } from './meeting.ts';
import { canPlan, canRun } from './policy.ts';
import { findMeeting, readMeeting } from './queries.server.ts';
import { meetings } from './tables.server.ts';
import { whatChanged } from './told.server.ts';

const fields = {
	title: text({ max: 200 }),
	day: day(),
	time: timeOfDay(),
	place: text({ max: 200, min: 0 }),
	link: webAddress().or(z.literal('')),
	chairId: z.uuid(),
	secretaryId: z.uuid().nullable(),
	quorumOf: z.enum(quorums),
	quorumShare: z.number().int().min(1, 'quorum.out_of_range').max(100, 'quorum.out_of_range')
};

export const planMeeting = command({
	name: 'meeting.plan',
	act: 'meeting.plan',

	input: z.object({
		circleId: z.uuid(),
		...fields,
		place: fields.place.default(''),
		link: fields.link.default(''),
		secretaryId: fields.secretaryId.default(null),
		quorumOf: fields.quorumOf.default('none'),
		quorumShare: fields.quorumShare.default(50)
	}),

	find: (tx, { circleId }) => openCircle(tx, circleId),

	allow: (actor) => canPlan(actor),

	async run({ tx, input, subject: { id: circleId }, record }) {
		await refuseOutsiders(tx, circleId, input);

		const id = crypto.randomUUID();
		await placeSubject(tx, { id, circleId });
		await tx.insert(meetings).values({ ...input, id });

		record({ subject: id, type: 'meeting.planned', data: { row: await readMeeting(tx, id) } });
		return { id };
	}
});

const changes = z.object(fields).partial();

export const editMeeting = command({
	name: 'meeting.edit',
	act: 'meeting.run',

	/** `base` holds, for each field that changes, what its author saw. */
	input: z
		.object({ meetingId: z.uuid(), changes, base: changes })
		.refine(({ changes, base }) => Object.keys(changes).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canRun(actor, meeting),

	async run({ tx, input: { changes }, subject: meeting, record }) {
		if (Object.keys(changes).length === 0) return { id: meeting.id };
		await refuseOutsiders(tx, meeting.circleId, changes);
		await tx.update(meetings).set(changes).where(eq(meetings.id, meeting.id));

		record(await whatChanged(tx, meeting, 'meeting.edited'));
		return { id: meeting.id };
	}
});

/** Chair and secretary sit in the meeting's circle and may write. */
async function refuseOutsiders(
	tx: Tx,
	circleId: string,
	asked: Partial<Pick<Meeting, 'chairId' | 'secretaryId'>>
) {
	for (const field of ['chairId', 'secretaryId'] as const) {
		const memberId = asked[field];
		if (!memberId) continue;
		const found = await rows(
			tx,
			sql`select from members m join circle_organisations c on c.organisation_id = m.organisation_id
				where m.id = ${memberId} and c.circle_id = ${circleId} and sits(m) and m.role <> 'observer'`
		);
		if (found.length === 0) throw new Refusal('invalid', { fields: { [field]: 'meeting.not_in_circle' } });
	}
}
