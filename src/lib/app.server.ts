/** The one app of this process: its database, its gateway, what it is set to. Opened once, by hooks.server.ts. */

import { existsSync } from 'node:fs';
import type { Server as HttpServer } from 'node:http';
import { sql } from 'drizzle-orm';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { closeDemonstration } from '#lib/auth/demonstration.server.ts';
import { openMailer, type Writer } from '#lib/mail/send.server.ts';
import { forget, gather } from '#lib/notifications/gather.server.ts';
import { writeLetter } from '#lib/notifications/write.server.ts';
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
import { leftMark } from '#lib/workspace/leave-demonstration.server.ts';
import { laySetUpCode } from '#lib/workspace/set-up.server.ts';
import { announce } from './announce.server.ts';

/** What src/server.js (or Vite, in development) offers. */
type Host = {
	server: HttpServer;
	leaving: (() => unknown)[];
	closing: (() => unknown)[];
	announce?: (url: string) => void;
	/** Development evaluates this module anew at every change: the database stays open, the gateway is opened anew. */
	database?: Database;
	setUpCode?: string;
	closeGateway?: () => Promise<void>;
};

export type App = {
	database: Database;
	origin: string | undefined;
	/** The workspace is the demonstration and its doors stand open. */
	demonstration: boolean;
	/** The demonstration is reachable from other machines: every page says so. */
	exposed: boolean;
	/** What opens the set-up, where nobody can enter yet: for the console alone. */
	setUpCode: string | undefined;
	/** A mail server is known. */
	sendsMail: boolean;
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
	// On by default only where nothing real can be: an embedded database, on loopback, empty or filled by it before,
	// and not left for good.
	const wanted =
		environment.demo === 'on' ||
		(environment.demo === undefined &&
			!environment.databaseUrl &&
			local &&
			!existsSync(leftMark(environment.dataDir)));

	const prepare = async (tx: Tx) => {
		if (wanted && (await isEmpty(tx))) {
			console.log('Loading the demonstration workspace …');
			await loadDemonstration(tx);
		}
		host.setUpCode = await laySetUpCode(tx);
	};
	const database = (host.database ??= await openDatabase(environment, prepare));

	const demonstration = wanted && (await isDemonstration(database));
	if (!demonstration) await closeDemonstration(database);
	const exposed = demonstration && !local;
	const sendsMail = environment.smtpUrl !== undefined;
	opened = { database, origin, demonstration, exposed, setUpCode: host.setUpCode, sendsMail };

	const gateway = await openGateway(host.server, database, { origin: environment.origin, demonstration });
	const writer: Writer = {
		gather,
		forget,
		write: (database, mail) => writeLetter(database, origin ?? siteOf(host.server, environment), mail)
	};
	const mailer = openMailer(database, environment, { writer });
	host.closeGateway = async () => {
		await Promise.all([gateway.leave(), mailer.stop()]);
		gateway.close();
	};
	host.leaving.splice(
		0,
		Infinity,
		() => gateway.leave(),
		() => mailer.stop()
	);
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

/** Where this machine's own browsers find it. */
function siteOf(server: HttpServer, { port }: Environment) {
	const address = server.address();
	return `http://localhost:${address && typeof address === 'object' ? address.port : port}`;
}

async function openDatabase({ databaseUrl, dataDir }: Environment, prepare: Prepare) {
	console.log(databaseUrl ? 'Opening PostgreSQL …' : `Opening the database in ${dataDir} …`);
	return databaseUrl ? openPostgres(databaseUrl, prepare) : openEmbeddedDatabase(dataDir, prepare);
}

const isEmpty = async (tx: Tx) => (await rows(tx, sql`select from organisations limit 1`)).length === 0;

async function isDemonstration(database: Database) {
	const [workspace] = await database.as('hora_signin', {}, (tx) =>
		rows<{ demonstration: boolean }>(tx, sql`select demonstration from workspace`)
	);
	return workspace?.demonstration ?? false;
}
