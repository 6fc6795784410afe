/** The limit of searches, over HTTP: thirty at once, then one every two seconds, each member for themselves. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Found } from '#lib/search/found.ts';
import { Client } from '../support/client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => void (server = await startServer({ demo: 'on' })));
afterAll(() => server.kill());

const search = ({ url, cookie }: { url: string; cookie: string }, words: string, path = '/search/quick') =>
	fetch(`${url}${path}?q=${encodeURIComponent(words)}`, { headers: { cookie }, redirect: 'manual' });

test('thirty searches, then a wait that is said; others are not held up', async () => {
	const [ngo, minister] = [
		await Client.signIn(server.url, 'ong'),
		await Client.signIn(server.url, 'minister')
	];
	const first = await search(ngo, 'formular');
	expect(first.headers.get('cache-control')).toBe('no-store');
	expect(((await first.json()) as Found)[0]).toMatchObject({ kind: 'measure', hits: [{ code: 'E3' }] });

	const statuses: number[] = [];
	for (let i = 0; i < 35; i++) statuses.push((await search(ngo, `formular ${i}`)).status);
	expect(statuses.slice(0, 29)).toEqual(Array.from({ length: 29 }, () => 200));
	expect(statuses.at(-1)).toBe(429);

	const refused = await search(ngo, 'formular');
	expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	expect(await refused.json()).toEqual({ wait: Number(refused.headers.get('retry-after')) });
	// The page says so and keeps what was typed; an empty field costs nothing.
	// On a slow machine a search may have become free meanwhile: it is used up first.
	let page = '';
	for (let i = 0; i < 5 && !page.includes('Prea multe încercări'); i++) {
		await Promise.all(Array.from({ length: 5 }, () => search(ngo, 'formular')));
		page = await (await search(ngo, 'formularul', '/search')).text();
	}
	expect(page).toContain('Prea multe încercări');
	expect(page).toContain('value="formularul"');
	expect((await search(ngo, '')).status).toBe(200);

	expect((await search(minister, 'formular')).status).toBe(200);
	await new Promise((done) => setTimeout(done, 2500));
	expect((await search(ngo, 'formular')).status).toBe(200);
});

test('a guest searches nothing, and nothing that is typed breaks it', async () => {
	const guest = { url: server.url, cookie: '' };
	expect((await search(guest, 'formular')).status).toBe(401);
	expect((await search(guest, 'formular', '/search')).headers.get('location')).toBe(
		'/sign-in?back=%2Fsearch%3Fq%3Dformular'
	);
	const commission = await Client.signIn(server.url, 'comisia');
	for (const raw of ['%00', '%ED%A0%80', '%FF', "'%3B--", '%27%7C%26%21%3A%2A', 'a'.repeat(5000)])
		for (const path of ['/search', '/search/quick'])
			expect(
				[
					raw,
					(await fetch(`${server.url}${path}?q=${raw}`, { headers: { cookie: commission.cookie } })).status
				],
				path
			).toEqual([raw, 200]);
	expect(server.output()).not.toContain('"level":"error"');
});
