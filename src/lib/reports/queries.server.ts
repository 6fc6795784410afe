import { sql } from 'drizzle-orm';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { parseProse } from '#lib/updates/prose.server.ts';
import type { Paragraph, Report } from './report.ts';

const columns = sql`r.id, r.circle_id as "circleId", r.organisation_id as "organisationId",
	coalesce((select m.name from members m where m.id = r.member_id), '') as "memberName", r.title, r.language,
	r.from_day::text as "from", r.to_day::text as "to", to_json(r.objectives) as objectives, r.sources,
	instant(r.made_at) as "madeAt", r.retired_at is not null as retired`;

export async function readReport(tx: Tx, id: string): Promise<Report | undefined> {
	const [found] = await rows<Omit<Report, 'paragraphs'>>(
		tx,
		sql`select ${columns} from reports r where r.id = ${id}`
	);
	if (!found) return undefined;
	const paragraphs = await rows<Omit<Paragraph, 'prose'>>(
		tx,
		sql`select id, place_id as "placeId", text from report_paragraphs where report_id = ${id} order by position, id`
	);
	return { ...found, paragraphs: paragraphs.map((one) => ({ ...one, prose: parseProse(one.text) })) };
}

/** A report as the actor sees it, locked for a change. */
export async function findReport(tx: Tx, id: string): Promise<Report | undefined> {
	return (await lockSubject(tx, id)) && readReport(tx, id);
}

export type ReportInList = Omit<Report, 'paragraphs' | 'sources'>;

/** Every report that the reader may read, the newest first; what was withdrawn only by its own organisation. */
export const listReports = (tx: Tx, organisationId: string) =>
	rows<ReportInList>(
		tx,
		sql`select ${columns} from reports r where r.retired_at is null or r.organisation_id = ${organisationId}
			order by r.made_at desc, r.id limit 200`
	);
