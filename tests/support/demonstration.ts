/** The demonstration is made once a run; every journey begins with a copy of it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './server.ts';

/** Playwright calls it before the first file, and what it returns after the last. */
export default async function make() {
	const dataDir = await mkdtemp(join(tmpdir(), 'hora-demonstration-'));
	const server = await startServer({ demo: 'on', dataDir });
	await server.kill();
	process.env.HORA_DEMONSTRATION = dataDir;
	return () => rm(dataDir, { recursive: true, force: true });
}
