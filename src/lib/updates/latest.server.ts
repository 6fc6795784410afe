/** What was posted lately and what still waits for an answer, for pages that gather it from many measures. */

import { type SQL, sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Prose, Update, UpdateKind } from './update.ts';

/** What a page says of the measure that a post is on. */
export type MeasureTitle = { code: string; titleRo: string; titleEn: string };

/** How many posts such a page shows. */
export const few = 8;

const underObjective = (id: string) => sql`${id} in (o.id, o.parent_id)`;
const titleOf = sql`jsonb_build_object('code', m.code, 'titleRo', m.title_ro, 'titleEn', m.title_en)`;
const onMeasure = sql`update_rows u join measures m on m.id = u.measure_id join objectives o on o.id = m.objective_id`;

export const latestUnder = (tx: Tx, objectiveId: string) => latest(tx, underObjective(objectiveId));
export const latestBy = (tx: Tx, organisationId: string) =>
	latest(tx, sql`u.organisation_id = ${organisationId}`);

/** The last posts that the reader may read, and by id the titles of their measures. */
async function latest(tx: Tx, which: SQL) {
	const found = await rows<{ row: Update; title: MeasureTitle }>(
		tx,
		sql`select u.row, ${titleOf} as title from ${onMeasure}
			where u.reply_to is null and u.withdrawn_at is null and m.retired_at is null and ${which}
			order by u.posted_at desc, u.id limit ${few}`
	);
	return {
		updates: found.map(({ row }) => row),
		titles: Object.fromEntries(found.map(({ row, title }) => [row.measureId, title]))
	};
}

/** A question, a concern or an offer that one organisation has not answered yet. */
export type OpenAnswer = {
	updateId: string;
	measureId: string;
	title: MeasureTitle;
	kind: UpdateKind;
	language: 'ro' | 'en';
	prose: Prose;
	/** Who asks, and who should answer by when. */
	askedBy: string;
	askedOf: string;
	due: string | null;
	postedAt: string;
};

export const openUnder = (tx: Tx, objectiveId: string) => open(tx, underObjective(objectiveId));
export const openOf = (tx: Tx, organisationId: string) =>
	open(tx, sql`r.organisation_id = ${organisationId}`);

/** Whoever it waits for, and whatever it is about. */
export const openAnywhere = (tx: Tx) => open(tx, sql`true`, 500);

/** The most urgent first. */
const open = (tx: Tx, which: SQL, limit = 50) =>
	rows<OpenAnswer>(
		tx,
		sql`select u.id as "updateId", u.measure_id as "measureId", ${titleOf} as title, u.kind, u.language, u.prose,
				u.organisation_id as "askedBy", r.organisation_id as "askedOf", r.due::text as due,
				instant(u.posted_at) as "postedAt"
			from ${onMeasure} join requests r on r.update_id = u.id
			where r.state = 'open' and u.withdrawn_at is null and m.retired_at is null and ${which}
			order by r.due nulls last, u.posted_at, u.id limit ${limit}`
	);
