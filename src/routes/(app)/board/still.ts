import type { Measure, Status } from '#lib/strategy/measure.ts';

const byId = (rows: Measure[]) => new Map(rows.map((row) => [row.id, row]));

/**
 * What a board that is held still shows: the rows as they were kept, less what has gone or moved to another circle
 * since, with one's own moves.
 */
export function stillRows(kept: Measure[] | undefined, now: Measure[], moved: Record<string, Status>) {
	const current = byId(now);
	const rows = kept?.filter(({ id, circleId }) => current.get(id)?.circleId === circleId) ?? now;
	return rows.map((row) => {
		const to = moved[row.id];
		return to && to !== row.status ? { ...row, status: to } : row;
	});
}

/** How many of them would look otherwise now; what has come since counts too. */
export function countChanged(kept: Measure[] | undefined, now: Measure[]): number {
	if (!kept) return 0;
	const before = byId(kept);
	return now.filter((row) => before.get(row.id) !== row).length;
}
