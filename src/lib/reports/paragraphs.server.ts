/** The author's own words in a report: they pass the guard as all words do, and go where the report goes. */

import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { findPlaces } from './facts.server.ts';
import { canEditReport } from './policy.ts';
import { findReport } from './queries.server.ts';
import type { Report } from './report.ts';
import { reportParagraphs as paragraphs } from './tables.server.ts';

const words = text({ max: 5000, multiline: true });
const ids = { reportId: z.uuid(), paragraphId: z.uuid() };

export const addParagraph = command({
	name: 'report.paragraph.add',
	act: 'report.edit',

	/** `placeId`: the objective or measure that it stands under; left out at the beginning. */
	input: z.object({ reportId: ids.reportId, placeId: z.uuid().optional(), text: words }),

	find: (tx, { reportId }) => findReport(tx, reportId),

	allow: (actor, report: Report) => canEditReport(actor, report),

	async run({ tx, input: { reportId, placeId, text }, subject: { circleId }, record }) {
		if (placeId) await findPlaces(tx, circleId, [placeId]);

		const paragraphId = crypto.randomUUID();
		await tx.insert(paragraphs).values({
			...{ id: paragraphId, reportId, circleId, placeId, text },
			position: sql`(select coalesce(max(position), 0) + 1 from report_paragraphs where report_id = ${reportId})`
		});

		record({ subject: reportId, type: 'report.paragraph.added', data: { new: { text } } });
		return { id: reportId, paragraphId };
	}
});

export const changeParagraph = command({
	name: 'report.paragraph.change',
	act: 'report.edit',

	input: z.object({ ...ids, text: words, base: z.object({ text: z.string() }) }),

	find: findParagraph,

	allow: (actor, { report }) => canEditReport(actor, report),

	async run({ tx, input: { reportId, paragraphId, text }, subject: was, record }) {
		if (text === was.text) return { id: reportId, paragraphId };
		await tx.update(paragraphs).set({ text }).where(eq(paragraphs.id, paragraphId));

		record({
			subject: reportId,
			type: 'report.paragraph.changed',
			data: { old: { text: was.text }, new: { text } }
		});
		return { id: reportId, paragraphId };
	}
});

export const removeParagraph = command({
	name: 'report.paragraph.remove',
	act: 'report.edit',

	input: z.object({ ...ids, base: z.object({ text: z.string() }) }),

	find: findParagraph,

	allow: (actor, { report }) => canEditReport(actor, report),

	async run({ tx, input: { reportId, paragraphId }, subject: { text }, record }) {
		await tx.delete(paragraphs).where(eq(paragraphs.id, paragraphId));

		record({ subject: reportId, type: 'report.paragraph.removed', data: { old: { text } } });
		return { id: reportId };
	}
});

/** A paragraph with its report, which is what is locked and what the event is about. */
async function findParagraph(tx: Tx, { reportId, paragraphId }: { reportId: string; paragraphId: string }) {
	const report = await findReport(tx, reportId);
	const [found] = await tx
		.select({ id: paragraphs.id, text: paragraphs.text })
		.from(paragraphs)
		.where(and(eq(paragraphs.id, paragraphId), eq(paragraphs.reportId, reportId)));
	return report && found && { ...found, report };
}
