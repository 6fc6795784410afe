/** One database is migrated once a run, on each engine; every test file begins with a copy of it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openPostgres, overEmbedded } from '#lib/server/database.server.ts';
import { databaseNamed } from './database.ts';

/** Vitest calls it before the first file and what it returns after the last. */
export async function setup() {
	const folder = await mkdtemp(join(tmpdir(), 'hora-template-'));
	const file = join(folder, 'pglite.tar');
	const client = await PGlite.create();
	const database = await overEmbedded(client, () => client.close());
	await writeFile(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
	await database.close();
	process.env.HORA_TEMPLATE = file;

	const remake = await postgresTemplate();
	return async () => {
		await rm(folder, { recursive: true, force: true });
		await remake?.();
	};
}

async function postgresTemplate() {
	if (!process.env.TEST_DATABASE_URL) return undefined;
	const template = await databaseNamed(`hora_template_${crypto.randomUUID().slice(0, 8)}`);
	await (await openPostgres(template.url)).close();
	process.env.HORA_TEMPLATE_NAME = template.name;
	return template.drop;
}
