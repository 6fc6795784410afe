import { sql } from 'drizzle-orm';
import { readingFor } from '#lib/access/for-circle.server.ts';
import { Refusal } from '#lib/errors.ts';
import { rows, timeOf, type Tx } from '#lib/server/database.server.ts';
import { today } from '#lib/time.ts';
import type { Scope } from '#lib/transfer/facts.ts';
import { readFacts } from '#lib/transfer/facts.server.ts';
import { sourcesOf } from './document.ts';
import type { Sources } from './report.ts';

/**
 * Objectives or measures that everybody in the circle may read.
 * @throws Refusal `not-found` where one of them is none
 */
export async function findPlaces(tx: Tx, circleId: string, ids: string[]) {
	const wanted = [...new Set(ids)];
	const found = await readingFor(tx, circleId, () =>
		rows(
			tx,
			sql`select id from objectives where id = any(string_to_array(${wanted.join(' ')}, ' ')::uuid[])
				union select id from measures where id = any(string_to_array(${wanted.join(' ')}, ' ')::uuid[])`
		)
	);
	if (found.length < wanted.length) throw new Refusal('not-found');
}

/** What a report of this scope stands on now, as everybody in its circle may read it. */
export async function sourcesNow(
	tx: Tx,
	scope: Scope,
	language: 'ro' | 'en',
	kept: Sources = {}
): Promise<Sources> {
	const facts = await readingFor(tx, scope.circleId, () => readFacts(tx, scope));
	return sourcesOf({ facts, site: '', today: today(await timeOf(tx)) }, scope, language, kept);
}
