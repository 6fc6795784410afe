/**
 * The bare floor: what the same shape costs with nothing of ours. A socket.io server; for each write one durable
 * transaction of UPDATE and INSERT through postgres.js, a broadcast to all, an acknowledgement. Started as a program
 * with DATABASE_URL; prints its port.
 */

import { createServer } from 'node:http';
import postgres from 'postgres';
import { Server } from 'socket.io';

const sql = postgres(process.env.DATABASE_URL ?? '', { max: 10, onnotice: () => {} });
await sql`create table if not exists things (id int primary key, changes int not null default 0)`;
await sql`create table if not exists happened (
	id bigint generated always as identity primary key, thing int not null, words text not null,
	at timestamptz not null default now())`;
await sql`insert into things select generate_series(0, 99) on conflict do nothing`;

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });

/** @param {{ thing: number, words: string }} message */
const write = ({ thing, words }) =>
	sql.begin(async (tx) => {
		await tx`update things set changes = changes + 1 where id = ${thing}`;
		const [event] = await tx`insert into happened (thing, words) values (${thing}, ${words}) returning *`;
		return event;
	});

io.on('connection', (socket) => {
	socket.on('write', (message, acknowledge) => {
		write(message)
			.then((event) => {
				io.emit('event', event);
				acknowledge({ ok: true });
			})
			.catch((error) => acknowledge({ ok: false, error: String(error) }));
	});
});

http.listen(0, '127.0.0.1', () => {
	const { port } = /** @type {import('node:net').AddressInfo} */ (http.address());
	process.stdout.write(`${port}\n`);
});
