/**
 * A2. Nothing stands open by being forgotten: every route, form action, message and table is found by walking the
 * product itself, and each has what keeps it.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capabilities } from '#lib/access/capabilities.ts';
import { commands } from '#lib/commands.server.ts';
import { messages } from '#lib/realtime/messages.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { openDoors, People, type Doors } from '../support/people.ts';
import { randomFrom } from '../support/results.ts';
import { actionsOf, guestRoutes, ownWay, pathOf, routes } from '../support/routes.ts';
import { seed, tried } from '../support/safety.ts';

const world = new People(randomFrom(seed));
let doors: Doors;
beforeAll(async () => void (doors = await openDoors(world)));
afterAll(() => doors.close());

const nowhere = '00000000-0000-4000-8000-000000000000';

test('every route asks who is there, or is for guests and says so here', async () => {
	const found = routes();
	expect(found.length).toBeGreaterThan(15);
	for (const { id } of found) {
		const answer = await fetch(doors.url + pathOf(id, nowhere), { redirect: 'manual' });
		const closed =
			(answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in')) ||
			answer.status === 401;
		const forGuests = guestRoutes.includes(id);
		expect(
			[id, closed || forGuests],
			`${id} answers a guest with ${answer.status}: let its load call signedIn(), or name it in guestRoutes of tests/support/routes.ts`
		).toEqual([id, true]);
		expect([id, answer.headers.get('cache-control')]).toEqual([id, expect.stringMatching(/no-store/)]);
		if (forGuests) expect((await answer.text()).includes(world.measures[0]?.title as string)).toBe(false);
	}
	tried('A2', 'routes', { cases: found.length, due: 15, unclassified: 0 });
});

test('every form action runs a command, or is named here with its reason; and none runs for a guest', async () => {
	const found = actionsOf();
	expect(found.length).toBeGreaterThan(25);
	for (const { route, action, command } of found) {
		const name = `${route}?/${action}`;
		expect(
			command !== undefined || Object.hasOwn(ownWay, name),
			`${name} runs no command: use action() or submit() of forms.server.ts, or give it a reason in ownWay of tests/support/routes.ts`
		).toBe(true);
		const path = pathOf(route, nowhere) + (action === 'default' ? '' : `?/${action}`);
		const answer = await fetch(doors.url + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: doors.url, accept: 'application/json', 'x-sveltekit-action': 'true' },
			body: new URLSearchParams({ operation: crypto.randomUUID() })
		});
		const said = await answer.text();
		if (!guestRoutes.includes(route) && !Object.hasOwn(ownWay, name))
			expect([name, said.includes('signed-out') || said.includes('/sign-in')]).toEqual([name, true]);
		expect([name, answer.status < 500]).toEqual([name, true]);
	}
	tried('A2', 'form actions', { cases: found.length, due: 25, unclassified: 0 });
});

test('every command that a form runs is in the list; every command has a schema, a policy and a row', () => {
	const list = readFileSync('src/lib/commands.server.ts', 'utf8');
	const isListed = (variable: string) =>
		new RegExp(`\\b${variable}\\b`).test(list.slice(list.indexOf('const all')));
	for (const path of readdirSync('src/lib', { recursive: true, encoding: 'utf8' }))
		if (path.endsWith('.server.ts'))
			for (const [, variable] of readFileSync(`src/lib/${path}`, 'utf8').matchAll(
				/export const (\w+) = command\(/g
			))
				expect([variable, isListed(variable as string)]).toEqual([variable, true]);
	for (const { command } of actionsOf())
		if (command) expect([command, isListed(command)]).toEqual([command, true]);
	for (const [name, command] of commands) {
		expect([name, Object.hasOwn(capabilities, command.act)]).toEqual([name, true]);
		expect([name, command.input.safeParse(undefined).success]).toEqual([name, false]);
		// A policy that looks at nothing lets everybody.
		expect([
			name,
			/\bmay(Of|OfOthers)?\)?\(|\bcan[A-Z]\w*\)?\(|\ballowed\(actor/.test(command.allow.toString())
		]).toEqual([name, true]);
	}
	tried('A2', 'commands', { cases: commands.size, due: 25, unclassified: 0 });
});

test('every socket message has a schema that refuses what it does not know', () => {
	for (const [name, { schema }] of Object.entries(messages))
		for (const nothing of [undefined, null, [], 'x', 0])
			expect([name, schema.safeParse(nothing).success]).toEqual([name, false]);
	tried('A2', 'messages', { cases: Object.keys(messages).length, due: 3, unclassified: 0 });
});

describe('tables', () => {
	let database: TestDatabase;
	beforeAll(async () => void (database = await openTestDatabase('pglite')));
	afterAll(() => database.close());

	test('every table that the application may read has row-level security; shared rows by their circle', async () => {
		const found = await database.asOwner((tx) =>
			rows<{ name: string; view: boolean; on: boolean; shared: boolean; qual: string | null }>(
				tx,
				sql`select c.relname as name, c.relrowsecurity as on,
						c.relkind = 'v' and 'security_invoker=true' = any(coalesce(c.reloptions, '{}')) as view,
						exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'circle_id' and not a.attisdropped) as shared,
						(select string_agg(p.qual, ' | ') from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname
							and p.roles::text = '{hora_app}') as qual
					from pg_class c join pg_namespace n on n.oid = c.relnamespace
					where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm')`
			)
		);
		for (const { name, view, on, shared, qual } of found) {
			if (view) continue; // read as its reader: what holds is what the tables under it say
			expect([name, on, qual !== null]).toEqual([name, true, true]);
			if (shared)
				expect([name, qual]).toEqual([name, expect.stringMatching(/circle_id = ANY .*my_circles\(\)/s)]);
			else expect([name, qual]).toEqual([name, expect.not.stringMatching(/^\(?true\)?$/)]);
		}
		tried('A2', 'tables', { cases: found.length, due: 20, unclassified: 0 });
	});
});
