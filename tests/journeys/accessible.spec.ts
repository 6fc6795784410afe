import { AxeBuilder } from '@axe-core/playwright';
import { address, expect, type Guest, serve, test } from '../support/browser.ts';

serve();

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const never = '/measures/00000000-0000-4000-8000-000000000000';

type Screen = { name: string; open: (guest: Guest) => Promise<unknown> };

/** Each leaves the page as it is to be looked at; those of a measure begin on its page. */
const behindTheDoor: Screen[] = [
	{ name: 'the overview', open: ({ page }) => page.goto(address('/overview')) },
	{ name: 'the news', open: ({ page }) => page.goto(address('/news')) },
	{ name: 'the board', open: ({ page }) => page.goto(address('/board')) },
	{
		name: 'the board with a menu open',
		open: ({ page }) => page.locator('summary', { hasText: 'Obiectiv' }).click()
	},
	{
		name: 'the board while a card is moved',
		async open({ page }) {
			await page.goto(address('/board'));
			await page.getByRole('link', { name: 'Mută în… E3' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
		}
	},
	{ name: 'the board with nothing on it', open: ({ page }) => page.goto(address('/board?q=xyzxyz')) },
	{ name: 'the list', open: ({ page }) => page.goto(address('/measures')) },
	{
		name: 'a measure',
		async open(guest) {
			await guest.page.goto(address('/measures'));
			await guest.open('E3');
		}
	},
	{
		name: 'a measure with its forms open',
		async open(guest) {
			await guest.unfold('Schimbă termenul');
			await guest.unfold('Modifică pașii');
			await guest.unfold('Grup de lucru format');
			const own = guest.article('Proiectul a trecut de avizarea');
			for (const act of ['Răspunde', 'Modifică', 'Mută', 'Retrage']) await guest.unfold(act, own);
			await expect(own.getByLabel('Răspuns')).toBeVisible();
		}
	},
	{
		name: 'a measure with errors',
		async open(guest) {
			await guest.composer.locator('textarea').fill('Numărul 1800101700011');
			await guest.composer.locator('textarea').press('Control+Enter');
			await expect(guest.composer.getByText('cod numeric personal')).toBeVisible();
			await guest.page.getByLabel('Motivul', { exact: true }).fill('Numărul 1800101700011');
			await guest.page.getByRole('button', { name: 'Salvează' }).first().click();
			await expect(guest.page.locator('.acts').getByText('cod numeric personal')).toBeVisible();
		}
	},
	{
		name: 'a question that is being asked, and one that is being answered',
		async open(guest) {
			await guest.composer.getByText('Întrebare', { exact: true }).click();
			await guest.composer.getByText('Alte organizații care văd postarea').click();
			for (const act of ['Răspunde', 'Nu putem, pentru că …', 'Răspundem până la …'])
				await guest.article('Fără un termen').locator('summary').getByText(act, { exact: true }).click();
		}
	},
	{ name: 'answers', open: ({ page }) => page.goto(address('/answers')) },
	{ name: 'me', open: ({ page }) => page.goto(address('/me')) },
	{ name: 'a measure that is not there', open: ({ page }) => page.goto(address(never)) },
	{ name: 'a page that is not there', open: ({ page }) => page.goto(address('/nimic')) }
];
const theDoor: Screen[] = [
	{ name: 'sign-in', open: ({ page }) => page.goto(address('/sign-in')) },
	{ name: 'sign-in in a chair’s window', open: ({ page }) => page.goto(address('/sign-in', 'ong')) },
	{
		name: 'sign-in refused',
		async open({ page }) {
			await page.getByLabel('E-mail').fill('nimeni@example.org');
			await page.getByLabel('Parolă').fill('greșită');
			await page.getByRole('button', { name: 'Intră', exact: true }).click();
			await expect(page.getByText('nu se potrivesc')).toBeVisible();
		}
	}
];

for (const colorScheme of ['light', 'dark'] as const)
	test(`Every screen passes axe and fits its width (${colorScheme})`, async ({ arrive }) => {
		test.setTimeout(180_000);
		// What is drawn in motion is looked at when it has come to rest.
		const options = { colorScheme, reducedMotion: 'reduce' } as const;
		const guest = await arrive('guest', { ...options, path: '/sign-in' });
		await look(guest, theDoor);
		const minister = await arrive('minister', options);
		minister.tolerates(/status of 404/);
		await look(minister, behindTheDoor);
	});

test('Every screen passes axe in forced colours', async ({ arrive }) => {
	test.setTimeout(180_000);
	const minister = await arrive('minister', { forcedColors: 'active', reducedMotion: 'reduce' });
	minister.tolerates(/status of 404/);
	await look(minister, behindTheDoor, [1280]);
});

async function look(guest: Guest, screens: Screen[], widths = [1280, 320]) {
	for (const { name, open } of screens) {
		await open(guest);
		for (const width of widths) {
			await guest.page.setViewportSize({ width, height: 720 });
			const { violations } = await new AxeBuilder({ page: guest.page }).withTags(rules).analyze();
			const found = violations.flatMap(({ id, nodes }) =>
				nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
			);
			expect.soft(found, `${name} at ${width} px`).toEqual([]);
			const tooWide = await guest.page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect.soft(tooWide, `${name} at ${width} px scrolls sideways`).toBe(0);
		}
		await guest.page.setViewportSize({ width: 1280, height: 720 });
	}
}
