/** Reading on past the last number: whatever goes wrong or comes late, no event is left out. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchUp, page } from '#lib/events/log.server.ts';
import { Delivery } from '#lib/realtime/delivery.server.ts';
import type { LiveEvent } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

describe.each(engines)('delivery, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let measureId: string;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		measureId = await table.addMeasure();
	});
	afterAll(() => database.close());

	const post = async (text: string) => {
		const input = { measureId, circleId: table.circle.all, kind: 'comment', text };
		const { result } = await execute(
			database,
			postUpdate,
			table.member('comisia'),
			input,
			crypto.randomUUID()
		);
		return result.id as string;
	};

	/** A database that answers nothing. */
	const failing = (): Database => ({
		...database,
		as: () => Promise.reject(new Error('the disk has failed'))
	});

	test('a catch-up that cannot read says so, and not that nothing happened', async () => {
		const reader = { member: table.member('ong').memberId };
		const { epoch, heads } = await catchUp(database, reader, {}, '');
		await post('de recuperat');
		await expect(catchUp(failing(), reader, heads, epoch)).rejects.toThrow('the disk');
		expect((await catchUp(database, reader, heads, epoch)).events).toHaveLength(1);
	});

	test('who sits where is asked after the reading and before the handing on, and without an answer nothing goes', async () => {
		const done: string[] = [];
		let knows = true;
		const delivery = await Delivery.open(
			database,
			(_, events) => done.push(...events.map(({ subject }) => subject)),
			async () => {
				done.push('seated');
				if (!knows) throw new Error('nobody can tell');
			}
		);
		await delivery.run();
		expect(done).toEqual([]); // where nothing happened nobody is asked

		const id = await post('după ce s-a plecat');
		knows = false;
		await delivery.run();
		expect(done).toEqual(['seated']);
		knows = true;
		await delivery.run();
		expect(done).toEqual(['seated', 'seated', id]);
	});

	test('what a round could not read or hand out, the next one hands out', async () => {
		let handOut: (events: LiveEvent[]) => unknown = () => {};
		let broken = false;
		const now: Database = { ...database, as: (...args) => (broken ? failing() : database).as(...args) };
		const delivery = await Delivery.open(now, (_, events) => handOut(events), seated);
		const heard: string[] = [];
		const ids = [await post('o dată'), await post('și încă o dată')];

		broken = true;
		await delivery.run();
		broken = false;
		handOut = () => {
			throw new Error('nobody can be reached');
		};
		await delivery.run();
		handOut = (events) => heard.push(...events.map(({ subject }) => subject));
		await delivery.run();
		await delivery.run();
		expect(heard).toEqual(ids);
	});

	test('more than one answer holds is handed out in one round', async () => {
		const numbers: number[] = [];
		const delivery = await Delivery.open(
			database,
			(_, events) => numbers.push(...events.map(({ n }) => n)),
			seated
		);
		const count = page + 100;
		await database.asOwner((tx) =>
			tx.execute(sql`select append((select jsonb_agg(jsonb_build_object('subject', ${measureId}::uuid,
				'type', 'measure.status', 'data', '{}'::jsonb)) from generate_series(1, ${count}::int)))`)
		);
		await delivery.run();
		expect(numbers).toEqual(Array.from({ length: count }, (_, i) => (numbers[0] ?? NaN) + i));
	});
});

/** On the embedded database the second writer waits from its very first statement. */
describe.each(engines.filter((engine) => engine === 'postgres'))('two writers, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	test('who got a number first and commits last is not passed over', async () => {
		const heard: string[] = [];
		const delivery = await Delivery.open(
			database,
			(_, events) => heard.push(...events.map(({ subject }) => subject)),
			seated
		);
		const [measureId, another] = [await table.addMeasure(), await table.addMeasure()];
		const [numbered, mayCommit] = [signal(), signal()];
		const slowly: Database = {
			...database,
			as: (role, reader, work) =>
				database.as(role, reader, async (tx) => {
					const done = await work(tx);
					numbered.give();
					await mayCommit.given;
					return done;
				})
		};
		const input = { measureId, circleId: table.circle.all, kind: 'comment', text: 'primul' };
		const first = execute(slowly, postUpdate, table.member('comisia'), input, crypto.randomUUID());
		await numbered.given;
		// On another measure, so that only the number may be waited for.
		const other = { ...input, measureId: another };
		const second = execute(database, postUpdate, table.member('minister'), other, crypto.randomUUID());
		await Promise.race([second, pause(300)]);
		await delivery.run();
		mayCommit.give();

		const ids = (await Promise.all([first, second])).map(({ result }) => result.id);
		await delivery.run();
		expect(heard.filter((id) => ids.includes(id))).toEqual(ids);
	});
});

function signal() {
	let give = () => {};
	const given = new Promise<void>((done) => (give = done));
	return { give: () => give(), given };
}

/** Nobody has left: whoever sits, sits. */
const seated = async () => {};

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
