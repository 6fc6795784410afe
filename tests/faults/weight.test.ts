/** What the board with 500 measures weighs on the wire, and its JavaScript: bytes, not times. */

import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbeddedDatabase, type Tx } from '#lib/server/database.server.ts';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { Client } from '../support/client.ts';
import { keep } from '../support/results.ts';
import { startServer, type TestServer } from '../support/server.ts';

const KiB = 1024;
const measures = 500;

let dataDir: string;
let server: TestServer;
beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'hora-weight-'));
	const database = await openEmbeddedDatabase(dataDir, async (tx) => {
		await loadDemonstration(tx);
		await multiply(tx);
	});
	await database.close();
	server = await startServer({ dataDir, demo: 'on' });
}, 120_000);
afterAll(async () => {
	await server.kill();
	await rm(dataDir, { recursive: true, force: true });
});

/** The invented measures again and again, each with other words, until there are 500. */
async function multiply(tx: Tx) {
	await tx.execute(sql`
		create temporary table copies on commit drop as
			select gen_random_uuid() as new_id, m.id as old_id, m.circle_id, row_number() over () as i
				from measures m, generate_series(1, 40) g where m.example and m.circle_id in (select id from circles where kind = 'all')
				limit ${measures} - (select count(*) from measures)`);
	await tx.execute(sql`insert into subjects (id, circle_id) select new_id, circle_id from copies`);
	await tx.execute(sql`
		insert into measures (id, circle_id, objective_id, code, position, title_ro, title_en, description_ro, description_en,
				indicators, resources, source, deadline, next_date, status, example)
			select c.new_id, m.circle_id, m.objective_id, 'X' || c.i, 100 + c.i, m.title_ro || ' ' || md5(c.i::text),
				m.title_en || ' ' || md5(c.i::text), m.description_ro, m.description_en, m.indicators, m.resources, m.source,
				m.deadline, m.next_date, m.status, true
			from copies c join measures m on m.id = c.old_id`);
	await tx.execute(sql`
		insert into measure_organisations (measure_id, circle_id, organisation_id, part, position)
			select c.new_id, o.circle_id, o.organisation_id, o.part, o.position
				from copies c join measure_organisations o on o.measure_id = c.old_id`);
	await tx.execute(sql`
		insert into steps (measure_id, circle_id, position, title_ro, title_en, date, source, done)
			select c.new_id, s.circle_id, s.position, s.title_ro, s.title_en, s.date, s.source, s.done
				from copies c join steps s on s.measure_id = c.old_id`);
}

/** The bytes of an answer as they come over the wire, compressed where the server compresses. */
const wire = (url: string, cookie = '') =>
	new Promise<{ bytes: number; encoding?: string }>((resolve, reject) => {
		request(url, { headers: { cookie, 'accept-encoding': 'br, gzip' } }, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve({ bytes, encoding: response.headers['content-encoding'] }));
		})
			.on('error', reject)
			.end();
	});

test('the board with 500 measures', async () => {
	const { cookie } = await Client.signIn(server.url, 'minister');
	const response = await fetch(`${server.url}/board`, { headers: { cookie } });
	const html = await response.text();
	expect(html.split('<article').length - 1).toBeGreaterThan(450);

	const page = await wire(`${server.url}/board`, cookie);
	const data = await wire(`${server.url}/board/__data.json`, cookie);
	const named = `${response.headers.get('link') ?? ''} ${html}`;
	const scripts = [...new Set(named.match(/_app\/immutable\/[\w./-]+\.js/g))];
	expect(scripts.length).toBeGreaterThan(5);
	let javaScript = 0;
	for (const script of scripts) javaScript += (await wire(`${server.url}/${script}`)).bytes;
	keep('weight', 'embedded', {
		measures,
		pageKiB: Math.round(page.bytes / KiB),
		againKiB: Math.round(data.bytes / KiB),
		javaScriptKiB: Math.round(javaScript / KiB),
		scripts: scripts.length
	});
	expect(page.encoding).toBe('gzip');
	expect(page.bytes).toBeLessThan(250 * KiB);
	// Wanted are 90; 16 of it are the messages of all pages in both languages.
	expect(javaScript).toBeLessThan(96 * KiB);
});
