/** The server is told to stop under write load: it goes in time, says so to every socket, and loses nothing. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/database.server.ts';
import { Client } from '../support/client.ts';
import { account, Load } from '../support/load.ts';
import { delay, keep, percentile, randomFrom, seed, size } from '../support/results.ts';
import { startServer } from '../support/server.ts';

const rounds = size('SHUTDOWNS', 5);
const leastWrites = 10;
const env = { HORA_LIMITS: 'off' };

let dataDir: string;
beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'hora-shutdown-'))));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test(
	`stopped ${rounds} times under load, it exits in time, tells every socket and loses nothing`,
	{ timeout: 60_000 + rounds * 30_000 },
	async () => {
		const random = randomFrom(seed);
		let server = await startServer({ dataDir, env });
		const { port, url } = server;
		const signIn = (windows: string[]) => Promise.all(windows.map((window) => Client.signIn(url, window)));
		const writers = await signIn(['comisia', 'minister', 'ong', 'ambasada']);
		const readers = await signIn(['comisia', 'minister', 'ong', 'ambasada', 'secretariat', 'comisia-victor']);

		const { live, circles, actor } = await (writers[0] as Client).page('/measures');
		const all = circles.find(({ kind }) => kind === 'all')?.id as string;
		const measure = live.rows.find(({ circleId }) => circleId === all)?.id as string;

		const load = new Load(measure, all);
		load.start(writers);
		const codes: (number | null)[] = [];
		const stopping: number[] = [];
		for (let round = 0; round < rounds; round++) {
			await Promise.all(readers.map((client) => client.connect()));
			await load.write(leastWrites);
			await delay(random() * 500);

			const began = performance.now();
			codes.push(await server.kill('SIGTERM'));
			stopping.push(performance.now() - began);
			expect(readers.map(({ restarts }) => restarts.length)).toEqual(readers.map(() => round + 1));
			server = await startServer({ dataDir, port, env });
		}
		await load.stop();
		[...writers, ...readers].forEach((client) => client.close());
		await server.kill();

		const database = await openEmbeddedDatabase(dataDir);
		const found = await account(database, actor.memberId, load).finally(() => database.close());
		const told = readers.flatMap(({ restarts }) => restarts);
		keep('shutdown', 'stopped under load', {
			rounds: codes.length,
			acknowledged: load.acknowledged.length,
			sentAgain: load.writes.filter(({ sent }) => sent > 1).length,
			...found,
			socketsTold: told.length,
			comeBackAfter: [Math.min(...told), Math.max(...told)],
			slowestStop: percentile(stopping, 1)
		});

		expect(codes).toEqual(Array.from({ length: rounds }, () => 0));
		expect(Math.max(...stopping)).toBeLessThanOrEqual(10_000);
		expect(load.refusals).toEqual([]);
		expect(load.writes.every(({ acknowledged }) => acknowledged)).toBe(true);
		expect(found).toEqual({ lost: 0, twice: 0, untold: 0, gaps: 0 });

		// With jitter: they do not all come back at once.
		expect(told).toHaveLength(rounds * readers.length);
		expect(Math.min(...told)).toBeGreaterThanOrEqual(500);
		expect(Math.max(...told)).toBeLessThanOrEqual(5000);
		expect(new Set(told).size).toBeGreaterThan(told.length * 0.9);
	}
);
