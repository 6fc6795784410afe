/** Who asks to speak, and who is given the floor. An organisation waits once; nobody's time begins anew. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { json, type Tx } from '#lib/server/database.server.ts';
import { type Meeting, queue, speaker } from './meeting.ts';
import { canRaiseHand, canRun } from './policy.ts';
import { findMeeting } from './queries.server.ts';
import { hands } from './tables.server.ts';
import { whatChanged } from './told.server.ts';

const meetingId = z.uuid();

export const raiseHand = command({
	name: 'hand.raise',
	act: 'meeting.speak',

	input: z.object({ meetingId, kind: z.enum(['floor', 'order']).default('floor') }),

	find: (tx, { meetingId }) => findMeeting(tx, meetingId),

	allow: (actor, meeting: Meeting) => canRaiseHand(actor, meeting),

	async run({ tx, actor, input: { kind }, subject: meeting, record }) {
		const waiting = queue(meeting);
		if (waiting.some(({ organisationId }) => organisationId === actor.organisationId))
			throw new Refusal('invalid', { fields: { form: 'hand.already' } });

		const { organisationId, memberId } = actor;
		const handId = crypto.randomUUID();
		await tx.insert(hands).values({
			...{ id: handId, meetingId: meeting.id, circleId: meeting.circleId, organisationId, memberId, kind },
			position: 0
		});
		// A point of order goes first, after those that were raised before it.
		const orders = waiting.filter((hand) => hand.kind === 'order').length;
		const at = kind === 'order' ? orders : waiting.length;
		const order = waiting.map(({ id }) => id).toSpliced(at, 0, handId);
		await lineUp(tx, order);

		record(await whatChanged(tx, meeting, 'hand.raised', { kind }));
		return { id: meeting.id, handId };
	}
});

export const lowerHand = command({
	name: 'hand.lower',
	act: 'meeting.speak',

	input: z.object({ meetingId, handId: z.uuid() }),

	async find(tx, { meetingId, handId }) {
		const meeting = await findMeeting(tx, meetingId);
		const hand = meeting?.hands.find(({ id }) => id === handId);
		return meeting && hand && { ...hand, meeting };
	},

	/** One's own organisation's, or whoever runs the meeting. */
	allow: (actor, { meeting, organisationId }) =>
		canRun(actor, meeting) || (canRaiseHand(actor, meeting) && organisationId === actor.organisationId),

	async run({ tx, input: { handId }, subject: { meeting, organisationId }, record }) {
		await lower(tx, handId);

		record(await whatChanged(tx, meeting, 'hand.lowered', { organisationId }));
		return { id: meeting.id };
	}
});

export const orderHands = command({
	name: 'hand.order',
	act: 'meeting.run',

	/** Who waits, in the order that is wanted and in the one that was seen. */
	input: z.object({
		meetingId,
		order: z.array(z.uuid()).max(200),
		base: z.object({ order: z.array(z.uuid()).max(200) })
	}),

	async find(tx, { meetingId }) {
		const meeting = await findMeeting(tx, meetingId);
		return meeting && { ...meeting, order: queue(meeting).map(({ id }) => id) };
	},

	allow: (actor, meeting: Meeting & { order: string[] }) => canRun(actor, meeting),

	async run({ tx, input: { order }, subject: meeting, record }) {
		if ([...order].sort().join() !== [...meeting.order].sort().join())
			throw new Refusal('invalid', { fields: { order: 'agenda.not_all' } });
		if (order.join() === meeting.order.join()) return { id: meeting.id };
		await lineUp(tx, order);

		record(await whatChanged(tx, meeting, 'hand.ordered'));
		return { id: meeting.id };
	}
});

/** Gives the floor to one who waits, and takes it from whoever had it; to nobody, where none is named. */
export const giveFloor = command({
	name: 'hand.give',
	act: 'meeting.run',

	/** `base`: who was speaking, so that two who go on at once go on by one. */
	input: z.object({
		meetingId,
		handId: z.uuid().nullable(),
		base: z.object({ speaker: z.uuid().nullable() })
	}),

	async find(tx, { meetingId, handId }) {
		const meeting = await findMeeting(tx, meetingId);
		if (!meeting || (handId && !meeting.hands.some(({ id }) => id === handId))) return undefined;
		return { ...meeting, speaker: speaker(meeting)?.id ?? null };
	},

	allow: (actor, meeting: Meeting & { speaker: string | null }) => canRun(actor, meeting),

	async run({ tx, input: { handId }, subject: meeting, record }) {
		const spoke = meeting.speaker;
		if (handId === spoke) return { id: meeting.id };
		if (spoke) await lower(tx, spoke);
		if (handId)
			await tx
				.update(hands)
				.set({ since: sql`clock_timestamp()` })
				.where(eq(hands.id, handId));

		const organisationId = meeting.hands.find(({ id }) => id === (handId ?? spoke))?.organisationId;
		record(await whatChanged(tx, meeting, handId ? 'hand.given' : 'hand.ended', { organisationId }));
		return { id: meeting.id };
	}
});

const lower = (tx: Tx, handId: string) =>
	tx
		.update(hands)
		.set({ loweredAt: sql`clock_timestamp()` })
		.where(eq(hands.id, handId));

const lineUp = (tx: Tx, order: string[]) =>
	tx.execute(sql`update hands h set position = o.position
		from jsonb_array_elements_text(${json(order)}) with ordinality o (id, position) where h.id = o.id::uuid`);
