/** The agenda: what is proposed, accepted, put in order, put off, taken off; and the words of each item. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { mayHold, placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, type Tx } from '#lib/server/database.server.ts';
import { webAddresses } from '#lib/server/fields.ts';
import { agendaOf, type Item, type Meeting, type Slot, type SlotState } from './meeting.ts';
import { canPropose, canReword, canRun } from './policy.ts';
import { findInMeeting, findMeeting, readItem, refuseUnknownMeasures } from './queries.server.ts';
import { agendaItems, agendaSlots } from './tables.server.ts';
import { whatChanged } from './told.server.ts';

const ids = { meetingId: z.uuid(), slotId: z.uuid() };
const minutes = z.number().int().min(1, 'minutes.out_of_range').max(240, 'minutes.out_of_range');
const words = {
	titleRo: text({ max: 200 }),
	titleEn: text({ max: 200, min: 0 }),
	text: text({ max: 4000, min: 0, multiline: true }),
	measures: z.array(z.uuid()).max(20),
	links: webAddresses()
};

/** By whoever runs the meeting it is on the agenda at once, by others it is proposed. */
export const addItem = command({
	name: 'agenda.add',
	act: 'agenda.propose',

	input: z.object({
		meetingId: z.uuid(),
		/** Who may know what it is: the meeting's circle, one inside it, or the author's own. */
		circleId: z.uuid(),
		minutes,
		titleRo: words.titleRo,
		titleEn: words.titleEn.default(''),
		text: words.text.default(''),
		measures: words.measures.default([]),
		links: words.links.default('')
	}),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canPropose(actor, meeting),

	async run({ tx, actor, input: { minutes, ...item }, subject: meeting, record }) {
		const { circleId, meetingId } = item;
		if (!(await mayHold(tx, circleId, meeting.circleId, actor.ownCircleId)))
			throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });
		await refuseUnknownMeasures(tx, item.measures);

		const { organisationId, memberId } = actor;
		const [id, slotId] = [crypto.randomUUID(), crypto.randomUUID()];
		await tx.insert(agendaSlots).values({
			...{ id: slotId, meetingId, circleId: meeting.circleId, minutes, organisationId },
			state: canRun(actor, meeting) ? 'ahead' : 'proposed',
			position: sql`(select coalesce(max(position), 0) + 1 from agenda_slots where meeting_id = ${meetingId})`
		});
		// In the meeting's circle it is structure, and moves with it; in a narrower one it is its author's.
		const ownId = circleId === meeting.circleId ? undefined : actor.ownCircleId;
		await placeSubject(tx, { id, circleId, parentId: meetingId, ownId });
		await tx.insert(agendaItems).values({ ...item, id, slotId, organisationId, memberId });

		record(await whatChanged(tx, meeting, 'agenda.added'));
		record({ subject: id, type: 'agenda.item.added', data: { row: await readItem(tx, id) } });
		return { id, slotId };
	}
});

/** What may become of a place on the agenda, by whoever runs the meeting. */
const ways: Record<SlotState, SlotState[]> = {
	proposed: ['ahead', 'removed'],
	ahead: ['put-off', 'removed'],
	'put-off': ['ahead', 'removed'],
	now: ['put-off'],
	done: [],
	removed: ['ahead']
};

/** Accepts what was proposed, puts off, takes off, puts back. */
export const setSlot = command({
	name: 'agenda.state',
	act: 'meeting.run',

	input: z.object({
		...ids,
		state: z.enum(['ahead', 'put-off', 'removed']),
		base: z.object({ state: z.enum(['proposed', 'ahead', 'now', 'done', 'put-off', 'removed']) })
	}),

	find: findSlot,

	/** What was only proposed its own organisation takes back, too. */
	allow: (actor, { meeting, ...slot }, { state }) =>
		canRun(actor, meeting) ||
		(slot.state === 'proposed' &&
			state === 'removed' &&
			canPropose(actor, meeting) &&
			slot.organisationId === actor.organisationId),

	async run({ tx, input: { slotId, state }, subject: { meeting, ...slot }, record }) {
		if (!ways[slot.state].includes(state))
			throw new Refusal('invalid', { fields: { form: 'agenda.not_this_way' } });
		await tx
			.update(agendaSlots)
			.set({ state, ...(slot.state === 'now' && { endedAt: sql`clock_timestamp()` }) })
			.where(eq(agendaSlots.id, slotId));
		if (slot.state === 'now')
			await tx.execute(sql`update meetings set ends_at = null, left_ms = null where id = ${meeting.id}`);

		const number = numberOf(meeting, slotId);
		record(await whatChanged(tx, meeting, 'agenda.state', { from: slot.state, to: state, number }));
		return { id: meeting.id };
	}
});

export const setMinutes = command({
	name: 'agenda.minutes',
	act: 'meeting.run',

	input: z.object({ ...ids, minutes, base: z.object({ minutes }) }),

	find: findSlot,

	allow: (actor, { meeting }) => canRun(actor, meeting),

	async run({ tx, input: { slotId, minutes }, subject: { meeting, ...slot }, record }) {
		if (minutes === slot.minutes) return { id: meeting.id };
		await tx.update(agendaSlots).set({ minutes }).where(eq(agendaSlots.id, slotId));

		const number = numberOf(meeting, slotId);
		record(await whatChanged(tx, meeting, 'agenda.minutes', { from: slot.minutes, to: minutes, number }));
		return { id: meeting.id };
	}
});

export const orderAgenda = command({
	name: 'agenda.order',
	act: 'meeting.run',

	/** Every slot of the meeting, in the order that is wanted and in the one that was seen. */
	input: z.object({
		meetingId: z.uuid(),
		order: z.array(z.uuid()).max(200),
		base: z.object({ order: z.array(z.uuid()).max(200) })
	}),

	async find(tx, { meetingId }) {
		const meeting = await findMeeting(tx, meetingId);
		return meeting && { ...meeting, order: meeting.slots.map(({ id }) => id) };
	},

	allow: (actor, meeting: Meeting & { order: string[] }) => canRun(actor, meeting),

	async run({ tx, input: { order }, subject: meeting, record }) {
		if ([...order].sort().join() !== [...meeting.order].sort().join())
			throw new Refusal('invalid', { fields: { order: 'agenda.not_all' } });
		if (order.join() === meeting.order.join()) return { id: meeting.id };
		await tx.execute(sql`update agenda_slots s set position = o.position
			from jsonb_array_elements_text(${json(order)}) with ordinality o (id, position) where s.id = o.id::uuid`);

		record(await whatChanged(tx, meeting, 'agenda.ordered'));
		return { id: meeting.id };
	}
});

const changes = z.object(words).partial();

export const editItem = command({
	name: 'agenda.item.edit',
	act: 'agenda.propose',

	/** `base` holds, for each field that changes, what its author saw. */
	input: z
		.object({ itemId: z.uuid(), changes, base: changes })
		.refine(({ changes, base }) => Object.keys(changes).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { itemId }) => findInMeeting(tx, itemId, readItem),

	allow: (actor, { meeting, ...item }: Item & { meeting: Meeting }) => canReword(actor, meeting, item),

	async run({ tx, input: { itemId, changes }, subject: item, record }) {
		if (Object.keys(changes).length === 0) return { id: itemId };
		const added = changes.measures?.filter((id) => !item.measures.includes(id)) ?? [];
		await refuseUnknownMeasures(tx, added);
		await tx.update(agendaItems).set(changes).where(eq(agendaItems.id, itemId));

		const old = Object.fromEntries(Object.keys(changes).map((field) => [field, item[field as keyof Item]]));
		record({ subject: itemId, type: 'agenda.item.edited', data: { old, new: changes } });
		return { id: itemId };
	}
});

/** A slot with its meeting, which is what is locked and what the event is about. */
async function findSlot(tx: Tx, { meetingId, slotId }: { meetingId: string; slotId: string }) {
	const meeting = await findMeeting(tx, meetingId);
	const slot = meeting?.slots.find(({ id }) => id === slotId);
	return meeting && slot && ({ ...slot, meeting } satisfies Slot & { meeting: Meeting });
}

/** Its number as the agenda shows it; of what is not on it, none. */
const numberOf = (meeting: Meeting, slotId: string) =>
	agendaOf(meeting).findIndex(({ id }) => id === slotId) + 1 || null;
