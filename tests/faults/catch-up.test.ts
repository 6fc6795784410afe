/**
 * A browser that was away, came in the middle, or was answered late is in step again. What runs here is the page's
 * own Connection with real sockets and real HTTP; only its window is ours.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQL } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { open, sessionOf } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { catchUp, readHeads } from '#lib/events/log.server.ts';
import { Connection } from '#lib/realtime/connection.svelte.ts';
import { currentRows, type Snapshot } from '#lib/realtime/copy.ts';
import { openGateway } from '#lib/realtime/gateway.server.ts';
import type { Heads, Row } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import type { Database, Tx } from '#lib/server/database.server.ts';
import { cookieOf } from '#lib/server/http.ts';
import { editTexts } from '#lib/strategy/edit-measure.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';
import { load as loadBoard } from '../../src/routes/(app)/board/+page.server.ts';
import { Client } from '../support/client.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { delay, keep, oneOf, percentile, randomFrom, seed, size } from '../support/results.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

/** The window of a tab: where it is open, who is signed in, and how its page is read again. */
type Window = { url: string; cookie: string; readAgain: () => Promise<void>; asked: number[] };
const windows = new AsyncLocalStorage<Window>();
const here = () => windows.getStore() as Window;

/** The database that the board's `load` reads from. */
const onDatabase = new AsyncLocalStorage<Database>();

vi.mock('#lib/app.server.ts', () => ({ app: () => ({ database: onDatabase.getStore() }) }));
vi.mock('$app/navigation', () => ({ invalidate: () => here().readAgain() }));
vi.mock('$app/state', () => ({ navigating: { to: null } }));
vi.mock('socket.io-client', async (original) => {
	const { io } = await original<typeof import('socket.io-client')>();
	type Options = NonNullable<Parameters<typeof io>[1]>;
	return {
		io: (to: string | Options, options?: Options) => {
			if (typeof to === 'string') return io(to, options);
			const { url: origin, cookie } = here();
			return io(origin, { ...to, forceNew: true, extraHeaders: { cookie, origin } });
		}
	};
});

const fetchAnywhere = globalThis.fetch;
vi.stubGlobal('navigator', { onLine: true });
vi.stubGlobal('addEventListener', () => {});
vi.stubGlobal('removeEventListener', () => {});
vi.stubGlobal('fetch', async (to: string, options?: RequestInit) => {
	if (!to.startsWith('/')) return fetchAnywhere(to, options);
	const { url, cookie, asked } = here();
	const response = await fetchAnywhere(url + to, { headers: { cookie } }).finally(() => asked.push(0));
	asked[asked.length - 1] = response.status; // instead of the 0 of no answer
	return response;
});

/** A page in a tab, as the page's own effects drive it. */
class Tab {
	readonly window: Window;
	readonly connection = new Connection(
		() => '',
		() => (this.ended = true),
		() => {}
	);
	ended = false;
	readAgain = 0;
	#snapshot: Snapshot = { epoch: '', heads: {}, rows: [] };
	#close = () => {};

	constructor(
		url: string,
		cookie: string,
		readonly read: () => Promise<Snapshot>
	) {
		this.window = {
			url,
			cookie,
			asked: [],
			readAgain: async () => {
				this.readAgain += 1;
				await this.load();
			}
		};
	}

	/** The page is read from the server. */
	async load() {
		this.show(await this.read());
	}

	show(snapshot: Snapshot) {
		this.#snapshot = snapshot;
		windows.run(this.window, () => this.connection.read(snapshot));
	}

	open() {
		this.#close = windows.run(this.window, () => this.connection.open());
	}

	ask() {
		windows.run(this.window, () => this.connection.catchUp());
	}

	close() {
		this.#close();
	}

	get rows(): Row[] {
		return currentRows(this.#snapshot, this.connection.events, () => true, this.connection.gone);
	}
}

/** Looks again and again until it is so, or the time is over. */
async function within(milliseconds: number, isSo: () => boolean): Promise<number | undefined> {
	const began = performance.now();
	while (!isSo()) {
		if (performance.now() - began > milliseconds) return undefined;
		await delay(2);
	}
	return performance.now() - began;
}

const sorted = (rows: readonly Row[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id));

describe('away while much happens', () => {
	const updates = size('AWAY', 520);
	let server: TestServer;
	beforeAll(async () => void (server = await startServer({ env: { HORA_LIMITS: 'off' } })));
	afterAll(async () => void (await server.kill()));

	test(
		`${updates} updates later, one catch-up gives what a fresh load gives`,
		{ timeout: 120_000 },
		async () => {
			const random = randomFrom(seed);
			const [reader, ...writers] = await Promise.all(
				['ambasada', 'comisia', 'secretariat', 'ong', 'minister'].map((window) =>
					Client.signIn(server.url, window)
				)
			);
			if (!reader) throw new Error('nobody reads');
			const { live, circles } = await reader.page('/measures');
			const all = circles.find(({ kind }) => kind === 'all')?.id as string;
			const measure = live.rows.find((row) => row.circleId === all) as Measure;
			const page = `/measures/${measure.id}`;

			const read = async () => (await reader.page(page)).live;
			const tab = new Tab(server.url, reader.cookie, read);
			await tab.load();
			const before = sorted(tab.rows);

			// It has gone through a tunnel; the others work on.
			await Promise.all(writers.map((writer) => writer.connect()));
			let [done, status] = [0, measure.status];
			const posts: string[] = [];
			const work = async (writer: Client, i: number) => {
				const command = async (name: string, input: Record<string, unknown>) => {
					const answer = await writer.command(name, input);
					if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.refusal)}`);
					done += 1;
					return answer.result.id as string;
				};
				while (done + writers.length <= updates) {
					const what = random();
					if (i === 1 && what < 0.3) {
						const to = status === 'blocked' ? 'in-progress' : 'blocked';
						await command('measure.status', {
							measureId: measure.id,
							status: to,
							reason: 'De ce',
							base: { status }
						});
						status = to;
					} else if (what < 0.6 || posts.length < 3) {
						const post = { measureId: measure.id, circleId: all, kind: 'comment', text: `Scris ${done}` };
						posts.push(await command('update.post', post));
					} else if (what < 0.8) {
						await command('update.reply', { updateId: oneOf(random, posts), text: `Răspuns ${done}` });
					} else {
						const post = { measureId: measure.id, circleId: all, kind: 'comment', text: 'Întâi' };
						const updateId = await command('update.post', post);
						if (what < 0.9) await command('update.edit', { updateId, text: 'Apoi', base: { text: 'Întâi' } });
						else await command('update.withdraw', { updateId });
					}
				}
			};
			await Promise.all(writers.map(work));
			while (done < updates) {
				const post = { measureId: measure.id, circleId: all, kind: 'comment', text: `Încă ${done++}` };
				await (writers[0] as Client).command('update.post', post);
			}
			const fresh = sorted((await read()).rows);

			// By events alone; who was away for too long is told to read the page again.
			const byEvents = updates < 2000;
			if (byEvents) tab.window.readAgain = async () => {};
			tab.open();
			const took = await within(10_000, () => JSON.stringify(sorted(tab.rows)) === JSON.stringify(fresh));
			const caughtUp = sorted(tab.rows);
			keep('catch-up', 'away', {
				updates: done,
				rows: fresh.length,
				milliseconds: took && Math.round(took),
				requests: tab.window.asked.length,
				readAgain: tab.readAgain
			});
			tab.close();
			writers.forEach((writer) => writer.close());

			expect(done).toBeGreaterThanOrEqual(updates);
			expect(before).not.toEqual(fresh);
			expect(caughtUp).toEqual(fresh);
			expect(took).toBeLessThanOrEqual(updates > 2000 ? 5000 : 2000);
			// A page of 500 at a time.
			expect(tab.window.asked.length).toBeLessThanOrEqual(1 + Math.ceil(updates / 500));
			if (!byEvents) expect(tab.readAgain).toBeGreaterThan(0);
		}
	);
});

describe.each(engines)('in the middle, on %s', (engine) => {
	const rounds = { pglite: size('MIDDLE_EMBEDDED', 50, 100), postgres: size('MIDDLE', 450, 1000) }[engine];
	const random = randomFrom(seed);
	const seats: Seat[] = ['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'];
	let database: TestDatabase;
	let table: Table;
	let url: string;
	/** What the next catch-ups are answered instead. */
	const troubles: number[] = [];
	const closing: (() => unknown)[] = [];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		url = await serve(database);
	});
	afterAll(async () => {
		for (const close of closing) await close();
		await database.close();
	});

	/** The gateway, and the catch-up as the route answers it. */
	async function serve(database: Database, beforeOpening = async (_url: string) => {}) {
		const answer = async (...[request, response]: Parameters<RequestListener>) => {
			const session = await sessionOf(database, cookieOf(request.headers.cookie, 'hora_session'));
			const { searchParams } = new URL(request.url ?? '', 'http://hora');
			const trouble = troubles.shift() ?? (session ? 0 : 401);
			if (trouble || !session) return void response.writeHead(trouble).end();
			const since = JSON.parse(searchParams.get('heads') ?? '{}') as Heads;
			const reader = { member: session.actor.memberId };
			response.end(JSON.stringify(await catchUp(database, reader, since, searchParams.get('epoch') ?? '')));
		};
		const http = createServer((...exchange) => void answer(...exchange)).listen(0, '127.0.0.1');
		http.keepAliveTimeout = 60_000; // a browser would send again on a connection that was closed for idleness
		await once(http, 'listening');
		const url = `http://localhost:${(http.address() as AddressInfo).port}`;
		const opening = openGateway(http, database, { demonstration: false });
		await beforeOpening(url);
		const gateway = await opening;
		closing.push(async () => {
			gateway.io.disconnectSockets(true);
			await gateway.leave();
			gateway.close();
			http.closeAllConnections();
			http.close();
		});
		return url;
	}

	const cookieFor = async ({ memberId }: App.Actor) =>
		`hora_session=${writeToken(await open(database, memberId, crypto.randomUUID()))}`;

	const pageOf = (reader: App.Actor, measureId: string) => () =>
		database.as('hora_app', { member: reader.memberId }, async (tx): Promise<Snapshot> => {
			const heads = await readHeads(tx);
			const measure = await readMeasure(tx, measureId);
			return { ...heads, rows: measure ? [measure] : [] };
		});

	/** What the board is drawn from, as its own `load` reads it: pausing between its queries, so that much comes in between. */
	const boardOf = (reader: App.Actor) => async (): Promise<Snapshot> => {
		const event = { depends() {}, locals: { actor: reader }, url: new URL('http://hora/board') };
		const hesitant: Database = {
			...database,
			as: (role, reader, work) => database.as(role, reader, (tx) => work(pausing(tx)))
		};
		return (await onDatabase.run(hesitant, () => loadBoard(event as never))).live;
	};
	const pausing = (tx: Tx): Tx =>
		Object.assign(Object.create(tx) as Tx, {
			execute: async (query: SQL) => {
				await delay(random() * 6);
				return tx.execute(query);
			}
		});

	/** Somebody of this organisation writes in its own circle: what one lane does, no other hears. */
	async function lane(seat: Seat) {
		const [reader, writer] = [table.member(seat, 'observer'), table.member(seat, 'secretariat')];
		const measureId = await table.addMeasure({
			circle: `own ${seat}`,
			leads: [seat],
			partners: [],
			title: '0'
		});
		const cookie = await cookieFor(reader);
		let title = 0;
		return {
			tab: () => new Tab(url, cookie, pageOf(reader, measureId)),
			board: () => new Tab(url, cookie, boardOf(reader)),
			titleOn: (tab: Tab) => (tab.rows.find(({ id }) => id === measureId) as Measure | undefined)?.titleRo,
			title: () => String(title),
			async change() {
				const input = { measureId, texts: { titleRo: String(title + 1) }, base: { titleRo: String(title) } };
				await execute(database, editTexts, writer, input, crypto.randomUUID());
				title += 1;
			}
		};
	}

	const titleOf = (tab: Tab) => (tab.rows[0] as Measure | undefined)?.titleRo;

	test(
		`changed ${rounds} times between the reading of a page and its room: none missed`,
		{ timeout: 180_000 },
		async () => {
			let [ran, changes] = [0, 0];
			const missed: string[] = [];
			const delays = { measure: [] as number[], board: [] as number[] };
			await Promise.all(
				seats.map(async (seat) => {
					const { tab, board, titleOn, title, change } = await lane(seat);
					const open = { measure: tab, board };
					const changeOnce = async () => {
						changes += 1;
						await change();
					};
					while (ran < rounds) {
						ran += 1;
						// By turns the measure and the board.
						const page = ran % 2 === 0 ? 'board' : 'measure';
						const tab = open[page]();
						// While it is being read, for a part of them, and then no more.
						const early = random() < 0.5 ? delay(random() * 6).then(changeOnce) : undefined;
						await tab.load();
						// Read again a second later, the page would hide what its events have missed.
						tab.window.readAgain = async () => {};

						// Before the socket is asked for, or at any moment of the handshake and the first catch-up.
						const moments = [random() < 0.4 ? 0 : random() * 12, random() < 0.5 ? random() * 25 : undefined];
						const changing = (async () => {
							if (early) return early;
							for (const moment of moments) {
								if (moment === undefined) continue;
								if (moment > 0) await delay(moment);
								await changeOnce();
							}
						})();
						if (moments[0] === 0 && random() < 0.5) await changing;
						tab.open();
						await changing;

						const took = await within(5000, () => titleOn(tab) === title());
						if (took !== undefined) delays[page].push(took);
						else {
							const { connection, window } = tab;
							missed.push(
								`${page}: ${titleOn(tab)} for ${title()}, ${connection.state}, asked ${window.asked}`
							);
						}
						tab.close();
					}
				})
			);
			keep('catch-up', `between page and room, ${engine}`, {
				rounds: ran,
				onTheBoard: delays.board.length,
				changes,
				missed: missed.length,
				millisecondsP95: percentile([...delays.measure, ...delays.board], 0.95)
			});
			expect(ran).toBeGreaterThanOrEqual(rounds);
			expect(delays.board.length).toBeGreaterThanOrEqual(rounds / 2 - missed.length);
			expect(changes).toBeGreaterThan(ran);
			expect(missed).toEqual([]);
		}
	);

	test('a catch-up that was not answered is asked again, though nothing happens and the socket is well', async () => {
		const { tab: newTab, title, change } = await lane('ong');
		const tab = newTab();
		await tab.load();
		await change();
		troubles.push(503);
		// The ten seconds of the page are a fifth of one here.
		const wait = setInterval;
		const hurried = vi
			.spyOn(globalThis, 'setInterval')
			.mockImplementation(((call: () => void, ms: number) =>
				wait(call, ms === 10_000 ? 200 : ms)) as typeof setInterval);
		tab.open();
		hurried.mockRestore();
		const took = await within(5000, () => titleOf(tab) === title());
		const { asked } = tab.window;
		tab.close();
		expect(took).toBeDefined();
		expect(asked).toEqual([503, 200]);
	});

	test('what happens while the page is read again is not missed', async () => {
		const { tab: newTab, title, change } = await lane('ong');
		const tab = newTab();
		await tab.load();
		tab.open();
		await within(900, () => tab.window.asked.length === 1);

		// In another epoch the catch-up says "read the page again". While that is on its way, two changes come by the
		// socket; the page that arrives is older than both, and of the old epoch nothing is kept.
		let shown = false;
		tab.window.readAgain = async () => {
			tab.readAgain += 1;
			const page = await tab.read();
			await change();
			await change();
			await delay(100);
			tab.show(page);
			shown = true;
		};
		await database.asOwner(
			async (tx) => void (await tx.execute('update workspace set epoch = gen_random_uuid()'))
		);
		tab.ask();
		const took = await within(5000, () => shown && titleOf(tab) === '2');
		const times = tab.readAgain;
		tab.close();
		expect(title()).toBe('2');
		expect(took).toBeDefined();
		expect(times).toBe(1);
	});

	test('who comes while the gateway opens is asked who they are, and sits where they belong', async () => {
		const { tab: newTab, title, change } = await lane('agentia');
		const slow: Database = {
			...database,
			async as(role, reader, work) {
				if (role === 'hora_delivery') await delay(200);
				return database.as(role, reader, work);
			}
		};
		const early: { id?: string; state: string }[] = [];
		const tab = newTab();
		await tab.load();
		const stranger = new Tab('', '', () => Promise.reject(new Error('reads nothing')));

		const opened = await serve(slow, async (url) => {
			for (const one of [tab, stranger]) one.window.url = url;
			await delay(20);
			tab.open();
			stranger.open();
			await delay(100);
			early.push({ state: tab.connection.state }, { state: stranger.connection.state });
		});
		const seated = await within(5000, () => tab.connection.state === 'live');
		await change();
		const took = await within(2000, () => titleOf(tab) === title());
		const refused = await within(5000, () => stranger.ended);
		const strangerIn = stranger.connection.state === 'live';
		tab.close();
		stranger.close();
		expect(opened).toBeDefined();
		expect(early.map(({ state }) => state)).not.toContain('live');
		expect(seated).toBeDefined();
		expect(took).toBeDefined();
		expect(refused).toBeDefined();
		expect(strangerIn).toBe(false);
	});
});
