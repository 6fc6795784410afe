/** PGlite made safe: it syncs, it is locked, it checkpoints. */

import { fsyncSync, mkdirSync, realpathSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

class DurableFS extends NodeFS {
	override async init(...args: Parameters<NodeFS['init']>) {
		const result = await super.init(...args);
		// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Emscripten's own file system
		result.emscriptenOpts.preRun?.push((module: any) => {
			const { stream_ops } = module.NODEFS ?? module.FS.filesystems.NODEFS;
			stream_ops.fsync = (stream: { nfd?: number }) => (stream.nfd !== undefined && fsyncSync(stream.nfd), 0);
		});
		return result;
	}
}

const startParams = [
	...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
	...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync']
];

export async function openEmbedded(dataDir: string) {
	mkdirSync(dataDir, { recursive: true });
	const lock = await takeLock(realpathSync(dataDir));
	const client = await PGlite.create({ fs: new DurableFS(dataDir), startParams });
	const timer = setInterval(() => void client.exec('checkpoint').catch(() => {}), 300_000).unref();
	return {
		client,
		async close() {
			clearInterval(timer);
			await client.exec('checkpoint');
			await client.close();
			lock.close();
		}
	};
}

function takeLock(path: string): Promise<Server> {
	const name = process.platform === 'win32' ? `\\\\.\\pipe\\hora${path.replaceAll(/[\\:/]/g, '-')}` : `\0hora${path}`;
	const server = createServer((socket) => socket.end(String(process.pid)));
	return new Promise((resolve, reject) => {
		server.once('error', () => {
			connect(name).once('data', (pid) =>
				reject(Object.assign(new Error('busy'), { sentence: `The database in ${path} is open in process ${pid}.` }))
			);
		});
		server.listen(name, () => resolve(server.unref()));
	});
}
