import { sql } from 'drizzle-orm';
import type { Happened } from '#lib/events/sentence.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Asked } from './filters.ts';
import { startsOf } from './filters.ts';

/** What happened, and what it happened to, as far as the reader may know its name. */
export type Activity = Happened & {
	/** On which measure, if on one. */
	measureId: string | null;
	code: string | null;
	titleRo: string | null;
	titleEn: string | null;
	objectiveId: string | null;
	objectiveRo: string | null;
	objectiveEn: string | null;
	meetingId: string | null;
	meeting: string | null;
	/** The member whose sign-in it is. */
	memberName: string | null;
	example: boolean;
};

export const atMost = 100;

/**
 * Everything that happened and whose words the reader may read, newest first.
 * @param asked organisation, objective, area, days; `before` is the last row of the page before
 */
export function listActivity(tx: Tx, asked: Asked) {
	const starts = startsOf(asked.area);
	const conditions = [
		sql`true`,
		...(asked.organisationId ? [sql`by.organisation_id = ${asked.organisationId}`] : []),
		...(asked.objectiveId ? [sql`${asked.objectiveId} in (o.id, o.parent_id, own.id, own.parent_id)`] : []),
		...(starts ? [sql`split_part(w.type, '.', 1) = any(string_to_array(${starts.join(' ')}, ' '))`] : []),
		...(asked.from ? [sql`e.at >= (${asked.from}::date)::timestamp at time zone 'Europe/Bucharest'`] : []),
		...(asked.to ? [sql`e.at < (${asked.to}::date + 1)::timestamp at time zone 'Europe/Bucharest'`] : []),
		...(asked.before
			? [
					sql`(e.at, e.circle_id, e.n) < (${asked.before.at}::timestamptz, ${asked.before.circle}::uuid, ${asked.before.n}::bigint)`
				]
			: [])
	];
	return rows<Activity>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
				by.name as author, by.organisation_id as "organisationId", coalesce(u.kind, '') as kind,
				w.data - 'row' as data, null as withdrawn,
				m.id as "measureId", m.code, m.title_ro as "titleRo", m.title_en as "titleEn",
				own.id as "objectiveId", own.title_ro as "objectiveRo", own.title_en as "objectiveEn",
				meeting.id as "meetingId", meeting.title as meeting,
				whom.name as "memberName", coalesce(m.example, meeting.example, false) as example
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			left join members by on by.id = w.author
			left join updates u on u.id = w.subject_id
			left join drafts d on d.id = w.subject_id
			left join measures m on m.id = coalesce(u.measure_id, d.measure_id, w.subject_id)
			left join objectives o on o.id = m.objective_id
			left join objectives own on own.id = w.subject_id
			left join agenda_items item on item.id = w.subject_id
			left join notes noted on noted.id = w.subject_id
			left join proposals put on put.id = w.subject_id
			left join decisions decided on decided.id = w.subject_id
			left join meetings meeting
				on meeting.id = coalesce(item.meeting_id, noted.meeting_id, put.meeting_id, decided.meeting_id, w.subject_id)
			left join members whom on whom.id = w.subject_id
			where ${sql.join(conditions, sql` and `)}
			order by e.at desc, e.circle_id desc, e.n desc limit ${atMost + 1}`
	);
}
