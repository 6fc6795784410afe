import { sql } from 'drizzle-orm';
import { beginning } from '#lib/news/queries.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { listMeasures } from '#lib/strategy/queries.server.ts';
import { openAnywhere } from '#lib/updates/latest.server.ts';
import type { Meeting } from './meeting.ts';
import type { PackFacts, Told } from './pack.ts';
import { decisionsBefore, itemsOf } from './queries.server.ts';

/** What the pack of a meeting is made of. The transaction is for the circle that the pack is for. */
export async function readPack(tx: Tx, meeting: Meeting): Promise<PackFacts> {
	const since = await lastMet(tx, meeting);
	return {
		since,
		measures: await listMeasures(tx),
		told: await toldSince(tx, since),
		heard: await lastHeard(tx),
		postponed: await postponements(tx),
		open: await openAnywhere(tx),
		decisions: await decisionsBefore(tx, meeting),
		items: await itemsOf(tx, meeting.id)
	};
}

/** When the last meeting of the same circle was opened, or of the one that it succeeded; else a week before this one. */
async function lastMet(tx: Tx, meeting: Meeting): Promise<string> {
	const [found] = await rows<{ at: string }>(
		tx,
		sql`select instant(coalesce(
				(select max(m.opened_at) from meetings m
					where standing(m.circle_id) = standing(${meeting.circleId}) and m.id <> ${meeting.id}
						and m.state = 'closed' and m.day <= ${meeting.day}),
				(${meeting.day}::date - 7)::timestamp at time zone 'Europe/Bucharest')) as at`
	);
	return found!.at;
}

/** Moves of status and dates, and concerns that stand, the oldest first. */
const toldSince = (tx: Tx, since: string) =>
	rows<Told>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
				by.name as author, by.organisation_id as "organisationId", coalesce(u.kind, '') as kind,
				w.data - 'row' as data, null as withdrawn, coalesce(u.measure_id, e.subject_id) as "measureId",
				case when u.id is not null then ${beginning} end as quote, u.language
			from events e join words w on w.event_circle_id = e.circle_id and w.n = e.n
			left join members by on by.id = w.author
			left join updates u on u.id = e.subject_id
			where e.at > ${since}::timestamptz and (
				w.type in ('measure.status', 'measure.status.undone', 'measure.date')
				or (w.type = 'update.posted' and u.kind = 'concern' and u.withdrawn_at is null and u.flagged_at is null))
			order by e.at, e.n`
	);

/** What was said of each measure or done to it by somebody; an import is nobody's word. */
async function lastHeard(tx: Tx): Promise<Record<string, string>> {
	const found = await rows<{ id: string; at: string }>(
		tx,
		sql`select coalesce(u.measure_id, e.subject_id) as id, instant(max(e.at)) as at
			from events e join words w on w.event_circle_id = e.circle_id and w.n = e.n and w.author is not null
			left join updates u on u.id = e.subject_id
			where w.type like 'measure.%' or u.id is not null group by 1`
	);
	return Object.fromEntries(found.map(({ id, at }) => [id, at]));
}

/** How often the date of each measure was put later, as far as the reader may know. */
export async function postponements(tx: Tx, measureId?: string): Promise<Record<string, number>> {
	const found = await rows<{ id: string; times: number }>(
		tx,
		sql`select w.subject_id as id, count(*)::int as times from words w
			where w.type = 'measure.date' and w.data->'new'->>'nextDate' > w.data->'old'->>'nextDate'
				and ${measureId ? sql`w.subject_id = ${measureId}` : sql`true`}
			group by 1`
	);
	return Object.fromEntries(found.map(({ id, times }) => [id, times]));
}
