import type { Page } from '@playwright/test';
import { address, circles, expect, serve, test } from '../support/browser.ts';

serve();

test('Paper is for a named circle, and what that circle may not see is not on it', async ({ arrive }) => {
	const minister = await arrive('minister');
	const path = await minister.open('E3');
	await minister.post('Numai între parteneri: topaz.', circles.national);
	await minister.sees('topaz');
	const { page } = minister;

	await page.getByRole('link', { name: 'Tipărește…' }).click();
	await expect(page).toHaveURL(address(path.replace('measures', 'print')));
	const paper = page.locator('.paper');
	await expect(paper).toContainText('Pentru cercul Toți partenerii');
	await expect(paper).toContainText('Formular comun de sesizare');
	await expect(paper).toContainText('Centrele noastre îl pot folosi');
	await expect(paper).not.toContainText('topaz');
	// The history as well: what happened in a narrower circle is not on their paper.
	const history = paper.getByRole('list').last();
	await expect(history).toContainText('Ministerul Exemplu B a dat răspunsul cerut');
	await expect(history).not.toContainText('Ministerul Exemplu B a publicat');

	await page.getByLabel('Pentru cercul').selectOption({ label: circles.national });
	await expect(paper).toContainText(`Pentru cercul ${circles.national}`);
	await expect(paper).toContainText('topaz');
	await expect(history).toContainText('Ministerul Exemplu B a publicat: progres');

	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Tipărește' })).toBeHidden();
	await expect(paper).toBeVisible();
	expect(new Set(await sheets(page))).toEqual(new Set(['upright']));
});

test('The list prints with its filters; other pages say how to print', async ({ arrive }) => {
	const embassy = await arrive('embassy', { path: '/measures?status=blocked' });
	const { page } = embassy;
	await page.getByRole('link', { name: 'Tipărește…' }).click();
	await expect(page.locator('.paper tbody tr')).toHaveCount(2);
	await expect(page.locator('.paper')).toContainText('Blocată');

	await page.goto(address('/board'));
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('main')).toBeHidden();
	await expect(page.getByText('Hora tipărește numai pentru un cerc ales')).toBeVisible();

	// A circle that is not one's own is not there.
	embassy.tolerates(/status of 404/);
	const answer = await page.goto(address('/print?for=00000000-0000-4000-8000-000000000000'));
	expect(answer?.status()).toBe(404);
});

test('The board prints as one table, on its side, for a named circle and with its filters', async ({
	arrive
}) => {
	const commission = await arrive('commission', { path: '/measures/new' });
	await commission.page.getByLabel('Titlu (română)').fill('Numai pentru partenerii naționali: berilu');
	await commission.page.getByLabel('Cercul în care').selectOption({ label: circles.national });
	await commission.page.getByRole('button', { name: 'Adaugă o măsură' }).click();
	await commission.page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);

	const { page } = await arrive('minister', { path: '/board?dropped=yes' });
	await page.getByRole('link', { name: 'Tipărește…' }).click();
	await expect(page).toHaveURL(address('/print/board?dropped=yes'));
	const paper = page.locator('.paper');
	const table = paper.getByRole('table');
	await expect(paper).toContainText('Pentru cercul Toți partenerii');
	await expect(table.getByRole('columnheader')).toHaveText([
		'Obiectiv',
		/^Propuse \d+ *$/,
		/^În curs \d+ +\d+ întârzie$/,
		/^Blocate 2 *$/,
		/^Realizate \d+ *$/,
		/^S-a renunțat 1 *$/
	]);
	const cells = (objective: RegExp) =>
		table
			.getByRole('row')
			.filter({ has: page.getByRole('rowheader', { name: objective }) })
			.getByRole('cell');
	await expect(cells(/^Parteneriate/).nth(1)).toContainText('întârziată, depășit cu');
	await expect(cells(/^Parteneriate/).nth(2)).toContainText('E6 Schemă de finanțare');
	await expect(cells(/^Parteneriate/).nth(4)).toContainText('E19');
	await expect(paper).not.toContainText('berilu');

	await page.getByLabel('Pentru cercul').selectOption({ label: circles.national });
	await expect(paper).toContainText(`Pentru cercul ${circles.national}`);
	await expect(table).toContainText('berilu');
	await expect(page).toHaveURL(/dropped=yes/);

	await page.emulateMedia({ media: 'print' });
	const printed = await sheets(page);
	expect(new Set(printed)).toEqual(new Set(['on its side']));
	expect(printed.length).toBeLessThan(5);

	await page.emulateMedia({ media: null });
	await page.getByRole('link', { name: 'Înapoi' }).click();
	await expect(page).toHaveURL(address('/board?dropped=yes'));

	// A filter of the board is one of its paper.
	await page.goto(address('/print/board?status=blocked'));
	await expect(table.getByRole('listitem')).toHaveCount(2);

	// Whoever is not in a circle prints nothing for it.
	const embassy = await arrive('embassy', { path: '/print/board' });
	await expect(embassy.page.locator('.paper')).toContainText('Schemă de finanțare');
	expect(await embassy.received()).not.toContain('berilu');
});

/** The sheets of the paper, as the browser would print them. */
async function sheets(page: Page) {
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	return [...pdf.matchAll(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
		Number(width) < Number(height) ? 'upright' : 'on its side'
	);
}
