/** The whole server is killed under write load. Whatever was acknowledged is there, and nothing is there twice. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/database.server.ts';
import { Client } from '../support/client.ts';
import { account, Load } from '../support/load.ts';
import { delay, keep, percentile, randomFrom, seed, size } from '../support/results.ts';
import { startServer } from '../support/server.ts';

const rounds = size('CRASHES', 5);
/** Acknowledged writes a round, or the load was none. */
const leastWrites = 10;
const env = { HORA_LIMITS: 'off' };

let dataDir: string;
beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'hora-crash-'))));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test(
	`killed ${rounds} times under load, nothing acknowledged is lost and nothing is there twice`,
	{ timeout: 60_000 + rounds * 30_000 },
	async () => {
		const random = randomFrom(seed);
		const making = performance.now();
		let server = await startServer({ dataDir, env });
		const made = performance.now() - making;
		const { port, url } = server;
		const clients = await Promise.all(
			['comisia', 'minister', 'ong', 'ambasada'].map((window) => Client.signIn(url, window))
		);
		const { live, circles, actor } = await (clients[0] as Client).page('/measures');
		const all = circles.find(({ kind }) => kind === 'all')?.id as string;
		const measure = live.rows.find(({ circleId }) => circleId === all)?.id as string;

		const load = new Load(measure, all);
		load.start(clients);
		const reopening: number[] = [];
		for (let round = 0; round < rounds; round++) {
			await load.write(leastWrites);
			await delay(random() * 500);
			await server.kill('SIGKILL');
			const began = performance.now();
			server = await startServer({ dataDir, port, env });
			reopening.push(performance.now() - began);
		}
		await load.stop();
		clients.forEach((client) => client.close());
		expect(await server.kill()).toBe(0);

		const database = await openEmbeddedDatabase(dataDir);
		const found = await account(database, actor.memberId, load).finally(() => database.close());
		keep('crash', 'killed under load', {
			rounds: reopening.length,
			acknowledged: load.acknowledged.length,
			sentAgain: load.writes.filter(({ sent }) => sent > 1).length,
			...found,
			reopeningP95: percentile(reopening, 0.95),
			madeIn: Math.round(made)
		});

		expect(reopening).toHaveLength(rounds);
		expect(load.refusals).toEqual([]);
		expect(load.writes.every(({ acknowledged }) => acknowledged)).toBe(true);
		// A kill that hit no write on its way would prove nothing.
		expect(load.writes.filter(({ sent }) => sent > 1).length).toBeGreaterThanOrEqual(rounds);
		for (const door of ['form', 'socket'])
			expect(load.acknowledged.some((write) => write.door === door)).toBe(true);
		expect(found).toEqual({ lost: 0, twice: 0, untold: 0, gaps: 0 });
		// Five seconds; on a machine that is busy with other things, twice what the making of the database took there.
		expect(percentile(reopening, 0.95)).toBeLessThanOrEqual(Math.max(5000, 2 * made));
	}
);
