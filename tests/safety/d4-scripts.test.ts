/**
 * D4, as the server writes it: no page holds a member's text as anything but text. The journey "safety" opens the same
 * in a browser.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows } from '#lib/server/database.server.ts';
import { parseProse } from '#lib/updates/prose.server.ts';
import { toSheet } from '../../src/routes/(app)/measures/columns.ts';
import { payloads } from '../support/payloads.ts';
import { type Doors, openDoors, People } from '../support/people.ts';
import { plantIn } from '../support/planting.ts';
import { randomFrom } from '../support/results.ts';
import { guestRoutes, pathOf, routes } from '../support/routes.ts';
import { full, seed, tried } from '../support/safety.ts';

const world = new People(randomFrom(seed));
let doors: Doors;
let planted: string[];
beforeAll(async () => {
	doors = await openDoors(world);
	planted = await doors.database.asOwner(async (tx) => {
		const fields = await plantIn(tx, payloads);
		for (const [n, { id }] of world.posts.entries()) {
			const text = payloads[n % payloads.length] as string;
			await rows(
				tx,
				sql`update updates set text = ${text}, prose = ${JSON.stringify(parseProse(text))}::text::jsonb where id = ${id}`
			);
		}
		return fields;
	});
});
afterAll(() => doors?.close());

/** What would be markup of a payload: none of ours calls hora(). Scripts of a page carry a nonce and hold data only. */
const markup =
	/<[a-z][^<>]*\bhora\(\d+\)|<script>[^<]*hora\(|<[a-z][^<>]*\s(href|src|action|data|srcdoc)=["']?\s*(javascript|data:text|vbscript):/i;

test(
	`${payloads.length} payloads in every text field: no page of another organisation holds markup of theirs`,
	{ timeout: 200_000 },
	async () => {
		expect(payloads).toHaveLength(50);
		expect(planted.length).toBeGreaterThan(20);
		const members = world.people
			.filter(({ role, ended }) => role === 'coordinator' && !ended)
			.slice(0, full ? 6 : 2);
		let [cases, met] = [0, 0];
		for (const member of members) {
			const seen = world.measures.filter(({ circle }) => world.sees(member, circle)).slice(0, full ? 30 : 5);
			const paths = [
				...seen.map(({ id }) => `/measures/${id}`),
				...routes()
					.filter(({ id, page }) => page && !guestRoutes.includes(id))
					.map(({ id }) =>
						pathOf(
							id,
							/organi[sz]ation/.test(id)
								? member.organisation
								: /objective/.test(id)
									? world.objective
									: /print|circle/.test(id)
										? world.all
										: (seen[0]?.id as string)
						)
					),
				`/search?q=${encodeURIComponent('hora')}`
			];
			for (const path of paths) {
				const text = await (await doors.as(member).get(path)).text();
				// Data for the browser stands in scripts that carry the page's nonce, every < of it written as \u003C.
				const written = text
					.replace(/<script nonce="[^"]+"[^>]*>([^<]*)<\/script>/g, '')
					// Within its quotes a value is a value, unless a browser would run it.
					.replace(/\s[\w:-]+="(?!\s*(?:javascript|vbscript|data:text))[^"]*"/gi, '');
				met += text.split('hora(').length - 1;
				expect([path, markup.exec(written)?.[0]]).toEqual([path, undefined]);
				cases++;
			}
		}
		expect(met, 'the payloads stand on the pages').toBeGreaterThan(200);
		tried('D4', 'scripts as served', {
			cases: payloads.length,
			due: 50,
			fields: planted.length,
			pages: cases,
			met
		});
	}
);

test('in a spreadsheet none of them is a formula', () => {
	const formulas = [...payloads, '=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '=cmd|x'];
	for (const line of toSheet(formulas.map((one) => [one, one])).split('\n'))
		for (const cell of line.split('\t')) expect(cell).not.toMatch(/^[=+\-@]/);
	tried('D4', 'spreadsheet cells', { cases: formulas.length, due: 50 });
});
