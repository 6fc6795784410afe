import { type Page, devices } from '@playwright/test';
import { address, circles, expect, serve, test } from '../support/browser.ts';

serve();

const { defaultBrowserType: _, ...phone } = devices['iPhone 13'];

/** Nothing scrolls sideways, and what is tapped is as large as a finger needs. */
async function fits(page: Page) {
	const { wide, small } = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		small: [...document.querySelectorAll('main button, main summary, .bottom a, main select')]
			.map((node) => ({ node, box: node.getBoundingClientRect() }))
			.filter(({ box }) => box.width > 1 && box.height > 0 && (box.height < 24 || box.width < 24))
			.map(({ node }) => node.textContent?.trim().slice(0, 30))
	}));
	expect([page.url(), wide, small]).toEqual([page.url(), 0, []]);
}

test('A deputy on a phone: what changed, what is late, the board by columns, a move and a post by tapping', async ({
	arrive
}) => {
	const minister = await arrive('minister', { ...phone, path: '/overview' });
	const commission = await arrive('commission', { path: '/board' });
	await commission.live();
	const { page } = minister;
	const bottom = page.getByRole('navigation', { name: 'Locuri' }).locator('visible=true');

	// What is ours and what is late stand before what changed.
	const places = await Promise.all(
		['Ce ține de noi', 'Ce întârzie', 'Ce s-a schimbat'].map((name) =>
			page.getByRole('heading', { name, exact: true }).evaluate((node) => node.getBoundingClientRect().top)
		)
	);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	await fits(page);
	await page.getByRole('link', { name: /măsuri întârzie/ }).tap();
	await expect(page).toHaveURL(address('/board?late=yes'));

	await bottom.getByRole('link', { name: 'Tablou' }).tap();
	await expect(page).toHaveURL(address('/board'));
	await fits(page);
	const cards = page.locator('article.card').locator('visible=true');
	const switcher = page.getByRole('navigation', { name: 'Coloane' });
	await expect(switcher.getByRole('link', { name: /^În curs/ })).toHaveAttribute('aria-current', 'true');
	await switcher.getByRole('link', { name: /^Blocate/ }).tap();
	await expect(cards).toHaveCount(2);

	await page.getByRole('link', { name: 'Mută în… E6' }).tap();
	const dialog = page.getByRole('dialog');
	await dialog.getByText('În curs', { exact: true }).tap();
	await dialog.getByRole('button', { name: 'Mută' }).tap();
	await expect(cards).toHaveCount(1);
	await expect(
		commission.page.getByRole('list', { name: /^În curs, / }).filter({ hasText: 'E6' })
	).toHaveCount(1);

	await switcher.getByRole('link', { name: /^În curs/ }).tap();
	await cards.getByRole('link', { name: /^Formular comun de sesizare/ }).tap();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('E3');
	await fits(page);
	await minister.composer.locator('textarea').fill('De pe telefon: agat.');
	await minister.composer.locator('[name=circleId]').selectOption({ label: circles.all });
	await minister.composer.getByRole('button', { name: /Publică/ }).tap();
	await minister.sees('agat');

	await bottom.getByRole('link', { name: /^Noutăți/ }).tap();
	await expect(page).toHaveURL(address('/news'));
	await fits(page);
	await bottom.getByText('Mai mult').tap();
	await bottom.getByRole('link', { name: 'Caută' }).tap();
	await expect(page).toHaveURL(address('/search'));
	await fits(page);
});
