import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { speaksAlone } from '#lib/access/approval.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import type { Measure } from './measure.ts';
import { canKeepSteps } from './policy.ts';
import { findMeasure, readMeasure } from './queries.server.ts';
import { steps } from './tables.server.ts';

const fields = {
	titleRo: text({ max: 200 }),
	titleEn: text({ max: 200, min: 0 }),
	date: day().nullable(),
	source: text({ max: 300, min: 0 }),
	done: z.boolean()
};

export const addStep = command({
	name: 'measure.step.add',
	act: 'measure.steps',

	input: z.object({
		measureId: z.uuid(),
		...fields,
		titleEn: fields.titleEn.default(''),
		date: fields.date.default(null),
		source: fields.source.default(''),
		done: fields.done.default(false)
	}),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor, measure: Measure) => canKeepSteps(actor, measure),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, input: { measureId, ...step }, subject: measure, record }) {
		const [added] = await tx
			.insert(steps)
			.values({
				measureId,
				circleId: measure.circleId,
				position: sql`(select coalesce(max(position), 0) + 1 from steps where measure_id = ${measureId})`,
				...step
			})
			.returning({ id: steps.id });

		record(await stepsNow(tx, measure, 'measure.step.added', { step: { id: added?.id, ...step } }));
		return { id: measure.id, stepId: added?.id ?? '' };
	}
});

const changes = z.object(fields).partial();

export const changeStep = command({
	name: 'measure.step.change',
	act: 'measure.steps',

	/** `base` holds, for each field that changes, what its author saw. */
	input: z
		.object({ measureId: z.uuid(), stepId: z.uuid(), changes, base: changes })
		.refine(({ changes, base }) => Object.keys(changes).every((field) => field in base), 'edit.base_missing'),

	find: findStep,

	allow: (actor, { measure }) => canKeepSteps(actor, measure),

	alone: (actor, { measure }) => speaksAlone(actor, measure.circleId),

	async run({ tx, input: { stepId, changes }, subject: { measure, ...step }, record }) {
		if (Object.keys(changes).length === 0) return { id: measure.id, stepId };

		await tx.update(steps).set(changes).where(eq(steps.id, stepId));

		record(await stepsNow(tx, measure, 'measure.step.changed', { step, changes }));
		return { id: measure.id, stepId };
	}
});

export const removeStep = command({
	name: 'measure.step.remove',
	act: 'measure.steps',

	input: z.object({ measureId: z.uuid(), stepId: z.uuid(), base: changes }),

	find: findStep,

	allow: (actor, { measure }) => canKeepSteps(actor, measure),

	alone: (actor, { measure }) => speaksAlone(actor, measure.circleId),

	async run({ tx, input: { stepId }, subject: { measure, ...step }, record }) {
		await tx.delete(steps).where(eq(steps.id, stepId));

		record(await stepsNow(tx, measure, 'measure.step.removed', { step }));
		return { id: measure.id };
	}
});

/** A step with its measure, which is what is locked and what the event is about. */
async function findStep(tx: Tx, { measureId, stepId }: { measureId: string; stepId: string }) {
	const measure = await findMeasure(tx, measureId);
	const [step] = await tx
		.select({
			id: steps.id,
			titleRo: steps.titleRo,
			titleEn: steps.titleEn,
			date: steps.date,
			source: steps.source,
			done: steps.done
		})
		.from(steps)
		.where(and(eq(steps.id, stepId), eq(steps.measureId, measureId)));
	return measure && step && { ...step, measure };
}

/** A page holds the steps as one list, so an event brings the list as it is now. */
async function stepsNow(tx: Tx, measure: Measure, type: string, about: Record<string, unknown>) {
	const now = await readMeasure(tx, measure.id);
	return {
		subject: measure.id,
		type,
		data: { old: { steps: measure.steps }, new: { steps: now?.steps ?? [] }, ...about }
	};
}
