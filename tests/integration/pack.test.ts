/** The meeting pack: what everybody in the circle that it is for may read, and not a word more. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { packOf } from '#lib/meetings/pack.ts';
import { readPack } from '#lib/meetings/pack.server.ts';
import { readMeeting } from '#lib/meetings/queries.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layMeeting } from '../support/meeting.ts';
import { type CircleName, layTable, type Table } from '../support/table.ts';

describe.each(engines)('the meeting pack, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const act = async (name: string, actor: Actor, input: unknown) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const pack = (actor: Actor, circle: CircleName, meetingId: string) =>
		database.as('hora_app', { member: actor.memberId, forCircle: table.circle[circle] }, async (tx) => {
			const meeting = await readMeeting(tx, meetingId);
			return meeting && packOf(await readPack(tx, meeting), meeting);
		});

	test('what came from a narrower circle stays there, whoever makes the pack', async () => {
		const chair = table.member('comisia', 'coordinator');
		const [minister, ngo] = [table.member('minister', 'coordinator'), table.member('ong')];
		const { meetingId } = await layMeeting(database, {
			circleId: table.circle.all,
			...{ chair, author: table.member('minister'), other: table.member('agentia') }
		});
		const [shared, quiet] = [await table.addMeasure(), await table.addMeasure({ title: 'Alt formular' })];
		const hidden = await table.addMeasure({ circle: 'state', title: 'Doar pentru stat' });

		await act('measure.date', minister, {
			...{ measureId: shared, nextDate: '2099-06-30', reason: 'Convenit', base: { nextDate: null } }
		});
		for (const [was, now] of [
			['2099-06-30', '2099-09-30'],
			['2099-09-30', '2099-12-31']
		])
			await act('measure.date', minister, {
				...{ measureId: shared, nextDate: now, reason: 'Lipsește avizul', base: { nextDate: was } }
			});
		const concern = { kind: 'concern', language: 'ro' };
		for (const [circle, text] of [
			['all', 'O îngrijorare pentru toți'],
			['ngos', 'O îngrijorare a organizațiilor']
		] as const)
			await act('update.post', ngo, { ...concern, measureId: shared, circleId: table.circle[circle], text });
		await act('measure.status', minister, {
			...{ measureId: hidden, status: 'blocked', reason: 'Buget', base: { status: 'in-progress' } }
		});

		const forAll = await pack(ngo, 'all', meetingId);
		expect(forAll?.discuss.map(({ measure, reasons }) => [measure.id, reasons])).toMatchObject([
			[
				shared,
				[
					{ what: 'concern', happened: { quote: 'O îngrijorare pentru toți' } },
					// From none to the last: not later than a promise, there was none.
					{ what: 'moved', happened: { data: { new: { nextDate: '2099-12-31' } } } }
				]
			]
		]);
		expect(forAll?.silent.map(({ measure }) => measure.id)).toEqual([quiet]);
		expect(JSON.stringify(forAll)).not.toMatch(/organizațiilor|Doar pentru stat|Buget/);

		// The same reader for a narrower circle: its own concern, and still nothing of the state's.
		const forNgos = JSON.stringify(await pack(ngo, 'ngos', meetingId));
		expect(forNgos).toContain('O îngrijorare a organizațiilor');
		expect(forNgos).not.toContain('Doar pentru stat');
		const forState = await pack(minister, 'state', meetingId);
		expect(forState?.moved.map(({ measure }) => measure.id)).toEqual([hidden]);
		expect(JSON.stringify(forState)).not.toContain('O îngrijorare a organizațiilor');
	});

	test('since the meeting before: a date that moves again is its second postponement', async () => {
		const chair = table.member('comisia', 'coordinator');
		const minister = table.member('minister', 'coordinator');
		const measureId = await table.addMeasure({ title: 'Amânată' });
		const move = (was: string | null, now: string) =>
			act('measure.date', minister, {
				...{ measureId, nextDate: now, reason: 'Convenit', base: { nextDate: was } }
			});
		await move(null, '2099-01-31');
		await move('2099-01-31', '2099-02-28');

		const people = { chair, author: table.member('minister'), other: table.member('agentia') };
		const before = await layMeeting(database, {
			circleId: table.circle.national,
			...people,
			state: 'closed'
		});
		await database.asOwner((tx) =>
			tx.execute(sql`update meetings set opened_at = clock_timestamp() where id = ${before.meetingId}`)
		);
		const { meetingId } = await layMeeting(database, { circleId: table.circle.national, ...people });
		const moved = async () =>
			(await pack(chair, 'national', meetingId))?.discuss.find(({ measure }) => measure.id === measureId);
		expect(await moved()).toBeUndefined();

		await move('2099-02-28', '2099-03-31');
		expect(await moved()).toMatchObject({
			minutes: 5,
			reasons: [
				{
					what: 'slipped',
					times: 2,
					happened: { data: { old: { nextDate: '2099-02-28' }, new: { nextDate: '2099-03-31' } } }
				}
			]
		});
	});
});
