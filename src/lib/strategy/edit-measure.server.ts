import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { speaksAlone } from '#lib/access/approval.ts';
import { mayMove, moveSubject } from '#lib/events/subjects.server.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { asksReason, type Day, type Measure, type Status, statuses } from './measure.ts';
import { canEditTexts, canMoveMeasure, canSetDate, canSetStatus } from './policy.ts';
import { findMeasure } from './queries.server.ts';
import { measures } from './tables.server.ts';

const measureId = z.uuid();

/** What a source said of one day no longer holds once somebody says how it stands now: `asOf` goes. */
export const setStatus = command({
	name: 'measure.status',
	act: 'measure.status',

	input: z
		.object({
			measureId,
			status: z.enum(statuses),
			reason: text({ max: 500, min: 0 }).default(''),
			base: z.object({ status: z.enum(statuses) })
		})
		.refine(({ status, reason }) => reason || !asksReason(status), {
			path: ['reason'],
			error: 'words.required'
		}),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor, measure: Measure, { status }) => canSetStatus(actor, measure, status),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, input: { status, reason }, subject: measure, record }) {
		await tx.update(measures).set({ status, asOf: null }).where(eq(measures.id, measure.id));

		record({
			subject: measure.id,
			type: 'measure.status',
			data: { old: { status: measure.status, asOf: measure.asOf }, new: { status, asOf: null }, reason }
		});
		return { id: measure.id };
	}
});

/** Whoever has just moved a measure may take it back, as if it had not been moved. */
export const undoStatus = command({
	name: 'measure.status.undo',
	act: 'measure.status',

	/** `base`: where the move had put it. */
	input: z.object({ measureId, base: z.object({ status: z.enum(statuses) }) }),

	async find(tx, { measureId }, actor) {
		const measure = await findMeasure(tx, measureId);
		const move = measure && (await lastMove(tx, measureId, actor));
		return measure && { ...measure, move };
	},

	/** The move itself was allowed a moment ago; the way back is another one, and asked as such. */
	allow: (actor, { move, ...measure }: Measure & { move: Move | undefined }) =>
		!move || canSetStatus(actor, measure, move.status),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, subject: { move, ...measure }, record }) {
		if (!move) throw new Refusal('invalid', { fields: { form: 'edit.too_late_to_undo' } });
		const { status, asOf } = move;
		await tx.update(measures).set({ status, asOf }).where(eq(measures.id, measure.id));

		record({
			subject: measure.id,
			type: 'measure.status.undone',
			data: { old: { status: measure.status, asOf: measure.asOf }, new: { status, asOf } }
		});
		return { id: measure.id };
	}
});

type Move = { status: Status; asOf: Day | null };

/** Where the measure was before the actor moved it less than a minute ago, if nobody has moved it since. */
async function lastMove(tx: Tx, measureId: string, actor: App.Actor): Promise<Move | undefined> {
	const [last] = await rows<Move & { own: boolean }>(
		tx,
		sql`select w.data->'old'->>'status' as status, w.data->'old'->>'asOf' as "asOf",
				w.type = 'measure.status' and w.author = ${actor.memberId}
					and e.at > clock_timestamp() - interval '1 minute' as own
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			where w.subject_id = ${measureId} and w.type in ('measure.status', 'measure.status.undone')
			order by e.at desc, e.n desc limit 1`
	);
	return last?.own ? { status: last.status, asOf: last.asOf } : undefined;
}

/** A date is re-agreed, never just changed: what it was, what it is, and why. */
export const setDate = command({
	name: 'measure.date',
	act: 'measure.date',

	input: z.object({
		measureId,
		nextDate: day().nullable(),
		reason: text({ max: 500 }),
		base: z.object({ nextDate: day().nullable() })
	}),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor, measure: Measure) => canSetDate(actor, measure),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, input: { nextDate, reason }, subject: measure, record }) {
		await tx.update(measures).set({ nextDate, asOf: null }).where(eq(measures.id, measure.id));

		record({
			subject: measure.id,
			type: 'measure.date',
			data: { old: { nextDate: measure.nextDate }, new: { nextDate, asOf: null }, reason }
		});
		return { id: measure.id };
	}
});

const textFields = z
	.object({
		titleRo: text({ max: 300 }),
		titleEn: text({ max: 300, min: 0 }),
		descriptionRo: text({ max: 4000, min: 0, multiline: true }),
		descriptionEn: text({ max: 4000, min: 0, multiline: true }),
		indicators: text({ max: 1000, min: 0 }),
		resources: text({ max: 1000, min: 0 }),
		deadline: text({ max: 200, min: 0 })
	})
	.partial();

export const editTexts = command({
	name: 'measure.texts',
	act: 'measure.texts',

	/** `base` holds, for each text that changes, what its author saw. */
	input: z
		.object({ measureId, texts: textFields, base: z.partialRecord(textFields.keyof(), z.string()) })
		.refine(({ texts, base }) => Object.keys(texts).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor, measure: Measure) => canEditTexts(actor, measure),

	async run({ tx, input: { texts }, subject: measure, record }) {
		const fields = Object.keys(texts) as (keyof typeof texts)[];
		const changed = fields.filter((field) => texts[field] !== measure[field]);
		if (changed.length === 0) return { id: measure.id };

		const pick = (from: typeof texts) => Object.fromEntries(changed.map((field) => [field, from[field]]));
		await tx.update(measures).set(pick(texts)).where(eq(measures.id, measure.id));

		record({ subject: measure.id, type: 'measure.texts', data: { old: pick(measure), new: pick(texts) } });
		return { id: measure.id };
	}
});

export const moveMeasure = command({
	name: 'measure.move',
	act: 'measure.move',

	input: z.object({ measureId, circleId: z.uuid(), base: z.object({ circleId: z.uuid() }) }),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor) => canMoveMeasure(actor),

	async run({ tx, input: { circleId }, subject: measure }) {
		if (!(await mayMove(tx, measure.circleId, circleId)))
			throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });

		await moveSubject(tx, measure.id, circleId);
		return { id: measure.id };
	}
});
