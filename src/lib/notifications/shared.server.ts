/**
 * What may leave Hora: of all that a member may read only what lives in All partners or is public. The database says
 * so by the rule that papers for a named circle are made by; of the rest it is only counted that it is there.
 */

import type { Circle } from '#lib/access/directory.ts';
import { listCircles } from '#lib/access/queries.server.ts';
import type { Database, Tx } from '#lib/server/database.server.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

export type Leaving<T> = {
	/** All that the member may read: to be counted, never to be said. */
	all: T;
	/** What may be said. */
	shared: T;
	/** The circles that may be named. */
	circles: Circle[];
};

/**
 * Reads the same twice.
 * @param read gets besides a test of where a row lives: a circle that every organisation happens to be in is still
 * narrower than All partners
 */
export async function readForLeaving<T>(
	database: Database,
	member: string,
	read: (tx: Tx, mayLeave: (circleId: string) => boolean) => Promise<T>
): Promise<Leaving<T>> {
	const { circles, all } = await database.as('hora_app', { member }, async (tx) => ({
		circles: await listCircles(tx),
		all: await read(tx, () => true)
	}));
	const wide = circles.filter(({ kind }) => kind === 'all' || kind === 'public');
	const forCircle = circles.find(({ kind }) => kind === 'all')?.id ?? nowhere;
	const shared = await database.as('hora_app', { member, forCircle }, (tx) =>
		read(tx, (circleId) => wide.some(({ id }) => id === circleId))
	);
	return { all, shared, circles: wide };
}
