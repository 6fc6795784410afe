/** `npm run demo:leave`: nothing of the demonstration stays, nothing else is touched, and it does not come back. */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { workspace } from '#lib/events/tables.server.ts';
import {
	type Database,
	openEmbeddedDatabase,
	openPostgres,
	rows,
	type Tx
} from '#lib/server/database.server.ts';
import { startServer } from '../support/server.ts';

/** Runs the script to its end. */
function leave(env: Record<string, string>, { args = ['--yes'], types = '' } = {}) {
	return new Promise<{ code: number | null; said: string }>((resolve) => {
		const script = spawn(process.execPath, ['drizzle/leave.js', ...args], {
			env: { ...process.env, DATABASE_URL: '', DATA_DIR: '', DEMO: '', ...env }
		});
		let said = '';
		for (const stream of [script.stdout, script.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => (said += text));
		script.stdin.end(types);
		script.on('close', (code) => resolve({ code, said }));
	});
}

/** What a database that is no demonstration, or one, holds. */
const mark = (demonstration: boolean) => async (tx: Tx) => {
	await tx.insert(workspace).values({ demonstration }).onConflictDoNothing();
	await tx.execute(sql`update workspace set demonstration = ${demonstration}`);
};
const isThere = (database: Database) =>
	database.as('hora_signin', {}, (tx) => rows(tx, sql`select demonstration from workspace`));

describe('on the embedded database', () => {
	test('refuses, asks, leaves; the next start shows the set-up', { timeout: 180_000 }, async () => {
		const dataDir = mkdtempSync(join(tmpdir(), 'hora-leave-'));
		const env = { DATA_DIR: dataDir };
		try {
			expect(await leave(env)).toMatchObject({ code: 1, said: expect.stringMatching(/no demonstration/) });

			let database = await openEmbeddedDatabase(dataDir, mark(false));
			const held = await leave(env);
			expect(held).toMatchObject({ code: 1, said: expect.stringContaining(`process ${process.pid}`) });
			await database.close();
			expect(await leave(env)).toMatchObject({ code: 1, said: expect.stringMatching(/is not the demonst/) });

			database = await openEmbeddedDatabase(dataDir, mark(true));
			expect(await isThere(database)).toEqual([{ demonstration: true }]);
			await database.close();
			const asked = await leave(env, { args: [], types: 'yes\n' });
			expect(asked).toMatchObject({ code: 0, said: expect.stringContaining('Nothing was changed') });
			expect(existsSync(join(dataDir, 'postgres'))).toBe(true);

			const left = await leave({ ...env, DEMO: 'on' }, { args: [], types: 'leave\n' });
			expect(left).toMatchObject({ code: 0, said: expect.stringContaining('DEMO=on is set') });
			expect(readdirSync(dataDir).sort()).toEqual(['demonstration.left', 'holder.pid']);

			const server = await startServer({ dataDir });
			const { status, headers } = await fetch(server.url, { redirect: 'manual' });
			await server.kill();
			expect([status, headers.get('location')]).toEqual([303, '/set-up']);
			expect(server.output()).toMatch(/\/set-up, codul \/ code (\w{4}-){3}\w{4}/);
			expect(server.output()).not.toContain('Loading the demonstration');
		} finally {
			rmSync(dataDir, { recursive: true });
		}
	});
});

describe.runIf(process.env.TEST_DATABASE_URL)('on PostgreSQL', () => {
	test('refuses while somebody is connected, leaves nothing, and can be opened again', async () => {
		const name = `hora_leave_${crypto.randomUUID().slice(0, 8)}`;
		const url = new URL(process.env.TEST_DATABASE_URL as string);
		const admin = postgres(url.href, { max: 1, onnotice: () => {} });
		await admin.unsafe(`create database ${name}`);
		url.pathname = `/${name}`;
		const env = { DATABASE_URL: url.href };
		try {
			expect(await leave(env)).toMatchObject({ code: 1, said: expect.stringMatching(/no demonstration/) });
			let database = await openPostgres(url.href, mark(false));
			await database.close();
			expect(await leave(env)).toMatchObject({ code: 1, said: expect.stringMatching(/is not the demonst/) });

			database = await openPostgres(url.href, mark(true));
			expect(await isThere(database)).toEqual([{ demonstration: true }]);
			expect(await leave(env)).toMatchObject({ code: 1, said: expect.stringMatching(/in use by \d+ conn/) });
			expect(await isThere(database)).toEqual([{ demonstration: true }]);
			await database.close();

			expect(await leave(env)).toMatchObject({ code: 0 });
			const client = postgres(url.href, { max: 1, onnotice: () => {} });
			const found =
				await client`select nspname as name from pg_namespace where nspname !~ '^pg_|^information' order by 1`;
			const tables = await client`select relname from pg_class where relnamespace = 'public'::regnamespace`;
			await client.end();
			expect([found.map(({ name }) => name as string), tables.length]).toEqual([['public'], 0]);

			database = await openPostgres(url.href);
			expect(await isThere(database)).toEqual([]);
			await database.close();
		} finally {
			await admin.unsafe(`drop database if exists ${name} with (force)`);
			await admin.end();
		}
	});
});
