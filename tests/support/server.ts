/** The built app as a process of its own, for tests that stop it, kill it or run two of it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const startingMayTake = 60_000;

export type TestServer = {
	url: string;
	port: number;
	dataDir: string;
	process: ChildProcess;
	/** All that it printed so far. */
	output: () => string;
	/** Sends the signal and waits for the end. */
	kill: (signal?: NodeJS.Signals) => Promise<number | null>;
	/** Its exit code, or null if a signal ended it. */
	stopped: Promise<number | null>;
};

export type ServerOptions = {
	/** Real PostgreSQL instead of the embedded database. */
	databaseUrl?: string;
	/** Kept after the end, to be opened again; without it a temporary one is made and removed. */
	dataDir?: string;
	demo?: 'on' | 'off';
	port?: number;
	env?: Record<string, string>;
};

/** Waits until the database answers; rejects with what the server printed if it ends before. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
	const port = options.port ?? (await freePort());
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'hora-data-')));
	const url = `http://localhost:${port}`;

	const child = spawn(process.execPath, ['src/server.js'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			NODE_ENV: 'production',
			PORT: String(port),
			HOST: '127.0.0.1',
			// An empty value counts as not given, whatever .env says.
			ORIGIN: '',
			DATA_DIR: dataDir,
			DATABASE_URL: options.databaseUrl ?? '',
			DEMO: options.demo ?? '',
			...options.env
		}
	});

	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
	}
	const takeAlong = () => child.kill('SIGKILL');
	process.once('exit', takeAlong);

	const stopped = once(child, 'close').then(async ([code]: (number | null)[]) => {
		process.off('exit', takeAlong);
		if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
		return code ?? null;
	});

	const server: TestServer = {
		url,
		port,
		dataDir,
		process: child,
		output: () => printed,
		stopped,
		kill(signal = 'SIGTERM') {
			child.kill(signal);
			return stopped;
		}
	};

	await untilHealthy(server);
	return server;
}

async function untilHealthy({ url, process, stopped, kill, output }: TestServer) {
	const until = Date.now() + startingMayTake;
	for (;;) {
		if (process.exitCode !== null || process.signalCode !== null) {
			throw new Error(`The server ended with code ${await stopped} before it was ready:\n${output()}`);
		}
		if (Date.now() > until) {
			await kill('SIGKILL');
			throw new Error(`The server was not ready after ${startingMayTake / 1000} s:\n${output()}`);
		}
		const answer = await fetch(`${url}/health`).catch(() => undefined);
		if (answer?.status === 200) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** Free on both loopback addresses: the server listens on both. */
async function freePort(): Promise<number> {
	for (;;) {
		const v4 = createServer().listen(0, '127.0.0.1');
		await once(v4, 'listening');
		const { port } = v4.address() as AddressInfo;

		const v6 = createServer().listen(port, '::1');
		const free = await once(v6, 'listening').then(
			() => true,
			(error: NodeJS.ErrnoException) => error.code !== 'EADDRINUSE'
		);
		for (const server of [v4, v6]) server.close();
		if (free) return port;
	}
}
