/** Reports: made for a circle, renamed, brought up to date, withdrawn. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { openCircle, placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { day } from '#lib/server/fields.ts';
import { findPlaces, sourcesNow } from './facts.server.ts';
import { canEditReport, canMakeReport } from './policy.ts';
import { findReport } from './queries.server.ts';
import type { Report } from './report.ts';
import { reports } from './tables.server.ts';

const title = text({ max: 200 });
/** As `statements.ts` names what a statement stands on. */
const sourceKey = /^[a-z]+(:[0-9a-f-]{36}|:\d{1,9}){1,2}$/;

export const makeReport = command({
	name: 'report.make',
	act: 'report.make',

	input: z.object({
		/** Whom it is for, and where it lives. */
		circleId: z.uuid(),
		title,
		language: z.enum(['ro', 'en']).default('ro'),
		from: day().nullable().default(null),
		to: day().nullable().default(null),
		objectives: z.array(z.uuid()).max(100).default([])
	}),

	find: (tx, { circleId }) => openCircle(tx, circleId),

	allow: (actor) => canMakeReport(actor),

	async run({ tx, actor, input, subject: { id: circleId }, record }) {
		const { from, to } = input;
		if (from && to && from > to) throw new Refusal('invalid', { fields: { to: 'period.ends_before' } });

		await findPlaces(tx, circleId, input.objectives);

		const id = crypto.randomUUID();
		await placeSubject(tx, { id, circleId, ownId: actor.ownCircleId });
		await tx.insert(reports).values({
			...input,
			id,
			organisationId: actor.organisationId,
			memberId: actor.memberId,
			sources: await sourcesNow(tx, input, input.language)
		});

		record({ subject: id, type: 'report.made', data: { new: { title: input.title } } });
		return { id };
	}
});

export const editReport = command({
	name: 'report.edit',
	act: 'report.edit',

	input: z.object({ reportId: z.uuid(), title, base: z.object({ title: z.string() }) }),

	find: (tx, { reportId }) => findReport(tx, reportId),

	allow: (actor, report: Report) => canEditReport(actor, report),

	async run({ tx, input: { title }, subject: report, record }) {
		if (title === report.title) return { id: report.id };
		await tx.update(reports).set({ title }).where(eq(reports.id, report.id));

		record({
			subject: report.id,
			type: 'report.edited',
			data: { old: { title: report.title }, new: { title } }
		});
		return { id: report.id };
	}
});

/** Stands on what is there now: all of it, or one statement of it. */
export const refreshReport = command({
	name: 'report.refresh',
	act: 'report.edit',

	input: z.object({ reportId: z.uuid(), key: z.string().regex(sourceKey).optional() }),

	find: (tx, { reportId }) => findReport(tx, reportId),

	allow: (actor, report: Report) => canEditReport(actor, report),

	async run({ tx, input: { key }, subject: report, record }) {
		const now = await sourcesNow(tx, report, report.language, report.sources);
		const taken = key === undefined ? now : key in now ? { [key]: now[key] as string } : {};
		const sources = key === undefined ? taken : { ...report.sources, ...taken };
		if (same(sources, report.sources)) return { id: report.id };
		await tx
			.update(reports)
			.set({ sources, madeAt: sql`clock_timestamp()` })
			.where(eq(reports.id, report.id));

		record({ subject: report.id, type: 'report.refreshed', data: {} });
		return { id: report.id };
	}
});

/** Its own organisation still reads it; for the others it is gone from the list. */
export const retireReport = command({
	name: 'report.retire',
	act: 'report.edit',

	input: z.object({ reportId: z.uuid(), base: z.object({ retired: z.boolean() }) }),

	find: (tx, { reportId }) => findReport(tx, reportId),

	allow: (actor, report: Report) => canEditReport(actor, report),

	async run({ tx, subject: { id }, record }) {
		await tx
			.update(reports)
			.set({ retiredAt: sql`clock_timestamp()` })
			.where(eq(reports.id, id));

		record({ subject: id, type: 'report.retired', data: {} });
		return { id };
	}
});

const same = (one: Record<string, string>, other: Record<string, string>) =>
	Object.keys(one).length === Object.keys(other).length &&
	Object.entries(one).every(([key, version]) => other[key] === version);
