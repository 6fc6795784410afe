import { type Locator, type Page } from '@playwright/test';
import { address, circles, emails, expect, serve, test } from '../support/browser.ts';

serve();

test('With the keyboard alone: sign in, skip to the content, open a measure, post, reply, edit, withdraw', async ({
	arrive
}) => {
	const { page } = await arrive('guest', { path: '/sign-in?back=%2Fmeasures' });
	const at = page.locator(':focus');
	const other = await arrive('minister');
	await other.open('E1');

	await tabTo(page, 'E-mail');
	await page.keyboard.type(emails.ngo);
	await tabTo(page, 'Parolă');
	await page.keyboard.type('hora-exemplu-2024');
	await page.keyboard.press('Enter');
	await page.waitForURL(address('/measures'));

	await page.keyboard.press('Tab');
	await expect(at).toHaveText('Sari la conținut');
	await expect(at).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(at).toHaveRole('main');
	await tabTo(page, /^Broșură comună/);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);
	await expect(page.locator('.connection')).toHaveText('În direct');

	await tabTo(page, 'Progres');
	await page.keyboard.press('ArrowRight');
	await expect(at).toHaveAccessibleName('Dovadă');
	await tabTo(page, 'Actualizare');
	await page.keyboard.type('Numai cu tastatura: safir.');
	await page.keyboard.press('Control+Enter');
	await other.sees('safir');
	await expect(at).toHaveAccessibleName('Actualizare');
	await expect(at).toHaveValue('');
	await page.keyboard.type('Și mai departe.');
	await expect(at).toHaveValue('Și mai departe.');

	const post = page.getByRole('article').filter({ hasText: 'safir' });
	await expect(post).toContainText('Dovadă');
	for (const [act, field, words, button] of [
		['Răspunde', 'Răspuns', 'Un răspuns: ', 'Răspunde'],
		['Modifică', 'Actualizare', 'Corectat: ', 'Salvează']
	] as const) {
		await tabTo(page, act, post);
		await page.keyboard.press('Enter');
		await tabTo(page, field, post);
		await page.keyboard.press('Home');
		await page.keyboard.type(words);
		await tabTo(page, button, post);
		await page.keyboard.press('Enter');
		await other.sees(words.trim());
		// What was sent has folded away, and the focus is at what unfolded it.
		await expect(at).toHaveText(act);
		await expect(at).toBeInViewport();
	}

	await tabTo(page, 'Retrage', post);
	await page.keyboard.press('Enter');
	await tabTo(page, 'Retrage', post);
	await page.keyboard.press('Enter');
	await other.sees('a fost retrasă');
	await expect(page.getByRole('article').filter({ hasText: 'a fost retrasă' })).toBeFocused();
});

test('While others write, the focus stays and what is read out comes in one message per five seconds', async ({
	arrive
}) => {
	const reader = await arrive('minister');
	await reader.open('E2');
	const ngo = await arrive('ngo');
	await ngo.open('E2');
	await ngo.post('Va fi modificată: jasp.', circles.all);

	// On an action of the very post that its author edits.
	const post = reader.article('jasp');
	await post.locator('summary').first().focus();
	const focus = reader.page.locator(':focus');
	await expect(focus).toHaveText('Răspunde');
	await ngo.unfold('Modifică', ngo.article('jasp'));
	await ngo.article('jasp').getByLabel('Actualizare').fill('A fost modificată: jasp.');
	await ngo.article('jasp').getByRole('button', { name: 'Salvează' }).click();
	await reader.sees('A fost modificată: jasp.');
	await expect(focus).toHaveText('Răspunde');

	const heard = await listen(reader.page);
	for (let i = 0; i < 6; i++) {
		await ngo.post(`Altele: ${i}.`, circles.all);
		await reader.sees(`Altele: ${i}.`);
	}
	await expect(focus).toHaveText('Răspunde');
	await expect(reader.page.getByRole('article').filter({ has: focus })).toContainText('jasp');

	await expect.poll(async () => (await heard()).length, { timeout: 7000 }).toBeGreaterThan(0);
	const messages = await heard();
	for (const [i, { at }] of messages.entries())
		if (i > 0) expect(at - messages[i - 1]!.at).toBeGreaterThan(4900);

	// Whoever is typing is not spoken to.
	const before = messages.length;
	const area = reader.composer.locator('textarea');
	await area.focus();
	await ngo.post('Încă una.', circles.all);
	for (let i = 0; i < 12; i++) {
		await reader.page.keyboard.type('a');
		await reader.page.waitForTimeout(500);
	}
	expect(await heard()).toHaveLength(before);
	await expect.poll(async () => (await heard()).length, { timeout: 7000 }).toBe(before + 1);
	expect((await heard()).at(-1)?.text).toContain('Asociația Exemplu A');
});

/** Collects what the polite voice says from now on. */
async function listen(page: Page) {
	await page.evaluate(() => {
		const messages: { at: number; text: string }[] = [];
		const voice = document.querySelector('[aria-live=polite]');
		new MutationObserver(() => messages.push({ at: Date.now(), text: voice?.textContent ?? '' })).observe(
			voice as Element,
			{ childList: true, characterData: true, subtree: true }
		);
		Object.assign(window, { messages });
	});
	return () =>
		page.evaluate(() => (window as unknown as { messages: { at: number; text: string }[] }).messages);
}

/** Presses Tab until the focus, always on the screen, is on what bears this name. */
async function tabTo(page: Page, name: string | RegExp, inside?: Locator) {
	const at = (inside ?? page).locator(':focus');
	for (let i = 0; i < 100; i++) {
		await page.keyboard.press('Tab');
		if ((await at.count()) === 0) continue; // elsewhere, or past the end and not yet at the beginning
		const { words, seen } = await at.evaluate((node) => {
			const { top, bottom } = node.getBoundingClientRect();
			const label = (node as HTMLInputElement).labels?.[0];
			return {
				words: (node.getAttribute('aria-label') ?? (label ?? node).textContent ?? '').trim(),
				seen: bottom > 0 && top < innerHeight
			};
		});
		expect(seen, `the focus on ${words} is on the screen`).toBe(true);
		if (typeof name === 'string' ? words === name : name.test(words)) return;
	}
	throw new Error(`Tab does not lead to ${name}`);
}
