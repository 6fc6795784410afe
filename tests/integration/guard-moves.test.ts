/** What moves takes its words along, and leaves behind what says that it is gone. */

import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allHeads, catchUp, eventsPast } from '#lib/events/log.server.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { moveMeasure, setStatus } from '#lib/strategy/edit-measure.server.ts';
import { findMeasure } from '#lib/strategy/queries.server.ts';
import { moveUpdate, postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

describe.each(engines)('a move, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const act = (command: Parameters<typeof execute>[1], actor: App.Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID());

	const move = (measureId: string, from: 'all' | 'national', to: 'all' | 'national' | 'state' | 'ngos') =>
		act(moveMeasure, table.member('comisia', 'secretariat'), {
			measureId,
			circleId: table.circle[to],
			base: { circleId: table.circle[from] }
		});

	const block = (measureId: string, reason: string) =>
		act(setStatus, table.member('minister'), {
			measureId,
			status: 'blocked',
			reason,
			base: { status: 'in-progress' }
		});

	/** All that was ever said and the member may read, in one text. */
	const wordsFor = (actor: App.Actor) =>
		database.as('hora_app', { member: actor.memberId }, async (tx) =>
			JSON.stringify(await rows(tx, sql`select data from words`))
		);

	test('past words follow a measure into the narrower circle', async () => {
		const measureId = await table.addMeasure();
		await block(measureId, 'spuse-tuturor');
		expect(await wordsFor(table.member('ambasada'))).toContain('spuse-tuturor');

		await move(measureId, 'all', 'national');
		expect(await wordsFor(table.member('ambasada'))).not.toContain('spuse-tuturor');
		expect(await wordsFor(table.member('ong'))).toContain('spuse-tuturor');
	});

	test('what was not yet delivered when it moved is delivered without its words', async () => {
		const measureId = await table.addMeasure();
		const heads = await allHeads(database);
		await block(measureId, 'spuse-prea-repede');
		await move(measureId, 'all', 'national');

		const events = await eventsPast(database, heads);
		const inAll = events.filter(({ circle }) => circle === table.circle.all);
		expect(inAll.map(({ subject }) => subject)).toEqual([measureId, measureId]);
		expect(JSON.stringify(inAll)).not.toContain('spuse-prea-repede');
		expect(inAll.filter(({ type, data }) => type ?? data)).toEqual([]);
	});

	test.each([
		['narrower', 'all', 'national'],
		['wider', 'national', 'all']
	] as const)('whoever holds a copy hears "gone" when it moves %s', async (_, from, to) => {
		const measureId = await table.addMeasure({ circle: from });
		const reader = { member: table.member('ong').memberId };
		const before = await catchUp(database, reader, {}, '');
		await move(measureId, from, to);

		const { events } = await catchUp(database, reader, before.heads, before.epoch);
		expect(events).toHaveLength(2);
		expect(events).toContainEqual({
			circle: table.circle[from],
			n: (before.heads[table.circle[from]] ?? 0) + 1,
			subject: measureId,
			version: 2,
			at: expect.any(String) as string
		});
		expect(events).toContainEqual(
			expect.objectContaining({ circle: table.circle[to], subject: measureId, version: 2, type: 'arrived' })
		);
	});

	test('nothing is moved into a circle that its mover is not in', async () => {
		const secretariat = table.member('ong', 'secretariat');
		const measureId = await table.addMeasure({ circle: 'national' });
		const base = { circleId: table.circle.national };
		const into = (circle: 'state' | 'ngos') =>
			act(moveMeasure, secretariat, { measureId, circleId: table.circle[circle], base });
		await expect(into('state')).rejects.toMatchObject({
			code: 'invalid',
			details: { fields: { circleId: 'circle.not_inside' } }
		});
		await expect(into('ngos')).resolves.toMatchObject({ result: { id: measureId } });
	});

	test('nothing is posted or moved into a circle that its author is not in', async () => {
		const measureId = await table.addMeasure();
		const post = (circle: 'state' | 'national') =>
			act(postUpdate, table.member('ong'), {
				measureId,
				circleId: table.circle[circle],
				kind: 'comment',
				text: 'Unde ajunge?'
			});
		const refused = { code: 'invalid', details: { fields: { circleId: 'circle.not_inside' } } };
		await expect(post('state')).rejects.toMatchObject(refused);

		const { result } = await post('national');
		const moved = act(moveUpdate, table.member('ong'), {
			updateId: result.id,
			circleId: table.circle.state,
			base: { circleId: table.circle.national }
		});
		await expect(moved).rejects.toMatchObject(refused);
	});
});

/** Only here can two transactions run at once. */
describe.each(engines.filter((engine) => engine === 'postgres'))('two at once, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	test('what is said while a measure moves narrower is said in the narrower circle', async () => {
		const measureId = await table.addMeasure();
		const say = command({
			name: 'test.say',
			act: 'update.ask',
			input: z.object({ words: z.string() }),
			find: (tx) => findMeasure(tx, measureId),
			allow: () => true,
			// Writes no row whose own lock would hide that the subject has none.
			async run({ input, record }) {
				record({ subject: measureId, type: 'measure.status', data: { reason: input.words } });
				return { id: measureId };
			}
		});

		const [moved, mayCommit] = [signal(), signal()];
		const moving = database.asOwner(async (tx) => {
			await tx.execute(sql`select move(array[${measureId}]::uuid[], ${table.circle.national})`);
			moved.give();
			await mayCommit.given;
		});
		await moved.given;
		const input = { words: 'spuse-în-timpul-mutării' };
		const saying = execute(database, say, table.member('minister'), input, crypto.randomUUID());
		await untilSomebodyWaits(database.url as string);
		mayCommit.give();
		await moving;
		await saying;

		const read = (actor: App.Actor) =>
			database.as('hora_app', { member: actor.memberId }, async (tx) =>
				JSON.stringify(await rows(tx, sql`select data from words where subject_id = ${measureId}`))
			);
		expect(await read(table.member('ong'))).toContain(input.words);
		expect(await read(table.member('ambasada'))).not.toContain(input.words);
	});
});

function signal() {
	let give = () => {};
	const given = new Promise<void>((done) => (give = done));
	return { give: () => give(), given };
}

/** Until a transaction of this database waits for another's lock. */
async function untilSomebodyWaits(url: string) {
	const watcher = postgres(url, { max: 1 });
	for (;;) {
		const waiting = await watcher`select from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock'`;
		if (waiting.length > 0) break;
		await new Promise((done) => setTimeout(done, 5));
	}
	await watcher.end();
}
