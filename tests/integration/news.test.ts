/** What is new for whom: reckoned by event numbers, for each reader from what that reader may read. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { markAllSeen, markSeen } from '#lib/news/mark-seen.server.ts';
import { countNews, listNews, lookedAt, newsOf, unseenOn } from '#lib/news/queries.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { setStatus } from '#lib/strategy/edit-measure.server.ts';
import {
	lastUpdates,
	listMeasures,
	listObjectives,
	listStrategies,
	readMeasure
} from '#lib/strategy/queries.server.ts';
import { listUpdates, openRequests } from '#lib/updates/queries.server.ts';
import { postUpdate, withdrawUpdate } from '#lib/updates/post-update.server.ts';
import { listViews } from '#lib/views/keep-view.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CircleName, layTable, type Table } from '../support/table.ts';

describe.each(engines)('what is new, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let ioana: App.Actor;
	let ana: App.Actor;
	let alex: App.Actor;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		[ioana, ana, alex] = [table.member('ong'), table.member('minister'), table.member('ambasada')];
	});
	afterAll(() => database.close());

	const act = async (command: AnyCommand, actor: App.Actor, input: unknown) =>
		(await execute(database, command, actor, input, crypto.randomUUID())).result;
	const as = <T>({ memberId }: App.Actor, read: (tx: Tx) => Promise<T>) =>
		database.as('hora_app', { member: memberId }, read);
	const post = (actor: App.Actor, measureId: string, circle: CircleName = 'all') =>
		act(postUpdate, actor, { measureId, circleId: table.circle[circle], kind: 'comment', text: 'Ceva nou' });
	const unseen = async (actor: App.Actor, measureId: string) =>
		(await as(actor, newsOf)).unseen[measureId] ?? 0;
	const headsOf = async (actor: App.Actor) => (await as(actor, readHeads)).heads;

	test('what others write is new until it was seen; what one writes oneself never is', async () => {
		const measureId = await table.addMeasure({ leads: ['minister'] });
		const { id } = await post(ioana, measureId);
		expect([await unseen(ana, measureId), await unseen(ioana, measureId)]).toEqual([1, 0]);
		expect(await as(ana, (tx) => unseenOn(tx, measureId))).toEqual([id]);
		const before = await as(ana, countNews);

		await act(markSeen, ana, { measureId, heads: await headsOf(ana) });
		expect(await unseen(ana, measureId)).toBe(0);
		expect(await as(ana, countNews)).toBe(before - 1);
		expect((await as(ana, lookedAt)).at).toEqual(expect.any(String));
		// Alex has seen nothing: a mark is its member's alone.
		expect(await unseen(alex, measureId)).toBe(1);
		expect(await as(alex, (tx) => tx.execute(sql`select * from seen`).then(String))).not.toContain(measureId);

		const status = {
			measureId,
			status: 'blocked',
			reason: 'Lipsește avizul',
			base: { status: 'in-progress' }
		};
		await act(setStatus, table.member('minister', 'coordinator'), status);
		expect(await unseen(ana, measureId)).toBe(1);
	});

	test('what came after the page was read is still new, however late its mark arrives', async () => {
		const measureId = await table.addMeasure();
		await post(ioana, measureId);
		const stood = await headsOf(ana);
		const { id } = await post(ioana, measureId);
		await act(markSeen, ana, { measureId, heads: stood });
		expect(await as(ana, (tx) => unseenOn(tx, measureId))).toEqual([id]);
		await act(markAllSeen, ana, { heads: stood });
		expect(await as(ana, (tx) => unseenOn(tx, measureId))).toEqual([id]);
		await act(markAllSeen, ana, { heads: await headsOf(ana) });
		expect(await as(ana, countNews)).toBe(0);
	});

	test('what one may not read is no news, and leaves no number behind', async () => {
		const measureId = await table.addMeasure();
		await act(markAllSeen, alex, { heads: await headsOf(alex) });
		await post(ioana, measureId, 'national');
		expect([await unseen(alex, measureId), await unseen(table.member('comisia'), measureId)]).toEqual([0, 1]);
		const listed = await as(alex, (tx) => listNews(tx, { days: 7, limit: 50 }));
		expect(listed.filter((one) => one.unseen)).toEqual([]);

		const [news] = await as(table.member('comisia'), (tx) => listNews(tx, { days: 7, limit: 1 }));
		expect(news).toMatchObject({ measureId, type: 'update.posted', quote: 'Ceva nou', unseen: true });
	});

	test('with its line in the other language, as long as it stands', async () => {
		const measureId = await table.addMeasure();
		const said = { kind: 'comment', language: 'ro', text: 'E gata', gist: 'It is ready' };
		const { id } = await act(postUpdate, ioana, { measureId, circleId: table.circle.all, ...said });
		const newest = async () => (await as(ana, (tx) => listNews(tx, { days: 7, limit: 1 })))[0];
		const both = { quote: 'E gata', language: 'ro', gist: 'It is ready', gistStale: false };
		expect(await newest()).toMatchObject({ subject: id, ...both });
		await act(withdrawUpdate, ioana, { updateId: id });
		const listed = await as(ana, (tx) => listNews(tx, { days: 7, limit: 50 }));
		expect(JSON.stringify(listed)).not.toMatch(/E gata|It is ready/);
	});

	test('a retired measure makes no news', async () => {
		const measureId = await table.addMeasure();
		await post(ioana, measureId);
		expect(await unseen(ana, measureId)).toBe(1);
		await database.asOwner((tx) =>
			tx.execute(sql`update measures set retired_at = now() where id = ${measureId}`)
		);
		expect(await unseen(ana, measureId)).toBe(0);
	});

	test('a page asks as often for one measure as for forty', async () => {
		const measureId = await table.addMeasure({ leads: ['minister'] });
		const layout = async (tx: Tx) => {
			await listOrganisations(tx);
			await listCircles(tx);
			await countNews(tx);
		};
		const list = async (tx: Tx) => {
			await readHeads(tx);
			await listMeasures(tx);
			await listObjectives(tx);
			await listStrategies(tx);
			await newsOf(tx);
			await listViews(tx);
		};
		const pages = {
			layout,
			board: list,
			list: async (tx: Tx) => (await list(tx), await lastUpdates(tx)),
			overview: async (tx: Tx) => {
				await readHeads(tx);
				await openRequests(tx, ana.organisationId);
				await listMeasures(tx);
				await listObjectives(tx);
				await listNews(tx, { days: 7, limit: 8 });
				await lookedAt(tx);
			},
			measure: async (tx: Tx) => {
				await readHeads(tx);
				await readMeasure(tx, measureId);
				await listUpdates(tx, measureId);
				await listObjectives(tx);
				await historyOf(tx, measureId);
				await unseenOn(tx, measureId);
			}
		};
		const count = async () => {
			const counts: Record<string, number> = {};
			for (const [page, load] of Object.entries(pages))
				counts[page] = await as(ana, async (tx) => {
					const asked = vi.spyOn(tx, 'execute');
					await load(tx);
					return asked.mock.calls.length;
				});
			return counts;
		};
		const one = await count();
		for (let i = 0; i < 39; i++) await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
		for (let i = 0; i < 20; i++) await post(ioana, measureId);
		expect(await count()).toEqual(one);
		console.log(`SQL statements per page on ${engine}: ${JSON.stringify(one)}`);
	});
});
