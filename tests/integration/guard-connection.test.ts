/** The browser's side of the line, on the real gateway: whatever goes wrong, in the end nothing is missing. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { open } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { catchUp, eventsPast, allHeads } from '#lib/events/log.server.ts';
import { Connection } from '#lib/realtime/connection.svelte.ts';
import { Delivery } from '#lib/realtime/delivery.server.ts';
import { openGateway } from '#lib/realtime/gateway.server.ts';
import type { Heads, LiveEvent } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

/** Where the page comes from, as a browser would know by itself; the test decides when the socket may connect. */
const page = vi.hoisted(() => ({ url: '', cookie: '', socket: undefined as Socket | undefined }));

vi.mock('socket.io-client', async (original) => {
	const { io } = await original<typeof import('socket.io-client')>();
	return {
		io: (options: object) =>
			(page.socket = io(page.url, {
				...options,
				forceNew: true,
				autoConnect: false,
				extraHeaders: { origin: page.url, cookie: page.cookie }
			}))
	};
});
vi.mock('$app/navigation', () => ({ invalidate: async () => {} }));

let database: TestDatabase;
let table: Table;
let http: Server;
let gateway: Awaited<ReturnType<typeof openGateway>>;
let reader: { member: string };
let measureId: string;
/** What the catch-up answers instead, as often as there is something in it. */
const failures: (() => Response)[] = [];
let asked = 0;

beforeAll(async () => {
	database = await openTestDatabase('pglite');
	table = await layTable(database);
	measureId = await table.addMeasure();
	const { memberId } = table.member('ong');
	reader = { member: memberId };
	http = createServer();
	gateway = await openGateway(http, database, { demonstration: false });
	await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
	page.url = `http://localhost:${(http.address() as AddressInfo).port}`;
	page.cookie = `hora_session=${writeToken(await open(database, memberId, crypto.randomUUID()))}`;
});
afterAll(async () => {
	await gateway.leave();
	gateway.close();
	http.close();
	await database.close();
});

beforeAll(() => {
	vi.stubGlobal('navigator', { onLine: true });
	vi.stubGlobal('addEventListener', () => {});
	vi.stubGlobal('removeEventListener', () => {});
	vi.stubGlobal('fetch', async (path: string) => {
		asked += 1;
		const failure = failures.shift();
		if (failure) return failure();
		const { searchParams } = new URL(path, page.url);
		const heads = JSON.parse(searchParams.get('heads') ?? '{}') as Heads;
		return Response.json(await catchUp(database, reader, heads, searchParams.get('epoch') ?? ''));
	});
});
beforeEach(() => {
	asked = 0;
	failures.length = 0;
});

const post = async (text: string) => {
	const input = { measureId, circleId: table.circle.all, kind: 'comment', text };
	const { result } = await execute(database, postUpdate, table.member('comisia'), input, crypto.randomUUID());
	return result.id as string;
};

/** A page that has just been read; its socket is not connected before `arrive`. */
async function openPage() {
	const connection = new Connection(
		() => reader.member,
		() => {},
		() => {}
	);
	const { epoch, heads } = await catchUp(database, reader, {}, '');
	connection.read({ epoch, heads, rows: [] });
	onTestFinished(connection.open());
	const arrive = async () => {
		page.socket?.connect();
		await until(() => connection.state === 'live');
	};
	const shows = (id: string) => connection.events.some(({ subject }) => subject === id);
	return { arrive, shows };
}

test('what happened before the socket was there is asked for once it is', async () => {
	const { arrive, shows } = await openPage();
	await until(() => asked > 0, 100).catch(() => {});
	const id = await post('între citire și conectare');
	await handedOut(id);

	await arrive();
	await until(() => shows(id));
});

test.each([
	['is answered with 503', () => new Response(null, { status: 503 })],
	['is answered with 429', () => new Response(null, { status: 429 })],
	['meets no network', () => Promise.reject<Response>(new TypeError('fetch failed'))]
])('a catch-up that %s is asked for again, though nothing else happens', async (_, failure) => {
	const { arrive, shows } = await openPage();
	const id = await post('rămas în urmă');
	await handedOut(id);
	failures.push(failure as () => Response);

	await arrive();
	await until(() => shows(id), 6000);
	expect(failures).toEqual([]);
});

test('a catch-up that cannot read says so, and not that nothing happened', async () => {
	const { epoch, heads } = await catchUp(database, reader, {}, '');
	await post('de recuperat');
	await expect(catchUp(failing(), reader, heads, epoch)).rejects.toThrow('the disk');
});

test('what a round could not read, and what it could not hand out, the next one hands out', async () => {
	let handOut = (events: LiveEvent[]) => void events;
	let broken = false;
	const now: Database = { ...database, as: (...args) => (broken ? failing() : database).as(...args) };
	const delivery = await Delivery.open(now, (_, events) => handOut(events));
	const heard: LiveEvent[] = [];
	const id = await post('o singură dată');

	broken = true;
	await delivery.run();
	broken = false;
	handOut = () => {
		throw new Error('a room that cannot be reached');
	};
	await delivery.run();
	handOut = (events) => heard.push(...events);
	await delivery.run();
	await delivery.run();

	expect(heard.filter(({ subject }) => subject === id)).toHaveLength(1);
});

/** A database that answers nothing. */
const failing = (): Database => ({ ...database, as: () => Promise.reject(new Error('the disk has failed')) });

/** The gateway has read past it: no socket that connects now will be told by it. */
async function handedOut(id: string) {
	const heads = await allHeads(database);
	const circle = table.circle.all;
	const [last] = (
		await eventsPast(database, new Map([...heads, [circle, (heads.get(circle) ?? 1) - 1]]))
	).slice(-1);
	expect(last?.subject).toBe(id);
	await new Promise((done) => setTimeout(done, 100));
}

async function until(holds: () => boolean, milliseconds = 3000) {
	const end = Date.now() + milliseconds;
	while (!holds()) {
		if (Date.now() > end) throw new Error(`it did not come to pass within ${milliseconds} ms`);
		await new Promise((done) => setTimeout(done, 10));
	}
}
