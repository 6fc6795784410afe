import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { canRetire } from './policy.ts';
import { findMeasure, readMeasure } from './queries.server.ts';
import { measures } from './tables.server.ts';

const measureId = z.uuid();
const base = z.object({ retired: z.boolean() });

/** Out of board, lists, counts and search; its page and history stay. */
export const retireMeasure = command({
	name: 'measure.retire',
	act: 'measure.retire',

	input: z.object({ measureId, reason: text({ max: 500 }), base }),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor) => canRetire(actor),

	async run({ tx, input: { reason }, subject: measure, record }) {
		if (measure.retired) return { id: measure.id };
		await tx
			.update(measures)
			.set({ retiredAt: sql`clock_timestamp()` })
			.where(eq(measures.id, measure.id));

		record({
			subject: measure.id,
			type: 'measure.retired',
			data: { old: { retired: false }, new: { retired: true }, reason }
		});
		return { id: measure.id };
	}
});

export const restoreMeasure = command({
	name: 'measure.restore',
	act: 'measure.retire',

	input: z.object({ measureId, base }),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor) => canRetire(actor),

	async run({ tx, subject: measure, record }) {
		if (!measure.retired) return { id: measure.id };
		await tx.update(measures).set({ retiredAt: null }).where(eq(measures.id, measure.id));

		// The whole row: a list that was opened meanwhile has none of it.
		record({
			subject: measure.id,
			type: 'measure.restored',
			data: { row: await readMeasure(tx, measure.id) }
		});
		return { id: measure.id };
	}
});
