import { sql } from 'drizzle-orm';
import type { Tx } from '#lib/server/database.server.ts';

/**
 * Inside an act: reads what everybody in a named circle may read, then goes on as its actor. Where the reading fails
 * the transaction ends, and the circle with it.
 */
export async function readingFor<T>(tx: Tx, circleId: string, work: () => Promise<T>): Promise<T> {
	await tx.execute(sql`select set_config('app.for_circle', ${circleId}, true)`);
	const found = await work();
	await tx.execute(sql`select set_config('app.for_circle', '', true)`);
	return found;
}
