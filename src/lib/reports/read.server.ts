import type { Database } from '#lib/server/database.server.ts';
import { timeOf } from '#lib/server/database.server.ts';
import { today } from '#lib/time.ts';
import { readFacts } from '#lib/transfer/facts.server.ts';
import { type Document, documentOf } from './document.ts';
import { readReport } from './queries.server.ts';
import type { Report } from './report.ts';

/**
 * A report with its document, as everybody in its circle may read it now. Undefined for whoever is not in that circle,
 * and for others than its own organisation once it was withdrawn.
 */
export async function openReport(
	database: Database,
	actor: App.Actor,
	id: string,
	site: string
): Promise<{ report: Report; document: Document } | undefined> {
	const report = await database.as('hora_app', { member: actor.memberId }, (tx) => readReport(tx, id));
	if (!report || (report.retired && report.organisationId !== actor.organisationId)) return undefined;
	return database.as('hora_app', { member: actor.memberId, forCircle: report.circleId }, async (tx) => {
		const facts = await readFacts(tx, report);
		return { report, document: documentOf(report, { facts, site, today: today(await timeOf(tx)) }) };
	});
}
