/**
 * Each operation is sent one to five times at once, to two handles (two processes' worth), in any order, with some
 * answers lost. It has one effect, and every answer to it is the same.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute, type Outcome } from '#lib/server/command.server.ts';
import { type Database, openPostgres, rows } from '#lib/server/database.server.ts';
import { setStatus } from '#lib/strategy/edit-measure.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { keep, oneOf, randomFrom, seed, shuffled, size } from '../support/results.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

const count = { pglite: size('OPERATIONS_EMBEDDED', 150, 300), postgres: size('OPERATIONS', 850, 4700) };
/** How many are on their way at once: more than a handle has connections. */
const lanes = 32;

type Operation = { id: string; actor: App.Actor; input: { measureId: string; text: string }; sends: number };

describe.each(engines)('operations, on %s', (engine) => {
	const random = randomFrom(seed);
	const seats: Seat[] = ['comisia', 'minister', 'agentia', 'ong', 'asociatia'];
	let database: TestDatabase;
	let handles: Database[];
	let table: Table;
	let measureIds: string[];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		measureIds = await Promise.all(Array.from({ length: 20 }, () => table.addMeasure()));
		handles = [database, database.url ? await openPostgres(database.url) : database];
	});
	afterAll(async () => {
		if (handles[1] !== database) await handles[1]?.close();
		await database.close();
	});

	const inputOf = ({ input }: Operation) => ({ ...input, circleId: table.circle.all, kind: 'progress' });

	/** Sends until there is an answer; "ask again" is none. */
	async function send(command: AnyCommand, { id, actor }: Operation, input: unknown): Promise<Outcome> {
		for (;;) {
			try {
				return await execute(oneOf(random, handles), command, actor, input, id);
			} catch (error) {
				if (!(error instanceof Refusal && error.code === 'unavailable')) throw error;
			}
		}
	}

	/** What the other process finds of it at the moment of the answer. */
	const isThere = ({ actor }: Operation, updateId: string) =>
		oneOf(random, handles).as('hora_app', { member: actor.memberId }, async (tx) => {
			return (await rows(tx, sql`select from updates where id = ${updateId}`)).length === 1;
		});

	test(`${count[engine]} operations have as many effects`, { timeout: 120_000 }, async () => {
		const operations = Array.from({ length: count[engine] }, (_, i): Operation => ({
			id: crypto.randomUUID(),
			actor: table.member(oneOf(random, seats)),
			input: { measureId: oneOf(random, measureIds), text: `Operația ${i}` },
			sends: 1 + Math.floor(random() * 5)
		}));
		// Copies of one operation stand near one another, so that they meet; the lanes mix them further.
		const queue = operations.flatMap((operation) =>
			Array.from({ length: operation.sends }, (_, copy) => ({ operation, copy }))
		);
		for (let start = 0; start < queue.length; start += lanes)
			queue.splice(start, lanes, ...shuffled(random, queue.slice(start, start + lanes)));
		queue.reverse();

		const answers = new Map<string, Outcome[]>();
		let missing = 0;
		let lost = 0;
		const began = performance.now();
		await Promise.all(
			Array.from({ length: lanes }, async () => {
				for (let next = queue.pop(); next; next = queue.pop()) {
					const { operation } = next;
					const answer = await send(postUpdate, operation, inputOf(operation));
					answers.set(operation.id, [...(answers.get(operation.id) ?? []), answer]);
					if (random() < 0.1 && !(await isThere(operation, answer.result.id as string))) missing += 1;
					// Its answer is lost on the way, so the browser sends it once more.
					if (random() < 0.05) {
						lost += 1;
						queue.push({ operation, copy: -1 });
					}
				}
			})
		);
		const seconds = (performance.now() - began) / 1000;

		const [found] = await database.asOwner((tx) =>
			rows<{ posts: number; events: number; operations: number; words: number }>(
				tx,
				sql`select (select count(*) from updates)::int as posts,
					(select count(distinct text) from updates)::int as words,
					(select count(*) from words where type = 'update.posted')::int as events,
					(select count(*) from operations where command = 'update.post')::int as operations`
			)
		);
		const all = [...answers.values()];
		keep('operations', `sent one to five times, ${engine}`, {
			operations: answers.size,
			sent: all.flat().length,
			answersLost: lost,
			effects: found?.posts,
			seconds: Math.round(seconds)
		});

		expect(answers.size).toBe(count[engine]);
		expect(all.flat().length).toBeGreaterThan(2.5 * count[engine]);
		expect(found).toEqual({
			posts: count[engine],
			words: count[engine],
			events: count[engine],
			operations: count[engine]
		});
		// One was the first, the others were told the same.
		expect(all.filter((of) => of.filter(({ repeated }) => !repeated).length !== 1)).toEqual([]);
		expect(all.filter((of) => new Set(of.map(({ result }) => JSON.stringify(result))).size !== 1)).toEqual(
			[]
		);
		expect(missing).toBe(0);

		// The same id with another input, by another command, is a conflict and changes nothing.
		for (const operation of operations.slice(0, 100)) {
			const other = { ...inputOf(operation), text: 'Altceva' };
			await expect(send(postUpdate, operation, other)).rejects.toMatchObject({ code: 'conflict' });
			const status = {
				measureId: operation.input.measureId,
				status: 'blocked',
				reason: 'Lipsește avizul',
				base: { status: 'in-progress' }
			};
			await expect(send(setStatus, operation, status)).rejects.toMatchObject({ code: 'conflict' });
		}
		// Another member's id is another operation.
		const [first] = operations as [Operation];
		const actor = table.member('comisia', 'secretariat');
		const own = await send(postUpdate, { ...first, actor }, inputOf(first));
		expect(own.repeated).toBe(false);

		const [after] = await database.asOwner((tx) =>
			rows<{ posts: number; blocked: number }>(
				tx,
				sql`select (select count(*) from updates)::int as posts,
					(select count(*) from measures where status = 'blocked')::int as blocked`
			)
		);
		expect(after).toEqual({ posts: count[engine] + 1, blocked: 0 });
	});

	test('an operation that was refused leaves nothing, and its id may be used again', async () => {
		const [measureId] = measureIds as [string];
		const operation = crypto.randomUUID();
		const input = { measureId, circleId: table.circle.all, kind: 'progress', text: 'Refuzat' };
		await expect(
			execute(database, postUpdate, table.member('ambasada'), input, operation)
		).rejects.toMatchObject({ code: 'forbidden' });

		const put = { ...input, kind: 'offer' };
		const answer = await execute(database, postUpdate, table.member('ambasada'), put, operation);
		expect(answer.repeated).toBe(false);
	});

	test('what fails in the middle, at the very end too, is written neither half nor as done', async () => {
		const [measureId] = measureIds as [string];
		const actor = table.member('ong');
		const operation = crypto.randomUUID();
		const input = { measureId, circleId: table.circle.all, kind: 'progress', text: 'Pe jumătate' };
		for (const moment of ['find', 'run', 'append']) {
			const failing = execute(database, postUpdate, actor, input, operation, (step) => {
				if (step === moment) throw new Error('the process fails here');
			});
			await expect(failing).rejects.toThrow('the process fails here');
		}
		const [half] = await database.asOwner((tx) =>
			rows<{ posts: number; operations: number }>(
				tx,
				sql`select (select count(*) from updates where text = ${input.text})::int as posts,
					(select count(*) from operations where id = ${operation})::int as operations`
			)
		);
		expect(half).toEqual({ posts: 0, operations: 0 });
		expect(await execute(database, postUpdate, actor, input, operation)).toMatchObject({ repeated: false });
	});
});
