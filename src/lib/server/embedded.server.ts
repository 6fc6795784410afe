/**
 * The embedded database, made safe. As it comes, PGlite loses acknowledged writes in a power cut, lets two processes
 * write into one folder, never shortens its log and spins for ever once its engine has crashed. Here fsync reaches
 * the disk, one process holds the folder, checkpoints keep the log short, and after a crash every query is refused.
 */

import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { log } from '#lib/server/log.server.ts';

export type Embedded = {
	client: PGlite;
	/** Waits for whatever transaction runs; the timer does the same by itself. */
	checkpoint: () => Promise<void>;
	/** Waits for whatever transaction runs, leaves nothing to recover and frees the folder. */
	close: () => Promise<void>;
};

/** Another process works on the folder, or this one does already. */
export class EmbeddedBusy extends Error {
	constructor(readonly sentence: string) {
		super(sentence);
	}
}

/** The engine has crashed (the disk refused a flush, say). What was acknowledged is safe; opening again recovers it. */
export class EmbeddedStopped extends Error {
	readonly sentence =
		'The embedded database has stopped, most likely because the disk is full or failing; start Hora again once that is mended.';
	constructor(cause: unknown) {
		super('The embedded database has stopped', { cause });
	}
}

/** Opens the database in the folder, making both if missing. */
export async function openEmbedded(dataDir: string): Promise<Embedded> {
	const folder = makeFolder(resolve(dataDir));
	const lock = await holdFolder(folder);

	try {
		const cluster = join(folder, 'postgres');
		if (!fs.existsSync(cluster)) await createCluster(cluster);
		const client = await startCluster(cluster);
		const { checkpoint, stop } = await keepLogShort(client);

		return {
			client,
			checkpoint,
			async close() {
				stop();
				try {
					await client.close(); // checkpoints by itself
				} finally {
					lock.close();
				}
			}
		};
	} catch (error) {
		lock.close();
		throw error;
	}
}

/**
 * Removes the database of a folder, while no server can open it. Its name goes first: what is removed half way is no
 * database.
 * @param mayGo looks into it
 * @returns whether there was one, and it is gone
 */
export async function removeEmbedded(dataDir: string, mayGo: (client: PGlite) => Promise<boolean>) {
	const folder = resolve(dataDir);
	const cluster = join(folder, 'postgres');
	if (!fs.existsSync(cluster)) return false;

	const lock = await holdFolder(fs.realpathSync.native(folder));
	try {
		const client = await startCluster(cluster);
		const goes = await mayGo(client).finally(() => client.close());
		if (!goes) return false;
		const leaving = `${cluster}.leaving`;
		fs.rmSync(leaving, { recursive: true, force: true });
		fs.renameSync(cluster, leaving);
		flush(folder);
		fs.rmSync(leaving, { recursive: true });
		return true;
	} finally {
		lock.close();
	}
}

/**
 * Nothing is ever found half made: the cluster gets its name when all of it is on the disk.
 * It takes about 1 GB of memory for some seconds, most of which is then given back.
 */
async function createCluster(cluster: string) {
	const unfinished = `${cluster}.unfinished`;
	fs.rmSync(unfinished, { recursive: true, force: true });

	const client = await startCluster(unfinished);
	await client.close();

	for (const name of fs.readdirSync(unfinished, { recursive: true, encoding: 'utf8' }))
		flush(join(unfinished, name));
	flush(unfinished);
	fs.renameSync(unfinished, cluster);
	flush(dirname(cluster));
}

const startParams = [
	...PGlite.defaultStartParams.filter((param) => param !== '-F'), // -F is "no fsync"
	...['-c', 'fsync=on'],
	...['-c', 'wal_sync_method=fsync'], // the default, fdatasync, does nothing in this build
	...['-c', 'max_wal_size=256MB']
];

async function startCluster(cluster: string): Promise<PGlite> {
	// The folder's lock is ours; a half-written one of PostgreSQL's would only keep it from starting.
	fs.rmSync(join(cluster, 'postmaster.pid'), { force: true });

	const client = await PGlite.create({ fs: new DurableNodeFS(cluster), startParams });
	refuseAfterCrash(client);
	return client;
}

/** What NODEFS is, as far as it is needed here. */
type NodeFilesystem = {
	tryFSOperation(act: () => void): void;
	realPath(node: unknown): string;
	node_ops: { mknod: (parent: unknown, ...rest: unknown[]) => unknown };
	stream_ops: { fsync?: (stream: { nfd: number; node: { mode: number } }) => number };
};

/**
 * PGlite's file system for Node ignores fsync. And PostgreSQL takes it that a new file that was flushed has its name
 * on the disk too, which not every file system promises: so the folders of new files are flushed along.
 */
class DurableNodeFS extends NodeFS {
	override async init(...[pg, options]: Parameters<NodeFS['init']>) {
		const started = await super.init(pg, options);

		started.emscriptenOpts.preRun?.push((engine) => {
			const nodefs = engine.NODEFS as unknown as NodeFilesystem;
			const { mknod } = nodefs.node_ops;
			const withNewFiles = new Set<string>();

			nodefs.node_ops.mknod = (parent, ...rest) => {
				withNewFiles.add(nodefs.realPath(parent));
				return mknod(parent, ...rest);
			};
			nodefs.stream_ops.fsync = ({ nfd, node }) => {
				// An error reaches PostgreSQL, which then stops.
				nodefs.tryFSOperation(() => {
					if (!isWindows || !engine.FS.isDir(node.mode)) fs.fsyncSync(nfd);
					for (const folder of withNewFiles) if (fs.existsSync(folder)) flush(folder);
				});
				withNewFiles.clear();
				return 0;
			};
		});
		return started;
	}
}

const isWindows = process.platform === 'win32';

/** Files made by others than PostgreSQL, and folders: also these must be on the disk. */
function flush(path: string) {
	if (isWindows && fs.statSync(path).isDirectory()) return; // cannot be flushed there, and need not be

	const file = fs.openSync(path, isWindows ? 'r+' : 'r');
	try {
		fs.fsyncSync(file);
	} finally {
		fs.closeSync(file);
	}
}

function makeFolder(folder: string): string {
	const firstMade = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (firstMade)
		for (let made = folder; made.length >= firstMade.length; made = dirname(made)) flush(dirname(made));
	return fs.realpathSync.native(folder);
}

/**
 * PGlite takes every exception of its engine for an SQL error (which is a jump with status 100). After a real one the
 * engine must not run again: it would spin for ever, or work on with a broken memory.
 */
function refuseAfterCrash(client: PGlite) {
	const engine = client.Module;
	const step = engine._PostgresMainLoopOnce;

	engine._PostgresMainLoopOnce = () => {
		try {
			step();
		} catch (error) {
			if ((error as { status?: number }).status !== 100) {
				const refuse = () => {
					throw new EmbeddedStopped(error);
				};
				engine.stackRestore = refuse; // leaves the loop of the call that runs
				client.execProtocolRawSync = refuse; // meets all later ones
				log('error', 'embedded database stopped', { reason: String(error) });
			}
			throw error;
		}
	};
}

const watchEvery = 10_000;
const checkpointEvery = 5 * 60_000;
const checkpointAt = 64 * 2 ** 20;

/** Nobody else does it: PGlite has no background processes. */
async function keepLogShort(client: PGlite) {
	let written = await bytesLogged();
	let at = Date.now();
	let busy = false;

	async function bytesLogged() {
		const { rows } = await client.query<{ bytes: string }>(`select pg_current_wal_lsn() - '0/0' as bytes`);
		return Number(rows[0]?.bytes);
	}

	async function checkpoint() {
		await client.exec('checkpoint');
		written = await bytesLogged();
		at = Date.now();
	}

	async function watch() {
		if (busy) return; // a long transaction is still being waited for
		busy = true;
		try {
			const grown = (await bytesLogged()) - written;
			if (grown > checkpointAt || (grown > 0 && Date.now() - at > checkpointEvery)) await checkpoint();
		} catch (error) {
			if (error instanceof EmbeddedStopped) stop();
			else if (client.ready) log('error', 'checkpoint failed', { reason: String(error) });
		} finally {
			busy = false;
		}
	}

	const timer = setInterval(() => void watch(), watchEvery).unref();
	const stop = () => clearInterval(timer);
	return { checkpoint, stop };
}

/** A listening socket named after the folder is the lock: the system frees it even after `kill -9`. */
async function holdFolder(folder: string): Promise<Server> {
	const name = lockName(folder);
	const pidFile = join(folder, 'holder.pid');
	const server = createServer((asking) => asking.on('error', () => {}).end(String(process.pid)));

	for (let tries = 1; ; tries++) {
		try {
			await listen(server, name);
			fs.writeFileSync(pidFile, String(process.pid));
			return server;
		} catch (error) {
			server.close();
			if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
		}

		const pid = await askHolder(name, pidFile);
		if (pid || tries === 3) throw new EmbeddedBusy(whoHolds(folder, pid));
		if (lockIsFile) fs.rmSync(name, { force: true }); // left behind by a process that was killed
	}
}

const whoHolds = (folder: string, pid: string | undefined) =>
	`DATA_DIR ${folder} is in use by ${pid === String(process.pid) ? 'this very process' : `process ${pid ?? 'unknown'}`}: ` +
	'the embedded database serves one process at a time. Stop that one or give another DATA_DIR.';

/** On Linux always 108 bytes: Node 20 fills shorter names up, Node 24 does not, and the two would not meet. */
function lockName(folder: string): string {
	const name = `hora-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
	if (process.platform === 'linux') return `\0${name}`.padEnd(108, '-');
	if (isWindows) return `\\\\.\\pipe\\${name}`;
	return join(tmpdir(), `${name}.sock`);
}

/** Elsewhere the system does not remove it. */
const lockIsFile = process.platform !== 'linux' && !isWindows;

function listen(server: Server, path: string): Promise<void> {
	return new Promise((done, failed) => {
		server.once('error', failed);
		server.listen({ path, exclusive: true }, () => {
			server.off('error', failed).unref();
			done();
		});
	});
}

/** The holder's pid; nothing if nobody holds it any more. A holder in the middle of a long query answers by its file. */
function askHolder(path: string, pidFile: string): Promise<string | undefined> {
	return new Promise((answer) => {
		const asking = connect({ path });
		let pid = '';
		asking.setEncoding('utf8').on('data', (part: string) => (pid += part));
		asking.on('close', () => answer(pid || undefined)).on('error', () => {});
		asking.setTimeout(1_000, () => {
			if (fs.existsSync(pidFile)) pid = fs.readFileSync(pidFile, 'utf8');
			asking.destroy();
		});
	});
}
