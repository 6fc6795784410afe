/**
 * One round of the power cut, in a process of its own: opens what the last cut has left, checks that every
 * acknowledged transaction is there whole, writes on, and at a random moment the power goes.
 */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { runnerImport } from 'vite';
import { watchStore } from './power-store.js';

/**
 * @typedef {object} Round
 * @property {string} folder the disk
 * @property {string} after what a cut leaves of it
 * @property {string} scratch
 * @property {number} seed
 * @property {'opening' | 'writing' | 'never'} cut while doing what the power goes
 * @property {number} changes after how many changes of that
 * @property {number[]} acknowledged by writer: how many transactions it was told are saved
 * @property {'hora' | 'pglite'} opener Hora's own, or PGlite as it comes
 * @property {boolean} flushes false: a disk that does not do what fsync asks
 * @property {number} survival the probability with which each piece that was not flushed survives
 */
/** @type {Round} */
const round = JSON.parse(/** @type {string} */ (process.argv[2]));
const { folder, after, cut, changes, acknowledged } = round;

const transactions = 150; // of each writer, if the power lasts
const { module: embedded } = await runnerImport('/src/lib/server/embedded.server.ts', {
	configFile: false,
	logLevel: 'error'
});
const random = randomFrom(round.seed);
const disk = watchStore(folder, { ...round, survives: () => random() < round.survival });
let phase = 'opening';

process.on('uncaughtException', (error) => must(false, `${phase}: ${error.message}`));

if (cut === 'opening') disk.cutAfter(changes, powerGoes);
const { client, checkpoint, close } = await open();

phase = 'checking';
const heads = await check();

phase = 'writing';
if (cut === 'writing') disk.cutAfter(changes, powerGoes);
if (cut !== 'never') {
	await Promise.all(heads.map(write));
	phase = 'closing';
}
await close();
phase = 'closed';
powerGoes();

function powerGoes() {
	disk.survivors(after);
	fs.writeSync(1, JSON.stringify({ phase, acknowledged }));
	process.exit(0);
}

async function open() {
	if (round.opener === 'hora') return embedded.openEmbedded(folder);
	const client = await PGlite.create(join(folder, 'postgres'));
	return { client, checkpoint: () => client.exec('checkpoint'), close: () => client.close() };
}

/** Every writer's rows are exactly 1 … its head, and its head is not before what it was told. */
async function check() {
	if (acknowledged.length === 0) {
		await client.exec(`
			create table if not exists heads (writer int primary key, n int not null);
			create table if not exists writes (writer int, n int, words text not null, primary key (writer, n));
			insert into heads select writer, 0 from generate_series(0, 3) writer on conflict do nothing`);
		acknowledged.push(0, 0, 0, 0);
	}

	/** @type {{ rows: { writer: number, n: number }[] }} */
	const heads = await client.query('select writer, n from heads order by writer');
	/** @type {{ rows: { writer: number, n: number, words: string }[] }} */
	const writes = await client.query('select writer, n, words from writes order by writer, n');
	const expected = heads.rows.flatMap(({ writer, n }) =>
		Array.from({ length: n }, (_, i) => ({ writer, n: i + 1 }))
	);

	must(heads.rows.length === acknowledged.length, 'a writer is lost');
	for (const { writer, n } of heads.rows)
		must(
			n >= /** @type {number} */ (acknowledged[writer]),
			`writer ${writer} was told of ${acknowledged[writer]} transactions and has ${n}`
		);
	must(
		writes.rows.length === expected.length,
		`${expected.length} writes expected, ${writes.rows.length} there`
	);
	writes.rows.forEach(({ writer, n, words }, i) => {
		must(writer === expected[i]?.writer && n === expected[i]?.n, `write ${writer}/${n} in the wrong place`);
		must(words === wordsOf(writer, n), `write ${writer}/${n} has other words`);
	});

	await client.exec('set enable_seqscan = off');
	const byIndex = await client.query('select count(*)::int as n from writes where writer >= 0 and n > 0');
	await client.exec('reset enable_seqscan');
	must(byIndex.rows[0].n === expected.length, 'the index knows other rows than the table');

	return heads.rows;
}

/** @param {{ writer: number, n: number }} head */
async function write({ writer, n: head }) {
	for (let n = head + 1; n <= head + transactions; n++) {
		await client.transaction(async (/** @type {import('@electric-sql/pglite').Transaction} */ tx) => {
			await tx.query('insert into writes values ($1, $2, $3)', [writer, n, wordsOf(writer, n)]);
			await tx.query('update heads set n = $2 where writer = $1', [writer, n]);
		});
		acknowledged[writer] = n;

		const chance = random();
		if (chance < 0.01) await checkpoint();
		else if (chance < 0.015) await client.exec('vacuum full heads');
		else if (chance < 0.02)
			await client.exec(`create table if not exists aside${n % 5} as select * from heads`);
		else if (chance < 0.025) await client.exec(`drop table if exists aside${n % 5}`);
	}
}

/** Between 64 bytes and 8 KB, and nothing that a compression could shorten. @param {number} writer @param {number} n */
function wordsOf(writer, n) {
	const hash = (/** @type {number} */ i) => createHash('sha256').update(`${writer} ${n} ${i}`).digest('hex');
	return Array.from({ length: n % 20 === 0 ? 128 : 1 + (n % 9) }, (_, i) => hash(i)).join('');
}

/** @param {boolean} holds @param {string} otherwise */
function must(holds, otherwise) {
	if (holds) return;
	fs.writeSync(2, otherwise);
	process.exit(1);
}

/** Numbers from 0 to 1 that look random, always the same for a seed (mulberry32). @param {number} seed */
function randomFrom(seed) {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
