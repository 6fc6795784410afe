/** Getting in: one tap on a phone, a second step by an app's code, sessions that are ended elsewhere, and who it is once more. */

import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import postgres from 'postgres';
import { address, atOnce, emails, expect, serve, test } from '../support/browser.ts';
import { device, touching } from '../support/device.ts';
import { startPostgres } from '../support/postgres.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const password = 'hora-exemplu-2024';

let database: Awaited<ReturnType<typeof startPostgres>>;
let owner: postgres.Sql;

serve(async () => {
	database = await startPostgres();
	owner = postgres(database.url, { max: 1, onnotice: () => {} });
	return { databaseUrl: database.url };
});
test.afterAll(async () => {
	await owner.end();
	await database.stop();
});

const signOut = async (page: Page) => {
	await page.goto(address('/me'));
	await page.getByRole('button', { name: 'Ieșire' }).click();
	await page.waitForURL(/\/sign-in\?ended=signed-out/);
};

async function signInByPassword(page: Page, email: string) {
	await page.locator('[name=email]').fill(email);
	await page.locator('[name=password]').fill(password);
	await page.locator('[name=password]').press('Enter');
}

const secretOn = async (page: Page) => (await page.locator('code').first().innerText()).replace(/\s/g, '');
const codeOf = (secret: string, timestamp = Date.now()) =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

test('By password, a passkey added, and from then on one tap on the phone', async ({ arrive }) => {
	const guest = await arrive('minister', { ...phone, path: '/me/sign-in', anew: true });
	const { page } = guest;
	const phoneKey = await device(page);

	await expect(page.getByText('Nicio cheie de acces încă.')).toBeVisible();
	await page.getByLabel('Numele cheii').fill('Telefonul Anei');
	await touching(phoneKey, async () => {
		await page.getByRole('button', { name: 'Adaugă o cheie de acces' }).click();
		await expect(page.getByRole('listitem').filter({ hasText: 'Telefonul Anei' })).toContainText(
			'încă nefolosită'
		);
	});
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

	await signOut(page);
	await touching(phoneKey, async () => {
		// Where the browser itself offers the passkey, it may be quicker than the button.
		await page
			.getByRole('button', { name: 'Intră cu cheia de acces' })
			.tap({ timeout: 3000 })
			.catch(() => {});
		await page.waitForURL(address('/overview'));
	});
	await page.goto(address('/me/sign-in'));
	await expect(page.getByRole('listitem').filter({ hasText: 'Telefonul Anei' })).toContainText(
		'folosită azi'
	);

	const [passkey] = await owner`select counter::int, used_at is not null as used from signin.passkeys`;
	expect(passkey).toMatchObject({ used: true });

	await page.getByLabel('Redenumește: Telefonul Anei').click();
	await page.getByLabel('Numele cheii').first().fill('Telefonul nou');
	await page.getByRole('button', { name: 'Redenumește' }).click();
	await expect(page.getByRole('listitem').filter({ hasText: 'Telefonul nou' })).toBeVisible();
	await page.getByRole('button', { name: 'Șterge: Telefonul nou' }).click();
	await expect(page.getByText('Nicio cheie de acces încă.')).toBeVisible();

	await signOut(page);
	guest.tolerates(/422/);
	await touching(phoneKey, async () => {
		await page.getByRole('button', { name: 'Intră cu cheia de acces' }).tap();
		await expect(page.getByRole('alert')).toContainText('nu a fost recunoscută');
	});
});

test('A code from an app as the second step; none counts twice, and a recovery code once', async ({
	arrive
}) => {
	const guest = await arrive('ngo', { path: '/me/sign-in', anew: true });
	const { page } = guest;
	guest.tolerates(/422/);

	await page.getByRole('button', { name: 'Pornește: Cod din aplicație' }).click();
	await expect(page.getByRole('img', { name: /Cod QR/ })).toBeVisible();
	const secret = await secretOn(page);
	await page.getByLabel('Cele șase cifre').fill('000000');
	await page.getByRole('button', { name: 'Confirmă' }).click();
	await expect(page.getByText('Codul nu se potrivește sau a fost deja folosit.')).toBeVisible();
	// One step back: the next is still to come when it is needed.
	await page.getByLabel('Cele șase cifre').fill(codeOf(secret, Date.now() - 30_000));
	await page.getByRole('button', { name: 'Confirmă' }).click();
	const codes = page.getByRole('region', { name: 'Coduri de rezervă' }).locator('code');
	await expect(codes).toHaveCount(10);
	const recovery = await codes.first().innerText();

	const enter = async (code: string) => {
		await signInByPassword(page, emails.ngo);
		await expect(page.getByRole('heading', { name: 'Al doilea pas' })).toBeVisible();
		await page.locator('[name=code]').fill(code);
		await page.locator('[name=code]').press('Enter');
	};
	await signOut(page);
	const now = codeOf(secret);
	await enter(now);
	await page.waitForURL(address('/overview'));

	await signOut(page);
	await enter(now);
	await expect(page.getByText('Codul nu se potrivește sau a fost deja folosit.')).toBeVisible();
	await page.locator('[name=code]').fill(recovery.toLowerCase());
	await page.locator('[name=code]').press('Enter');
	await page.waitForURL(address('/overview'));

	await signOut(page);
	await enter(recovery);
	await expect(page.getByText('Codul nu se potrivește sau a fost deja folosit.')).toBeVisible();
});

test('A session ended from another tab is cut at once, and a named device lasts', async ({ arrive }) => {
	const here = await arrive('embassy', { path: '/me/sessions', anew: true });
	const there = await arrive('guest', { path: '/sign-in?back=/measures' });
	await there.page.getByText('Rămân conectat 30 de zile').click();
	await there.page.getByLabel('Numele dispozitivului').fill('Laptopul ambasadei');
	await signInByPassword(there.page, emails.embassy);
	await there.page.waitForURL(address('/measures'));
	await there.live();
	const [cookie] = (await there.page.context().cookies()).filter(({ name }) => name === 'hora_session');
	expect(cookie!.expires - Date.now() / 1000).toBeGreaterThan(29 * 24 * 3600);

	await here.page.reload();
	const row = here.page.getByRole('listitem').filter({ hasText: 'Laptopul ambasadei' });
	await expect(row).toContainText('rămâne conectat 30 de zile');
	await expect(here.page.getByRole('listitem').filter({ hasText: 'acest dispozitiv' })).toHaveCount(1);
	// More than the twelve hours of others, and unused.
	await owner`update signin.sessions set created_at = now() - interval '29 days', used_at = now() - interval '9 days'
		where device = 'Laptopul ambasadei'`;
	await there.page.reload();
	await there.live();

	there.tolerates(/401|403/);
	const ended = there.page.waitForURL(/\/sign-in\?ended=yes/).then(() => Date.now());
	const from = await here.sends(() => row.getByRole('button', { name: /Încheie/ }).click());
	expect((await ended) - from).toBeLessThan(atOnce);
	await expect(row).toHaveCount(0);

	await signInByPassword(there.page, emails.embassy);
	await there.page.waitForURL(address('/measures'));
	await here.page.reload();
	await here.page.getByRole('button', { name: 'Încheie toate celelalte' }).click();
	await there.page.waitForURL(/\/sign-in\?ended=yes/);
	await expect(here.page.getByText('Nu sunt alte sesiuni.')).toBeVisible();
});

test('After fifteen minutes it is asked again who it is, and what was typed is still there', async ({
	arrive
}) => {
	const guest = await arrive('commission', { path: '/me/sign-in', anew: true });
	const { page } = guest;
	const key = await device(page);
	guest.tolerates(/403|422/);
	const [{ id: member }] = (await owner`select id from members where name = 'Elena Exemplu'`) as [
		{ id: string }
	];
	const later = () =>
		owner`update signin.sessions set proved_at = now() - interval '16 minutes' where member_id = ${member}`;

	await later();
	await page.getByLabel('Numele cheii').fill('Calculatorul de la birou');
	await touching(key, async () => {
		await page.getByRole('button', { name: 'Adaugă o cheie de acces' }).click();
		await page.getByRole('link', { name: 'Confirmați cine sunteți' }).click();
		await page.waitForURL(/\/prove\?back=/);
	});
	await page.locator('[name=password]').fill('alta parolă decât a mea');
	await page.getByRole('button', { name: 'Confirmă cu parola' }).click();
	await expect(page.getByText('Parola nu se potrivește.')).toBeVisible();
	await page.locator('[name=password]').fill(password);
	await page.getByRole('button', { name: 'Confirmă cu parola' }).click();
	await page.waitForURL(address('/me/sign-in'));
	await expect(page.getByLabel('Numele cheii')).toHaveValue('Calculatorul de la birou');
	await touching(key, async () => {
		await page.getByRole('button', { name: 'Adaugă o cheie de acces' }).click();
		await expect(page.getByRole('listitem').filter({ hasText: 'Calculatorul de la birou' })).toBeVisible();
	});

	await later();
	await page.getByRole('button', { name: 'Fă coduri noi' }).click();
	await page.getByRole('link', { name: 'Confirmați cine sunteți' }).click();
	await touching(key, async () => {
		await page.getByRole('button', { name: 'Confirmă cu cheia de acces' }).click();
		await page.waitForURL(address('/me/sign-in'));
	});
	await page.getByRole('button', { name: 'Fă coduri noi' }).click();
	await expect(page.getByRole('region', { name: 'Coduri de rezervă' }).locator('code')).toHaveCount(10);
});

test('Without scripts who it is is asked aside, and what was typed stands where it was', async ({
	arrive
}) => {
	const guest = await arrive('secretariat', { path: '/circles/new', anew: true, javaScriptEnabled: false });
	const { page } = guest;
	guest.tolerates(/403/);
	await owner`update signin.sessions set proved_at = now() - interval '16 minutes'
		where member_id = (select id from members where name = 'Radu Exemplu')`;

	await page.getByLabel('Numele în română').fill('Linia telefonică');
	await page.getByLabel('Asociația Exemplu A').check();
	await page.getByRole('button', { name: 'Fă cercul' }).click();
	const beside = page.context().waitForEvent('page');
	await page.getByRole('link', { name: /^Confirmați cine sunteți/ }).click();
	const aside = await beside;
	await aside.locator('[name=password]').fill(password);
	await aside.getByRole('button', { name: 'Confirmă cu parola' }).click();
	await expect(aside).toHaveURL(address('/circles/new'));
	await aside.close();
	await expect(page.getByLabel('Numele în română')).toHaveValue('Linia telefonică');
	await page.getByRole('button', { name: 'Fă cercul' }).click();
	await expect(page).toHaveURL(/\/circles\/[0-9a-f-]{36}/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Linia telefonică');

	// The whole of its keeping, by forms alone.
	const keep = async (unfold: string, act = unfold) => {
		await page.locator('summary', { hasText: unfold }).click();
		const answered = page.waitForResponse((response) => response.request().method() === 'POST');
		await page.locator('details[open]').getByRole('button', { name: act, exact: true }).click();
		expect((await answered).status()).toBe(200);
	};
	const circle = page.url();
	await keep('Retrage cercul');
	await page.goto(circle);
	await expect(page.getByText('Retras: nu se mai scrie nimic nou în el')).toBeVisible();
	await keep('Redeschide cercul');
	await page.goto(circle);
	await expect(page.locator('summary', { hasText: 'Retrage cercul' })).toBeVisible();
	await expect(page.getByText('Retras: nu se mai scrie nimic nou în el')).toHaveCount(0);

	await page.goto(address('/strategies'));
	await page.getByLabel('Titlul în română').last().fill('Strategia de încercare');
	await page.getByRole('button', { name: 'Adaugă o strategie' }).click();
	await page.goto(address('/strategies'));
	const strategy = page.getByRole('listitem').filter({ hasText: 'Strategia de încercare' });
	await strategy.locator('summary', { hasText: 'Retrage' }).click();
	await strategy.getByRole('button', { name: 'Retrage' }).click();
	await page.goto(address('/strategies'));
	await strategy.locator('summary', { hasText: 'Repune' }).click();
	await strategy.getByRole('button', { name: 'Repune' }).click();
	await page.goto(address('/strategies'));
	await expect(strategy.locator('summary', { hasText: 'Retrage' })).toBeVisible();
});

test('A session about to end says so in time; staying keeps it, and twelve hours are the end', async ({
	arrive
}) => {
	const guest = await arrive('embassy', { path: '/me', anew: true });
	const { page } = guest;
	await page.clock.install();
	await page.goto(address('/measures'));
	await guest.live();
	// The others of this file are over, so that this one is meant.
	await owner`update signin.sessions set ended_at = now() where ended_at is null and id <> (
		select id from signin.sessions where member_id = (select id from members where name = 'Alex Exemplu')
			order by created_at desc limit 1)`;
	const ageOf = (used: string, created: string) => owner`update signin.sessions
		set used_at = now() - ${used}::interval, created_at = now() - ${created}::interval where ended_at is null`;
	const ending = page.getByText(/^Sesiunea se încheie la \d\d:\d\d, dacă nu faceți nimic\.$/);

	expect(await ageOf('57 minutes', '1 hour')).toHaveProperty('count', 1);
	await page.clock.fastForward('56:00');
	await expect(ending).toBeVisible();
	await page.getByRole('button', { name: 'Rămân conectat' }).click();
	await expect(ending).toHaveCount(0);
	const [session] = await owner`select used_at > now() - interval '1 minute' as kept from signin.sessions
		where ended_at is null`;
	expect(session).toEqual({ kept: true });

	await ageOf('1 minute', '11 hours 57 minutes');
	await page.goto(address('/measures'));
	await expect(ending).toBeVisible();
	await page.getByRole('button', { name: 'Rămân conectat' }).click();
	await expect(page.getByText(/după douăsprezece ore/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Rămân conectat' })).toHaveCount(0);
});

test('Whoever has no way in yet comes to it first, and to nothing else', async ({ arrive }) => {
	const guest = await arrive('guest', { ...phone, path: '/sign-in' });
	const { page } = guest;
	guest.tolerates(/422/);
	const secret = 'ab'.repeat(32);
	const id = 'cd'.repeat(16);
	await owner.begin(async (tx) => {
		const [{ member }] = (await tx`insert into members (id, name, organisation_id, role)
			select gen_random_uuid(), 'Nou Exemplu', organisation_id, 'coordinator' from members where name = 'Ana Exemplu'
			returning id as member`) as [{ member: string }];
		await tx`insert into signin.accounts (member_id, email) values (${member}, 'nou@minister.example')`;
		await tx`insert into signin.sessions (id, member_id, secret_hash)
			values (${id}, ${member}, ${createHash('sha256').update(secret).digest()})`;
	});
	await page.context().addCookies([{ name: 'hora_session', value: `${id}.${secret}`, url: address('/') }]);

	await page.goto(address('/measures'));
	await expect(page).toHaveURL(/\/welcome\?back=%2Fmeasures/);
	expect((await page.request.get(address('/catch-up?epoch=&heads={}'))).status()).toBe(401);

	// A password is a way in, and for a coordinator not enough.
	await page.getByLabel('Parola nouă').fill('Parola123456');
	await page.getByRole('button', { name: 'Pune parola' }).click();
	await expect(page.getByText('printre parolele încercate primele')).toBeVisible();
	await page.getByLabel('Parola nouă').fill('trei gâște pe un lac');
	await page.getByRole('button', { name: 'Pune parola' }).click();
	await expect(page.getByRole('heading', { name: 'Sau un cod din aplicație' })).toBeVisible();
	await page.goto(address('/overview'));
	await expect(page).toHaveURL(/\/welcome/);

	const key = await device(page);
	await page.goto(address('/measures'));
	await touching(key, async () => {
		await page.getByRole('button', { name: 'Adaugă o cheie de acces' }).tap();
		await page.waitForURL(address('/measures'));
	});
	await guest.live();
});
