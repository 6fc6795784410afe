/** What changed, and what of it the reader has not seen: reckoned by numbers, so that no clock can hide anything. */

import { sql } from 'drizzle-orm';
import type { Happened } from '#lib/events/sentence.ts';
import type { Heads } from '#lib/realtime/wire.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';

/** What somebody did to a measure or to a post on it. What nobody did (a first import) is no news. */
const happened = (past = sql``) => sql`from heads h
	left join seen_all a on a.member_id = setting('member')
	join events e on e.circle_id = h.circle_id ${past}
	join words w on w.event_circle_id = e.circle_id and w.n = e.n and w.circle_id = e.circle_id
		and w.author is not null
	left join updates u on u.id = e.subject_id
	join measures m on m.id = coalesce(u.measure_id, e.subject_id) and m.retired_at is null
	left join seen s on s.member_id = setting('member') and s.measure_id = m.id`;

/** Past what the reader has marked as seen altogether: the index begins there. */
const pastAll = sql`and e.n > coalesce((a.heads->>h.circle_id::text)::bigint, 0)`;

const unseen = sql`(w.author <> setting('member') ${pastAll}
	and e.n > coalesce((s.heads->>h.circle_id::text)::bigint, 0))`;

/** For each measure: how many changes the reader has not seen, and when it last changed. */
export async function newsOf(
	tx: Tx
): Promise<{ unseen: Record<string, number>; changedAt: Record<string, string> }> {
	const found = await rows<{ id: string; unseen: number; at: string }>(
		tx,
		sql`select m.id, count(*) filter (where ${unseen})::int as unseen, instant(max(e.at)) as at ${happened()} group by m.id`
	);
	return {
		unseen: Object.fromEntries(
			found.filter(({ unseen }) => unseen > 0).map(({ id, unseen }) => [id, unseen])
		),
		changedAt: Object.fromEntries(found.map(({ id, at }) => [id, at]))
	};
}

/** What happened, and on which measure. */
export type News = Happened & {
	measureId: string;
	code: string;
	titleRo: string;
	titleEn: string;
	example: boolean;
	/** The beginning of what was written, as it stands now. */
	quote: string | null;
	language: 'ro' | 'en' | null;
	/** The same in a sentence in the other language; stale once the text has changed after it. */
	gist: string | null;
	gistStale: boolean | null;
	unseen: boolean;
};

const newsColumns = sql`e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
	by.name as author, by.organisation_id as "organisationId", coalesce(u.kind, '') as kind,
	w.data - 'row' as data, null as withdrawn, m.id as "measureId", m.code, m.title_ro as "titleRo",
	m.title_en as "titleEn", m.example`;

/** Words that people wrote, and still stand by. */
const written = sql`(w.type in ('update.posted', 'update.replied', 'update.edited') and u.withdrawn_at is null)`;

/** Of what a post says, without its marks. */
export const beginning = sql`left(regexp_replace(u.text, '\\*\\*|\\[|\\]\\([^)]*\\)', '', 'g'), 180)`;

/** The newest first: of the last days, and whatever the reader has not seen. */
export const listNews = (tx: Tx, { days, limit }: { days: number; limit: number }) =>
	rows<News>(
		tx,
		sql`select ${newsColumns},
				case when ${written} then ${beginning} end as quote,
				u.language, case when ${written} then u.gist end as gist, u.gist_stale as "gistStale",
				${unseen} as unseen
			${happened()} left join members by on by.id = w.author
			where e.at > clock_timestamp() - make_interval(days => ${days}) or ${unseen}
			order by e.at desc, e.n desc limit ${limit}`
	);

/**
 * What others did past these heads, the newest first; in a circle that is not among them, in the last seven days.
 * Without what they wrote.
 */
export const newsPast = (tx: Tx, heads: Heads, limit: number) =>
	rows<Omit<News, 'quote' | 'language' | 'gist' | 'gistStale' | 'unseen'>>(
		tx,
		sql`select ${newsColumns} ${happened(sql`and case when ${json(heads)} ? h.circle_id::text
				then e.n > (${json(heads)}->>h.circle_id::text)::bigint else e.at > clock_timestamp() - interval '7 days' end`)}
			join members by on by.id = w.author
			where w.author <> setting('member') order by e.at desc, e.n desc limit ${limit}`
	);

export type Looked = {
	/** How many changes the reader has not seen. */
	changes: number;
	/** When the reader last looked at anything; null: never. */
	at: string | null;
};

/** What the overview's first sentence says. */
export async function lookedAt(tx: Tx): Promise<Looked> {
	const [found] = await rows<Looked>(
		tx,
		sql`select (select count(*)::int ${happened(pastAll)} where ${unseen}) as changes,
			instant(greatest((select max(at) from seen), (select max(at) from seen_all))) as at`
	);
	return found ?? { changes: 0, at: null };
}

/** On one measure: what the reader has not seen, by what it happened to (the measure or a post). */
export async function unseenOn(tx: Tx, measureId: string): Promise<string[]> {
	const found = await rows<{ id: string }>(
		tx,
		sql`select distinct e.subject_id as id ${happened(pastAll)} where m.id = ${measureId} and ${unseen}`
	);
	return found.map(({ id }) => id);
}

/** How many measures hold something unseen: the number in the rail. */
export async function countNews(tx: Tx): Promise<number> {
	const [found] = await rows<{ n: number }>(
		tx,
		sql`select count(distinct m.id)::int as n ${happened(pastAll)} where ${unseen}`
	);
	return found?.n ?? 0;
}
