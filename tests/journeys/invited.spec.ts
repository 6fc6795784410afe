/** From the link that a coordinator hands over to the first page of a member on a phone; and what is left of the link. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { devices } from '@playwright/test';
import { address, expect, serve, test } from '../support/browser.ts';
import { device, touching } from '../support/device.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hora-invited-'));
serve({ dataDir });

const { defaultBrowserType: _, ...phone } = devices['iPhone 13'];
const invited = 'maria@ministerul-b.example';
/** A link that opens nothing is a page with a status of its own. */
const notThere = /status of 404/;

test('A coordinator hands over a link, and the invited person comes in with it, once', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/me' });
	const { page } = minister;
	await page.getByRole('link', { name: 'Membrii organizației și invitațiile' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Membri: Ministerul Exemplu B');
	await minister.live();

	await page.getByLabel('Numele și prenumele').fill('Maria Exemplu');
	await page.getByLabel('E-mail').fill(invited);
	await page.getByLabel('Funcția, în română').last().fill('consilieră');
	await expect(page.getByLabel('Rolul').last().locator('option')).toHaveText([
		...['coordonator', 'colaborator', 'observator']
	]);
	await page.getByRole('button', { name: 'Trimite invitația' }).click();
	const open = page.getByRole('listitem').filter({ hasText: invited });
	const link = await open.getByLabel('Linkul, arătat o singură dată').inputValue();
	expect(link).toMatch(/^http:\/\/localhost:\d+\/invite\/[0-9a-f]{32}\.[0-9a-f]{64}$/);
	await expect(page.getByText('a invitat: Maria Exemplu, colaborator')).toBeVisible();
	// Once: it is on no page that is read again.
	await page.reload();
	expect(await page.content()).not.toContain(link.split('.').at(-1));

	// The same person twice, and a colleague: said in one sentence.
	for (const [email, sentence] of [
		[invited, 'Adresa are deja o invitație deschisă.'],
		['paul@ministerul-b.example', 'Adresa are deja un cont în Hora.']
	] as const) {
		minister.tolerates(/status of 422/);
		await page.getByLabel('Numele și prenumele').fill('Altcineva Exemplu');
		await page.getByLabel('E-mail').fill(email);
		await page.getByRole('button', { name: 'Trimite invitația' }).click();
		await expect(page.getByText(sentence)).toBeVisible();
	}

	// She opens it on her phone, and on a second one at the same time.
	const path = new URL(link).pathname;
	const [maria, other] = [
		await arrive('guest', { ...phone, path }),
		await arrive('guest', { ...phone, path })
	];
	for (const guest of [maria, other]) {
		await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText('Invitație în Hora');
		await expect(guest.page.locator('main')).toContainText('Ana Exemplu (Ministerul Exemplu B) vă invită.');
		await expect(guest.page.locator('dl')).toContainText('Maria Exemplu');
		const wide = await guest.page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(wide).toBe(0);
		guest.tolerates(notThere);
	}
	const response = await maria.page.request.get(link);
	expect(response.headers()).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });

	await maria.page.getByRole('button', { name: 'Intru' }).tap();
	await expect(maria.page).toHaveURL(address('/welcome'));
	await other.page.getByRole('button', { name: 'Intru' }).tap();
	await expect(other.page.getByRole('heading', { level: 1 })).toHaveText('Linkul nu mai este valabil');
	await other.page.goto(address('/overview'));
	await expect(other.page).toHaveURL(/\/sign-in\?back=/);

	await touching(await device(maria.page), async () => {
		await maria.page.getByRole('button', { name: 'Adaugă o cheie de acces' }).tap();
		await maria.page.waitForURL(address('/overview'));
	});
	await maria.page.goto(address('/me'));
	await expect(maria.page.getByRole('heading', { level: 1 })).toHaveText('Maria Exemplu');
	await expect(maria.page.getByText('Ministerul Exemplu B, colaborator')).toBeVisible();
	await expect(page.getByText('are un membru nou: Maria Exemplu, colaborator')).toBeVisible();
	await expect(open).toHaveCount(0);

	// Used, never there, or rubbish: one page.
	const dead = await arrive('guest', { path: '/sign-in' });
	dead.tolerates(notThere);
	const pages = [];
	for (const one of [
		path,
		path.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
		'/invite/x',
		'/reset/x'
	]) {
		await dead.page.goto(address(one));
		pages.push(await dead.page.locator('main').innerText());
	}
	expect(new Set(pages).size).toBe(1);
	expect(pages[0]).toContain('Cine l-a trimis poate face altul');
});

test('A forgotten password: the same sentence for everybody, and a link that a coordinator hands over', async ({
	arrive
}) => {
	const guest = await arrive('guest', { path: '/sign-in', javaScriptEnabled: false });
	const said = [];
	for (const email of [invited, 'nimeni@exemplu.example']) {
		await guest.page.goto(address('/sign-in'));
		await guest.page.getByRole('link', { name: 'Parolă uitată' }).click();
		await guest.page.getByLabel('E-mail').fill(email);
		await guest.page.getByRole('button', { name: 'Trimite linkul' }).click();
		said.push(await guest.page.locator('main').innerText());
	}
	expect(said[0]).toBe(said[1]);
	expect(said[0]).toContain('Dacă adresa are un cont');

	const minister = await arrive('minister', { path: '/me' });
	await minister.page.getByRole('link', { name: 'Membrii organizației și invitațiile' }).click();
	const row = minister.page.getByRole('listitem').filter({ hasText: 'Maria Exemplu' }).first();
	await minister.unfold('Modifică', row);
	await row.getByRole('button', { name: 'Fă un link pentru parolă' }).click();
	const link = await row.getByLabel('Linkul, arătat o singură dată').inputValue();

	guest.tolerates(/status of 422/);
	await guest.page.goto(link);
	await guest.page.getByLabel('Parola nouă').fill('Maria Exemplu');
	await guest.page.getByRole('button', { name: 'Salvează parola' }).click();
	await expect(guest.page.getByText('Este făcută din numele sau adresa dumneavoastră.')).toBeVisible();
	await guest.page.getByLabel('Parola nouă').fill('cireșul din curtea veche');
	await guest.page.getByRole('button', { name: 'Salvează parola' }).click();
	await expect(guest.page.getByText('Parola este schimbată')).toBeVisible();
	await guest.page.getByRole('link', { name: 'Intră' }).click();
	await guest.page.getByLabel('E-mail').fill(invited);
	await guest.page.getByLabel('Parolă', { exact: true }).fill('cireșul din curtea veche');
	await guest.page.getByRole('button', { name: 'Intră', exact: true }).click();
	await expect(guest.page).toHaveURL(address('/overview'));
});

/** After the server has gone: what waits in its queue. */
test.afterAll(async () => {
	const database = await PGlite.create(join(dataDir, 'postgres'));
	const { rows } = await database.query<{ kind: string; address: string; text: string }>(
		'select kind, address, text from mails order by made_at, kind'
	);
	await database.close();
	rmSync(dataDir, { recursive: true, force: true });
	expect(rows.map(({ kind, address }) => [kind, address])).toEqual(
		['invitation', 'reset', 'reset-made', 'password'].map((kind) => [kind, invited])
	);
	expect(rows.map(({ text }) => text.includes('Maria Exemplu'))).toEqual([true, true, true, true]);
});
