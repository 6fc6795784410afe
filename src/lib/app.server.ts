/** The one app of this process: its database, its gateway, what it is set to. Opened once, by hooks.server.ts. */

import type { Server as HttpServer } from 'node:http';
import { sql } from 'drizzle-orm';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { closeDemonstration } from '#lib/auth/demonstration.server.ts';
import { openGateway } from '#lib/realtime/gateway.server.ts';
import {
	type Database,
	openEmbeddedDatabase,
	openPostgres,
	type Prepare,
	rows,
	type Tx
} from '#lib/server/database.server.ts';
import { type Environment, isLoopback, readEnvironment } from '#lib/server/env.js';
import { log, logUnknown } from '#lib/server/log.server.ts';
import { announce } from './announce.server.ts';

/** What src/server.js (or Vite, in development) offers. */
type Host = {
	server: HttpServer;
	leaving: (() => unknown)[];
	closing: (() => unknown)[];
	announce?: (url: string) => void;
	/** Development evaluates this module anew at every change: the database stays open, the gateway is opened anew. */
	database?: Database;
	closeGateway?: () => Promise<void>;
};

export type App = {
	database: Database;
	origin: string | undefined;
	/** The workspace is the demonstration and its doors stand open. */
	demonstration: boolean;
	/** The demonstration is reachable from other machines: every page says so. */
	exposed: boolean;
	empty: boolean;
};

let opened: App | undefined;

/** The app, once it is open. */
export function app(): App {
	if (!opened) throw new Error('the app is not open yet');
	return opened;
}

export async function openApp() {
	const host = (globalThis as Record<symbol, unknown>)[Symbol.for('hora')] as Host | undefined;
	if (!host) throw new Error('no server was offered under Symbol.for("hora")');
	await host.closeGateway?.();

	const environment = readEnvironment(process.env);
	const { host: name, origin } = environment;
	const local = isLoopback(name) && (!origin || isLoopback(new URL(origin).hostname));
	// On by default only where nothing real can be: an embedded database, on loopback, empty or filled by it before.
	const wanted =
		environment.demo === 'on' || (environment.demo === undefined && !environment.databaseUrl && local);

	const prepare = async (tx: Tx) => {
		if (wanted && (await isEmpty(tx))) {
			console.log('Loading the demonstration workspace …');
			await loadDemonstration(tx);
		}
	};
	const database = (host.database ??= await openDatabase(environment, prepare));

	const { filled, empty } = await whatItHolds(database);
	const demonstration = wanted && filled;
	if (!demonstration) await closeDemonstration(database);
	opened = { database, origin: environment.origin, demonstration, exposed: demonstration && !local, empty };

	const gateway = await openGateway(host.server, database, { origin: environment.origin, demonstration });
	host.closeGateway = async () => {
		await gateway.leave();
		gateway.close();
	};
	host.leaving.splice(0, Infinity, () => gateway.leave());
	host.closing.splice(
		0,
		Infinity,
		() => gateway.close(),
		() => database.close()
	);
	host.announce = (url) =>
		void announce(url, opened as App).catch((error: unknown) => logUnknown(error, 'announce'));
	log('info', 'open', { database: database.kind, demonstration });
}

async function openDatabase({ databaseUrl, dataDir }: Environment, prepare: Prepare) {
	console.log(databaseUrl ? 'Opening PostgreSQL …' : `Opening the database in ${dataDir} …`);
	return databaseUrl ? openPostgres(databaseUrl, prepare) : openEmbeddedDatabase(dataDir, prepare);
}

const isEmpty = async (tx: Tx) => (await rows(tx, sql`select from organisations limit 1`)).length === 0;

async function whatItHolds(database: Database) {
	return database.as('hora_signin', {}, async (tx) => {
		const [workspace] = await rows<{ demonstration: boolean }>(tx, sql`select demonstration from workspace`);
		return { filled: workspace?.demonstration ?? false, empty: await isEmpty(tx) };
	});
}
