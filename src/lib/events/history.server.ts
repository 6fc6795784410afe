import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Happened } from './sentence.ts';

/**
 * What happened to a measure and what was posted on it, newest first, as far as the reader may read the words of it.
 * Whole rows stay out: the page holds them already.
 * @param origins measures of earlier plans that it goes on from
 */
export function historyOf(
	tx: Tx,
	measureId: string,
	{ origins = [], limit = 200 }: { origins?: string[]; limit?: number } = {}
) {
	const among = sql`(${sql.join(
		[measureId, ...origins].map((id) => sql`${id}::uuid`),
		sql`, `
	)})`;
	return rows<Happened>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
				m.name as author, m.organisation_id as "organisationId",
				coalesce(w.data->'row'->>'kind', '') as kind, w.data - 'row' as data,
				-- Of a withdrawn post only its own organisation may still read this.
				case when u.withdrawn_at is not null then coalesce(w.data->'row'->>'text', w.data->'new'->>'text') end as withdrawn
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			left join members m on m.id = w.author left join updates u on u.id = w.subject_id
			where (w.subject_id in ${among} or w.subject_id in (select id from updates where measure_id in ${among}))
				-- That an answer was given is said of what it answers.
				and not (w.type = 'update.replied' and exists (select from requests r where r.answer_id = w.subject_id))
			-- Within a circle by number, whatever the clock said; the circles with one another by the clock.
			order by max(e.at) over (partition by e.circle_id order by e.n) desc, e.n desc limit ${limit}`
	);
}

/** What happened to a subject that no page shows rows of, such as an organisation in its own circle; newest first. */
export const historyOfSubject = (tx: Tx, subject: string, limit = 50) =>
	rows<Happened>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
				m.name as author, m.organisation_id as "organisationId", '' as kind, w.data, null as withdrawn
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			left join members m on m.id = w.author
			where w.subject_id = ${subject} order by e.n desc limit ${limit}`
	);
