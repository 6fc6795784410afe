/** From empty to working, by whoever reads the server's console, on a phone. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import { expect, messages, test } from '../support/browser.ts';
import { device, touching } from '../support/device.ts';

const m = messages('ro');
const en = messages('en');
const phone = { width: 390, height: 844 };
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let server: TestServer;
test.beforeAll(async () => {
	server = await startServer({ demo: 'off' });
});
test.afterAll(async () => {
	await server.kill();
	expect(server.output(), 'what the server logged').not.toContain('"level":"error"');
});

const code = () => /\/set-up, codul \/ code (\S+)/.exec(server.output())?.[1] as string;

/** axe and no sideways scrolling, on a phone and at its narrowest. */
async function isAccessible(page: Page) {
	for (const size of [phone, { width: 320, height: 720 }]) {
		await page.setViewportSize(size);
		const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
		expect(
			violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
		).toEqual([]);
		const tooWide = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(tooWide).toBe(0);
	}
	await page.setViewportSize(phone);
}

async function fillIn(page: Page, given: string) {
	await page.locator('[name=code]').fill(given);
	await page.locator('[name=bodyRo]').fill('Comisia Exemplu');
	await page.locator('[name=shortRo]').fill('Comisia Ex.');
	await page.locator('[name=memberName]').fill('Ana Exemplu');
	await page.locator('[name=email]').fill('ana@comisia.example');
	await page.locator('[name=functionRo]').fill('șefa secretariatului');
}

test('an empty Hora: the code of the console opens it, once; the first steps are ticked as they are taken', async ({
	browser
}) => {
	test.setTimeout(120_000);
	const context = await browser.newContext({ viewport: phone, hasTouch: true, isMobile: true });
	const page = await context.newPage();
	expect(code()).toMatch(/^(\w{4}-){3}\w{4}$/);

	// Every page leads to the set-up, in both languages.
	for (const path of ['/', '/sign-in', '/overview', '/measures', '/nowhere']) {
		await page.goto(server.url + path);
		await expect(page).toHaveURL(`${server.url}/set-up`);
	}
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.setup_title as string);
	await isAccessible(page);
	await page.getByRole('link', { name: 'EN, English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.setup_title as string);
	await isAccessible(page);
	await page.getByRole('link', { name: 'RO, Română' }).click();

	// The known strategy stands there; the organisation may be one of those that are known.
	await expect(page.locator('[name=strategyRo]')).toHaveValue(/^Strategia națională împotriva traficului/);
	await page.locator('[name=body]').selectOption({ label: 'Ministerul Justiției' });
	await expect(page.locator('[name=bodyRo]')).toHaveCount(0);
	await page.locator('[name=body]').selectOption('');

	// A wrong code is told in a sentence, and what was typed stays.
	await fillIn(page, 'AAAA-BBBB-CCCC-DDDD');
	await page.getByRole('button', { name: m.setup_open as string }).click();
	await expect(page.getByText(m.refusal_setup_code as string)).toBeVisible();
	await expect(page.locator('[name=code]')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.locator('[name=memberName]')).toHaveValue('Ana Exemplu');
	await isAccessible(page);

	// The right one, typed as people type on a phone.
	await page.locator('[name=code]').fill(code().toLowerCase().replaceAll('-', ' '));
	await page.getByRole('button', { name: m.setup_open as string }).click();
	await page.waitForURL(`${server.url}/welcome`);

	// Nowhere else before there is a way in that is enough for the secretariat: here one tap.
	await page.goto(`${server.url}/overview`);
	await expect(page).toHaveURL(/\/welcome/);
	await touching(await device(page), async () => {
		await page.getByRole('button', { name: m.passkey_add as string }).tap();
		await page.waitForURL(`${server.url}/overview`);
	});
	const firstDays = page.getByRole('region', { name: m.first_title as string });
	await expect(firstDays.getByRole('listitem')).toHaveCount(4);
	await expect(firstDays).toContainText('0 din 4');
	await isAccessible(page);

	// The code is dead and the page gone, for everybody.
	const answer = await page.request.get(`${server.url}/set-up`);
	expect(answer.status()).toBe(404);
	const again = await page.request.post(`${server.url}/set-up`, {
		form: { code: code() },
		headers: { origin: server.url }
	});
	expect(again.status()).toBe(404);
	const stranger = await browser.newPage();
	await stranger.goto(server.url);
	await expect(stranger).toHaveURL(`${server.url}/sign-in`);
	await stranger.close();

	// Bodies of the known list sit down, many at once.
	await firstDays.getByRole('link', { name: m.first_organisations as string }).click();
	await page.waitForURL(`${server.url}/set-up/organisations`);
	await isAccessible(page);
	await page.getByRole('button', { name: m.seat_submit as string }).click();
	await expect(page.getByText(m.refusal_none_ticked as string)).toBeVisible();
	for (const name of ['Ministerul Justiției', 'Ministerul Afacerilor Interne', 'Asociația eLiberare'])
		await page.getByLabel(name, { exact: true }).check();
	await page.getByRole('button', { name: m.seat_submit as string }).click();
	await expect(page.getByText(m.seat_done as string)).toBeVisible();
	await expect(page.getByLabel('Ministerul Justiției')).toBeDisabled();
	await page.goto(`${server.url}/organisations`);
	await expect(page.getByRole('main')).toContainText('Ministerul Justiției');

	// Ticked by what the database holds; the others are passed over, taken up again, and the list goes.
	await page.goto(`${server.url}/overview`);
	await expect(firstDays).toContainText('1 din 4');
	await expect(firstDays.getByRole('listitem').first()).toContainText(m.first_done as string);
	const pass = (step: string) =>
		firstDays.getByRole('listitem').filter({ hasText: step }).getByRole('button').click();
	await pass(m.first_circles as string);
	await expect(firstDays).toContainText(m.first_skipped as string);
	await pass(m.first_circles as string);
	await expect(firstDays).not.toContainText(m.first_skipped as string);
	for (const step of [m.first_circles, m.first_plan] as string[]) {
		await pass(step);
		await expect(firstDays.getByRole('listitem').filter({ hasText: step })).toContainText(
			m.first_skipped as string
		);
	}

	// A coordinator of a ministry is invited by a link, and comes in on a phone of her own with one tap.
	await page.goto(`${server.url}/organisations`);
	await page.getByRole('link', { name: 'Ministerul Justiției' }).click();
	await page.waitForURL(/\/organisations\/[0-9a-f-]{36}$/);
	await page.goto(`${page.url()}/members`);
	await page.getByLabel('Numele și prenumele').fill('Dana Exemplu');
	await page.getByLabel('E-mail').fill('dana@ministerul.example');
	await page.getByRole('button', { name: 'Trimite invitația' }).click();
	const link = await page.getByLabel('Linkul, arătat o singură dată').inputValue();
	const hers = await browser.newContext({ viewport: phone, hasTouch: true, isMobile: true });
	const dana = await hers.newPage();
	await dana.goto(link);
	await expect(dana.locator('dl')).toContainText('Dana Exemplu');
	await isAccessible(dana);
	await dana.getByRole('button', { name: 'Intru' }).tap();
	await dana.waitForURL(`${server.url}/welcome`);
	await isAccessible(dana);
	await touching(await device(dana), async () => {
		await dana.getByRole('button', { name: m.passkey_add as string }).tap();
		await dana.waitForURL(`${server.url}/overview`);
	});
	await dana.goto(`${server.url}/me`);
	await expect(dana.getByRole('heading', { level: 1 })).toHaveText('Dana Exemplu');
	await hers.close();

	await page.goto(`${server.url}/overview`);
	await expect(firstDays).toHaveCount(0);

	// The outbox says that mail has nowhere to go.
	await page.goto(`${server.url}/me`);
	await page.getByRole('link', { name: m.outbox_title as string }).click();
	await page.waitForURL(`${server.url}/outbox`);
	await expect(page.getByText(m.outbox_no_server as string)).toBeVisible();
	await isAccessible(page);
	await context.close();
});
