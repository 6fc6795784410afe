/** Saved is what the database has committed, and an operation is done once, with what it did or not at all. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { placeSubject } from '#lib/events/subjects.server.ts';
import { command, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { findMeasure } from '#lib/strategy/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

describe.each(engines)('a commit, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const about = (measureId: string, run: Parameters<typeof command>[0]['run']) =>
		command({
			name: 'test.act',
			act: 'update.ask',
			input: z.object({ measureId: z.uuid() }),
			find: (tx) => findMeasure(tx, measureId),
			allow: () => true,
			run
		});

	test('what the commit itself refuses was never acknowledged', async () => {
		const measureId = await table.addMeasure({ circle: 'national' });
		const actor = table.member('ong');
		const id = crypto.randomUUID();
		// Wider than what it hangs on: every statement passes, and the rule that is looked at last says no.
		const wider = about(measureId, async ({ tx }) => {
			await placeSubject(tx, {
				id,
				circleId: table.circle.all,
				parentId: measureId,
				ownId: actor.ownCircleId
			});
			return { id };
		});

		const operation = crypto.randomUUID();
		const answer = execute(database, wider, actor, { measureId }, operation);

		await expect(answer).rejects.toMatchObject({ code: 'invalid' });
		expect(await countOf(sql`select from subjects where id = ${id}`)).toBe(0);
		expect(await countOf(sql`select from operations where id = ${operation}`)).toBe(0);
	});

	test('an operation that failed is as if it had never been sent: the next time it is done', async () => {
		const measureId = await table.addMeasure();
		let broken = true;
		const act = about(measureId, async ({ record }) => {
			if (broken) throw new Refusal('unavailable');
			record({ subject: measureId, type: 'measure.status', data: { reason: 'a doua oară' } });
			return { id: measureId };
		});
		const [actor, operation] = [table.member('ong'), crypto.randomUUID()];
		const send = () => execute(database, act, actor, { measureId }, operation);

		await expect(send()).rejects.toMatchObject({ code: 'unavailable' });
		broken = false;

		expect(await send()).toEqual({ result: { id: measureId }, repeated: false });
		expect(await send()).toEqual({ result: { id: measureId }, repeated: true });
		expect(
			await countOf(
				sql`select from words where subject_id = ${measureId} and data->>'reason' = 'a doua oară'`
			)
		).toBe(1);
	});

	const countOf = (query: ReturnType<typeof sql>) =>
		database.asOwner(async (tx) => (await rows(tx, query)).length);
});
