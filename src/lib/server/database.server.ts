/** One database, embedded or on a server: the same migrations, roles and code. */

import type { PGlite } from '@electric-sql/pglite';
import { type SQL, sql } from 'drizzle-orm';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { openEmbedded } from './embedded.server.ts';
import { openListener } from './listener.server.ts';
import rolesSql from '../../../drizzle/roles.sql?raw';

const migrations = { migrationsFolder: 'drizzle/migrations' };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the two drivers differ only in what a raw query returns
export type Tx = PgDatabase<any, Record<string, never>>;

/** What a transaction is: the owner's connection takes no part, and without a role nothing may be done at all. */
export type Role = 'hora_app' | 'hora_delivery' | 'hora_signin';

/** Who reads: what `my_circles()` looks at. Nothing set, nothing seen. */
export type Reader = {
	member?: string;
	visitor?: boolean;
	viewingAs?: string;
	forCircle?: string;
};

export type Database = {
	kind: 'pglite' | 'postgres';
	/** Runs in one transaction as a role and a reader; both end with it. */
	as<T>(role: Role, reader: Reader, work: (tx: Tx) => Promise<T>): Promise<T>;
	/** Tells every process that something was committed. A wake-up, never the message: it may be lost. */
	wake(): void;
	/** Calls back on each wake-up, here or in another process. */
	onWake(callback: () => void): () => void;
	/** Throws when the database does not answer. */
	ping(): Promise<void>;
	close(): Promise<void>;
};

/** The rows of a raw query, whichever driver. */
export async function rows<Row>(tx: Tx, query: SQL): Promise<Row[]> {
	const result: unknown = await tx.execute(query);
	return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
}

/** What time it is, by the one clock that all processes share. */
export async function timeOf(tx: Tx): Promise<Date> {
	const [clock] = await rows<{ at: number }>(
		tx,
		sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`
	);
	return new Date(clock?.at ?? NaN);
}

/** A value as a jsonb parameter: through text, since one of the drivers would store a JSON string. */
export const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`;

/** The database's own error code (SQLSTATE), however deep the layers have wrapped it. */
export function sqlState(error: unknown): string | undefined {
	for (let e = error as { code?: unknown; cause?: unknown } | undefined; e; e = e.cause as typeof e)
		if (typeof e.code === 'string' && /^[0-9A-Z]{5}$/.test(e.code)) return e.code;
	return undefined;
}

const takeRole = (role: Role, reader: Reader) => sql`select
	set_config('role', ${role}, true),
	set_config('app.member', ${reader.member ?? ''}, true),
	set_config('app.visitor', ${reader.visitor ? 'yes' : ''}, true),
	set_config('app.viewing_as', ${reader.viewingAs ?? ''}, true),
	set_config('app.for_circle', ${reader.forCircle ?? ''}, true)`;

const inTransaction =
	(orm: Tx): Database['as'] =>
	(role, reader, work) =>
		orm.transaction(async (tx) => {
			// Not waited for: what follows stands behind it in the connection's queue. Were it not to, it would have no rights.
			const taken = tx.execute(takeRole(role, reader)).then(() => {});
			taken.catch(() => {}); // told below, with what came of it
			try {
				return await work(tx as unknown as Tx);
			} finally {
				await taken;
			}
		});

/** What a new database needs once, done as the tables' owner in one transaction. */
export type Prepare = (tx: Tx) => Promise<void>;

/**
 * drizzle asks for no prepared statements. The driver would then wait for the types of every statement before it sends
 * the values, and the server would plan each anew; told to prepare, both happen once a connection.
 */
function preparing(client: postgres.Sql): postgres.Sql {
	const unsafe: postgres.Sql['unsafe'] = (query, values, options) =>
		client.unsafe(query, values, { ...options, prepare: true });
	const begin = (work: (tx: postgres.Sql) => unknown) =>
		client.begin((tx) => work(preparing(tx as unknown as postgres.Sql)));

	const told = { unsafe, begin };
	return new Proxy(client, { get: (_, name) => Reflect.get(name in told ? told : client, name) as unknown });
}

/** Opens PostgreSQL: migrates as the owner of the URL, then works as `hora_login`. */
export async function openPostgres(url: string, prepare: Prepare = async () => {}): Promise<Database> {
	await migrateServer(url, prepare);

	const connection = {
		// The session's default role: whatever takes no role of its own can do nothing.
		role: 'hora_login',
		statement_timeout: 5000,
		lock_timeout: 2000,
		idle_in_transaction_session_timeout: 10_000
	} as Record<string, string | number>;
	const connect = (max: number) => postgres(url, { max, onnotice: () => {}, connection });

	const client = connect(10);
	const callbacks = new Set<() => void>();
	const callAll = () => callbacks.forEach((callback) => callback());
	const listener = await openListener(client, () => connect(1), callAll);

	return {
		kind: 'postgres',
		as: inTransaction(drizzlePostgres(preparing(client)) as unknown as Tx),
		wake() {
			callAll();
			listener.call();
		},
		onWake(callback) {
			callbacks.add(callback);
			return () => callbacks.delete(callback);
		},
		async ping() {
			await client`select 1`;
		},
		async close() {
			await listener.close();
			await client.end({ timeout: 5 });
		}
	};
}

async function migrateServer(url: string, prepare: Prepare) {
	const client = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await refuseUnfit(client);
		await client`select pg_advisory_lock(727)`; // processes that start together migrate one after the other
		await client.unsafe(rolesSql);
		await client`set role hora`;
		const orm = drizzlePostgres(client);
		await migratePostgres(orm, migrations);
		await orm.transaction((tx) => prepare(tx as unknown as Tx));
	} finally {
		await client.end();
	}
}

/** One sentence for whoever starts Hora with a DATABASE_URL that does not lead to a fit database. */
async function refuseUnfit(client: postgres.Sql) {
	const unfit = (sentence: string) => Object.assign(new Error(sentence), { sentence });
	const [found] = await client<{ version: number; creates: boolean }[]>`
		select current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as creates
			from pg_roles where rolname = session_user`.catch((error: { code?: string }) => {
		throw unfit(
			`DATABASE_URL leads to no database that answers (${error.code}): check address, name and password.`
		);
	});
	if (!found || found.version < 150_000) throw unfit('DATABASE_URL leads to a PostgreSQL older than 15.');
	if (!found.creates) throw unfit('DATABASE_URL names a role that may not create roles: give it CREATEROLE.');
}

/** Opens the embedded database of a directory. */
export async function openEmbeddedDatabase(dataDir: string, prepare?: Prepare): Promise<Database> {
	const { client, close } = await openEmbedded(dataDir);
	return overEmbedded(client, close, prepare);
}

/** Takes over an open embedded database: migrates it, then gives up the owner's rights for good. */
export async function overEmbedded(
	client: PGlite,
	close: () => Promise<void>,
	prepare: Prepare = async () => {}
): Promise<Database> {
	await client.exec(rolesSql);
	await client.exec('set role hora');
	const orm = drizzlePglite(client);
	await migratePglite(orm, migrations);
	await orm.transaction((tx) => prepare(tx as unknown as Tx));
	await client.exec(`reset role;
		grant pg_checkpoint to hora_login with inherit true;
		set session authorization hora_login`);

	const callbacks = new Set<() => void>();
	return {
		kind: 'pglite',
		as: inTransaction(orm as unknown as Tx),
		wake: () => callbacks.forEach((callback) => callback()),
		onWake(callback) {
			callbacks.add(callback);
			return () => callbacks.delete(callback);
		},
		async ping() {
			await client.query('select 1');
		},
		close
	};
}
