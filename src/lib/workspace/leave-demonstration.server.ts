/** Leaves the demonstration behind, and keeps nothing of it: drizzle/leave.js runs this while no server does. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { removeEmbedded } from '#lib/server/embedded.server.ts';
import type { Environment } from '#lib/server/env.js';

/** Lies beside an embedded database whose demonstration was left: it is not loaded again by itself. */
export const leftMark = (dataDir: string) => join(dataDir, 'demonstration.left');

const refuse = (sentence: string) => {
	throw Object.assign(new Error(sentence), { sentence });
};

const nothingThere = 'There is no demonstration: the database is empty, or was never opened.';
const notOne = 'This database is not the demonstration: nothing of it was touched.';

/** @throws an error with a `sentence`, where there is nothing to leave or a server holds the database */
export async function leaveDemonstration({ databaseUrl, dataDir }: Environment) {
	if (databaseUrl) return leaveOnServer(databaseUrl);
	let found: boolean | undefined;
	const gone = await removeEmbedded(dataDir, async (client) => {
		found = await isDemonstration(async (query) => (await client.query<{ yes: boolean }>(query)).rows);
		return found === true;
	});
	if (!gone) refuse(found === false ? notOne : nothingThere);
	writeFileSync(
		leftMark(dataDir),
		'The demonstration was left. DEMO=on loads it again into an empty database.\n'
	);
}

/** Everything that lies in the schemas of Hora; the roles stay, they hold nothing. */
async function leaveOnServer(url: string) {
	const client = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await client.begin(async (tx) => {
			// What a start takes before it migrates; then whoever is there is a server, or somebody who looks.
			await tx`select pg_advisory_xact_lock(727)`;
			const found = await isDemonstration((query) => tx.unsafe<{ yes: boolean }[]>(query));
			if (!found) refuse(found === false ? notOne : nothingThere);
			const [others] = await tx<{ n: number }[]>`select count(*)::int as n from pg_stat_activity
				where datname = current_database() and usesysid is not null and pid <> pg_backend_pid()`;
			if (others?.n)
				refuse(`The database is in use by ${others.n} connections: stop every server of Hora on it first.`);

			await tx`set local role hora`;
			await tx`drop schema signin, drizzle cascade`;
			await tx`reset role`;
			await tx`drop schema public cascade`;
			await tx`create schema public`;
			await tx`grant usage on schema public to public`; // as it is in a new database
		});
	} finally {
		await client.end();
	}
}

/** Undefined: nothing was ever laid down here. */
async function isDemonstration(ask: (query: string) => PromiseLike<{ yes: boolean }[]>) {
	const [there] = await ask(`select to_regclass('public.workspace') is not null as yes`);
	if (!there?.yes) return undefined;
	const [workspace] = await ask('select demonstration as yes from public.workspace');
	return workspace?.yes;
}
