/**
 * A7. With every policy of the code switched off, the database alone still shows each reader what the oracle says:
 * random queries as the application's role, and commands whose `allow` says yes to everybody.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { commands } from '#lib/commands.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { People, type Person } from '../support/people.ts';
import { oneOf, randomFrom, shuffled } from '../support/results.ts';
import { casesOf, seed, tried } from '../support/safety.ts';
import { overSockets, sampleOf } from '../support/samples.ts';

type Row = Record<string, unknown>;

describe.each(engines)('rows on %s', (engine) => {
	const random = randomFrom(seed);
	const world = new People(random);
	let database: TestDatabase;
	/** Everything there is, as the owner sees it: table → rows. */
	const all = new Map<string, Row[]>();

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		await world.lay(database);
		await database.asOwner(async (tx) => {
			const shared = await rows<{ name: string }>(
				tx,
				sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
					join pg_attribute a on a.attrelid = c.oid and a.attname = 'circle_id' and not a.attisdropped
					where n.nspname = 'public' and c.relkind in ('r', 'p')
						and has_table_privilege('hora_app', c.oid, 'select') order by 1`
			);
			for (const { name } of shared)
				all.set(
					name,
					(await rows<{ row: Row }>(tx, sql`select to_jsonb(t) as row from ${sql.raw(name)} t`)).map(
						({ row }) => row
					)
				);
		});
	});
	afterAll(() => database.close());

	/** Reading follows the circle of a row, and the rules of circles are the oracle's. */
	const seenBy = (person: Person, table: string) =>
		(all.get(table) as Row[]).filter((row) => world.sees(person, row.circle_id as string));

	const due = casesOf('A7');
	test(
		`${due} random queries without any policy but the database's: rows equal the oracle's`,
		{ timeout: 300_000 },
		async () => {
			const tables = [...all.keys()].filter((table) => (all.get(table) as Row[]).length > 0);
			expect(tables.length).toBeGreaterThan(5);
			let [cases, found] = [0, 0];
			while (cases < due) {
				const person = oneOf(random, world.people);
				const table = oneOf(random, tables);
				const some = shuffled(random, all.get(table) as Row[]).slice(0, 20);
				const columns = Object.keys(some[0] as Row).filter((name) => typeof some[0]?.[name] === 'string');
				const column = oneOf(random, columns);
				const values = some
					.map((row) => row[column])
					.filter((value) => typeof value === 'string') as string[];
				const where = oneOf(random, [
					sql`true`,
					sql`${sql.identifier(column)}::text = any(${sql.param(`{${values.map((value) => JSON.stringify(value)).join(',')}}`)}::text[])`,
					sql`not (circle_id = any(select id from circles where kind = 'all'))`,
					sql`circle_id = ${oneOf(random, world.circles).id} or true`,
					sql`exists (select from ${sql.identifier(oneOf(random, tables))} o where o.circle_id = t.circle_id) or true`
				]);
				const query = sql`select to_jsonb(t) as row from ${sql.identifier(table)} t where ${where}`;
				// The same question to the owner, who sees all, and then what the oracle leaves of it.
				const got = (
					await database.as('hora_app', { member: person.id }, (tx) => rows<{ row: Row }>(tx, query))
				)
					.map(({ row }) => JSON.stringify(row))
					.sort();
				const asked = await database.asOwner((owner) => rows<{ row: Row }>(owner, query));
				const mine = new Set(seenBy(person, table).map((row) => JSON.stringify(row)));
				const expected = asked
					.map(({ row }) => JSON.stringify(row))
					.filter((row) => mine.has(row))
					.sort();
				if (JSON.stringify(got) !== JSON.stringify(expected))
					expect({ table, role: person.role, ended: person.ended, got }).toEqual({ got: expected });
				found += got.length;
				cases++;
			}
			expect(found).toBeGreaterThan(due);
			tried('A7', `random queries on ${engine}`, { cases, due, rows: found, tables: tables.length });
		}
	);

	test('with nobody set, and for a member who is nowhere, no table shows a row', async () => {
		for (const reader of [{}, { member: crypto.randomUUID() as string }])
			for (const table of all.keys()) {
				const got = await database.as('hora_app', reader, (tx) =>
					rows(tx, sql`select from ${sql.identifier(table)}`)
				);
				expect([table, got.length]).toEqual([table, 0]);
			}
		tried('A7', `nobody set on ${engine}`, { cases: all.size * 2, due: 10 });
	});

	test('every command, its policy saying yes to everybody, finds nothing that its sender cannot see', async () => {
		const hidden = (person: Person) => ({
			measure: world.measures.find(({ circle }) => !world.sees(person, circle))?.id as string,
			post: world.posts.find(({ circle }) => !world.sees(person, circle))?.id as string,
			circle: world.circles.find(({ id }) => !world.sees(person, id))?.id as string
		});
		const dump = () =>
			database.asOwner(async (tx) => {
				const every = [...all.keys(), 'organisations', 'members', 'circles'].map(
					(table) => `select t::text as row from ${table} t`
				);
				return rows(
					tx,
					sql`select md5(string_agg(row, ' ' order by row)) as all from (${sql.raw(every.join(' union all '))}) x`
				);
			});
		const before = await dump();
		let cases = 0;
		for (const name of overSockets)
			for (const person of shuffled(
				random,
				world.people.filter(({ role, ended }) => role !== 'secretariat' && !ended)
			).slice(0, 3)) {
				const { measure, post, circle } = hidden(person);
				const ids: Record<string, string> = { measureId: measure, updateId: post, circleId: circle };
				const sample = sampleOf(name, (field) => ids[field] ?? measure);
				if (!Object.keys(sample).some((field) => field === 'measureId' || field === 'updateId')) continue;
				if (name === 'news.seen') continue; // a mark is one's own business, and says nothing of the measure
				const open: AnyCommand = { ...(commands.get(name) as AnyCommand), allow: () => true };
				const actor = {
					...{
						memberId: person.id,
						name: person.name,
						organisationId: person.organisation,
						kind: person.kind
					},
					...{ role: 'secretariat', ownCircleId: person.own, approves: false, proved: true }
				} as App.Actor;
				const answer = await execute(database, open, actor, sample, crypto.randomUUID()).catch(
					(error: unknown) => (error instanceof Refusal ? error.code : error)
				);
				expect([name, answer]).toEqual([name, 'not-found']);
				cases++;
			}
		expect(await dump()).toEqual(before);
		tried('A7', `commands without policy on ${engine}`, { cases, due: 30 });
	});
});
