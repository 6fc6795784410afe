/** A membership ends while its member has two tabs open: both are cut, and nothing of others stays. */

import { address, atOnce, expect, serve, test } from '../support/browser.ts';

serve();

test('Two open tabs are cut within a second of the end; nothing is left, Back shows the sign-in', async ({
	arrive
}) => {
	const paul = await arrive('colleague');
	const first = paul.page;
	await paul.open('E3');
	const measure = new URL(first.url()).pathname;
	const second = await first.context().newPage();
	await second.goto(address('/overview'));
	await second.goto(address('/board'));
	await expect(second.locator('.connection')).toHaveText('În direct');
	const title = await first.getByRole('heading', { level: 1 }).innerText();

	// A post of somebody else's stands there, and an own one that was not sent.
	await expect(first.getByRole('article').first()).toContainText('Centrele noastre îl pot folosi');
	await first.locator('form.composer textarea').fill('Scris de Paul, netrimis: beril.');
	const { heads, epoch } = await first.evaluate(async () => {
		const answer = await fetch('/catch-up?heads=%7B%7D&epoch=');
		return (await answer.json()) as { heads: Record<string, number>; epoch: string };
	});
	expect(Object.keys(heads).length).toBeGreaterThan(2);

	const minister = await arrive('minister', { path: '/me' });
	await minister.page.getByRole('link', { name: 'Membrii organizației și invitațiile' }).click();
	await minister.live();
	const row = minister.page.getByRole('listitem').filter({ hasText: 'Paul Exemplu' }).first();
	await row.locator('summary', { hasText: 'Modifică' }).click();

	/** When a tab's socket is told that it has ended. */
	const toldAt = [first, second].map((page) =>
		page
			.evaluate(
				() =>
					new Promise<number>((resolve) =>
						addEventListener('pagehide', () => resolve(Date.now()), { once: true })
					)
			)
			.catch(() => Date.now())
	);
	const answered = minister.page.waitForResponse((response) => response.request().method() === 'POST');
	await row.getByRole('button', { name: 'Încheie acum' }).click();
	await answered;
	const ended = Date.now();
	for (const told of toldAt) expect((await told) - ended).toBeLessThan(atOnce);

	for (const page of [first, second]) {
		await expect(page).toHaveURL(/\/sign-in\?ended=yes/);
		await expect(page.locator('[name=password]')).toBeVisible();
		const { text, kept } = await page.evaluate(() => ({
			text: document.documentElement.outerHTML,
			kept: JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
		}));
		for (const words of [title.slice(4), 'Centrele noastre îl pot folosi', 'beril']) {
			expect(text).not.toContain(words);
			expect(kept).not.toContain(words);
		}
		await page.goBack().catch(() => undefined);
		await expect(page.locator('[name=password]')).toBeVisible();
		expect(await page.content()).not.toContain('Centrele noastre îl pot folosi');
	}

	paul.tolerates(/status of 4(01|22)/);
	// An old cursor brings nothing, though something is said meanwhile.
	const ngo = await arrive('ngo', { path: measure });
	await ngo.live();
	await ngo.post('După ce Paul a plecat: granat.', 'Toți partenerii');
	await ngo.sees('granat');
	const answer = await first.evaluate(
		async ([heads, epoch]) => {
			const query = new URLSearchParams({ heads: JSON.stringify(heads), epoch });
			const answer = await fetch(`/catch-up?${query}`, { redirect: 'manual' });
			return { status: answer.status, text: await answer.text() };
		},
		[heads, epoch] as const
	);
	expect(answer.status).toBe(401);
	expect(answer.text).not.toMatch(/granat|"events"|"heads"/);
	for (const page of [first, second]) {
		await page.goto(address(measure));
		await expect(page).toHaveURL(/\/sign-in\?/);
	}
	await first.locator('[name=email]').fill('paul@ministerul-b.example');
	await first.locator('[name=password]').fill('hora-exemplu-2024');
	await first.locator('[name=password]').press('Enter');
	await expect(first.getByText('E-mailul sau parola nu se potrivesc.')).toBeVisible();

	// In the ministry it is said, and Paul stands among those who were.
	await expect(minister.page.getByText('a încheiat calitatea de membru: Paul Exemplu')).toBeVisible();
	await minister.page.getByText('Foști membri').click();
	await expect(row).toContainText('Paul Exemplu');
	await expect(row.locator('summary', { hasText: 'Modifică' })).toHaveCount(0);
});
