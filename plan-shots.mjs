import { chromium } from '@playwright/test';
import { findChromium, launchArguments } from './tests/support/chromium.js';
const url = 'http://localhost:4571';
const out = '/tmp/w/plan-shots'; 
import { mkdirSync } from 'node:fs'; mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: await findChromium(), args: launchArguments });
const only = process.argv[2];
async function ctx(o, email, lang) {
	const c = await browser.newContext({ locale: 'ro-RO', timezoneId: 'Europe/Bucharest', ...o });
	const p = await c.newPage();
	p.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
	p.on('pageerror', (e) => console.log('pageerror:', e.message));
	await p.goto(url + '/sign-in?back=/measures');
	await p.locator('[name=email]').fill(email);
	await p.locator('[name=password]').fill('hora-exemplu-2024');
	await p.locator('[name=password]').press('Enter');
	await p.waitForURL(url + '/measures');
	if (lang) await p.goto(url + '/language/' + lang + '?back=/measures');
	return p;
}
const shoot = async (p, name, full = true) => { await p.waitForTimeout(300); await p.screenshot({ path: `${out}/${name}.png`, fullPage: full }); };
for (const [tag, o, lang] of [['d', { viewport: { width: 1440, height: 900 } }], ['p', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }], ['en', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }, 'en']]) {
	if (only && tag !== only) continue;
	const p = await ctx(o, 'elena@comisia.example', lang);
	await shoot(p, `list-${tag}`, false);
	const obj = await p.locator('tr.group a').first().getAttribute('href');
	const meas = await p.locator('tr').filter({ hasText: 'E3' }).locator('a').first().getAttribute('href');
	await p.goto(url + obj); await shoot(p, `objective-${tag}`);
	await p.goto(url + '/organisations'); await shoot(p, `organisations-${tag}`);
	await p.getByRole('link', { name: /Ministerul Exemplu B|Exemplu Ministry B/ }).click(); await p.waitForURL(/organisations\/./); await shoot(p, `organisation-${tag}`);
	await p.goto(url + '/measures/new'); await p.waitForTimeout(300);
	await p.getByRole('group', { name: lang ? 'Leads' : 'Responsabili' }).getByLabel(lang ? 'Exemplu Ministry B' : 'Ministerul Exemplu B', { exact: true }).check();
	await p.getByRole('group', { name: lang ? 'Leads' : 'Responsabili' }).getByLabel(lang ? 'Exemplu Ministry C' : 'Ministerul Exemplu C', { exact: true }).check();
	await shoot(p, `new-${tag}`);
	await p.goto(url + '/objectives/new'); await shoot(p, `objective-new-${tag}`, false);
	await p.goto(url + meas); 
	await p.locator('summary', { hasText: lang ? 'Change who answers' : 'Schimbă cine răspunde' }).click(); await shoot(p, `holders-${tag}`, false);
}
await browser.close();
