import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { holdSubject, lockSubject, mayHold, placeSubject } from '#lib/events/subjects.server.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { holderList, refuseUnknown, writeHolders } from './holders.server.ts';
import type { Objective } from './objective.ts';
import { canAddMeasure } from './policy.ts';
import { readMeasure, readObjective, refuseRetired } from './queries.server.ts';
import { measures, objectives, steps as stepTable } from './tables.server.ts';

const title = { titleRo: text({ max: 300 }), titleEn: text({ max: 300, min: 0 }).default('') };
const step = z.object({
	titleRo: text({ max: 200 }),
	titleEn: text({ max: 200, min: 0 }).default(''),
	date: day().nullable().default(null)
});

/** A promise written into the plan by hand, with who answers for it and its first steps. */
export const addMeasure = command({
	name: 'measure.add',
	act: 'measure.add',

	input: z.object({
		objectiveId: z.uuid(),
		circleId: z.uuid(),
		/** Empty, or without a number: the next free one is given. */
		code: text({ max: 40, min: 0 }).default(''),
		...title,
		descriptionRo: text({ max: 4000, min: 0, multiline: true }).default(''),
		descriptionEn: text({ max: 4000, min: 0, multiline: true }).default(''),
		deadline: text({ max: 200, min: 0 }).default(''),
		nextDate: day().nullable().default(null),
		leads: holderList.default([]),
		partners: holderList.default([]),
		steps: z.array(step).max(30).default([])
	}),

	find: (tx, { objectiveId }) => findRoomUnder(tx, objectiveId),

	allow: (actor) => canAddMeasure(actor),

	async run({ tx, actor, input, subject: objective, record }) {
		const { objectiveId, circleId, leads, partners, steps, ...words } = input;
		if (!(await mayHold(tx, circleId, objective.circleId, actor.ownCircleId)))
			throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });
		await refuseRetired(tx, objective.strategyId, 'objectiveId');
		await refuseUnknown(tx, leads, partners);
		const code = await freeCode(tx, objective.strategyId, input.code);

		const id = crypto.randomUUID();
		await placeSubject(tx, { id, circleId, parentId: objectiveId });
		await tx.insert(measures).values({
			id,
			circleId,
			objectiveId,
			...words,
			code,
			position: sql`(select coalesce(max(position), 0) + 1 from measures where objective_id = ${objectiveId})`
		});
		await writeHolders(tx, { id, circleId }, leads, partners);
		if (steps.length > 0)
			await tx
				.insert(stepTable)
				.values(steps.map((step, i) => ({ ...step, measureId: id, circleId, position: i + 1 })));

		record({ subject: id, type: 'measure.added', data: { row: await readMeasure(tx, id) } });
		return { id };
	}
});

/** The objective, held where it is, and its strategy locked: no two measures of a strategy are given one code. */
async function findRoomUnder(tx: Tx, objectiveId: string): Promise<Objective | undefined> {
	const objective = await readObjective(tx, objectiveId);
	if (!objective || !(await lockSubject(tx, objective.strategyId))) return undefined;
	return (await holdSubject(tx, objectiveId, objectives)) && readObjective(tx, objectiveId);
}

/** The code that was asked for, or the next one with its letters; among the measures that the actor can see. */
async function freeCode(tx: Tx, strategyId: string, wanted: string): Promise<string> {
	const taken = await rows<{ code: string }>(
		tx,
		sql`select m.code from measures m join objectives o on o.id = m.objective_id where o.strategy_id = ${strategyId}`
	);
	if (/\d/.test(wanted)) {
		if (taken.some(({ code }) => code === wanted))
			throw new Refusal('invalid', { fields: { code: 'measure.code_taken' } });
		return wanted;
	}
	const letters = wanted || 'M';
	const numbers = taken
		.filter(({ code }) => code.startsWith(letters) && /^\d{1,6}$/.test(code.slice(letters.length)))
		.map(({ code }) => Number(code.slice(letters.length)));
	return `${letters}${Math.max(0, ...numbers) + 1}`;
}
