/** A meeting is planned in a circle, and what was planned may change until it is closed. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { mayHold, openCircle, placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { day, timeOfDay, webAddress } from '#lib/server/fields.ts';
import { agendaOf, type Meeting, quorums } from './meeting.ts';
import { canPlan, canRun } from './policy.ts';
import { findMeeting, itemsOf, readItem, readMeeting } from './queries.server.ts';
import { agendaSlots, meetings } from './tables.server.ts';
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

/** The next one: as this one was, on another day, with what was put off here, as far as whoever plans it reads it. */
export const followMeeting = command({
	name: 'meeting.follow',
	act: 'meeting.plan',

	input: z.object({ meetingId: z.uuid(), day: fields.day, time: fields.time }),

	async find(tx, { meetingId }) {
		const meeting = await findMeeting(tx, meetingId);
		return meeting && { ...meeting, circle: await openCircle(tx, meeting.circleId, { today: true }) };
	},

	allow: (actor) => canPlan(actor),

	async run({ tx, actor, input: { day, time }, subject: { circle, ...meeting }, record }) {
		if (meeting.state !== 'closed') throw new Refusal('invalid', { fields: { form: 'meeting.not_closed' } });
		if (!circle) throw new Refusal('invalid', { fields: { form: 'circle.is_closed' } });
		if (day <= meeting.day) throw new Refusal('invalid', { fields: { day: 'meeting.day_before' } });
		const [followed] = await rows(tx, sql`select from meetings where previous_id = ${meeting.id}`);
		if (followed) throw new Refusal('invalid', { fields: { form: 'meeting.followed_already' } });

		const { title, place, link, chairId, secretaryId, quorumOf, quorumShare } = meeting;
		const { id: circleId } = circle;
		await refuseOutsiders(tx, circleId, { chairId, secretaryId });
		const id: string = crypto.randomUUID();
		await placeSubject(tx, { id, circleId });
		await tx.insert(meetings).values({
			...{ id, circleId, previousId: meeting.id, title, day, time, place, link },
			...{ chairId, secretaryId, quorumOf, quorumShare }
		});
		const items = await carryOver(tx, meeting, { id, circleId, ownCircleId: actor.ownCircleId });

		record({ subject: id, type: 'meeting.planned', data: { row: await readMeeting(tx, id) } });
		for (const item of items)
			record({ subject: item, type: 'agenda.item.added', data: { row: await readItem(tx, item) } });
		return { id };
	}
});

/** What was put off comes first in the next one, by whom it was proposed, with the words that it had. */
async function carryOver(
	tx: Tx,
	meeting: Meeting,
	next: { id: string; circleId: string; ownCircleId: string }
): Promise<string[]> {
	const items = await itemsOf(tx, meeting.id);
	const made: string[] = [];
	for (const slot of agendaOf(meeting).filter(({ state }) => state === 'put-off')) {
		const item = items.find(({ slotId }) => slotId === slot.id);
		// What was the whole meeting's is the whole meeting's again, whoever has joined.
		const circleId = item?.circleId === meeting.circleId ? next.circleId : item?.circleId;
		if (!item || !circleId || !(await mayHold(tx, circleId, next.circleId, next.ownCircleId))) continue;
		const { organisationId, titleRo, titleEn, text, measures, links, example } = item;
		const [id, slotId] = [crypto.randomUUID() as string, crypto.randomUUID() as string];
		await tx.insert(agendaSlots).values({
			...{ id: slotId, meetingId: next.id, circleId: next.circleId, position: made.length + 1 },
			...{ minutes: slot.minutes, state: 'ahead', organisationId, carriedFrom: slot.id }
		});
		const [subject] = await rows<{ ownId: string | null }>(
			tx,
			sql`select own_id as "ownId" from subjects where id = ${item.id}`
		);
		await placeSubject(tx, { id, circleId, parentId: next.id, ownId: subject?.ownId ?? undefined });
		await tx.execute(sql`insert into agenda_items (id, circle_id, meeting_id, slot_id, organisation_id, member_id,
				title_ro, title_en, text, measures, links, example)
			select ${id}, ${circleId}, ${next.id}, ${slotId}, ${organisationId}, member_id,
				${titleRo}, ${titleEn}, ${text}, ${json(measures)}, ${links}, ${example}
			from agenda_items where id = ${item.id}`);
		made.push(id);
	}
	return made;
}

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
