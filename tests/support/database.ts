/** A fresh database of the product, on each engine: the same migrations and roles, prepared as the owner. */

import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import {
	type Database,
	openPostgres,
	overEmbedded,
	type Prepare,
	type Tx
} from '#lib/server/database.server.ts';
import { inFull, randomFrom, seed, shuffled } from './results.ts';

export type TestDatabase = Database & {
	/** Does something as the tables' owner: what only a migration or the secretariat's functions may do. */
	asOwner: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
	/** For a second process: only on PostgreSQL. */
	url?: string;
};

/** The engines that this run has. PostgreSQL is provided by the test command; without it the run fails there. */
export const engines = (
	process.env.TEST_DATABASE_URL ? ['pglite', 'postgres'] : ['pglite']
) as Database['kind'][];

/**
 * Of a test that asks every case of the same code, at random by the seed: with `npm test` each engine takes a part, and
 * together they take every case; at full size each takes every case.
 */
export function sharedOut<T>(engine: Database['kind'], cases: readonly T[]): T[] {
	if (inFull) return [...cases];
	const turns = shuffled(randomFrom(seed), [...cases.keys()]);
	return cases.filter((_, i) => turns.indexOf(i) % engines.length === engines.indexOf(engine));
}

export const openTestDatabase = (engine: Database['kind'], prepare?: Prepare): Promise<TestDatabase> =>
	engine === 'pglite' ? openPgliteForTests(prepare) : openPostgresForTests(prepare);

async function openPgliteForTests(prepare?: Prepare): Promise<TestDatabase> {
	const template = process.env.HORA_TEMPLATE;
	const client = await PGlite.create(template ? { loadDataDir: new Blob([await readFile(template)]) } : {});
	const database = await overEmbedded(client, () => client.close(), prepare);
	const orm = drizzlePglite(client);
	return {
		...database,
		async asOwner(work) {
			return orm.transaction(async (tx) => {
				await tx.execute('set local session authorization postgres');
				await tx.execute('set local role hora');
				return work(tx as unknown as Tx);
			});
		}
	};
}

async function openPostgresForTests(prepare?: Prepare): Promise<TestDatabase> {
	const { url, drop } = await databaseNamed(
		`hora_test_${crypto.randomUUID().slice(0, 8)}`,
		process.env.HORA_TEMPLATE_NAME
	);
	const database = await openPostgres(url, prepare);
	const owner = postgres(url, { max: 1, onnotice: () => {}, connection: { role: 'hora' } as object });
	return {
		...database,
		url,
		asOwner: (work) => drizzlePostgres(owner).transaction((tx) => work(tx as unknown as Tx)),
		async close() {
			await database.close();
			await owner.end();
			await drop();
		}
	};
}

/** A database of this name on the server that the run provides. */
export async function databaseNamed(name: string, template = 'template1') {
	const admin = process.env.TEST_DATABASE_URL;
	if (!admin) throw new Error('TEST_DATABASE_URL is not set: run the tests through npm test');
	const url = new URL(admin);
	url.pathname = `/${name}`;
	const server = postgres(admin, { max: 1, onnotice: () => {} });
	await server.unsafe(`create database ${name} template ${template}`);
	return {
		name,
		url: url.href,
		async drop() {
			await server.unsafe(`drop database if exists ${name} with (force)`);
			await server.end();
		}
	};
}
