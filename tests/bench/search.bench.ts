/** How long a search takes among many posts, through the whole module, beside a plain query for posts. */

import { sql } from 'drizzle-orm';
import { test } from 'vitest';
import { search } from '#lib/search/search.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { engines, openTestDatabase } from '../support/database.ts';
import { fill } from '../support/many.ts';
import { keep, oneOf, percentile, randomFrom, seed, size } from '../support/results.ts';

const asked = { language: 'ro', today: '2026-11-24', atMost: 50 } as const;

test.each(engines)('search among many posts, on %s', { timeout: 600_000 }, async (engine) => {
	const random = randomFrom(seed);
	const updates = size('SEARCH_POSTS', 20_000);
	const database = await openTestDatabase(engine);
	const sizes = { organisations: 24, circles: 12, members: 200, measures: 1000, updates };
	const { members } = await fill(database, random, sizes);
	// A server gathers statistics by itself; nobody does so in the embedded database.
	if (engine === 'postgres') await database.asOwner((tx) => tx.execute(sql`analyze`));

	/** Members who see something; the first rounds warm the caches. */
	const readers = members.filter(({ active }) => active);
	const timed = async (words: () => string, times: number) => {
		const took: number[] = [];
		let found = 0;
		for (let i = 0; i < times; i++) {
			const [member, typed] = [oneOf(random, readers).id, words()];
			const began = performance.now();
			const groups = await database.as('hora_app', { member }, (tx) => search(tx, typed, asked));
			took.push(performance.now() - began);
			found += groups.reduce((sum, { total }) => sum + total, 0);
		}
		return { median: percentile(took, 0.5), p95: percentile(took, 0.95), found: Math.round(found / times) };
	};
	/** The same posts without the function: behind row-level security every post that is seen is looked through. */
	const plainly = async (words: () => string, times: number) => {
		const took: number[] = [];
		for (let i = 0; i < times; i++) {
			const [member, typed] = [oneOf(random, readers).id, words()];
			const began = performance.now();
			await database.as('hora_app', { member }, (tx) =>
				rows(
					tx,
					sql`select id, count(*) over () from updates
						where found_by @@ plainto_tsquery('simple', ${typed}) order by posted_at desc limit 50`
				)
			);
			took.push(performance.now() - began);
		}
		return { median: percentile(took, 0.5), p95: percentile(took, 0.95) };
	};
	const mark = () => `semn${Math.floor(random() * 24)}x`;
	await timed(mark, 10);
	keep('search', `${updates} posts, ${engine}`, {
		'three words': await timed(() => `${mark()} ședința ${mark()}`, 100),
		'one mark': await timed(mark, 100),
		'a common word': await timed(() => 'sedinta', 50),
		'two letters': await timed(() => 'se', 20),
		'a code': await timed(() => `M${Math.floor(random() * 1000)}`, 100),
		nothing: await timed(() => 'nicaieri', 100),
		'one mark, posts alone by a plain query': await plainly(mark, 50)
	});
	await database.close();
});
