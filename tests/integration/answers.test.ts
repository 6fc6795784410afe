/** Asked and answered: who may be asked, what closes it, what a new date, a move and a withdrawal do to it. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows, timeOf } from '#lib/server/database.server.ts';
import { addDays, today as dayOf } from '#lib/time.ts';
import { isFormalRequest } from '#lib/updates/asked.ts';
import { listUpdates, openRequests, readUpdate } from '#lib/updates/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CircleName, layTable, type Seat, type Table } from '../support/table.ts';

type Event = { type: string | null; subject: string; circle: string; data: Record<string, unknown> };

describe.each(engines)('asked and answered, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let today: string;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		today = dayOf(await database.asOwner(timeOf));
	});
	afterAll(() => database.close());

	const act = async (command: string, actor: Actor, input: Record<string, unknown>) =>
		(await execute(database, commands.get(command) as AnyCommand, actor, input, crypto.randomUUID())).result;

	const as = <T>(actor: Actor, work: Parameters<typeof database.as<T>>[2]) =>
		database.as('hora_app', { member: actor.memberId }, work);
	const read = (actor: Actor, id: string) => as(actor, (tx) => readUpdate(tx, id));
	const open = async (seat: Seat) => {
		const { ofUs, byUs } = await as(table.member(seat), (tx) => openRequests(tx, table.organisation[seat]));
		const brief = (requests: typeof ofUs) =>
			requests.map(({ update, asked }) => ({ id: update.id, of: asked.organisationId, due: asked.due }));
		return { ofUs: brief(ofUs), byUs: brief(byUs) };
	};

	type Question = {
		by?: Seat;
		of?: Seat[];
		due?: string | null;
		circle?: CircleName;
		kind?: string;
		measureId?: string;
	};
	async function ask({
		by = 'comisia',
		of = ['minister'],
		due = null,
		circle = 'all',
		kind = 'question',
		measureId
	}: Question = {}) {
		const { id } = await act('update.post', table.member(by), {
			measureId: measureId ?? (await table.addMeasure()),
			circleId: table.circle[circle],
			kind,
			text: 'Când se deschide centrul?',
			asks: { organisationIds: of.map((seat) => table.organisation[seat]), due }
		});
		return id as string;
	}

	/** What was told of a post, in order. */
	const told = (subject: string) =>
		database.asOwner((tx) =>
			rows<Event>(
				tx,
				sql`select w.type, e.subject_id as subject, e.circle_id as circle, w.data from events e
					left join words w on w.event_circle_id = e.circle_id and w.n = e.n
					where e.subject_id = ${subject} order by e.at, e.n`
			)
		);
	/** All requests as they are kept. */
	const kept = () => database.asOwner((tx) => rows(tx, sql`select * from requests order by 1, 3`));

	test('the Commission asks a ministry and an agency with a date: it stands in the row, the event and both lists', async () => {
		const due = addDays(today, 14);
		const id = await ask({ of: ['minister', 'agentia'], due });

		const asked = ['minister', 'agentia'].map((seat) => ({
			organisationId: table.organisation[seat as Seat],
			due,
			askedDue: due,
			state: 'open',
			answerId: null
		}));
		const post = await read(table.member('ong'), id);
		expect(post?.asked).toHaveLength(2);
		expect(post?.asked).toEqual(expect.arrayContaining(asked));
		expect(isFormalRequest(post!, { kind: 'parliament' })).toBe(true);
		expect(isFormalRequest(post!, { kind: 'ngo' })).toBe(false);

		const [event] = await told(id);
		expect(event).toMatchObject({ type: 'update.posted', circle: table.circle.all, data: { row: { id } } });
		expect((event?.data.row as typeof post)?.asked).toEqual(post?.asked);

		expect((await open('minister')).ofUs).toContainEqual({ id, of: table.organisation.minister, due });
		expect((await open('agentia')).ofUs).toContainEqual({ id, of: table.organisation.agentia, due });
		expect((await open('comisia')).byUs.filter((one) => one.id === id)).toHaveLength(2);
		expect(JSON.stringify(await open('ong'))).not.toContain(id);
	});

	test.each<[string, Question, Record<string, string>]>([
		[
			'who is not in the circle',
			{ circle: 'state', of: ['minister', 'ong'] },
			{ 'asks.organisationIds': 'asks.cannot_read' }
		],
		['oneself', { of: ['comisia'] }, { 'asks.organisationIds': 'asks.cannot_read' }],
		['nobody', { of: [] }, { 'asks.organisationIds': 'asks.nobody' }],
		['for a day that has passed', { due: '2026-01-31' }, { 'asks.due': 'day.is_past' }],
		['with a comment', { kind: 'comment' }, { asks: 'asks.not_this_kind' }],
		['with a report', { kind: 'progress' }, { asks: 'asks.not_this_kind' }]
	])('nobody asks %s, and nothing is written', async (_, question, fields) => {
		const measureId = await table.addMeasure();
		const before = await kept();
		await expect(ask({ ...question, measureId })).rejects.toMatchObject({
			code: 'invalid',
			details: { fields }
		});
		expect(await as(table.member('comisia'), (tx) => listUpdates(tx, measureId))).toEqual([]);
		expect(await kept()).toEqual(before);
	});

	test('nobody asks an organisation that has no seat, even where a circle names it', async () => {
		await database.asOwner((tx) =>
			tx.execute(sql`update organisations set seated = false where id = ${table.organisation.organismul}`)
		);
		await expect(ask({ of: ['organismul'] })).rejects.toMatchObject({
			details: { fields: { 'asks.organisationIds': 'asks.cannot_read' } }
		});
		await database.asOwner((tx) =>
			tx.execute(sql`update organisations set seated = true where id = ${table.organisation.organismul}`)
		);
	});

	test('for today one may ask; who is named twice is asked once; a concern and an offer ask too', async () => {
		const id = await ask({ kind: 'concern', by: 'ong', of: ['minister', 'minister'], due: today });
		expect((await read(table.member('ong'), id))?.asked).toHaveLength(1);
		const offer = await ask({ kind: 'offer', by: 'ambasada', of: ['agentia'] });
		expect((await read(table.member('agentia'), offer))?.asked).toMatchObject([{ due: null, state: 'open' }]);
	});

	test('the ministry answers once, for itself alone, and both events say it', async () => {
		const id = await ask({ of: ['minister', 'agentia'] });
		const before = (await read(table.member('comisia'), id))?.asked;
		const ana = table.member('minister');
		const { id: answerId } = await act('request.answer', ana, { updateId: id, text: 'În **martie**.' });

		const post = await read(table.member('ambasada'), id);
		expect(post?.asked).toContainEqual({
			organisationId: ana.organisationId,
			due: null,
			askedDue: null,
			state: 'answered',
			answerId
		});
		expect(post?.asked).toContainEqual({
			organisationId: table.organisation.agentia,
			due: null,
			askedDue: null,
			state: 'open',
			answerId: null
		});
		expect(await read(ana, answerId!)).toMatchObject({
			replyTo: id,
			circleId: table.circle.all,
			kind: 'comment',
			text: 'În **martie**.',
			organisationId: ana.organisationId
		});
		expect((await told(answerId!)).map(({ type }) => type)).toEqual(['update.replied']);
		expect((await told(id)).at(-1)).toMatchObject({
			type: 'request.answered',
			circle: table.circle.all,
			data: { old: { asked: before }, new: { asked: post?.asked } }
		});
		const [closed] = await database.asOwner((tx) =>
			rows<{ at: string | null }>(
				tx,
				sql`select closed_at as at from requests where update_id = ${id} and organisation_id = ${ana.organisationId}`
			)
		);
		expect(closed?.at).not.toBeNull();
		expect(JSON.stringify(await open('minister'))).not.toContain(id);
		expect((await open('agentia')).ofUs).toContainEqual({ id, of: table.organisation.agentia, due: null });

		// The history says it once.
		const history = await as(table.member('ong'), (tx) => historyOf(tx, post!.measureId));
		expect(history.map(({ type }) => type)).toEqual(['request.answered', 'update.posted', 'measure.added']);

		for (const command of ['request.answer', 'request.decline'])
			await expect(
				act(command, table.member('minister', 'coordinator'), { updateId: id, text: 'Încă o dată' })
			).rejects.toMatchObject({ code: 'invalid', details: { fields: { form: 'request.is_closed' } } });
		await expect(
			act('request.promise', ana, { updateId: id, due: addDays(today, 9), base: { due: null } })
		).rejects.toMatchObject({ details: { fields: { form: 'request.is_closed' } } });
	});

	test('eight of one ministry answer at once: one answer stands', async () => {
		const id = await ask();
		const outcomes = await Promise.allSettled(
			Array.from({ length: 8 }, (_, i) =>
				act('request.answer', table.member('minister'), { updateId: id, text: `Răspunsul ${i}` })
			)
		);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const { measureId } = (await read(table.member('minister'), id))!;
		const replies = await as(table.member('minister'), (tx) => listUpdates(tx, measureId));
		expect(replies.filter(({ replyTo }) => replyTo === id)).toHaveLength(1);
	});

	test('„Nu putem, pentru că …” closes it with its reason', async () => {
		const id = await ask({ by: 'ong' });
		const { id: answerId } = await act('request.decline', table.member('minister'), {
			updateId: id,
			text: 'Datele sunt la agenție.'
		});
		expect((await read(table.member('ong'), id))?.asked).toEqual([
			{
				organisationId: table.organisation.minister,
				due: null,
				askedDue: null,
				state: 'declined',
				answerId
			}
		]);
		expect(await read(table.member('ong'), answerId!)).toMatchObject({ text: 'Datele sunt la agenție.' });
		expect((await told(id)).map(({ type }) => type)).toEqual(['update.posted', 'request.declined']);
		expect(JSON.stringify([await open('ong'), await open('minister')])).not.toContain(id);
	});

	test('„Răspundem până la …” sets a new day, says the old one, and never overwrites one that was not seen', async () => {
		const [due, later, latest] = [3, 10, 20].map((days) => addDays(today, days)) as [string, string, string];
		const id = await ask({ due });
		const minister = table.member('minister');
		await act('request.promise', minister, { updateId: id, due: later, base: { due } });

		expect((await read(minister, id))?.asked).toMatchObject([{ due: later, state: 'open' }]);
		expect((await told(id)).at(-1)).toMatchObject({
			type: 'request.promised',
			data: { promise: { from: due, to: later }, new: { asked: [{ due: later }] } }
		});
		expect((await open('comisia')).byUs).toContainEqual({ id, of: table.organisation.minister, due: later });

		await expect(
			act('request.promise', table.member('minister', 'coordinator'), {
				updateId: id,
				due: latest,
				base: { due }
			})
		).rejects.toMatchObject({ code: 'conflict', details: { theirs: { due: later } } });
		await expect(
			act('request.promise', minister, { updateId: id, due: addDays(today, -1), base: { due: later } })
		).rejects.toMatchObject({ code: 'invalid', details: { fields: { due: 'day.is_past' } } });
	});

	test('a question is the Commission’s request where the Commission itself named a day, whatever is promised later', async () => {
		const commission = { kind: 'parliament' };
		const [due, later] = [addDays(today, 3), addDays(today, 10)];
		const minister = table.member('minister');
		const formal = async (id: string) => isFormalRequest((await read(minister, id))!, commission);

		const open = await ask();
		expect(await formal(open)).toBe(false);
		await act('request.promise', minister, { updateId: open, due: later, base: { due: null } });
		expect((await read(minister, open))?.asked).toMatchObject([{ due: later, askedDue: null }]);
		expect(await formal(open)).toBe(false);

		const dated = await ask({ due });
		await act('request.promise', minister, { updateId: dated, due: later, base: { due } });
		expect((await read(minister, dated))?.asked).toMatchObject([{ due: later, askedDue: due }]);
		expect(await formal(dated)).toBe(true);
		expect((await told(dated)).at(-1)?.data.new).toMatchObject({ asked: [{ due: later, askedDue: due }] });
		await act('request.answer', minister, { updateId: dated, text: 'În martie.' });
		expect(await formal(dated)).toBe(true);
	});

	test('who is not asked, or only observes, closes nothing; an embassy that is asked answers', async () => {
		const id = await ask({ of: ['ambasada'] });
		const text = 'Răspuns';
		for (const actor of [table.member('ong'), table.member('comisia'), table.member('ambasada', 'observer')])
			for (const command of ['request.answer', 'request.decline'])
				await expect(act(command, actor, { updateId: id, text })).rejects.toMatchObject({
					code: 'forbidden'
				});
		await act('request.answer', table.member('ambasada'), { updateId: id, text });
		expect((await read(table.member('comisia'), id))?.asked).toMatchObject([{ state: 'answered' }]);
	});

	test('who cannot read the post is told the same as of one that is nowhere', async () => {
		const id = await ask({ circle: 'state' });
		for (const updateId of [id, crypto.randomUUID()])
			await expect(
				act('request.answer', table.member('ambasada'), { updateId, text: 'Văd?' })
			).rejects.toMatchObject({ code: 'not-found' });
	});

	test('what was withdrawn asks nothing', async () => {
		const id = await ask();
		await act('update.withdraw', table.member('comisia'), { updateId: id });
		expect((await read(table.member('minister'), id))?.asked).toEqual([]);
		expect((await told(id)).at(-1)).toMatchObject({ type: 'update.withdrawn', data: { row: { asked: [] } } });
		expect(JSON.stringify([await open('comisia'), await open('minister')])).not.toContain(id);
		for (const [command, input] of Object.entries({
			'request.answer': { text: 'Târziu' },
			'request.decline': { text: 'Târziu' },
			'request.promise': { due: today, base: { due: null } }
		}))
			await expect(act(command, table.member('minister'), { updateId: id, ...input })).rejects.toMatchObject({
				code: 'invalid',
				details: { fields: { form: 'update.is_withdrawn' } }
			});
	});

	test('an answer that is taken back is awaited again; a reply that answered nothing reopens nothing', async () => {
		const id = await ask();
		const minister = table.member('minister');
		const { id: comment } = await act('update.reply', minister, { updateId: id, text: 'Verificăm.' });
		const { id: answer } = await act('request.answer', minister, { updateId: id, text: 'În martie.' });
		await act('update.withdraw', minister, { updateId: comment });
		expect((await read(minister, id))?.asked).toMatchObject([{ state: 'answered', answerId: answer }]);

		await act('update.withdraw', minister, { updateId: answer });
		expect((await read(minister, id))?.asked).toMatchObject([{ state: 'open', answerId: null }]);
		expect((await told(id)).map(({ type }) => type)).toEqual([
			'update.posted',
			'request.answered',
			'request.reopened'
		]);
		await act('request.answer', minister, { updateId: id, text: 'În aprilie.' });
	});

	test('requests move with their post: narrower, whoever lost it is not waited for; wider, the answer stays behind', async () => {
		const commission = table.member('comisia');
		const id = await ask({ of: ['minister', 'ambasada'] });
		const move = (from: CircleName, to: CircleName) =>
			act('update.move', commission, {
				updateId: id,
				circleId: table.circle[to],
				base: { circleId: table.circle[from] }
			});
		await move('all', 'state');
		expect(await kept()).toContainEqual(
			expect.objectContaining({ update_id: id, circle_id: table.circle.state })
		);
		expect(JSON.stringify(await open('ambasada'))).not.toContain(id);
		expect((await open('comisia')).byUs.filter((one) => one.id === id)).toEqual([
			{ id, of: table.organisation.minister, due: null }
		]);

		const { id: answerId } = await act('request.answer', table.member('minister'), {
			updateId: id,
			text: 'Numai între noi'
		});
		await move('state', 'all');
		const embassy = table.member('ambasada');
		const seen = await read(embassy, id);
		expect(seen?.asked).toContainEqual(expect.objectContaining({ state: 'answered', answerId: null }));
		expect(
			JSON.stringify(
				await told(id).then((events) => events.filter(({ circle }) => circle === table.circle.all))
			)
		).not.toContain(answerId);
		expect((await open('ambasada')).ofUs).toContainEqual({ id, of: embassy.organisationId, due: null });
	});

	test('the overdue stand first, what has no date last, and nothing of a retired measure', async () => {
		const measureId = await table.addMeasure();
		const dues = [null, addDays(today, 5), addDays(today, 1)];
		const ids: string[] = [];
		for (const due of dues) ids.push(await ask({ by: 'ong', of: ['asociatia'], due, measureId }));
		await database.asOwner((tx) =>
			tx.execute(sql`update requests set due = ${addDays(today, -2)} where update_id = ${ids[1]}`)
		);
		const order = async () => (await open('asociatia')).ofUs.map(({ id }) => id);
		expect(await order()).toEqual([ids[1], ids[2], ids[0]]);

		await database.asOwner((tx) =>
			tx.execute(sql`update measures set retired_at = now() where id = ${measureId}`)
		);
		expect(await order()).toEqual([]);
	});
});
