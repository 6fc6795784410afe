/** Mails to a real SMTP server on this machine, and the calendar as another program reads it. */

import { PGlite } from '@electric-sql/pglite';
import ICAL from 'ical.js';
import { join } from 'node:path';
import { address, change, circles, expect, type Guest, serve, test } from '../support/browser.ts';
import { openMailbox } from '../support/mailbox.ts';

let mailbox: Awaited<ReturnType<typeof openMailbox>>;
serve(async () => {
	mailbox = await openMailbox();
	const env = { HORA_LIMITS: 'off', SMTP_URL: mailbox.url, MAIL_FROM: 'Hora <hora@hora.example>' };
	return { demo: 'on', env };
});
test.afterAll(() => mailbox.close());

const ana = 'ana@ministerul-b.example';
const narrow = 'crizantema';
const toAna = () => mailbox.received.filter(({ to }) => to.includes(ana));
/** Without the weekly mail, which on its day comes by itself. */
const asked = () => toAna().filter(({ subject }) => !/^Hora, .+: ce așteaptă/.test(subject));

/** A concern or a question, to whoever leads the measure. */
async function ask(guest: Guest, kind: string, text: string, circle: string) {
	await guest.composer.getByText(kind, { exact: true }).click();
	await guest.composer.locator('textarea').fill(text);
	await guest.composer.locator('[name=circleId]').selectOption({ label: circle });
	await guest.composer.getByRole('checkbox', { name: 'Ministerul Exemplu B', exact: true }).check();
	await guest.composer.getByRole('button', { name: 'Publică' }).click();
	await expect(guest.article(text)).toContainText('Așteaptă răspuns de la Ministerul Exemplu B');
}

test('A concern that is addressed to the ministry comes at once; of a narrower one only that it is there', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	await commission.open('E3');
	await ask(commission, 'Îngrijorare', `Ceva despre ${narrow}.`, circles.all);
	await expect.poll(() => asked().length, { timeout: 20_000 }).toBe(1);
	const [mail] = asked();
	expect(mail?.subject).toBe('Hora: o solicitare așteaptă răspuns');
	expect(mail?.text).toContain('Bună ziua, Ana Exemplu,');
	expect(mail?.text).toMatch(/^E3 .+: Îngrijorare de la Comisia/m);
	// What people write stays in Hora.
	expect(mail?.all).not.toContain(narrow);

	await ask(commission, 'Întrebare', `Numai între noi: ${narrow}.`, circles.national);
	await expect.poll(() => asked().length, { timeout: 20_000 }).toBe(2);
	expect(asked()[1]?.text).toContain('un lucru, într-un cerc mai restrâns');
	for (const word of [narrow, 'E3', 'Comisia', circles.national])
		expect([word, asked()[1]?.all.includes(word)]).toEqual([word, false]);

	// The link leads there.
	const link = /https?:\/\/\S+\/measures\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
	const minister = await arrive('minister', { path: new URL(link).pathname });
	await expect(minister.article(narrow).first()).toBeVisible();
});

test('The weekly mail is shown before, chosen without scripts, comes once on its day, and ends with one click', async ({
	arrive
}) => {
	const minister = await arrive('minister', { path: '/me', javaScriptEnabled: false });
	const { page } = minister;
	await page.getByRole('link', { name: 'Mailuri și calendar' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mailuri și calendar');
	const preview = page.getByRole('article');
	await expect(preview).toContainText('Așteaptă răspunsul nostru');
	await expect(preview).toContainText(/și încă un lucru, într-un cerc mai restrâns|în cercuri mai restrânse/);
	await expect(preview).not.toContainText(narrow);
	const lines = await preview.getByRole('listitem').allInnerTexts();

	const now = new Date();
	const inBucharest = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Bucharest', hourCycle: 'h23', ...options }).format(
			now
		);
	const weekday =
		1 + ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(inBucharest({ weekday: 'short' }));
	await page.getByLabel('Un mail pe zi, cu toate').check();
	await page.getByLabel('Mailul săptămânal').selectOption(String(weekday));
	await page
		.getByLabel('Ora', { exact: true })
		.selectOption(String(Number(inBucharest({ hour: '2-digit' }))));
	await page.getByRole('button', { name: 'Păstrează' }).click();
	await expect(page.getByText('Alegerea este păstrată.')).toBeVisible();
	await expect(page.getByLabel('Un mail pe zi, cu toate')).toBeChecked();
	await expect(page.getByText('Următorul mail săptămânal:')).toBeVisible();

	// A day that was just chosen has not come; a week later it has.
	const before = toAna().length;
	await change(async (dataDir) => {
		const database = await PGlite.create(join(dataDir, 'postgres'));
		await database.exec(
			"update mail_weeks set day = day - 7; update members set since = now() - interval '30 days'"
		);
		await database.close();
	});
	await expect.poll(() => toAna().length, { timeout: 20_000 }).toBe(before + 1);
	const weekly = toAna().at(-1);
	expect(weekly?.subject).toMatch(/^Hora, .+: ce așteaptă, ce întârzie, ce s-a schimbat$/);
	for (const line of lines) expect(weekly?.text.replace(/\s+/g, ' ')).toContain(line.split('\n')[0]);
	expect(weekly?.all).not.toContain(narrow);

	// Her mailbox sends what its own button says, from elsewhere and without a session.
	const stop = /<(.+)>/.exec(weekly?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
	expect(weekly?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
	const answer = await fetch(stop, {
		method: 'POST',
		body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
	});
	expect(answer.status).toBe(200);
	await page.goto(address('/me/mail'));
	await expect(page.getByLabel('Mailul săptămânal')).toHaveValue('0');
	await expect(page.getByLabel('Un mail pe zi, cu toate')).toBeChecked();
});

test('The calendar’s address is shown once, another program reads it, and a renewed one is nowhere', async ({
	arrive
}) => {
	const minister = await arrive('minister', { path: '/me/mail' });
	const { page } = minister;
	const shown = page.getByLabel('Adresa, arătată o singură dată');
	await page.getByRole('button', { name: 'Fă o adresă' }).click();
	const first = await shown.inputValue();
	expect(first).toMatch(/^http:\/\/localhost:\d+\/calendar\/[0-9a-f]{32}\.[0-9a-f]{64}\.ics$/);

	const answer = await fetch(first);
	expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
	expect(answer.headers.get('cache-control')).toBe('no-store');
	const ics = await answer.text();
	expect(ics).not.toContain(narrow);
	const events = new ICAL.Component(ICAL.parse(ics) as unknown[])
		.getAllSubcomponents('vevent')
		.map((event) => new ICAL.Event(event));
	expect(events.length).toBeGreaterThan(0);
	expect(events.every(({ startDate }) => startDate.isDate)).toBe(true);
	expect(events.map(({ summary }) => summary).join('\n')).toMatch(/^Termen: [A-Z]\d+ .+/m);

	await page.reload();
	await expect(shown).toHaveCount(0);
	expect(await page.content()).not.toContain(first.split('.')[1]);
	await expect(page.getByText('Citită ultima dată azi')).toBeVisible();

	await page.getByRole('button', { name: 'Fă o adresă nouă' }).click();
	await expect(shown).not.toHaveValue(first);
	const second = await shown.inputValue();
	const [gone, nowhere] = await Promise.all(
		[first, first.replace(/[0-9a-f]{8}\.ics/, '00000000.ics')].map((one) => fetch(one))
	);
	expect([gone?.status, nowhere?.status]).toEqual([404, 404]);
	expect((await fetch(second)).status).toBe(200);
	await page.getByRole('button', { name: 'Închide adresa' }).click();
	await expect(page.getByText('Nu aveți încă o adresă de calendar.')).toBeVisible();
	expect((await fetch(second)).status).toBe(404);
});
