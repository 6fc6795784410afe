/**
 * What only a browser can show of safety. Headers: those of every page, for every kind of reader, without a violation.
 * D4: no text of another becomes a script. E3: who has left leaves nothing behind.
 */

import type { Page } from '@playwright/test';
import { guestRoutes, pathOf, routes } from '../support/routes.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { address, expect, type Guest, messages, type Person, serve, test } from '../support/browser.ts';
import { payloads } from '../support/payloads.ts';
import { startServer } from '../support/server.ts';

serve();
const full = process.env.SAFETY_SIZE === 'full';

function tried(
	name: string,
	what: string,
	cases: number,
	due: number,
	figures: Record<string, unknown> = {}
) {
	mkdirSync('tests/results/safety', { recursive: true });
	const row = { test: name, what, cases, due, seed: 0, figures, failed: cases < due };
	writeFileSync(`tests/results/safety/${name}-${what.replace(/\W+/g, '-')}.json`, JSON.stringify(row));
	expect(cases).toBeGreaterThanOrEqual(due);
}

/** Whatever tries to run against the policy says so on the console, where every fault fails the test. */
const watch = (page: Page) =>
	page.addInitScript(() => {
		const ran: number[] = [];
		Object.assign(window, { ran, hora: (n: number) => ran.push(n) });
		addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
			console.error(`policy: ${violatedDirective} ${blockedURI}`)
		);
	});

const aMeasure = async (guest: Guest) => {
	await guest.page.goto(address('/measures'));
	return (await guest.row('A1').getByRole('link').first().getAttribute('href'))?.split('/').at(-1) as string;
};

const people: Person[] = full
	? ['commission', 'minister', 'ngo', 'embassy', 'secretariat', 'observer']
	: ['commission', 'observer'];

/** The pages on which the first of a kind is met; of what has none it is the measure's number, and the answer is a 404. */
const metOn = {
	measures: '/measures',
	objectives: '/overview',
	organisations: '/organisations',
	circles: '/circles',
	meetings: '/meetings'
};
const ids = async ({ page }: Guest) =>
	Object.fromEntries(
		await Promise.all(
			Object.entries(metOn).map(async ([kind, list]) => {
				const answer = await page.request.get(address(list));
				const found = new RegExp(`/${kind}/([0-9a-f-]{36})`).exec(await answer.text());
				return [kind, found?.[1] as string] as const;
			})
		)
	);

test('every page bears the headers and violates none, for every reader, in one language or the other', async ({
	arrive
}) => {
	test.setTimeout(600_000);
	let cases = 0;
	const read = new Set<string>();
	for (const [nth, person] of people.entries()) {
		const pages = routes().filter(({ page, id }) => page && id !== '/' && !id.startsWith('/(door)'));
		// Each reader has every page, and every page is met in both languages.
		for (const [at, language] of (['ro', 'en'] as const).entries()) {
			const guest = await arrive(person, { language });
			await watch(guest.page);
			guest.tolerates(/status of 40[34]/);
			const known = await ids(guest);
			for (const { id } of pages.filter((_, n) => (n + nth) % 2 === at)) {
				const kind = Object.keys(known).find((kind) => id.includes(`/${kind.slice(0, -1)}`)) ?? 'measures';
				const response = await guest.page.goto(address(pathOf(id, known[kind] as string)));
				await guest.page.waitForTimeout(full ? 150 : 50);
				expectHeaders(id, response?.headers() ?? {});
				if (response?.ok()) read.add(id);
				cases++;
			}
			await guest.page.context().close();
		}
	}
	const missing = routes().filter(
		({ id, page }) => page && /(meetings|circles)\/\[id\]/.test(id) && !read.has(id)
	);
	expect(missing.map(({ id }) => id)).toEqual([]);
	tried('HDR', 'headers of every page', cases, people.length * 10, {
		people: people.length,
		read: read.size
	});
});

function expectHeaders(id: string, headers: Record<string, string>) {
	const policy = Object.fromEntries(
		(headers['content-security-policy'] ?? '').split(';').map((directive) => {
			const [name = '', ...values] = directive.trim().split(/\s+/);
			return [name, values];
		})
	) as Record<string, string[]>;
	expect([
		id,
		policy['default-src'],
		policy['frame-ancestors'],
		policy['base-uri'],
		policy['form-action']
	]).toEqual([...[id, ["'none'"], ["'none'"], ["'none'"], ["'self'"]]]);
	expect([id, policy['script-src']?.filter((value) => !/^'nonce-[\w+/=]{16,}'$/.test(value))]).toEqual([
		id,
		["'strict-dynamic'"]
	]);
	expect([id, policy['script-src']?.length]).toEqual([id, 2]);
	expect({ id, ...headers }).toMatchObject({
		id,
		'cache-control': expect.stringMatching(/no-store/),
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin'
	});
	const permissions = headers['permissions-policy'] ?? '';
	for (const one of [
		'publickey-credentials-get',
		'publickey-credentials-create',
		'clipboard-write',
		'fullscreen',
		'screen-wake-lock'
	])
		expect([id, permissions.includes(`${one}=(self)`)]).toEqual([id, true]);
	expect([id, /(camera|microphone|geolocation)=\(\)/.test(permissions), /=\*/.test(permissions)]).toEqual([
		id,
		true,
		false
	]);
}

test('guests get the same headers; over https also that it stays https; files are what they say', async ({
	request
}) => {
	for (const id of guestRoutes.filter((id) => id.includes('sign-in'))) {
		const response = await request.get(address(pathOf(id, '')));
		expectHeaders(id, response.headers());
		const script = /src="([^"]+\.js)"|href="([^"]+\.(?:js|css))"/.exec(await response.text());
		const file = await request.get(new URL(script?.[1] ?? script?.[2] ?? '', response.url()).href);
		expect(file.headers()).toMatchObject({
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'same-origin'
		});
	}
	const secure = await startServer({ demo: 'off', env: { ORIGIN: 'https://hora.example.org' } });
	const headers = (await fetch(`${secure.url}/sign-in`, { redirect: 'manual' })).headers;
	await secure.kill();
	expect(headers.get('strict-transport-security')).toMatch(
		/max-age=(6[3-9]|[7-9]\d)\d{6}.*includeSubDomains/
	);
	tried('HDR', 'https', 1, 1);
});

test(`D4: ${payloads.length} payloads, opened by other organisations, run nothing`, async ({ arrive }) => {
	test.setTimeout(300_000);
	const secretariat = await arrive('secretariat');
	const measure = await aMeasure(secretariat);
	const send = async (path: string, form: Record<string, string>) => {
		const answer = await secretariat.page.request.post(address(path), {
			headers: {
				origin: address('').replace(/\/$/, ''),
				accept: 'application/json',
				'x-sveltekit-action': 'true'
			},
			form: { ...form, operation: crypto.randomUUID() }
		});
		return (await answer.json()) as { type: string };
	};
	const page = await secretariat.page.request.get(address(`/measures/${measure}`));
	const circleId = /<option[^>]*value="([0-9a-f-]{36})"[^>]*>[^<]*Toți partenerii/.exec(
		await page.text()
	)?.[1] as string;
	for (const text of payloads)
		expect(
			await send(`/measures/${measure}?/post`, { circleId, kind: 'comment', language: 'ro', text })
		).toMatchObject({
			type: 'success'
		});
	for (const [n, text] of payloads.entries())
		if (n % 5 === 0)
			await send(`/measures/${measure}?/addStep`, { titleRo: text, titleEn: text, source: text, date: '' });
	const fields = [
		'titleRo',
		'titleEn',
		'descriptionRo',
		'descriptionEn',
		'indicators',
		'resources',
		'deadline'
	];
	const readers = await Promise.all(
		(full ? (['ngo', 'embassy', 'minister'] as const) : (['ngo'] as const)).map((person) => arrive(person))
	);
	let opened = 0;
	for (let round = 0; round < (full ? 7 : 1); round++) {
		// The fields hold others each time; what they were is read from the form, as an editor's page holds it.
		await secretariat.page.goto(address(`/measures/${measure}`));
		for (const [n, field] of fields.entries()) {
			const base = await secretariat.page.locator(`[name="base.${field}"]`).first().inputValue();
			await send(`/measures/${measure}?/texts`, {
				[field]: payloads[(round * 7 + n) % 50] as string,
				[`base.${field}`]: base
			});
		}
		for (const reader of readers) {
			await watch(reader.page);
			reader.page.on('dialog', (dialog) => {
				reader.faults.push(`a dialog: ${dialog.message()}`);
				void dialog.dismiss();
			});
			for (const path of [
				`/measures/${measure}`,
				'/measures',
				'/board',
				'/overview',
				'/news',
				'/search?q=hora',
				'/print'
			]) {
				await reader.page.goto(address(path));
				await reader.page.waitForTimeout(100);
				const ran = await reader.page.evaluate(() => (window as unknown as { ran: number[] }).ran);
				expect([path, ran]).toEqual([path, []]);
				opened++;
			}
			await reader.page.goto(address(`/measures/${measure}`));
			const links = await reader.page
				.locator('a')
				.evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol));
			expect(links.filter((protocol) => !/^https?:|^mailto:/.test(protocol))).toEqual([]);
			await expect(reader.page.locator('article').first()).toBeVisible();
		}
	}
	tried('D4', 'scripts in Chromium', payloads.length, 50, { pages: opened, organisations: readers.length });
});

/** Everything that the browser keeps for this origin. */
const kept = (page: Page) =>
	page.evaluate(async () => ({
		local: Object.values({ ...localStorage }).join(' '),
		session: Object.values({ ...sessionStorage }).join(' '),
		databases: (await indexedDB.databases()).length,
		caches: (await caches.keys()).length,
		workers: (await navigator.serviceWorker.getRegistrations()).length,
		cookies: document.cookie
	}));

test('E3: after signing out nothing is left, and Back shows the sign-in', async ({ arrive }) => {
	test.setTimeout(120_000);
	const guest = await arrive('ngo', { anew: true });
	await guest.open('A1');
	const shown = await guest.page.locator('h1').innerText();
	await guest.composer.locator('textarea').fill('Cuvinte netrimise');
	await guest.page.goto(address('/me'));
	const leaving = guest.page.waitForResponse((response) => response.url().includes('signOut'));
	await guest.page.getByRole('button', { name: 'Ieșire' }).click();
	await guest.page
		.getByRole('dialog')
		.getByRole('button', { name: messages('ro').unsent_leave as string })
		.click();
	await leaving; // what it told the browser to forget is held in tests/safety/a3-doors.test.ts
	await guest.page.waitForURL(/sign-in/);
	expect(JSON.stringify(await kept(guest.page))).not.toContain('netrimise');
	expect(await kept(guest.page)).toMatchObject({
		// Where the framework had scrolled to, and nothing that was read or written.
		session: expect.stringMatching(/^[\s{}[\]":,\dxy.]*$/),
		databases: 0,
		caches: 0,
		workers: 0,
		cookies: expect.not.stringContaining('hora_session')
	});
	await guest.page.goBack();
	await guest.page.waitForURL(/sign-in/);
	expect(await guest.page.content()).not.toContain(shown);
	tried('E3', 'sign-out', 3, 3);
});

test('E3: a session that ends elsewhere empties the open page; another member finds nothing of the first', async ({
	arrive,
	request
}) => {
	test.setTimeout(120_000);
	const guest = await arrive('ngo', { anew: true });
	await guest.open('A1');
	guest.tolerates(/status of 401|WebSocket/);
	await guest.composer.locator('textarea').fill('Numai ale mele');
	const shown = await guest.page.locator('h1').innerText();
	const [cookie] = (await guest.page.context().cookies()).filter(({ name }) => name.includes('hora_session'));
	await request.post(address('/me?/signOut'), {
		headers: { cookie: `${cookie?.name}=${cookie?.value}`, origin: address('').replace(/\/$/, '') },
		form: { asked: 'yes' },
		maxRedirects: 0
	});
	await guest.page.waitForURL(/sign-in/, { timeout: 3000 });
	expect(await guest.page.content()).not.toContain(shown);
	await guest.page.goBack().catch(() => {});
	await guest.page.waitForURL(/sign-in/);
	expect(await guest.page.content()).not.toContain(shown);

	// Somebody else at the same browser.
	await guest.page.goto(address('/sign-in?back=/measures'));
	await guest.signIn('embassy', '/measures');
	await guest.open('A1');
	expect(await guest.composer.locator('textarea').inputValue()).toBe('');
	await guest.page.waitForTimeout(300);
	expect(JSON.stringify(await kept(guest.page))).not.toContain('Numai ale mele');
	tried('E3', 'revocation and another member', 3, 3);
});
