/**
 * How long what one writes takes to the screens of sixty others, how many writes a second are sustained, and where
 * the time of a write goes; beside a bare floor in the same run, turn by turn, since machines differ and so do hours.
 * Nothing is asserted about times. What is asserted: every write stood on every screen exactly once.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { openEmbeddedDatabase, openPostgres } from '#lib/server/database.server.ts';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { Crowd, type Figures, noFigures, screens, type Target } from './load.ts';
import { countRoundTrips, measureSteps, type Steps } from './steps.ts';
import { acts, floor, hora, layTable } from './table.ts';

const rounds = 3;
const paced = { writes: 60, perSecond: 20 };
const hurried = 3000;

const minutes = 60_000;
const now = () => performance.now();
const results: Record<string, unknown> = { node: process.version, cores: cpus().length, screens };
/** What has to be stopped, the last first. */
const opened: (() => unknown)[] = [];

afterAll(async () => {
	for (const close of opened.reverse()) await close();
	mkdirSync('tests/results', { recursive: true });
	writeFileSync('tests/results/bench.json', `${JSON.stringify(results, null, '\t')}\n`);
});

describe('on PostgreSQL', () => {
	test(
		'a write stands on sixty other screens, beside the floor',
		async () => {
			const [own, bare] = [
				await openTestDatabase('postgres', loadDemonstration),
				await openTestDatabase('postgres')
			];
			opened.push(own.close, bare.close);
			const table = await layTable(own);
			const server = await startServer({
				databaseUrl: own.url as string,
				demo: 'on',
				env: { HORA_LIMITS: 'off' }
			});
			opened.push(() => server.kill());
			const targets = {
				floor: floor(await startFloor(bare)),
				post: hora(server.url, table, 'post'),
				status: hora(server.url, table, 'status'),
				line: hora(server.url, table, 'line')
			};

			const figures = await inTurns(targets);

			const durable = await settingsOf(own);
			results.postgres = { ...durable, ...summaries(figures) };
			console.log(
				`PostgreSQL ${durable.version}, fsync ${durable.fsync}; write → on ${screens} other screens, ms\n` +
					drawFigures(figures)
			);
			expect(figures.post.delivered).toHaveLength(rounds * paced.writes * screens);
		},
		5 * minutes
	);

	test(
		'the steps of execute',
		async () => {
			const database = await openTestDatabase('postgres', loadDemonstration);
			opened.push(database.close);
			const times = await stepsOf(database, 200, now);

			const counter = await countRoundTrips(database.url as string);
			const counted = await openPostgres(counter.url);
			const trips = await stepsOf(counted, 20, counter.trips);
			await counted.close();
			counter.close();

			report('postgres', times, trips);
			expect(Object.keys(times.post)).toContain('commit');
		},
		minutes
	);
});

describe('embedded, for information', () => {
	test(
		'a write stands on sixty other screens; the steps of execute',
		async () => {
			const dataDir = await mkdtemp(join(tmpdir(), 'hora-bench-'));
			opened.push(() => rm(dataDir, { recursive: true, force: true }));
			const database = await openEmbeddedDatabase(dataDir, loadDemonstration);
			const table = await layTable(database);
			const times = await stepsOf(database, 200, now).finally(() => database.close());
			report('embedded', times);

			const server: TestServer = await startServer({ dataDir, demo: 'on', env: { HORA_LIMITS: 'off' } });
			opened.push(() => server.kill());
			const figures = await inTurns({ post: hora(server.url, table, 'post') });

			results.embedded = { ...(results.embedded as object), ...summaries(figures) };
			console.log(`Embedded; write → on ${screens} other screens, ms\n${drawFigures(figures)}`);
			expect(figures.post.delivered).toHaveLength(rounds * paced.writes * screens);
		},
		5 * minutes
	);
});

/** Turn by turn, so that a busy minute of the machine meets all alike; the first turn only warms up. */
async function inTurns<Name extends string>(targets: Record<Name, Target>): Promise<Record<Name, Figures>> {
	const names = Object.keys(targets) as Name[];
	const figures = Object.fromEntries(names.map((name) => [name, noFigures()])) as Record<Name, Figures>;
	for (let round = 0; round <= rounds; round++) {
		for (const name of names) {
			const crowd = new Crowd(targets[name]);
			try {
				await crowd.open();
				const into = round === 0 ? noFigures() : figures[name];
				await crowd.pace(round === 0 ? 20 : paced.writes, paced.perSecond, into);
				await crowd.hurry(round === 0 ? 500 : hurried, into);
			} finally {
				crowd.close();
			}
		}
	}
	return figures;
}

async function startFloor(bare: TestDatabase): Promise<string> {
	const child = spawn(process.execPath, ['tests/bench/floor.js'], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: bare.url }
	});
	opened.push(() => child.kill());
	const [port] = (await once(child.stdout, 'data')) as [Buffer];
	return `http://localhost:${Number(String(port))}`;
}

async function settingsOf({ url }: TestDatabase) {
	const sql = postgres(url as string, { max: 1 });
	const [found] = await sql<{ fsync: string; version: string }[]>`
		select current_setting('fsync') as fsync, current_setting('server_version') as version`;
	await sql.end();
	return { fsync: found?.fsync, version: found?.version };
}

type ByAct = Record<'post' | 'status', Steps>;

async function stepsOf(
	database: Parameters<typeof layTable>[0],
	count: number,
	read: () => number
): Promise<ByAct> {
	const { post, status } = acts(await layTable(database));
	for (const act of [post, status]) await measureSteps(database, act, 20, read); // warm
	return {
		post: await measureSteps(database, post, count, read),
		status: await measureSteps(database, status, count, read)
	};
}

function report(name: 'postgres' | 'embedded', times: ByAct, trips?: ByAct) {
	const lines = (['post', 'status'] as const).map((act) => {
		const steps = Object.keys(times[act]);
		const each = steps.map((step) => ({
			step,
			ms: round(at(times[act][step], 0.5)),
			...(trips && { trips: at(trips[act][step], 0.5) })
		}));
		const sum = (of: (one: (typeof each)[number]) => number) =>
			round(each.reduce((all, one) => all + of(one), 0));
		const total = { ms: sum(({ ms }) => ms), ...(trips && { trips: sum(({ trips }) => trips ?? 0) }) };
		results[name] = { ...(results[name] as object), [`steps of ${act}`]: { each, total } };
		const told = (one: { ms: number; trips?: number }) =>
			`${one.ms} ms${one.trips === undefined ? '' : `/${one.trips}`}`;
		return `${act.padEnd(7)} ${told(total)} = ${each.map((one) => `${one.step} ${told(one)}`).join(', ')}`;
	});
	console.log(
		`Steps of execute (${name}), medians${trips ? ' / times the database was waited for' : ''}\n${lines.join('\n')}`
	);
}

const summaries = (figures: Record<string, Figures>) => {
	const of = ({ delivered, acknowledged, hurried, rates, load, writes }: Figures) => ({
		writes,
		delivered: {
			p50: round(at(delivered, 0.5)),
			p95: round(at(delivered, 0.95)),
			p99: round(at(delivered, 0.99))
		},
		acknowledged: { p50: round(at(acknowledged, 0.5)), p95: round(at(acknowledged, 0.95)) },
		writesPerSecond: Math.round(at(rates, 0.5)),
		deliveredHurried: {
			p50: round(at(hurried, 0.5)),
			p95: round(at(hurried, 0.95)),
			p99: round(at(hurried, 0.99))
		},
		loadOfThisProcess: round(at(load, 0.5))
	});
	return Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, of(one)]));
};

function drawFigures(figures: Record<string, Figures>) {
	const all = summaries(figures);
	const base = all.floor;
	const head = ['', 'p50', 'p95', 'p99', '× p95', 'ack p95', 'writes/s', '×', 'p95 then', 'load'];
	const lines = Object.entries(all).map(([name, one]) => [
		name,
		...[one.delivered.p50, one.delivered.p95, one.delivered.p99].map(String),
		base ? (one.delivered.p95 / base.delivered.p95).toFixed(2) : '',
		String(one.acknowledged.p95),
		String(one.writesPerSecond),
		base ? (one.writesPerSecond / base.writesPerSecond).toFixed(2) : '',
		String(one.deliveredHurried.p95),
		String(one.loadOfThisProcess)
	]);
	return [head, ...lines]
		.map((cells) => cells.map((cell, i) => (i ? cell.padStart(9) : cell.padEnd(7))).join(''))
		.join('\n');
}

/** A percentile. */
function at(values: number[] | undefined, part: number): number {
	const sorted = [...(values ?? [])].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

const round = (value: number) => Math.round(value * 100) / 100;
