import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catchUp } from '#lib/events/log.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { postUpdate, replyToUpdate, withdrawUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

describe.each(engines)('an update, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	const act = (command: Parameters<typeof execute>[1], actor: App.Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID());

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	test('what an NGO posts in a circle, its members read and nobody else', async () => {
		const measureId = await table.addMeasure();
		const { result } = await act(postUpdate, table.member('ong'), {
			measureId,
			circleId: table.circle.national,
			kind: 'concern',
			text: 'Fără termen, sesizarea **așteaptă**.'
		});
		const read = (actor: App.Actor) =>
			database.as('hora_app', { member: actor.memberId }, (tx) =>
				rows<{ text: string }>(tx, sql`select text from updates where id = ${result.id}`)
			);
		expect(await read(table.member('minister'))).toHaveLength(1);
		expect(await read(table.member('ambasada'))).toHaveLength(0);

		const since = { [table.circle.all]: 0, [table.circle.national]: 0 };
		const events = async (actor: App.Actor) => {
			const { epoch } = await catchUp(database, { member: actor.memberId }, {}, '');
			const known = await catchUp(database, { member: actor.memberId }, {}, epoch);
			const heads = Object.fromEntries(
				Object.keys(known.heads).map((circle) => [circle, since[circle] ?? 0])
			);
			return (await catchUp(database, { member: actor.memberId }, heads, epoch)).events;
		};
		expect(await events(table.member('minister'))).toContainEqual(
			expect.objectContaining({ type: 'update.posted', subject: result.id, circle: table.circle.national })
		);
		expect(JSON.stringify(await events(table.member('ambasada')))).not.toContain(result.id);
	});

	test('a withdrawn post says so to all and keeps its words for its own organisation', async () => {
		const measureId = await table.addMeasure();
		const { result } = await act(postUpdate, table.member('ong'), {
			measureId,
			circleId: table.circle.all,
			kind: 'progress',
			text: 'Cuvinte retrase'
		});
		await act(withdrawUpdate, table.member('ong', 'coordinator'), { updateId: result.id });

		const everything = (actor: App.Actor) =>
			database.as('hora_app', { member: actor.memberId }, async (tx) =>
				JSON.stringify([
					await rows(tx, sql`select * from updates where id = ${result.id}`),
					await rows(tx, sql`select * from words where subject_id = ${result.id}`)
				])
			);
		expect(await everything(table.member('ong'))).toContain('Cuvinte retrase');
		const others = await everything(table.member('minister'));
		expect(others).toContain('withdrawn');
		expect(others).not.toContain('Cuvinte retrase');
	});

	test('a reply to a reply is refused, and nothing is written', async () => {
		const measureId = await table.addMeasure();
		const post = await act(postUpdate, table.member('ong'), {
			measureId,
			circleId: table.circle.all,
			kind: 'question',
			text: 'Când?'
		});
		const reply = await act(replyToUpdate, table.member('minister'), {
			updateId: post.result.id,
			text: 'Vineri.'
		});
		await expect(
			act(replyToUpdate, table.member('ong'), { updateId: reply.result.id, text: 'Care?' })
		).rejects.toMatchObject({ code: 'invalid', details: { fields: { form: 'update.one_level' } } });
	});
});
