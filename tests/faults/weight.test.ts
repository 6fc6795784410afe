/** What the board with 500 measures weighs on the wire, and its JavaScript: bytes, not times. */

import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/database.server.ts';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { Client } from '../support/client.ts';
import { multiply } from '../support/multiply.ts';
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
		await multiply(tx, measures);
	});
	await database.close();
	server = await startServer({ dataDir, demo: 'on' });
}, 120_000);
afterAll(async () => {
	await server.kill();
	await rm(dataDir, { recursive: true, force: true });
});

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
	expect(javaScript).toBeLessThan(90 * KiB);
});
