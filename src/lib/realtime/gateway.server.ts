/**
 * The sockets. The server alone names rooms: a room is a circle, and a socket is in the circles of its member and in
 * nothing else. Who sits where is asked of the database at the handshake and twice a second from then on.
 */

import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import { type Session, sessionOf } from '#lib/auth/sessions.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type Seat, seatsOf } from '#lib/events/log.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { cookieOf, isOurs, sessionCookie } from '#lib/server/http.ts';
import { logUnknown } from '#lib/server/log.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { Delivery } from './delivery.server.ts';
import { messages, type Talk } from './messages.server.ts';
import { Traces } from './traces.server.ts';
import type { ClientToServer, ServerToClient } from './wire.ts';

type Data = { session: Session; cookie: string };
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Data>;
type Options = { origin?: string; demonstration: boolean };

const sweepEvery = 500;

export async function openGateway(http: HttpServer, database: Database, { origin, demonstration }: Options) {
	// The engine hangs on a server of its own that never listens; ours passes it the handshakes, so that closing the
	// gateway leaves nothing behind on ours.
	const engine = createServer();
	const io = new Server<ClientToServer, ServerToClient, Record<string, never>, Data>(engine, {
		transports: ['websocket'],
		serveClient: false,
		maxHttpBufferSize: 64 * 1024,
		pingInterval: 20_000,
		pingTimeout: 10_000,
		connectTimeout: 5000,
		perMessageDeflate: false,
		// No connection-state recovery: it would put a revoked member back into the room.
		allowRequest: (request, decide) => {
			const ours = isOurs(
				{
					origin: request.headers.origin ?? null,
					host: request.headers.host ?? null,
					site: (request.headers['sec-fetch-site'] as string | undefined) ?? null
				},
				origin
			);
			decide(null, ours);
		}
	});

	const passOn = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		if (request.url?.startsWith('/socket.io/')) engine.emit('upgrade', request, socket, head);
		else if (!import.meta.env.DEV) socket.destroy(); // in development Vite has a socket of its own
	};
	const traces = demonstration ? new Traces(() => [...io.sockets.sockets.values()]) : undefined;

	const delivery = await Delivery.open(
		database,
		(circle, events) => {
			traces?.expect(events);
			io.local.to(room(circle)).emit('events', events);
		},
		async () => {
			await sweeping?.catch(() => {}); // it may have asked before the events were there
			await sweepOnce();
		}
	);

	io.use((socket, next) => void admit(socket, next));

	async function admit(socket: LiveSocket, next: (error?: Error) => void) {
		try {
			const cookie = cookieOf(socket.handshake.headers.cookie, sessionCookie(origin));
			const session = await sessionOf(database, cookie);
			const [seat] = session ? await seatsOf(database, [session.id]) : [];
			if (!session || !seat || !cookie) return next(new Error('signed-out'));
			if (countOf(io, seat.member) >= limits.socketsPerMember) return next(new Error('throttled'));
			socket.data = { session, cookie };
			await socket.join(seat.circles.map(room)); // before the browser asks for what it missed
			next();
		} catch (error) {
			next(new Error(`bug ${logUnknown(error, 'handshake')}`));
		}
	}

	io.on('connection', (socket) => {
		traces?.watch(socket);
		const talk = async (used: boolean): Promise<Talk> => {
			const session = await sessionOf(database, socket.data.cookie, { used });
			if (!session) throw new Refusal('signed-out');
			return { database, actor: session.actor, shown: (event) => traces?.shown(socket, event) };
		};
		for (const name of Object.keys(messages) as (keyof typeof messages)[]) listen(socket, name, talk);
		socket.emit('circles', circlesOf(socket));
	});

	/** Who sits where now: a session that ended is cut, a membership that changed moves the socket at once. */
	async function sweep() {
		const sockets = [...io.sockets.sockets.values()] as LiveSocket[];
		if (sockets.length === 0) return;
		const sessions = [...new Set(sockets.map((socket) => socket.data.session.id))];
		const seats = new Map((await seatsOf(database, sessions)).map((seat) => [seat.session, seat]));
		for (const socket of sockets) await reseat(socket, seats.get(socket.data.session.id));
	}

	let sweeping: Promise<void> | undefined;
	const sweepOnce = () => (sweeping ??= sweep().finally(() => (sweeping = undefined)));

	const timer = setInterval(() => {
		sweepOnce().catch((error: unknown) => void logUnknown(error, 'sweep'));
		void delivery.run();
	}, sweepEvery);
	const unsubscribe = database.onWake(() => void delivery.run());
	// Last of all: who came earlier would be asked nothing and sit nowhere.
	http.on('upgrade', passOn);

	return {
		io,
		/** Sends every socket away, to come back after a while that differs from socket to socket. */
		async leave() {
			clearInterval(timer);
			unsubscribe();
			for (const socket of io.sockets.sockets.values()) {
				socket.emit('restart', 500 + Math.floor(Math.random() * 4500));
			}
			await new Promise((done) => setTimeout(done, 50));
			io.disconnectSockets(true);
			await delivery.run();
			await sweeping?.catch(() => {});
		},
		close() {
			http.off('upgrade', passOn);
			io.engine.close();
		}
	};
}

const room = (circle: string) => `circle:${circle}`;

const circlesOf = (socket: LiveSocket) =>
	[...socket.rooms].filter((name) => name.startsWith('circle:')).map((name) => name.slice('circle:'.length));

const countOf = (io: Server, member: string) =>
	[...io.sockets.sockets.values()].filter(
		(socket) => (socket.data as Data).session?.actor.memberId === member
	).length;

async function reseat(socket: LiveSocket, seat: Seat | undefined) {
	if (!seat) {
		for (const circle of circlesOf(socket)) await socket.leave(room(circle));
		socket.emit('ended');
		socket.disconnect(true);
		return;
	}
	const was = new Set(circlesOf(socket));
	const left = [...was].filter((circle) => !seat.circles.includes(circle));
	const joined = seat.circles.filter((circle) => !was.has(circle));
	if (left.length + joined.length === 0) return;
	for (const circle of left) await socket.leave(room(circle));
	await socket.join(joined.map(room));
	socket.emit('circles', seat.circles);
}

/** The one wrapper of all messages: limit → session → schema → try and catch → acknowledge if there is a callback. */
function listen(socket: LiveSocket, name: keyof typeof messages, talk: (used: boolean) => Promise<Talk>) {
	socket.on(name, (...received: unknown[]) => {
		const callback = received.at(-1);
		const acknowledge = typeof callback === 'function' ? (callback as (answer: unknown) => void) : () => {};

		answer(name, received[0], talk, socket.data.session.actor.memberId)
			.then(acknowledge)
			.catch((error: unknown) => void logUnknown(error, `message ${name}`));
	});
}

async function answer(
	name: keyof typeof messages,
	received: unknown,
	talk: (used: boolean) => Promise<Talk>,
	member: string
) {
	try {
		const after = limits.messages.take(member);
		if (after > 0) throw new Refusal('throttled', { after });
		const { schema, handle, used } = messages[name];
		const parsed = schema.safeParse(received);
		if (!parsed.success) throw new Refusal('invalid', { fields: { form: 'form.invalid' } });
		const outcome = await handle(await talk(used), parsed.data as never);
		return { ok: true, ...outcome };
	} catch (error) {
		if (error instanceof Refusal) return { ok: false, refusal: error.onTheWire() };
		return { ok: false, refusal: { code: 'bug', id: logUnknown(error, `message ${name}`) } };
	}
}
