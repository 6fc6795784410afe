/** The time of each step of `execute`, one act after the other, and how often it waits for the database. */

import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import type { Database } from '#lib/server/database.server.ts';

export type Act = { command: AnyCommand; actor: App.Actor; input: (i: number) => unknown };

export type Steps = Record<string, number[]>;

/** `read` is asked at every step; what grew since the step before belongs to it. */
export async function measureSteps(
	database: Database,
	act: Act,
	count: number,
	read: () => number
): Promise<Steps> {
	const steps: Steps = {};
	for (let i = 0; i < count; i++) {
		let last = read();
		await execute(database, act.command, act.actor, act.input(i), crypto.randomUUID(), (step) => {
			const now = read();
			(steps[step] ??= []).push(now - last);
			last = now;
		});
		await new Promise((done) => setTimeout(done, 2)); // the wake-up after the commit is nobody's step
	}
	return steps;
}

/** Stands between Hora and PostgreSQL and counts the questions that were waited for. */
export async function countRoundTrips(databaseUrl: string) {
	const { hostname, port } = new URL(databaseUrl);
	let trips = 0;

	const between = createServer((client) => {
		const server = connect(Number(port), hostname);
		let asking = false;
		client.on('data', (bytes) => {
			if (!asking) trips += 1;
			asking = true;
			server.write(bytes);
		});
		server.on('data', (bytes) => {
			asking = false;
			client.write(bytes);
		});
		const end = () => (client.destroy(), server.destroy());
		for (const socket of [client, server]) socket.on('close', end).on('error', end);
	}).listen(0, '127.0.0.1');
	await once(between, 'listening');

	const url = new URL(databaseUrl);
	url.hostname = '127.0.0.1';
	url.port = String((between.address() as AddressInfo).port);
	return { url: url.href, trips: () => trips, close: () => between.close() };
}
