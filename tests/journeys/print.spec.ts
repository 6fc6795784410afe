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

	await page.getByLabel('Pentru cercul').selectOption({ label: circles.national });
	await expect(paper).toContainText(`Pentru cercul ${circles.national}`);
	await expect(paper).toContainText('topaz');

	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Tipărește' })).toBeHidden();
	await expect(paper).toBeVisible();
	expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
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
