/** Decisions as they fall, and „Asumat”: what the bodies that they name say to them. */

import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { type Answer, bodyOf, type Body, type Decision, nextAnswers } from './decision.ts';
import { decisionBodies, decisions } from './decision-tables.server.ts';
import type { Item, Meeting } from './meeting.ts';
import { canAnswerDecision, canRecord } from './policy.ts';
import { findInMeeting, readDecision, readItem, refuseUnknownMeasures } from './queries.server.ts';
import { differences } from './told.server.ts';

const words = {
	textRo: text({ max: 1000 }),
	textEn: text({ max: 1000, min: 0 }),
	/** Who answers for it. */
	organisations: z.array(z.uuid()).max(30),
	dueOn: day().nullable(),
	measureId: z.uuid().nullable()
};

export const recordDecision = command({
	name: 'decision.record',
	act: 'meeting.run',

	input: z.object({
		itemId: z.uuid(),
		textRo: words.textRo,
		textEn: words.textEn.default(''),
		organisations: words.organisations.default([]),
		dueOn: words.dueOn.default(null),
		measureId: words.measureId.default(null)
	}),

	find: (tx, { itemId }) => findInMeeting(tx, itemId, readItem),

	allow: (actor, { meeting }: Item & { meeting: Meeting }) => canRecord(actor, meeting),

	async run({ tx, actor, input: { organisations, ...decision }, subject: item, record }) {
		const { circleId, meetingId } = item;
		await refuseOutsideBodies(tx, circleId, organisations);
		await refuseUnknownMeasures(tx, decision.measureId ? [decision.measureId] : [], 'measureId');

		const id: string = crypto.randomUUID();
		const { organisationId, memberId } = actor;
		await placeSubject(tx, { id, circleId, parentId: item.id, ownId: actor.ownCircleId });
		await tx.insert(decisions).values({ ...decision, id, circleId, meetingId, organisationId, memberId });
		await nameBodies(tx, { id, circleId }, organisations);

		record({ subject: id, type: 'decision.recorded', data: { row: await readDecision(tx, id) } });
		return { id };
	}
});

const changes = z.object(words).partial();

/** Whoever has taken on other words, or another date, is asked anew. */
export const editDecision = command({
	name: 'decision.edit',
	act: 'meeting.run',

	/** `base` holds, for each field that changes, what its author saw. */
	input: z
		.object({ decisionId: z.uuid(), changes, base: changes })
		.refine(({ changes, base }) => Object.keys(changes).every((field) => field in base), 'edit.base_missing'),

	async find(tx, { decisionId }) {
		const decision = await findInMeeting(tx, decisionId, readDecision);
		return decision && { ...decision, organisations: decision.bodies.map((body) => body.organisationId) };
	},

	allow: (actor, { meeting }: Decision & { meeting: Meeting }) => canRecord(actor, meeting),

	async run({ tx, input: { decisionId, changes }, subject: decision, record }) {
		if (decision.withdrawnAt) throw new Refusal('invalid', { fields: { form: 'decision.withdrawn' } });
		if (Object.keys(changes).length === 0) return { id: decisionId };
		const { organisations, ...worded } = changes;
		if (worded.measureId) await refuseUnknownMeasures(tx, [worded.measureId], 'measureId');

		if (Object.keys(worded).length > 0)
			await tx.update(decisions).set(worded).where(eq(decisions.id, decisionId));
		if ('textRo' in worded || 'dueOn' in worded) await askAnew(tx, decisionId);
		if (organisations) {
			await refuseOutsideBodies(tx, decision.circleId, organisations);
			await nameBodies(tx, decision, organisations);
		}

		record({ subject: decisionId, type: 'decision.edited', data: await changed(tx, decision) });
		return { id: decisionId };
	}
});

export const withdrawDecision = command({
	name: 'decision.withdraw',
	act: 'meeting.run',

	input: z.object({ decisionId: z.uuid() }),

	find: (tx, { decisionId }) => findInMeeting(tx, decisionId, readDecision),

	allow: (actor, { meeting }: Decision & { meeting: Meeting }) => canRecord(actor, meeting),

	async run({ tx, input: { decisionId }, subject: decision, record }) {
		if (decision.withdrawnAt) throw new Refusal('invalid', { fields: { form: 'decision.withdrawn' } });
		await tx
			.update(decisions)
			.set({ withdrawnAt: sql`clock_timestamp()` })
			.where(eq(decisions.id, decisionId));

		record({ subject: decisionId, type: 'decision.withdrawn', data: await changed(tx, decision) });
		return { id: decisionId };
	}
});

type Asked = Decision & { meeting: Meeting; answer: Answer | null };

/** „Ne asumăm”, „alt termen, pentru că …”, „răspundem până la …”, and once it was taken on, „gata”. */
export const answerDecision = command({
	name: 'decision.answer',
	act: 'decision.answer',

	input: z
		.object({
			decisionId: z.uuid(),
			answer: z.enum(['taken', 'other-date', 'later', 'done']),
			on: day().nullable().default(null),
			reason: text({ max: 500, min: 0 }).default(''),
			base: z.object({ answer: z.enum(['asked', 'taken', 'other-date', 'later', 'done']) })
		})
		.refine(({ answer, on }) => on || !needsDate(answer), { path: ['on'], error: 'day.not_a_day' })
		.refine(({ answer, reason }) => reason || answer !== 'other-date', {
			path: ['reason'],
			error: 'words.required'
		}),

	async find(tx, { decisionId }, actor) {
		const decision = await findInMeeting(tx, decisionId, readDecision);
		return decision && { ...decision, answer: bodyOf(decision, actor.organisationId)?.answer ?? null };
	},

	allow: (actor, decision: Asked) => canAnswerDecision(actor, decision),

	async run({ tx, actor, input: { answer, on, reason, decisionId }, subject: decision, record }) {
		if (decision.withdrawnAt) throw new Refusal('invalid', { fields: { form: 'decision.withdrawn' } });
		if (!nextAnswers[decision.answer ?? 'asked'].includes(answer))
			throw new Refusal('invalid', { fields: { answer: 'decision.not_this_way' } });
		const { organisationId, memberId } = actor;
		const was = bodyOf(decision, organisationId) as Body;
		await tx
			.update(decisionBodies)
			.set({
				answer,
				// What is done was to be done by the date that was agreed.
				...(answer !== 'done' && { answerOn: needsDate(answer) ? on : null, reason }),
				...{ memberId, answeredAt: sql`clock_timestamp()` }
			})
			.where(
				and(eq(decisionBodies.decisionId, decisionId), eq(decisionBodies.organisationId, organisationId))
			);

		const data = await changed(tx, decision);
		record({
			...{ subject: decisionId, type: 'decision.answered' },
			data: { ...data, from: was.answer, to: answer, on: needsDate(answer) ? on : null, reason }
		});
		return { id: decisionId };
	}
});

const needsDate = (answer: Answer) => answer === 'other-date' || answer === 'later';

/** They sit in the item's circle: nobody is named who does not read it. */
async function refuseOutsideBodies(tx: Tx, circleId: string, organisations: string[]) {
	if (organisations.length === 0) return;
	const inside = await rows(
		tx,
		sql`select from circle_organisations c join organisations o on o.id = c.organisation_id
			where c.circle_id = ${circleId} and o.retired_at is null
				and o.id = any(array(select jsonb_array_elements_text(${json(organisations)})::uuid))`
	);
	if (inside.length < new Set(organisations).size)
		throw new Refusal('invalid', { fields: { organisations: 'decision.not_in_circle' } });
}

/** Whoever stays keeps what was said. */
async function nameBodies(
	tx: Tx,
	{ id, circleId }: Pick<Decision, 'id' | 'circleId'>,
	organisations: string[]
) {
	const named = sql`select o.id::uuid as id, o.position::int as position
		from jsonb_array_elements_text(${json(organisations)}) with ordinality o (id, position)`;
	await tx.execute(sql`delete from decision_bodies where decision_id = ${id}
		and organisation_id not in (select id from (${named}) named)`);
	await tx.execute(sql`insert into decision_bodies (decision_id, circle_id, organisation_id, position)
		select ${id}, ${circleId}, id, position from (${named}) named
		on conflict (decision_id, organisation_id) do update set position = excluded.position`);
}

const askAnew = (tx: Tx, decisionId: string) =>
	tx
		.update(decisionBodies)
		.set({ answer: 'asked', answerOn: null, reason: '', memberId: null, answeredAt: null })
		.where(eq(decisionBodies.decisionId, decisionId));

/** What has become of a decision since it was read. */
const changed = async (tx: Tx, was: Decision) =>
	differences<Decision>(was, (await readDecision(tx, was.id)) as Decision);
