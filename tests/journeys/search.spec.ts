import { type Page } from '@playwright/test';
import { address, circles, expect, serve, test } from '../support/browser.ts';

serve();

const palette = (page: Page) => page.getByRole('dialog', { name: 'Caută sau sari la' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Caută sau sari la' });
const chosen = (page: Page) => palette(page).getByRole('option', { selected: true });
/** How much was found, on the page. */
const sum = (page: Page) => page.getByRole('main').getByRole('status');
const shortcuts = (page: Page) => page.getByRole('dialog', { name: 'Scurtături de tastatură' });

/** The page listens. */
const live = (page: Page) => expect(page.locator('.connection')).toHaveText('În direct');

/** As somebody does who has no mouse: the field is there to type in when it has come. */
async function openPalette(page: Page, words = '') {
	await live(page);
	await page.keyboard.press('Control+k');
	await expect(field(page)).toBeFocused();
	await page.keyboard.type(words);
}

test('Without scripts: from the rail to the page, found by kind, without diacritics, in both languages', async ({
	arrive
}) => {
	const { page } = await arrive('ngo', { javaScriptEnabled: false });
	await page.getByRole('link', { name: 'Caută' }).first().click();
	await expect(page).toHaveURL(address('/search'));
	await page.getByLabel('Cuvinte sau codul unei măsuri').fill('sedinta');
	await page.getByRole('search').getByRole('button', { name: 'Caută' }).click();
	await expect(page).toHaveURL(address('/search?q=sedinta'));
	await expect(page.getByLabel('Cuvinte sau codul unei măsuri')).toHaveValue('sedinta');
	await expect(sum(page)).toContainText(/\d+ rezultat/);
	await expect(page.locator('mark').first()).toHaveText(/^ședinț/i);

	// A post of the NGOs' own circle leads to its place in the thread.
	const found = page.getByRole('listitem').filter({ hasText: 'un singur text pentru termenul de răspuns' });
	await expect(found).toContainText('la E3');
	await found.getByRole('link').click();
	await expect(page.locator(':target')).toContainText('un singur text pentru termenul de răspuns');

	await page.goto(address('/search?q=min.%20b'));
	await expect(page.getByRole('region').or(page.locator('section'))).toContainText(['Ministerul Exemplu B']);
	await page.goto(address('/search?q=nicaieri%20nimic'));
	await expect(sum(page)).toHaveText(/^Nimic pentru „nicaieri nimic”/);

	await page.goto(address('/search?q=referral'));
	await page.getByRole('link', { name: 'EN, English' }).click();
	await expect(page).toHaveURL(address('/search?q=referral'));
	await expect(page.getByRole('link', { name: /^Joint referral form/ })).toBeVisible();
	await expect(sum(page)).toContainText('result');
});

test('With the keyboard alone: jump by code, by words, to a place, and act', async ({ arrive }) => {
	const { page } = await arrive('minister', { anew: true });
	await page.getByRole('link', { name: /^Broșură comună/ }).focus();

	// Escape gives the focus back to where it was.
	await openPalette(page);
	await expect(palette(page).getByRole('option').first()).toHaveText(/Ansamblu/);
	await page.keyboard.press('Escape');
	await expect(palette(page)).toHaveCount(0);
	await expect(page.locator(':focus')).toHaveText(/^Broșură comună/);

	// Enter in a hurry waits for the answer to what was typed.
	await openPalette(page, 'e3');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('E3');

	// The arrows go round, and what is chosen is said by the field.
	await openPalette(page, 'formular');
	await expect(chosen(page)).toContainText('Formular comun de sesizare');
	const first = await chosen(page).getAttribute('id');
	await expect(field(page)).toHaveAttribute('aria-activedescendant', first as string);
	await page.keyboard.press('ArrowUp');
	await expect(chosen(page)).toHaveText(/Toate rezultatele pentru „formular”/);
	await page.keyboard.press('ArrowDown');
	await expect(chosen(page)).toHaveAttribute('id', first as string);
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await page.waitForURL(address('/search?q=formular'));

	// A post leads to its place on the page of its measure.
	await openPalette(page, 'registratura electronica');
	await expect(chosen(page)).toContainText('registratură electronică');
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/measures\/[0-9a-f-]{36}#[0-9a-f-]{36}$/);
	await expect(page.locator(':target')).toContainText('registratură electronică');

	await openPalette(page, 'actualizare');
	await expect(chosen(page)).toContainText('Actualizare nouă');
	await page.keyboard.press('Enter');
	await expect(page.locator('#composer textarea')).toBeFocused();

	// It opens over a field too, and what was typed stays.
	await page.keyboard.type('Încă scriu');
	await openPalette(page, 'tablou');
	await page.keyboard.press('Escape');
	await expect(page.locator('#composer textarea')).toBeFocused();
	await expect(page.locator('#composer textarea')).toHaveValue('Încă scriu');
	await openPalette(page, 'tablou');
	await page.keyboard.press('Enter');
	await page.waitForURL(address('/board'));

	await openPalette(page, 'iesire');
	await expect(chosen(page)).toHaveText('Ieșire');
	await page.keyboard.press('Enter');
	// What was typed and not sent is asked about first.
	await page.getByRole('button', { name: 'Ieșiți și se șterg' }).press('Enter');
	await expect(page.getByText('Ați ieșit.')).toBeVisible();
});

test('Shortcuts of one sign lead somewhere, keep still in fields, and can be switched off', async ({
	arrive
}) => {
	const { page } = await arrive('ngo', { anew: true });
	await live(page);
	await page.keyboard.press('/');
	await page.waitForURL(address('/search'));
	await expect(page.getByRole('searchbox')).toBeFocused();
	await page.keyboard.type('g b?/');
	await expect(page.getByRole('searchbox')).toHaveValue('g b?/');
	await page.getByRole('heading', { level: 1 }).click();
	await page.keyboard.press('g');
	await page.keyboard.press('b');
	await page.waitForURL(address('/board'));

	await page.keyboard.press('?');
	await expect(shortcuts(page)).toContainText('Ctrl+K');
	await page.keyboard.press('/');
	await expect(page).toHaveURL(address('/board'));
	await shortcuts(page).getByLabel('Scurtături de un singur semn').uncheck();
	await page.keyboard.press('Escape');
	await expect(shortcuts(page)).toHaveCount(0);

	for (const reload of [false, true]) {
		if (reload) await page.reload();
		await live(page);
		for (const key of ['?', '/', 'g', 'p']) await page.keyboard.press(key);
		await page.waitForTimeout(300);
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(page).toHaveURL(address('/board'));
	}
	await openPalette(page, 'scurtaturi');
	await page.keyboard.press('Enter');
	await expect(shortcuts(page)).toBeVisible();
	await page.keyboard.press('Escape');

	await page.goto(address('/me'));
	await live(page);
	await page.getByLabel('Scurtături de un singur semn').check();
	await page.getByRole('heading', { level: 1 }).click();
	await page.keyboard.press('g');
	await page.keyboard.press('b');
	await page.waitForURL(address('/board'));
});

test('Who is not in the circle finds nothing of it, by the page or the palette; what is withdrawn goes from the page', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	await ngo.open('E3');
	await ngo.post('Numai între noi: turmalină verde.', circles.ngosAndCommission);
	const [inside, outside] = [await arrive('commission'), await arrive('embassy')];
	const before = outside.mark();

	for (const [words, secret] of [
		['turmalina', 'verde'],
		['probelor digitale', 'Ghid comun pentru păstrarea'],
		['registratura electronica', 'tabel tipărit']
	] as const) {
		await inside.page.goto(address(`/search?q=${encodeURIComponent(words)}`));
		await expect(inside.page.locator('main')).toContainText(secret);
		await outside.page.goto(address(`/search?q=${encodeURIComponent(words)}`));
		await expect(sum(outside.page)).toHaveText(/^Nimic pentru/);
		await openPalette(outside.page, words);
		await expect(palette(outside.page).getByRole('status')).toHaveText('Nimic cu aceste cuvinte.');
		await outside.page.keyboard.press('Escape');
		expect(await outside.received(before)).not.toContain(secret);
	}

	await inside.page.goto(address('/search?q=turmalina'));
	await inside.live();
	await expect(inside.page.locator('main')).toContainText('turmalină');
	await ngo.unfold('Retrage', ngo.article('turmalină'));
	await ngo.article('turmalină').getByRole('button', { name: 'Retrage' }).click();
	await expect(inside.page.locator('main')).not.toContainText('turmalină');
	await inside.page.reload();
	await expect(sum(inside.page)).toHaveText(/^Nimic pentru/);
});

test('An answer that comes late is dropped, and one that does not come is said', async ({ arrive }) => {
	const guest = await arrive('minister');
	const { page } = guest;
	guest.tolerates(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
	await page.route(/quick\?q=linie$/, async (route) => {
		await new Promise((done) => setTimeout(done, 1500));
		await route.continue().catch(() => {});
	});
	await openPalette(page, 'linie');
	await page.waitForTimeout(400);
	await field(page).fill('ghid');
	await expect(chosen(page)).toContainText(/ghid/i);
	await page.waitForTimeout(1500);
	await expect(palette(page)).not.toContainText('Linie de sprijin');

	await page.context().setOffline(true);
	await field(page).fill('calendar');
	await expect(palette(page).getByRole('status')).toContainText('Căutarea nu răspunde');
});
