/**
 * The browser's copy of what a page shows: a snapshot, and the events past it. Pure: the same fold runs in the page
 * and in the tests that hold it against a fresh snapshot.
 */

import type { Heads, LiveEvent, Row } from './wire.ts';

export type Snapshot = { epoch: string; heads: Heads; rows: Row[] };

/** Rows that belong on the page; a row that no longer does is not shown, and may come back. */
export type Belongs = (row: Row) => boolean;

/** What the page shows now: the snapshot's rows with every later event applied, circles that are gone left out. */
export function currentRows(
	snapshot: Snapshot,
	events: readonly LiveEvent[],
	belongs: Belongs,
	gone: readonly string[] = []
): Row[] {
	const rows = new Map(snapshot.rows.map((row) => [row.id, row]));
	/** The version of what was dropped: nothing older comes back from the dead. */
	const dropped = new Map<string, number>();

	for (const event of events) {
		if (event.n <= (snapshot.heads[event.circle] ?? 0)) continue;
		apply(rows, dropped, event);
	}
	return [...rows.values()].filter((row) => belongs(row) && !gone.includes(row.circleId));
}

function apply(rows: Map<string, Row>, dropped: Map<string, number>, event: LiveEvent) {
	const { subject, circle, version, data } = event;
	const copy = rows.get(subject);

	if (event.type === undefined) {
		// "Gone" names circle and version: a copy that has already arrived elsewhere stays.
		if (copy?.circleId === circle && copy.version <= version) rows.delete(subject);
		dropped.set(subject, Math.max(version, dropped.get(subject) ?? 0));
	} else if (data?.row) {
		const row = { ...data.row, circleId: circle, version };
		const newest = Math.max(copy?.version ?? 0, dropped.get(subject) ?? 0);
		if (version >= newest) rows.set(subject, row);
	} else if (data?.new && copy?.circleId === circle && copy.version === version) {
		rows.set(subject, { ...copy, ...data.new } as Row);
	}
}
