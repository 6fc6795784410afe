/** The one app of this process: its database, its gateway, what it is set to. Opened once, by hooks.server.ts. */

import type { Server as HttpServer } from 'node:http';
import { sql } from 'drizzle-orm';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { openGateway } from '#lib/realtime/gateway.server.ts';
import {
	type Database,
	openEmbeddedDatabase,
	openPostgres,
	rows,
	type Tx
} from '#lib/server/database.server.ts';
import { isLoopback, readEnvironment } from '#lib/server/env.js';
import { log, logUnknown } from '#lib/server/log.server.ts';
import { announce } from './announce.server.ts';

/** What src/server.js (or Vite, in development) offers. */
type Host = {
	server: HttpServer;
	leaving: (() => unknown)[];
	closing: (() => unknown)[];
	announce?: (url: string) => void;
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
	// Development evaluates this module anew at every change: what the last one opened is closed first.
	for (const leave of host.leaving.splice(0)) await leave();
	for (const close of host.closing.splice(0)) await close();

	const environment = readEnvironment(process.env);
	const local = isLoopback(environment.host);
	// On by default only where nothing real can be: an embedded database, on loopback, empty or filled by it before.
	const wanted =
		environment.demo === 'on' || (environment.demo === undefined && !environment.databaseUrl && local);

	const prepare = async (tx: Tx) => {
		if (wanted && (await isEmpty(tx))) {
			console.log('Loading the demonstration workspace …');
			await loadDemonstration(tx);
		}
	};
	console.log(
		environment.databaseUrl ? 'Opening PostgreSQL …' : `Opening the database in ${environment.dataDir} …`
	);
	const database = environment.databaseUrl
		? await openPostgres(environment.databaseUrl, prepare)
		: await openEmbeddedDatabase(environment.dataDir, prepare);

	const { filled, empty } = await whatItHolds(database);
	const demonstration = wanted && filled;
	opened = { database, origin: environment.origin, demonstration, exposed: demonstration && !local, empty };

	const gateway = await openGateway(host.server, database, { origin: environment.origin, demonstration });
	host.leaving.push(() => gateway.leave());
	host.closing.push(
		() => gateway.close(),
		() => database.close()
	);
	host.announce = (url) =>
		void announce(url, opened as App).catch((error: unknown) => logUnknown(error, 'announce'));
	log('info', 'open', { database: database.kind, demonstration });
}

const isEmpty = async (tx: Tx) => (await rows(tx, sql`select from organisations limit 1`)).length === 0;

async function whatItHolds(database: Database) {
	return database.as('hora_signin', {}, async (tx) => {
		const [workspace] = await rows<{ demonstration: boolean }>(tx, sql`select demonstration from workspace`);
		return { filled: workspace?.demonstration ?? false, empty: await isEmpty(tx) };
	});
}
