import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { lockSubject, placeSubject } from '#lib/events/subjects.server.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Objective } from './objective.ts';
import { canAddObjective, canEditObjective } from './policy.ts';
import { findObjective, readObjective, refuseRetired } from './queries.server.ts';
import { objectives } from './tables.server.ts';

const fields = {
	code: text({ max: 40, min: 0 }),
	titleRo: text({ max: 300 }),
	titleEn: text({ max: 300, min: 0 })
};

/** Under the strategy it is a general objective, under an objective a specific one; it lives in the same circle. */
export const addObjective = command({
	name: 'objective.add',
	act: 'objective.add',

	input: z.object({
		underId: z.uuid(),
		...fields,
		code: fields.code.default(''),
		titleEn: fields.titleEn.default('')
	}),

	find: (tx, { underId }) => findAbove(tx, underId),

	allow: (actor) => canAddObjective(actor),

	async run({ tx, input: { underId, ...words }, subject: { circleId, strategyId, kind }, record }) {
		if (kind === 'specific') throw new Refusal('invalid', { fields: { underId: 'objective.too_deep' } });
		await refuseRetired(tx, strategyId, 'underId');

		const id = crypto.randomUUID();
		await placeSubject(tx, { id, circleId, parentId: underId });
		await tx.insert(objectives).values({
			id,
			circleId,
			strategyId,
			parentId: kind ? underId : null,
			kind: kind ? 'specific' : 'general',
			...words,
			position: sql`(select coalesce(max(position), 0) + 1 from objectives where strategy_id = ${strategyId})`
		});

		record({ subject: id, type: 'objective.added', data: { row: await readObjective(tx, id) } });
		return { id };
	}
});

const texts = z.object(fields).partial();

export const editObjective = command({
	name: 'objective.edit',
	act: 'objective.edit',

	/** `base` holds, for each text that changes, what its author saw. */
	input: z
		.object({ objectiveId: z.uuid(), texts, base: z.partialRecord(texts.keyof(), z.string()) })
		.refine(({ texts, base }) => Object.keys(texts).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { objectiveId }) => findObjective(tx, objectiveId),

	allow: (actor) => canEditObjective(actor),

	async run({ tx, input: { texts }, subject: objective, record }) {
		const fields = Object.keys(texts) as (keyof typeof texts)[];
		const changed = fields.filter((field) => texts[field] !== objective[field]);
		if (changed.length === 0) return { id: objective.id };

		const pick = (from: typeof texts) => Object.fromEntries(changed.map((field) => [field, from[field]]));
		await tx.update(objectives).set(pick(texts)).where(eq(objectives.id, objective.id));

		record({
			subject: objective.id,
			type: 'objective.texts',
			data: { old: pick(objective), new: pick(texts) }
		});
		return { id: objective.id };
	}
});

type Above = { id: string; circleId: string; strategyId: string; kind: Objective['kind'] | null };

/** The strategy or the objective that the new one hangs under, locked: its children stand in one line. */
async function findAbove(tx: Tx, id: string): Promise<Above | undefined> {
	if (!(await lockSubject(tx, id))) return undefined;
	const [above] = await rows<Above>(
		tx,
		sql`select id, circle_id as "circleId", id as "strategyId", null as kind from strategies where id = ${id}
			union all select id, circle_id, strategy_id, kind from objectives where id = ${id}`
	);
	return above;
}
