import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { EmbeddedBusy, EmbeddedStopped, openEmbedded } from '#lib/server/embedded.server.ts';

const place = fs.mkdtempSync(join(tmpdir(), 'hora-embedded-'));
const template = join(place, 'not', 'there', 'yet');
let folder: string;
let tests = 0;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

beforeAll(async () => {
	const { client, close } = await openEmbedded(template);
	await client.exec(`
		create table words (n int primary key, word text not null);
		create role hora_login noinherit;
		grant select, insert on words to hora_login;
		grant pg_checkpoint to hora_login with inherit true`);
	await close();
});

beforeEach(() => {
	folder = join(place, String(++tests));
	fs.cpSync(template, folder, { recursive: true });
});

afterAll(() => fs.rmSync(place, { recursive: true }));

async function open() {
	const embedded = await openEmbedded(folder);
	onTestFinished(() => (embedded.client.closed ? undefined : embedded.close()));
	return embedded;
}

test('it flushes, and what is saved is there again', async () => {
	const first = await open();
	const { rows } = await first.client.query(
		`select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'wal_sync_method') order by name`
	);
	expect(rows).toEqual([
		{ name: 'fsync', setting: 'on' },
		{ name: 'full_page_writes', setting: 'on' },
		{ name: 'wal_sync_method', setting: 'fsync' }
	]);
	await first.client.query(`insert into words values (1, 'horă')`);
	await first.close();

	const second = await open();
	expect((await second.client.query('select * from words')).rows).toEqual([{ n: 1, word: 'horă' }]);
});

test('every commit is flushed before it is acknowledged', async () => {
	const { client } = await open();
	const flushed = replaceFlush((flush, file) => flush(file));

	for (let n = 1; n <= 10; n++) await client.query(`insert into words values ($1, 'x')`, [n]);
	expect(flushed.mock.calls.length).toBeGreaterThanOrEqual(10);
});

test('a first start that was interrupted is begun anew', async () => {
	fs.renameSync(join(folder, 'postgres'), join(folder, 'postgres.unfinished'));
	fs.rmSync(join(folder, 'postgres.unfinished', 'global'), { recursive: true });

	const { client } = await open();
	expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
	expect(fs.existsSync(join(folder, 'postgres.unfinished'))).toBe(false);
});

test('a second process is refused within 2 s and told who holds the folder', async () => {
	await open();

	const { sentence, after } = (await hold()).first as { sentence: string; after: number };
	console.log(`B4: refused after ${Math.round(after)} ms`);
	expect(after).toBeLessThan(2000);
	expect(sentence).toContain(`in use by process ${process.pid}:`);
	expect(sentence).toContain(folder);
});

test('a second opening in the same process is refused too, whatever the path is called', async () => {
	await open();
	await expect(openEmbedded(folder)).rejects.toThrow('this very process');

	fs.symlinkSync(folder, `${folder}-too`, 'junction');
	await expect(openEmbedded(`${folder}-too`)).rejects.toThrow('this very process');
});

test('a holder that is too busy to answer is named all the same', async () => {
	const holder = await hold();
	await holder.say('busy');

	const started = performance.now();
	const refusal: unknown = await openEmbedded(folder).catch((error: unknown) => error);
	expect(performance.now() - started).toBeLessThan(2000);
	expect(refusal).toBeInstanceOf(EmbeddedBusy);
	expect((refusal as EmbeddedBusy).sentence).toContain(`process ${holder.process.pid}:`);
});

test('kill -9 frees the folder and loses nothing', async () => {
	const holder = await hold();
	expect(holder.first).toEqual({ open: true });
	await holder.say(`insert into words values (1, 'saved')`);
	holder.process.kill('SIGKILL');
	await once(holder.process, 'exit');

	const { client } = await open();
	expect((await client.query('select * from words')).rows).toEqual([{ n: 1, word: 'saved' }]);
});

test('checkpoints keep the log short, also when the rights are given up', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
	onTestFinished(() => void vi.useRealTimers());
	const { client } = await open();
	await client.exec('set session authorization hora_login');
	const lastCheckpoint = async () =>
		(await client.query<{ at: string }>('select redo_lsn::text as at from pg_control_checkpoint()')).rows[0]
			?.at;

	for (let round = 0; round < 5; round++) {
		const before = await lastCheckpoint();
		for (let i = 0; i < 10; i++)
			await client.query(`select pg_logical_emit_message(false, 'test', repeat('x', 7 * 1024 * 1024))`);
		vi.advanceTimersByTime(10_000);
		await vi.waitFor(async () => expect(await lastCheckpoint()).not.toBe(before), 10_000);
	}

	const log = fs.readdirSync(join(folder, 'postgres', 'pg_wal')).filter((name) => name.length === 24);
	console.log(`350 MB logged, ${log.length * 16} MB of log kept`);
	expect(log.length * 16).toBeLessThanOrEqual(256);
});

test('a little that was logged is checkpointed after five minutes, nothing never', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
	onTestFinished(() => void vi.useRealTimers());
	const { client } = await open();
	const exec = vi.spyOn(client, 'exec');

	await vi.advanceTimersByTimeAsync(11 * 60_000);
	await client.query(`insert into words values (1, 'x')`);
	expect(exec).not.toHaveBeenCalled();

	vi.advanceTimersByTime(10_000);
	await vi.waitFor(() => expect(exec).toHaveBeenCalledWith('checkpoint'));
});

test('a checkpoint waits for the transaction that runs', async () => {
	const { client, checkpoint } = await open();
	const done: string[] = [];
	const transaction = client.transaction(async (tx) => {
		await tx.query(`insert into words values (1, 'x')`);
		await new Promise((resolve) => setTimeout(resolve, 100));
		await tx.query(`insert into words values (2, 'y')`);
		done.push('transaction');
	});

	await checkpoint().then(() => done.push('checkpoint'));
	await transaction;
	expect(done).toEqual(['transaction', 'checkpoint']);
});

test('when the disk refuses a flush, everything is refused until it is opened again', async () => {
	vi.spyOn(console, 'error').mockReturnValue();
	onTestFinished(() => void vi.restoreAllMocks());
	const { client, close } = await open();
	await client.query(`insert into words values (1, 'saved')`);

	const refusing = replaceFlush(() => {
		throw Object.assign(new Error('EIO'), { code: 'EIO' });
	});
	await expect(client.query(`insert into words values (2, 'not saved')`)).rejects.toThrow(EmbeddedStopped);
	refusing.mockRestore();
	await expect(client.query('select 1')).rejects.toThrow(EmbeddedStopped);
	await expect(client.transaction((tx) => tx.query('select 1'))).rejects.toThrow(EmbeddedStopped);
	await close();

	const again = await open();
	expect((await again.client.query('select * from words where n = 1')).rows).toHaveLength(1);
});

/** Puts something in the place of fsync; undone when the test ends, at the latest. */
function replaceFlush(act: (flush: typeof fs.fsyncSync, file: number) => void) {
	const flush = fs.fsyncSync;
	const replaced = vi.fn((file: number) => act(flush, file));
	fs.fsyncSync = replaced;
	syncBuiltinESMExports();

	const restore = () => {
		fs.fsyncSync = flush;
		syncBuiltinESMExports();
	};
	onTestFinished(restore);
	return Object.assign(replaced, { mockRestore: restore });
}

/** Opens the folder in another process. */
async function hold(): Promise<{
	process: ChildProcess;
	first: unknown;
	say(command: string): Promise<unknown>;
}> {
	const child = spawn(process.execPath, ['tests/support/power-holder.js', folder], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
	const answer = async () => JSON.parse((await answers.next()).value as string) as unknown;

	return {
		process: child,
		first: await answer(),
		say(command) {
			child.stdin.write(`${command}\n`);
			return answer();
		}
	};
}
