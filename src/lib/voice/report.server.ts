/** One line of „Raportarea noastră”: how a measure stands, said at once. */

import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { speaksAlone } from '#lib/access/approval.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import {
	asksReason,
	type Day,
	type Measure,
	type Status,
	statuses,
	type Step
} from '#lib/strategy/measure.ts';
import { canKeepSteps, canSetDate, canSetStatus } from '#lib/strategy/policy.ts';
import { findMeasure, readMeasure } from '#lib/strategy/queries.server.ts';
import { measures, steps } from '#lib/strategy/tables.server.ts';
import { canPost } from '#lib/updates/policy.ts';
import { language, postOn, takeBack } from '#lib/updates/post-update.server.ts';

const changing = {
	status: z.enum(statuses).optional(),
	nextDate: day().nullable().optional(),
	/** The ids of the steps that are done. */
	doneIds: z.array(z.uuid()).max(200).optional()
};
const fields = Object.keys(changing) as (keyof typeof changing)[];

type Reported = Measure & { doneIds: string[] };

/**
 * Status, date, steps and a sentence in one act. The sentence is posted as progress, and is the reason of a change of
 * status or date: therefore those that ask for one have it in the measure's own circle.
 */
export const reportMeasure = command({
	name: 'measure.report',
	act: 'update.report',

	input: z
		.object({
			measureId: z.uuid(),
			...changing,
			text: text({ max: 1000, min: 0 }).default(''),
			language,
			/** Where the sentence stands. */
			circleId: z.uuid(),
			base: z.object(changing)
		})
		.refine((report) => fields.every((field) => report[field] === undefined || field in report.base), {
			error: 'edit.base_missing'
		})
		.refine(({ text, ...report }) => text || fields.some((field) => report[field] !== undefined), {
			error: 'report.nothing'
		})
		.refine(
			({ text, status, nextDate }) => text || !((status && asksReason(status)) || nextDate !== undefined),
			{
				path: ['text'],
				error: 'words.required'
			}
		),

	async find(tx, { measureId }) {
		const measure = await findMeasure(tx, measureId);
		return measure && { ...measure, doneIds: measure.steps.filter(({ done }) => done).map(({ id }) => id) };
	},

	allow: (actor, measure: Reported, { status, nextDate, doneIds, text }) =>
		(text === '' || canPost(actor, 'progress')) &&
		(status === undefined || canSetStatus(actor, measure, status)) &&
		(nextDate === undefined || canSetDate(actor, measure)) &&
		(doneIds === undefined || canKeepSteps(actor, measure)),

	alone: (actor, measure, { circleId, text, ...report }) =>
		(text === '' || speaksAlone(actor, circleId)) &&
		(fields.every((field) => report[field] === undefined) || speaksAlone(actor, measure.circleId)),

	async run({ tx, actor, input, subject: measure, record }): Promise<Record<string, string>> {
		const { status, nextDate, doneIds, text, circleId } = input;
		if (doneIds?.some((id) => !measure.steps.some((step) => step.id === id))) throw new Refusal('not-found');
		const inItsCircle = circleId === measure.circleId;
		if (!inItsCircle && ((status && asksReason(status)) || nextDate !== undefined))
			throw new Refusal('invalid', { fields: { circleId: 'report.reason_circle' } });
		const report = crypto.randomUUID();
		const reason = inItsCircle ? text : '';
		const tell = (type: string, old: object, now: object, about = {}) =>
			record({
				subject: measure.id,
				type,
				data: { old, new: { ...now, asOf: null }, report, asOf: measure.asOf, ...about }
			});

		if (status !== undefined && status !== measure.status) {
			await tx.update(measures).set({ status, asOf: null }).where(eq(measures.id, measure.id));
			tell('measure.status', { status: measure.status, asOf: measure.asOf }, { status }, { reason });
		}
		if (nextDate !== undefined && nextDate !== measure.nextDate) {
			await tx.update(measures).set({ nextDate, asOf: null }).where(eq(measures.id, measure.id));
			tell('measure.date', { nextDate: measure.nextDate }, { nextDate }, { reason });
		}
		for (const step of doneIds === undefined ? [] : measure.steps) {
			const now = doneIds?.includes(step.id) ?? false;
			if (now === step.done) continue;
			const old = (await stepsOf(tx, measure.id)) as object;
			await tx.update(steps).set({ done: now }).where(eq(steps.id, step.id));
			record({
				subject: measure.id,
				type: 'measure.step.changed',
				data: { old, new: await stepsOf(tx, measure.id), step, changes: { done: now }, report }
			});
		}
		if (text === '') return { id: measure.id, reportId: report };

		const row = await postOn(tx, actor, measure, {
			...{ circleId, kind: 'progress', language: input.language, text }
		});
		record({ subject: row.id, type: 'update.posted', data: { row, report } });
		return { id: measure.id, reportId: report, updateId: row.id };
	}
});

async function stepsOf(tx: Tx, measureId: string): Promise<{ steps: Step[] }> {
	const now = await readMeasure(tx, measureId);
	return { steps: now?.steps ?? [] };
}

type Told = {
	subject: string;
	type: string;
	old: { status?: Status; nextDate?: Day | null; asOf?: Day | null; steps?: Step[] };
	now: { status?: Status; nextDate?: Day | null; steps?: Step[] };
};

/** Whoever has just reported may take all of it back, within a minute, if nobody has changed the same since. */
export const undoReport = command({
	name: 'measure.report.undo',
	act: 'update.report',

	input: z.object({ measureId: z.uuid(), reportId: z.uuid() }),

	async find(tx, { measureId, reportId }, actor) {
		const measure = await findMeasure(tx, measureId);
		if (!measure) return undefined;
		const told = await rows<Told>(
			tx,
			sql`select w.subject_id as subject, w.type, w.data->'old' as old, w.data->'new' as now
				from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
				where w.author = ${actor.memberId} and w.data->>'report' = ${reportId}
					and (w.subject_id = ${measureId} or w.subject_id in (select id from updates where measure_id = ${measureId}))
					and e.at > clock_timestamp() - interval '1 minute' order by e.at, e.n`
		);
		return { ...measure, told };
	},

	/** It was allowed a moment ago; the way back of a status is another move, and asked as such. */
	allow: (actor, { told, ...measure }) =>
		canPost(actor, 'progress') &&
		told.every(
			({ type, old }) => type !== 'measure.status' || canSetStatus(actor, measure, old.status as Status)
		),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, subject: { told, ...measure }, record }) {
		if (told.length === 0 || !isAsTold(measure, told))
			throw new Refusal('invalid', { fields: { form: 'edit.too_late_to_undo' } });
		const first = (type: string) => told.find((one) => one.type === type)?.old;
		const back = {
			...(first('measure.status') && {
				status: first('measure.status')?.status,
				asOf: first('measure.status')?.asOf
			}),
			...(first('measure.date') && { nextDate: first('measure.date')?.nextDate ?? null })
		};
		if (Object.keys(back).length > 0) await tx.update(measures).set(back).where(eq(measures.id, measure.id));
		const was = first('measure.step.changed')?.steps;
		if (was) {
			const turned = was.filter(({ id, done }) => measure.steps.find((now) => now.id === id)?.done !== done);
			for (const done of [true, false]) {
				const ids = turned.filter((one) => one.done === done).map(({ id }) => id);
				if (ids.length > 0) await tx.update(steps).set({ done }).where(inArray(steps.id, ids));
			}
		}
		for (const { subject, type } of told) if (type === 'update.posted') record(await takeBack(tx, subject));
		const now = (await readMeasure(tx, measure.id)) as Measure;
		const pick = ({ status, nextDate, asOf, steps }: Measure) => ({ status, nextDate, asOf, steps });
		record({
			subject: measure.id,
			type: 'measure.report.undone',
			data: { old: pick(measure), new: pick(now) }
		});
		return { id: measure.id };
	}
});

/** Does what the report set still stand? */
function isAsTold(measure: Measure, told: Told[]) {
	const last = (type: string) => told.findLast((one) => one.type === type)?.now;
	const [status, date, step] = ['measure.status', 'measure.date', 'measure.step.changed'].map(last);
	return (
		(!status || status.status === measure.status) &&
		(!date || (date.nextDate ?? null) === measure.nextDate) &&
		(!step || JSON.stringify(step.steps) === JSON.stringify(measure.steps))
	);
}
