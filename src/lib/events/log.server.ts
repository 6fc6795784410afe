/** Reading the event log: for a reader through row-level security, for delivery past its own heads. */

import { sql } from 'drizzle-orm';
import type { CatchUp, Heads, LiveEvent } from '#lib/realtime/wire.ts';
import { type Database, json, type Reader, rows, type Tx } from '#lib/server/database.server.ts';

/** Of many that happened in one act only the last is handed on: it tells pages to read again. */
const alone = sql`(e.together is null or e.together = e.n)`;

/** How many events one answer carries. */
export const page = 500;
/** Further behind than this, a fresh snapshot is less than the events. */
const tooFar = 2000;

/** The shell, with its words where they are of the same circle: otherwise it says only "gone". */
const asEvent = sql`jsonb_strip_nulls(jsonb_build_object(
	'circle', e.circle_id, 'n', e.n, 'subject', e.subject_id, 'version', e.version, 'at', instant(e.at),
	'type', w.type, 'author', w.author, 'together', case when e.together = e.n then true end))
	|| case when w.data is null then '{}' else jsonb_build_object('data', w.data) end`;

const withWords = sql`left join words w
	on w.event_circle_id = e.circle_id and w.n = e.n and w.circle_id = e.circle_id`;

/** The last number of each circle the reader is in. Read it before the rows, in the same transaction. */
export async function readHeads(tx: Tx): Promise<{ epoch: string; heads: Heads }> {
	const [found] = await rows<{ epoch: string; heads: Heads }>(
		tx,
		sql`select (select epoch from workspace) as epoch,
			(select coalesce(jsonb_object_agg(circle_id, n), '{}') from heads) as heads`
	);
	return found ?? { epoch: '', heads: {} };
}

/**
 * A first visit, a reconnection and a noticed gap are one request: what happened past these heads, as the reader
 * may read it now.
 */
export async function catchUp(
	database: Database,
	reader: Reader,
	since: Heads,
	sinceEpoch: string
): Promise<CatchUp> {
	return database.as('hora_app', reader, async (tx) => {
		const { epoch, heads } = await readHeads(tx);
		const known = Object.keys(since);
		const gone = known.filter((circle) => !(circle in heads));
		const stayed = known.filter((circle) => circle in heads);
		const behind = stayed.reduce(
			(sum, circle) => sum + Math.max(0, (heads[circle] ?? 0) - (since[circle] ?? 0)),
			0
		);

		const snapshot =
			epoch !== sinceEpoch ||
			behind > tooFar ||
			stayed.length < Object.keys(heads).length ||
			stayed.some((circle) => (since[circle] ?? 0) > (heads[circle] ?? 0)) ||
			(behind > 0 && (await manyAtOnce(tx, since)));
		if (snapshot || behind === 0) return { epoch, heads, events: [], gone, snapshot, more: false };

		const events = (
			await rows<{ event: LiveEvent }>(
				tx,
				sql`select ${asEvent} as event
					from jsonb_each_text(${json(since)}) s join events e on e.circle_id = s.key::uuid and e.n > s.value::bigint
					${withWords} order by e.circle_id, e.n limit ${page}`
			)
		).map(({ event }) => event);
		return {
			epoch,
			heads: reached(since, heads, events),
			events,
			gone,
			snapshot,
			more: events.length === page
		};
	});
}

/** Was much done in one act past these heads? Then a fresh snapshot is less, too. */
async function manyAtOnce(tx: Tx, since: Heads): Promise<boolean> {
	const [answer] = await rows<{ yes: boolean }>(
		tx,
		sql`select exists (select from jsonb_each_text(${json(since)}) s
			join events e on e.circle_id = s.key::uuid and e.n > s.value::bigint where e.together is not null) as yes`
	);
	return answer?.yes ?? false;
}

/** Where the reader stands after these events. */
function reached(since: Heads, heads: Heads, events: LiveEvent[]): Heads {
	const now: Heads = {};
	for (const circle in heads) now[circle] = since[circle] ?? heads[circle] ?? 0;
	for (const { circle, n } of events) now[circle] = n;
	return now;
}

/** The heads of every circle, for a process that begins to deliver. */
export const allHeads = (database: Database) =>
	database.as('hora_delivery', {}, async (tx) => {
		const found = await rows<{ circle: string; n: number }>(
			tx,
			sql`select circle_id as circle, n::int from heads`
		);
		return new Map(found.map(({ circle, n }) => [circle, n]));
	});

/** Everything past these heads, in order per circle, and nothing that is not committed. */
export const eventsPast = (database: Database, delivered: ReadonlyMap<string, number>) =>
	database.as('hora_delivery', {}, async (tx) => {
		const found = await rows<{ event: LiveEvent }>(
			tx,
			sql`select ${asEvent} as event
				from heads h left join jsonb_each_text(${json(Object.fromEntries(delivered))}) d on d.key::uuid = h.circle_id
				join events e on e.circle_id = h.circle_id and e.n > coalesce(d.value::bigint, 0)
				${withWords}
				where h.n > coalesce(d.value::bigint, 0) and ${alone}
				order by e.circle_id, e.n limit ${page}`
		);
		return found.map(({ event }) => event);
	});

export type Seat = { session: string; member: string; organisation: string; circles: string[] };

/** Which of these sessions still hold, and the circles of their members now. */
export const seatsOf = (database: Database, sessions: string[]) =>
	database.as('hora_delivery', {}, (tx) =>
		rows<Seat>(
			tx,
			sql`select * from seats((select array_agg(s) from jsonb_array_elements_text(${json(sessions)}) s))`
		)
	);
