import { address, circles, expect, serve, test, two, untilReadAgain } from '../support/browser.ts';

serve();

test('A lost connection is shown, keeps what is typed, and after it the page is in step', async ({
	arrive
}) => {
	const [ngo, embassy] = await two(arrive, 'E10');
	embassy.tolerates(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
	const writing = embassy.composer.locator('textarea');
	await writing.fill('Scris înainte de a se pierde legătura');
	await embassy.pin();

	// Lost just when the page was about to read again what is derived.
	const arrives = embassy.sees('Primul: onix.');
	await ngo.post('Primul: onix.', circles.all);
	await arrives;
	await embassy.page.context().setOffline(true);
	await expect(embassy.page.locator('.connection')).toHaveText('Fără conexiune');
	await untilReadAgain(embassy.page);
	await expect(embassy.article('Primul: onix.')).toBeVisible();
	await expect(writing).toHaveValue('Scris înainte de a se pierde legătura');

	await ngo.post('Al doilea: jad.', circles.all);
	await expect(ngo.article('jad')).toBeVisible();
	await ngo.post('Al treilea: agat.', circles.all);
	await expect(ngo.article('agat')).toBeVisible();
	await expect(embassy.article('agat')).toHaveCount(0);

	await embassy.page.context().setOffline(false);
	await embassy.sees('Al treilea: agat.');
	await embassy.live();
	for (const words of ['onix', 'jad', 'agat']) await expect(embassy.article(words)).toHaveCount(1);
	await expect(writing).toHaveValue('Scris înainte de a se pierde legătura');
	await expect(writing).toBeFocused();
	expect(await embassy.isPinned()).toBe(true);
});

test('Words whose answer was lost stay in the field, and sending them again has one effect', async ({
	arrive
}) => {
	const [ngo, embassy] = await two(arrive, 'E10');
	ngo.tolerates(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/);

	// The server gets them, its answer does not come back.
	await ngo.page.route(
		'**/measures/*?/post',
		async (route) => {
			await route.fetch();
			await route.abort();
		},
		{ times: 1 }
	);
	const words = 'O singură dată: turcoaz.';
	await ngo.post(words, circles.all);
	await expect(ngo.composer).toContainText('Nu s-a trimis');
	await expect(ngo.composer.locator('textarea')).toHaveValue(words);
	await embassy.sees(words);

	await ngo.composer.getByRole('button', { name: /Publică/ }).click();
	await expect(ngo.composer.locator('textarea')).toHaveValue('');
	await expect(ngo.composer).not.toContainText('Nu s-a trimis');

	// Whoever goes on writing while a slow answer is on its way keeps that too.
	await ngo.page.route(
		'**/measures/*?/post',
		async (route) => {
			const response = await route.fetch();
			await ngo.composer.locator('textarea').fill('Început între timp');
			await route.fulfill({ response });
		},
		{ times: 1 }
	);
	await ngo.post('Apoi altceva: coral.', circles.all);
	await embassy.sees('coral');
	await expect(ngo.composer.getByRole('button', { name: 'Publică' })).toBeEnabled();
	await expect(ngo.composer.locator('textarea')).toHaveValue('Început între timp');
	for (const guest of [ngo, embassy]) await expect(guest.article('turcoaz')).toHaveCount(1);
	await embassy.page.reload();
	await expect(embassy.article('turcoaz')).toHaveCount(1);
});

test('Where sockets are blocked, the page asks every ten seconds', async ({ arrive }) => {
	const ngo = await arrive('ngo');
	const embassy = await arrive('embassy');
	embassy.tolerates(/WebSocket/);
	await embassy.page.routeWebSocket(/socket\.io/, (socket) => socket.close());
	await embassy.page.reload();
	await embassy.row('E10').getByRole('link').click();
	await expect(embassy.page.locator('.connection')).toHaveText('Se reconectează');
	await ngo.open('E10');

	const mark = embassy.mark();
	await embassy.pin();
	const arrives = embassy.sees('Pe ocolite: peridot.', 12_000);
	await ngo.post('Pe ocolite: peridot.', circles.all);
	await arrives;

	// What one sends oneself is there at once.
	await embassy.post('Și înapoi: beril.', circles.all);
	await embassy.sees('beril', 2000);
	expect(embassy.frames(mark)).toEqual([]);
	expect(await embassy.isPinned()).toBe(true);
});

test('A page that reads itself again does not call off the way to another one', async ({ arrive }) => {
	const [ngo, embassy] = await two(arrive, 'E10');
	await embassy.pin();
	await embassy.page.route(/\/measures\/__data\.json/, async (route) => {
		await new Promise((resolve) => setTimeout(resolve, 3000));
		await route.continue();
	});
	const arrives = embassy.sees('Pe drum: opal.');
	await ngo.post('Pe drum: opal.', circles.all);
	await arrives;
	await embassy.page.getByRole('link', { name: 'Măsurile strategiei' }).click();
	await expect(embassy.page).toHaveURL(address('/measures'));
	await expect(embassy.row('E10')).toBeVisible();
	expect(await embassy.isPinned()).toBe(true);
});

test('A session that ends in one tab leaves nothing of the others on any screen', async ({ arrive }) => {
	const embassy = await arrive('embassy', { anew: true });
	await embassy.open('E10');
	const second = await embassy.page.context().newPage();
	await second.goto(address('/me'));
	await second.getByRole('button', { name: 'Ieșire' }).click();
	await expect(second.getByText('Ați ieșit.')).toBeVisible();

	await expect(embassy.page.getByText('Sesiunea s-a încheiat.')).toBeVisible({ timeout: 2000 });
	await expect(embassy.page).toHaveURL(/\/sign-in\?ended=yes&back=/);
	for (const page of [embassy.page, second]) {
		await page.goBack();
		await expect(page.getByLabel('Parolă')).toBeVisible();
		await expect(page.getByRole('article')).toHaveCount(0);
	}
});

test('Words that were not sent outlive a closed tab, for their writer alone', async ({ arrive }) => {
	const ngo = await arrive('ngo', { anew: true });
	const path = await ngo.open('E10');
	const other = await ngo.page.context().newPage();
	await ngo.composer.locator('textarea').fill('Neterminat: ametist');
	await ngo.page.close();

	await other.goto(address(path));
	const writing = other.locator('form.composer textarea');
	await expect(writing).toHaveValue('Neterminat: ametist');
	// They are of this measure: the next one begins empty.
	await other.goto(address('/measures'));
	await other.getByRole('link', { name: /^Formular comun de sesizare/ }).click();
	await expect(writing).toHaveValue('');
	await expect(other.getByRole('navigation', { name: 'În lista din care ați venit' })).toContainText(
		/din \d+/
	);
	await other.goto(address(path));
	await expect(writing).toHaveValue('Neterminat: ametist');

	await other.goto(address('/me'));
	await other.getByRole('button', { name: 'Ieșire' }).click();
	await expect(other.getByText('Ați ieșit.')).toBeVisible();
	expect(await other.evaluate(() => JSON.stringify(localStorage))).not.toContain('ametist');
});
