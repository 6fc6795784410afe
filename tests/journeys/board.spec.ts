import { address, expect, type Guest, serve, test } from '../support/browser.ts';

serve();

const card = ({ page }: Guest, code: string) =>
	page.locator('article.card').filter({ has: page.getByText(code, { exact: true }) });
const column = (guest: Guest, name: string) =>
	guest.page.locator(`.lane:has(article)`).getByRole('list', { name: new RegExp(`^${name}, `) });
const inColumn = (guest: Guest, code: string, name: string) =>
	expect(column(guest, name).filter({ has: card(guest, code) })).toHaveCount(1);
const undoBar = ({ page }: Guest) => page.getByRole('group', { name: 'Mutarea făcută acum' });

/** The ministry that leads E3, and the Commission, each at the board. */
async function atTheBoard(
	arrive: (person: 'minister' | 'commission', options: { path: string }) => Promise<Guest>
) {
	const [minister, commission] = [
		await arrive('minister', { path: '/board' }),
		await arrive('commission', { path: '/board' })
	];
	for (const guest of [minister, commission]) await guest.live();
	return [minister, commission] as const;
}

test('A card that is dragged asks for a sentence where one is needed; the other board has it, and has it back', async ({
	arrive
}) => {
	const [minister, commission] = await atTheBoard(arrive);
	await commission.pin();
	await inColumn(commission, 'E3', 'În curs');

	const lane = minister.page.locator('section.lane').filter({ has: card(minister, 'E3') });
	await card(minister, 'E3').dragTo(lane.getByRole('list', { name: /^Blocate, / }), {
		targetPosition: { x: 30, y: 16 }
	});
	const dialog = minister.page.getByRole('dialog');
	await expect(dialog.getByRole('heading')).toHaveText('Mută E3 în…');
	await expect(dialog.getByLabel('Blocată')).toBeChecked();
	await dialog.getByLabel('Într-o propoziție, de ce').fill('Lipsește avizul.');
	await dialog.getByRole('button', { name: 'Mută' }).click();

	await inColumn(minister, 'E3', 'Blocate');
	await inColumn(commission, 'E3', 'Blocate');
	await expect(card(commission, 'E3')).toHaveClass(/changed/);
	expect(await commission.isPinned()).toBe(true);

	await undoBar(minister).getByRole('button', { name: 'Anulează mutarea' }).click();
	await inColumn(minister, 'E3', 'În curs');
	await inColumn(commission, 'E3', 'În curs');
	await expect(undoBar(minister)).toHaveCount(0);

	// Where no sentence is needed, it is simply there.
	await card(minister, 'E3').dragTo(lane.getByRole('list', { name: /^Propuse, / }), {
		targetPosition: { x: 30, y: 16 }
	});
	await inColumn(minister, 'E3', 'Propuse');
	await inColumn(commission, 'E3', 'Propuse');
	await expect(dialog).toHaveCount(0);
	// The way back is offered for ten seconds, and then nowhere.
	await expect(undoBar(minister)).toHaveCount(1);
	await expect(undoBar(minister)).toHaveCount(0, { timeout: 15_000 });

	// What leads elsewhere is not theirs to move.
	await expect(card(minister, 'E1')).toHaveAttribute('draggable', 'false');
});

test('Two move the same card: the second is told what the first did, and keeps what was typed', async ({
	arrive
}) => {
	const minister = await arrive('minister', { path: '/board' });
	const colleague = await arrive('minister', { path: '/board' });
	for (const guest of [minister, colleague]) await guest.live();
	minister.tolerates(/status of 409/);

	// The first has the dialog open while the second moves.
	await card(minister, 'E6').getByRole('link', { name: 'Mută în… E6' }).click();
	const dialog = minister.page.getByRole('dialog');
	await dialog.getByLabel('Realizată').check();
	await dialog.getByLabel('Într-o propoziție, de ce').fill('Schema este aprobată.');

	const lane = colleague.page.locator('section.lane').filter({ has: card(colleague, 'E6') });
	await card(colleague, 'E6').dragTo(lane.getByRole('list', { name: /^În curs, / }), {
		targetPosition: { x: 30, y: 16 }
	});
	await inColumn(colleague, 'E6', 'În curs');
	await inColumn(minister, 'E6', 'În curs');

	await dialog.getByRole('button', { name: 'Mută' }).click();
	await expect(dialog.getByRole('alert')).toContainText('între timp');
	await expect(dialog.getByText('Acum: În curs')).toBeVisible();
	await expect(dialog.getByLabel('Într-o propoziție, de ce')).toHaveValue('Schema este aprobată.');
	await dialog.getByRole('button', { name: 'Mută' }).click();
	await inColumn(minister, 'E6', 'Realizate');
	await inColumn(colleague, 'E6', 'Realizate');
});

test('Filters are in the address, survive a reload, and are kept under a name', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/board' });
	const { page } = minister;
	const cards = page.locator('article.card');
	const all = await cards.count();

	await page.getByLabel('Titlu, cod, organizație').fill('brosura');
	await expect(cards).toHaveCount(1);
	await expect(card(minister, 'E1')).toBeVisible();
	await expect(page).toHaveURL(address('/board?q=brosura'));
	await page.getByLabel('Titlu, cod, organizație').fill('');
	await expect(cards).toHaveCount(all);

	await page.getByLabel('Ale noastre').check();
	await page.locator('summary', { hasText: 'Stadiu' }).click();
	await page.getByRole('group', { name: 'Stadiu' }).getByLabel('În curs').check();
	await expect(page).toHaveURL(address('/board?mine=yes&status=in-progress'));
	const few = await cards.count();
	expect(few).toBeGreaterThan(0);
	expect(few).toBeLessThan(all);
	await page.reload();
	await expect(cards).toHaveCount(few);
	await expect(page.getByLabel('Ale noastre')).toBeChecked();

	await page.locator('summary', { hasText: 'Vederi' }).click();
	await page.getByLabel('Numele vederii').fill('Ale noastre, în curs');
	await page.getByRole('button', { name: 'Păstrează filtrele' }).click();
	await expect(page.getByRole('link', { name: 'Ale noastre, în curs' })).toBeVisible();
	await page.goto(address('/board'));
	await page.locator('summary', { hasText: 'Vederi' }).click();
	await page.getByRole('link', { name: 'Ale noastre, în curs' }).click();
	await expect(cards).toHaveCount(few);

	// Nobody else's business.
	const commission = await arrive('commission', { path: '/board' });
	await commission.page.locator('summary', { hasText: 'Vederi' }).click();
	await expect(commission.page.getByText('Ale noastre, în curs')).toHaveCount(0);
});

test('A paused board holds still, says how much has changed, and loses what is no longer the reader’s at once', async ({
	arrive
}) => {
	const [minister, commission] = await atTheBoard(arrive);
	await commission.page.getByRole('button', { name: 'Oprește actualizările' }).click();
	await inColumn(commission, 'E8', 'Realizate');

	await card(minister, 'E8').getByRole('link', { name: 'Mută în… E8' }).click();
	const dialog = minister.page.getByRole('dialog');
	await dialog.getByLabel('În curs').check();
	await dialog.getByRole('button', { name: 'Mută' }).click();
	await inColumn(minister, 'E8', 'În curs');

	const resume = commission.page.getByRole('button', { name: /Arată \d+ schimb/ });
	await expect(resume).toHaveText('Arată 1 schimbare');
	await inColumn(commission, 'E8', 'Realizate');
	await resume.click();
	await inColumn(commission, 'E8', 'În curs');
});

test('Without scripts the board is read, filtered and moved', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/board', javaScriptEnabled: false });
	const { page } = minister;
	await page.getByLabel('Titlu, cod, organizație').fill('E20');
	await page.getByRole('button', { name: 'Arată', exact: true }).click();
	const cards = page.locator('article.card');
	await expect(cards).toHaveCount(1);

	await page.goto(address('/board?mine=yes'));
	await page
		.getByRole('link', { name: /^Mută în… / })
		.first()
		.click();
	const dialog = page.getByRole('dialog');
	const code = (await dialog.getByRole('heading').textContent())?.match(/E\d+/)?.[0] as string;
	minister.tolerates(/status of 422/);
	await dialog.getByLabel('Realizată').check();
	await dialog.getByRole('button', { name: 'Mută' }).click();
	await dialog.getByLabel('Într-o propoziție, de ce').fill('S-a încheiat.');
	await dialog.getByLabel('Realizată').check();
	await dialog.getByRole('button', { name: 'Mută' }).click();
	await inColumn(minister, code, 'Realizate');
	await undoBar(minister).getByRole('button', { name: 'Anulează mutarea' }).click();
	await expect(column(minister, 'Realizate').filter({ has: card(minister, code) })).toHaveCount(0);
});
