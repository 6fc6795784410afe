/** Real sockets on the real gateway: a room is joined before anybody is told so, and nobody comes back into one. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { open } from '#lib/auth/sessions.server.ts';
import { type Token, writeToken } from '#lib/auth/token.server.ts';
import { openGateway } from '#lib/realtime/gateway.server.ts';
import type { LiveEvent } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CircleName, layTable, type Table } from '../support/table.ts';

describe.each(engines)('sockets, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let http: Server;
	let gateway: Awaited<ReturnType<typeof openGateway>>;
	const clients: Socket[] = [];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		http = createServer();
		gateway = await openGateway(http, database, { demonstration: false });
		await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
	});
	afterEach(() => clients.splice(0).forEach((client) => client.disconnect()));
	afterAll(async () => {
		await gateway.leave();
		gateway.close();
		http.close();
		await database.close();
	});

	/** A member with an open page: the socket, what it heard, and the session. */
	async function sit(actor: App.Actor) {
		const token = await open(database, actor.memberId, crypto.randomUUID());
		const url = `http://localhost:${(http.address() as AddressInfo).port}`;
		const socket = io(url, {
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
			extraHeaders: { origin: url, cookie: `hora_session=${writeToken(token)}` }
		});
		clients.push(socket);
		const heard: LiveEvent[] = [];
		socket.on('events', (events: LiveEvent[]) => heard.push(...events));
		/** The rooms that the server has put it into at the very moment it hears that it is connected. */
		let rooms: string[] = [];
		socket.on('connect', () => {
			rooms = [...(gateway.io.sockets.sockets.get(socket.id as string)?.rooms ?? [])];
		});
		await outcomeOf(socket);
		return { socket, heard, token, rooms: () => rooms };
	}

	const post = async (circle: CircleName, text: string) =>
		execute(
			database,
			postUpdate,
			table.member('comisia'),
			{ measureId: await table.addMeasure(), circleId: table.circle[circle], kind: 'comment', text },
			crypto.randomUUID()
		);

	/** Ends the session as another tab's sign-out would. */
	const end = ({ id }: Token) =>
		database.asOwner((tx) => rows(tx, sql`update signin.sessions set ended_at = now() where id = ${id}`));

	/** The connection breaks off, as when a train enters a tunnel; the server has noticed when this comes back. */
	async function breakOff(socket: Socket) {
		const { id } = socket;
		socket.io.engine.close();
		await until(() => !gateway.io.sockets.sockets.has(id as string));
	}

	test('whoever hears "connected" sits in every circle already', async () => {
		const { rooms } = await sit(table.member('ong'));
		const circles = (['public', 'all', 'national', 'ngos', 'own ong'] as const).map(
			(name) => table.circle[name]
		);
		expect(rooms()).toEqual(expect.arrayContaining(circles.map((circle) => `circle:${circle}`)));
	});

	test('whose session ended while they were away is not let in again and hears nothing', async () => {
		const { socket, heard, token } = await sit(table.member('ong'));
		await post('national', 'înainte');
		await until(() => heard.length > 0);
		const before = heard.length;

		await breakOff(socket);
		await end(token);
		await post('national', 'cât a lipsit');
		await delivered();
		socket.connect();

		expect(await outcomeOf(socket)).toBe('signed-out');
		expect(heard.slice(before)).toEqual([]);
	});

	test('whose organisation left a circle while they were away hears nothing of it', async () => {
		const { socket, heard, rooms } = await sit(table.member('asociatia'));
		await post('ngos', 'nu ajunge: comisia nu este în cerc').catch(() => {});
		await post('national', 'înainte');
		await until(() => JSON.stringify(heard).includes('înainte'));

		await breakOff(socket);
		await database.asOwner((tx) =>
			rows(tx, sql`select leave(${table.circle.national}, ${table.organisation.asociatia})`)
		);
		await post('national', 'cât a lipsit');
		await delivered();
		socket.connect();

		expect(await outcomeOf(socket)).toBe('connected');
		expect(rooms()).not.toContain(`circle:${table.circle.national}`);
		await post('national', 'după ce s-a întors');
		await delivered();
		expect(JSON.stringify(heard)).not.toMatch(/cât a lipsit|după ce s-a întors/);
	});

	test('a command of a session that has just ended is refused', async () => {
		const { socket, token } = await sit(table.member('minister'));
		const measureId = await table.addMeasure();
		const send = () =>
			socket.emitWithAck('command', {
				name: 'update.post',
				operation: crypto.randomUUID(),
				input: { measureId, circleId: table.circle.all, kind: 'comment', text: 'Mai este cineva?' }
			}) as Promise<{ ok: boolean; refusal?: { code: string } }>;
		expect(await send()).toMatchObject({ ok: true });

		await end(token);
		const answer = await Promise.race([send(), new Promise((cut) => socket.once('disconnect', cut))]);
		if (typeof answer === 'object')
			expect(answer).toMatchObject({ ok: false, refusal: { code: 'signed-out' } });
		const [posted] = await database.asOwner((tx) =>
			rows<{ n: number }>(tx, sql`select count(*)::int as n from updates where measure_id = ${measureId}`)
		);
		expect(posted?.n).toBe(1);
	});

	/** Somebody who is in All partners has heard of a later post: whatever came before has been handed out. */
	async function delivered() {
		const witness = await sit(table.member('minister', 'coordinator'));
		const { result } = await post('all', 'martor');
		await until(() => witness.heard.some(({ subject }) => subject === result.id));
		await new Promise((done) => setTimeout(done, 50));
	}
});

/** How the attempt to connect ends. */
const outcomeOf = (socket: Socket) =>
	new Promise<string>((done) => {
		socket.once('connect', () => done('connected'));
		socket.once('connect_error', ({ message }) => done(message));
	});

async function until(holds: () => boolean) {
	for (let tries = 0; !holds(); tries++) {
		if (tries > 500) throw new Error('it did not come to pass within 5 s');
		await new Promise((done) => setTimeout(done, 10));
	}
}
