import { chromium } from '@playwright/test';
import { findChromium, launchArguments } from './tests/support/chromium.js';
const url = 'http://localhost:4571';
const out = '/tmp/w/plan-shots'; 
const browser = await chromium.launch({ executablePath: await findChromium(), args: launchArguments });
async function ctx(o, email) {
	const c = await browser.newContext({ locale: 'ro-RO', timezoneId: 'Europe/Bucharest', ...o });
	const p = await c.newPage();
	await p.goto(url + '/sign-in?back=/measures');
	await p.locator('[name=email]').fill(email);
	await p.locator('[name=password]').fill('hora-exemplu-2024');
	await p.locator('[name=password]').press('Enter');
	await p.waitForURL(url + '/measures');
	return p;
}
const a = await ctx({ viewport: { width: 1440, height: 900 } }, 'elena@comisia.example');
const b = await ctx({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, 'radu@comisia.example');
const href = await a.locator('tr').filter({ hasText: 'E3' }).locator('a').first().getAttribute('href');
let n = 0;
async function clash(first, second, name) {
	for (const p of [first, second]) { await p.goto(url + href); await p.waitForTimeout(800); await p.locator('summary', { hasText: 'Modifică textele' }).click(); }
	n++;
	await first.getByLabel('Titlu (română)').fill('Formular comun de sesizare, varianta a doua ' + n);
	await second.getByLabel('Titlu (română)').fill('Formular comun între instituții, în toate județele ' + n);
	await first.locator('details[open]').getByRole('button', { name: 'Salvează' }).click();
	await first.waitForTimeout(800);
	await second.locator('details[open]').getByRole('button', { name: 'Salvează' }).click();
	await second.locator('blockquote').waitFor();
	await second.evaluate(() => document.querySelector('.acts').scrollIntoView());
	await second.waitForTimeout(300);
	await second.screenshot({ path: `${out}/${name}.png` });
}
await clash(b, a, 'conflict-d');
await clash(a, b, 'conflict-p');
await a.goto(url + href);
await a.waitForTimeout(500);
await a.locator('summary', { hasText: 'Retrage măsura' }).click();
await a.locator('details[open]').getByLabel('Motivul').fill('Cuprinsă în măsura E9, de la 1 decembrie');
await a.locator('details[open]').getByRole('button').click();
await a.waitForTimeout(2800);
await a.screenshot({ path: `${out}/retired-d.png` });
await a.goto(url + '/measures/new'); await a.waitForTimeout(500); await a.evaluate(() => scrollTo(0, 500));
const g = a.getByRole('group', { name: 'Responsabili' });
await g.getByLabel('Ministerul Exemplu B', { exact: true }).check(); await g.getByLabel('Ministerul Exemplu C', { exact: true }).check();
await a.screenshot({ path: `${out}/new2-d.png` });
await browser.close();
