/**
 * Clocks that are wrong, and the nights on which they are changed. What came first is never read off a clock, and
 * what is late is a matter of the day in Bucharest.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { open, sessionOf } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { allHeads, catchUp, eventsPast } from '#lib/events/log.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { setDate } from '#lib/strategy/edit-measure.server.ts';
import { isLate, overdue, type Step } from '#lib/strategy/measure.ts';
import { addDays, today } from '#lib/time.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import type { Update } from '#lib/updates/update.ts';
import { Client } from '../support/client.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { keep } from '../support/results.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type CircleName, layTable, type Table } from '../support/table.ts';

const hour = 3_600_000;
/** How far the app's clock is off, act by act. On the embedded database its own clock goes with it. */
const jumps = [0, 24, -24, 0, -2, 2, -2, 0, -24, 24, 0];
/** As the page sorts them. */
const newestFirst = (a: Update, b: Update) => b.postedAt.localeCompare(a.postedAt);

describe.each(engines)('order, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterEach(() => void vi.useRealTimers());
	afterAll(() => database.close());

	test('what came first stands first, whatever the clocks said', async () => {
		const measureId = await table.addMeasure();
		const reader = { member: table.member('comisia').memberId };
		const { epoch } = await catchUp(database, reader, {}, '');
		const { heads } = await catchUp(database, reader, {}, epoch);
		const delivering = await allHeads(database);
		const circles: CircleName[] = ['all', 'national', 'state'];

		const began = Date.now();
		vi.useFakeTimers({ toFake: ['Date'] });
		const posted: string[] = [];
		for (const [i, jump] of jumps.entries()) {
			vi.setSystemTime(began + jump * hour);
			const input = {
				measureId,
				circleId: table.circle[circles[i % 3] as CircleName],
				kind: 'progress',
				text: `${i}`
			};
			const { result } = await execute(
				database,
				postUpdate,
				table.member('minister'),
				input,
				crypto.randomUUID()
			);
			posted.push(result.id as string);
		}
		vi.setSystemTime(began - 2 * hour);

		// Delivery and the catch-up: by number alone.
		const live = await eventsPast(database, delivering);
		const later = (await catchUp(database, reader, heads, epoch)).events;
		for (const events of [live, later]) {
			expect(events).toHaveLength(posted.length);
			for (const circle of circles) {
				const mine = events.filter((event) => event.circle === table.circle[circle]);
				expect(mine.map(({ subject }) => subject)).toEqual(
					posted.filter((_, i) => circles[i % 3] === circle)
				);
				expect(mine.map(({ n }) => n)).toEqual(mine.map((_, i) => (mine[0]?.n ?? 0) + i));
			}
		}

		// What people read, newest first. In the history of several circles only the clock says which of two was first.
		const [thread, history] = await database.as('hora_app', reader, async (tx) => [
			await listUpdates(tx, measureId),
			(await historyOf(tx, measureId)).filter(({ type }) => type === 'update.posted')
		]);
		expect([...thread].sort(newestFirst).map(({ id }) => id)).toEqual([...posted].reverse());
		for (const circle of circles)
			expect(history.filter((event) => event.circle === table.circle[circle]).map(({ n }) => n)).toEqual(
				later.flatMap((event) => (event.circle === table.circle[circle] ? event.n : [])).reverse()
			);
		keep('clock', `order, ${engine}`, { jumpsInHours: jumps, posts: posted.length });
	});

	test('a day is kept as it was written, whatever the clock and its zone', async () => {
		const measureId = await table.addMeasure();
		const { TZ } = process.env;
		vi.useFakeTimers({ toFake: ['Date'] });
		let was: string | null = null;
		for (const [zone, nextDate] of [
			['America/Los_Angeles', '2026-03-29'],
			['Pacific/Kiritimati', '2026-10-25'],
			['Europe/Bucharest', '2026-12-31']
		] as const) {
			process.env.TZ = zone;
			vi.setSystemTime(Date.parse('2026-10-24T21:30:00Z'));
			const input = { measureId, nextDate, reason: 'De ce', base: { nextDate: was } };
			await execute(database, setDate, table.member('comisia'), input, crypto.randomUUID());
			const [found] = await database.asOwner((tx) =>
				rows<{ day: string }>(tx, sql`select next_date::text as day from measures where id = ${measureId}`)
			);
			expect(found?.day).toBe(nextDate);
			was = nextDate;
		}
		if (TZ === undefined) delete process.env.TZ;
		else process.env.TZ = TZ;
	});
});

describe('a session, on PostgreSQL, whose clock is not the app’s', () => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase('postgres');
		table = await layTable(database);
	});
	afterEach(() => void vi.useRealTimers());
	afterAll(() => database.close());

	test('holds by the database’s clock alone', async () => {
		const { memberId } = table.member('ong');
		const cookie = writeToken(await open(database, memberId, crypto.randomUUID()));
		vi.useFakeTimers({ toFake: ['Date'] });
		for (const jump of [-24, 24, 24 * 365]) {
			vi.setSystemTime(Date.now() + jump * hour);
			expect(await sessionOf(database, cookie)).toMatchObject({ actor: { memberId } });
		}
		vi.useRealTimers();
		await database.asOwner((tx) =>
			rows(
				tx,
				sql`update signin.sessions set created_at = now() - interval '13 hours' where member_id = ${memberId}`
			)
		);
		expect(await sessionOf(database, cookie)).toBeUndefined();
	});
});

describe('two servers on one PostgreSQL, one a day ahead and one a day behind', () => {
	let database: TestDatabase;
	let servers: TestServer[];
	beforeAll(async () => {
		database = await openTestDatabase('postgres');
		servers = await Promise.all([24, -24].map((hours) => startServer({ ...options(), env: wrongBy(hours) })));
	});
	afterAll(async () => {
		await Promise.all((servers ?? []).map((server) => server.kill()));
		await database?.close();
	});

	const options = () => ({ databaseUrl: database.url, demo: 'on' }) as const;

	/** Loaded before the server: its clock, and nothing else, is off. */
	const wrongBy = (hours: number) => {
		const shift = `const { now } = Date, right = Date;
			globalThis.Date = class extends right {
				constructor(...given) { super(...(given.length ? given : [right.now()])); }
			};
			right.now = globalThis.Date.now = () => now() + ${hours * hour};`;
		return { HORA_LIMITS: 'off', NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shift)}` };
	};

	test('members of both see one order and the right day', { timeout: 60_000 }, async () => {
		const members = await Promise.all(servers.map(({ url }) => Client.signIn(url, 'minister')));
		const readers = await Promise.all(servers.map(({ url }) => Client.signIn(url, 'comisia')));
		await Promise.all([...members, ...readers].map((client) => client.connect()));
		const { live, circles } = await (readers[0] as Client).page('/measures');
		const all = circles.find(({ kind }) => kind === 'all')?.id as string;
		const measureId = live.rows.find(({ circleId }) => circleId === all)?.id as string;

		const posted: string[] = [];
		for (let i = 0; i < 10; i++) {
			const post = { measureId, circleId: all, kind: 'progress', text: `Pe rând ${i}` };
			const answer = await (members[i % 2] as Client).command('update.post', post);
			if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
			posted.push(answer.result.id as string);
		}
		for (const reader of readers) {
			const heard = () =>
				reader.events.filter(({ type }) => type === 'update.posted').map(({ subject }) => subject);
			await vi.waitFor(() => expect(heard()).toEqual(posted), 3000);

			const page = await reader.page(`/measures/${measureId}`);
			const thread = page.live.rows.filter((row): row is Update => row.subject === 'update');
			const ours = thread.filter(({ id }) => posted.includes(id)).sort(newestFirst);
			expect(ours.map(({ id }) => id)).toEqual([...posted].reverse());

			// What is late is reckoned from here, and the test's own clock is right.
			expect(Math.abs(page.now - Date.now())).toBeLessThan(60_000);
			expect(page.today).toBe(today(new Date(page.now)));
		}
		[...members, ...readers].forEach((client) => client.close());
		const log = servers.map(({ output }) =>
			Date.parse(/"at":"([^"]+)","level":"info","event":"open"/.exec(output())?.[1] ?? '')
		);
		// Their clocks were really off.
		expect(log.map((at) => Math.round((at - Date.now()) / hour))).toEqual([24, -24]);
	});
});

describe('late is a matter of the day in Bucharest', () => {
	/** The last moment of a day, and how long the day was: 23 hours when the clocks go forward, 25 when back. */
	const nights = [
		{ day: '2026-03-28', ends: '2026-03-28T22:00:00Z', hours: 24 },
		{ day: '2026-03-29', ends: '2026-03-29T21:00:00Z', hours: 23 },
		{ day: '2026-03-30', ends: '2026-03-30T21:00:00Z', hours: 24 },
		{ day: '2026-10-24', ends: '2026-10-24T21:00:00Z', hours: 24 },
		{ day: '2026-10-25', ends: '2026-10-25T22:00:00Z', hours: 25 },
		{ day: '2026-10-26', ends: '2026-10-26T22:00:00Z', hours: 24 },
		{ day: '2027-03-28', ends: '2027-03-28T21:00:00Z', hours: 23 },
		{ day: '2027-10-31', ends: '2027-10-31T22:00:00Z', hours: 25 }
	];
	const measure = (nextDate: string | null, steps: Partial<Step>[] = []) => ({
		status: 'in-progress' as const,
		nextDate,
		steps: steps.map((step) => ({
			id: '',
			titleRo: '',
			titleEn: '',
			source: '',
			date: null,
			done: false,
			...step
		}))
	});

	test.each(['America/Los_Angeles', 'UTC', 'Europe/Bucharest', 'Pacific/Kiritimati'])(
		'on a machine in %s, minute by minute through the nights of the change',
		(zone) => {
			const { TZ } = process.env;
			process.env.TZ = zone;
			let minutes = 0;
			for (const { day, ends, hours } of nights) {
				const end = Date.parse(ends);
				const start = end - hours * hour;
				// An hour before it begins to an hour after it ends.
				for (let at = start - hour; at < end + hour; at += 60_000) {
					const inside = at >= start && at < end;
					const now = today(new Date(at));
					expect(now === day, new Date(at).toISOString()).toBe(inside);
					// Promised for that day: it may be kept until its last minute.
					expect(isLate(measure(day), now)).toBe(at >= end);
					expect(isLate(measure(null, [{ date: day }]), now)).toBe(at >= end);
					minutes += 1;
				}
				expect(addDays(day, 1)).toBe(today(new Date(end)));
			}
			if (TZ === undefined) delete process.env.TZ;
			else process.env.TZ = TZ;
			expect(minutes).toBe(nights.reduce((sum, { hours }) => sum + (hours + 2) * 60, 0));
		}
	);

	test('done and dropped are never late, and a step that is done holds nobody to its date', () => {
		const day = '2026-10-25';
		for (const status of ['proposed', 'blocked', 'done', 'dropped'] as const)
			expect(isLate({ ...measure(day), status }, '2030-01-01')).toBe(false);
		expect(isLate(measure(null, [{ date: day, done: true }]), '2030-01-01')).toBe(false);
		expect(overdue(measure('2026-10-26', [{ date: day }]), '2026-10-27')).toBe(day);
		expect(isLate(measure(null), '2030-01-01')).toBe(false);
	});
});

describe('the browser’s clock', () => {
	/** Code that browsers run: components, and what is not the server's or a test's. */
	const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
		(path) =>
			/\.(svelte|ts)$/.test(path) &&
			!/\.server\.|\.test\.|\+server\.|hooks\.server|i18n.compiled|^lib.server/.test(path)
	);

	test('is asked by nobody: what is late and how long ago are reckoned from the server’s now', () => {
		expect(files.length).toBeGreaterThan(50);
		const asks = /\bnew Date\(\s*\)|\bDate\.now\b|\bDate\(\)|\bperformance\.timeOrigin\b/;
		expect(asks.test('const now = new Date();')).toBe(true);
		expect(files.filter((path) => asks.test(readFileSync(join('src', path), 'utf8')))).toEqual([]);
	});
});
