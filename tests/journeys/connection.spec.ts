import type { Page } from '@playwright/test';
import {
	address,
	circles,
	expect,
	Guest,
	type Person,
	serve,
	test,
	two,
	untilReadAgain
} from '../support/browser.ts';

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

test('A page that loses the server while it reads itself again stays, and is in step when the server is back', async ({
	arrive
}) => {
	const [ngo, embassy] = await two(arrive, 'E10');
	embassy.tolerates(/ERR_FAILED|503/);
	await embassy.pin();
	const writing = embassy.composer.locator('textarea');
	await writing.fill('Scris pe drum');
	let asked = 0;
	await embassy.page.route(/\/__data\.json/, (route) => {
		asked += 1;
		if (asked > 2) return route.continue();
		return asked === 1 ? route.abort() : route.fulfill({ status: 503 });
	});
	await ngo.post('În tunel: granat.', circles.all);
	await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
	await expect(embassy.page.locator('aside')).toContainText('a scris');
	await expect(writing).toHaveValue('Scris pe drum');
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

	await leave(other, 'ametist');
});

test('A reply, an edit and an answer that were not sent wait unfolded, each where it was typed', async ({
	arrive
}) => {
	const minister = await arrive('minister', { anew: true });
	const path = await minister.open('E3');
	await minister.post('De îndreptat: topaz.', circles.all);
	const commission = await arrive('commission', { path });
	await commission.composer.getByText('Întrebare', { exact: true }).click();
	const asked = minister.sees('De răspuns: opal?');
	await commission.post('De răspuns: opal?', circles.all);
	await asked;

	const write = async (text: string, act: string, label: string, words: string) => {
		const article = minister.article(text);
		await article.locator('summary').getByText(act, { exact: true }).click();
		await article.getByLabel(label, { exact: true }).fill(words);
	};
	await write('Câte județe', 'Răspunde', 'Răspuns', 'Un răspuns: coral.');
	await write('topaz', 'Modifică', 'Actualizare', 'Îndreptat: agat.');
	await write('opal', 'Răspunde', 'Răspuns', 'Despre asta: jad.');
	await write('opal', 'Nu putem, pentru că …', 'Nu putem, pentru că', 'Lipsesc datele: onix.');

	// Closed, and the session is over: only the same member finds them again.
	const context = minister.page.context();
	await minister.page.close();
	await context.clearCookies();
	const page = await context.newPage();
	await signIn(page, 'minister', path);
	const again = (text: string, label: string) =>
		page.getByRole('article').filter({ hasText: text }).getByLabel(label, { exact: true });
	await expect(again('Câte județe', 'Răspuns')).toHaveValue('Un răspuns: coral.');
	await expect(again('topaz', 'Actualizare')).toHaveValue('Îndreptat: agat.');
	await expect(again('opal', 'Răspuns')).toHaveValue('Despre asta: jad.');
	await expect(again('opal', 'Nu putem, pentru că')).toHaveValue('Lipsesc datele: onix.');
	for (const [text, label] of [
		['Câte județe', 'Răspuns'],
		['topaz', 'Actualizare'],
		['opal', 'Răspuns']
	] as const)
		await expect(again(text, label)).toBeVisible();

	// What was sent waits no more.
	const edited = page.getByRole('article').filter({ hasText: 'topaz' });
	await edited.getByRole('button', { name: 'Salvează' }).click();
	await commission.sees('Îndreptat: agat.');
	await page.reload();
	await expect(again('opal', 'Răspuns')).toBeVisible();
	await expect(again('agat', 'Actualizare')).toBeHidden();
	await expect.poll(() => kept(page)).not.toContain('agat');

	// Another member in this browser: nothing is left of them.
	await context.clearCookies();
	await signIn(page, 'embassy', path);
	await expect(page.locator('.connection')).toHaveText(/În direct/);
	for (const word of ['coral', 'jad', 'onix']) expect(await kept(page)).not.toContain(word);
});

test('Texts of a measure that wait do not overwrite what was written meanwhile', async ({ arrive }) => {
	const commission = await arrive('commission', { anew: true });
	const path = await commission.open('E4');
	await commission.unfold('Modifică textele');
	await commission.page.getByLabel('Indicatori').fill('al Comisiei: safir');
	await commission.page.goto(address('/me'));

	const secretariat = await arrive('secretariat', { path });
	await secretariat.unfold('Modifică textele');
	await secretariat.page.getByLabel('Indicatori').fill('al secretariatului: rubin');
	await secretariat.page.getByRole('button', { name: 'Salvează' }).click();
	await secretariat.sees('rubin');

	commission.tolerates(/status of 409/);
	await commission.page.goto(address(path));
	const field = commission.page.getByLabel('Indicatori', { exact: true });
	await expect(field).toHaveValue('al Comisiei: safir');
	await commission.page.locator('details[open]').getByRole('button', { name: 'Salvează' }).click();
	await expect(commission.page.locator('blockquote')).toHaveText('al secretariatului: rubin');
	await commission.page.getByRole('button', { name: 'Amândouă' }).click();

	// The choice is kept as well, with what it is based on now.
	await commission.page.reload();
	await expect(field).toHaveValue('al secretariatului: rubin / al Comisiei: safir');
	await commission.page.locator('details[open]').getByRole('button', { name: 'Salvează' }).click();
	await expect(commission.page.locator('dl').first()).toContainText('rubin / al Comisiei: safir');
	await expect.poll(() => kept(commission.page)).not.toContain('safir');
});

test('Signing out with unsent words asks first, from the page and from the palette', async ({ arrive }) => {
	const ngo = await arrive('ngo', { anew: true });
	const path = await ngo.open('E3');
	await ngo.unfold('Răspunde', ngo.article('Câte județe'));
	await ngo.article('Câte județe').getByLabel('Răspuns').fill('Netrimis: ametist');

	const { page } = ngo;
	const dialog = page.getByRole('dialog', { name: 'Aveți cuvinte netrimise' });
	await page.goto(address('/me'));
	await page.getByRole('button', { name: 'Ieșire' }).click();
	await expect(dialog).toContainText('„Netrimis: ametist”');
	await dialog.getByRole('button', { name: 'Rămân' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Ieșire' })).toBeFocused();

	await page.keyboard.press('Control+k');
	await page.getByRole('combobox').fill('ieșire');
	await expect(page.getByRole('option', { selected: true })).toHaveText(/Ieșire/);
	await page.keyboard.press('Enter');
	await dialog.getByRole('link').click();
	await expect(page).toHaveURL(address(path));
	await expect(dialog).toHaveCount(0);
	await expect(ngo.article('Câte județe').getByLabel('Răspuns')).toHaveValue('Netrimis: ametist');

	await leave(page, 'ametist');
	await page.goBack();
	await expect(page.getByLabel('Parolă')).toBeVisible();
});

/** A slow network: what was clicked is on its way before the scripts are here. */
const wakesLate = (page: Page, milliseconds: number) =>
	page.route('**/_app/immutable/**', async (route) => {
		await new Promise((done) => setTimeout(done, milliseconds));
		await route.continue().catch(() => {});
	});

test('What is unfolded before the page is awake stays unfolded, and works', async ({ arrive }) => {
	const minister = await arrive('minister');
	const path = await minister.open('E3');
	const { page } = minister;
	await wakesLate(page, 800);
	await page.goto(address(path), { waitUntil: 'commit' });
	const change = page.locator('details').filter({ has: page.getByText('Schimbă termenul', { exact: true }) });
	await change.locator('summary').click();
	await expect(change).toHaveAttribute('open');
	await minister.live();
	await expect(change).toHaveAttribute('open');
	await expect(change.getByLabel('Motivul')).toBeVisible();
});

test('Signing out before the page is awake asks about unsent words all the same', async ({ arrive }) => {
	const ngo = await arrive('ngo', { anew: true });
	const { page } = ngo;
	const path = await ngo.open('E3');
	await ngo.composer.locator('textarea').fill('Netrimis: cuarț');

	const click = async () => {
		await page.goto(address('/me'), { waitUntil: 'commit' });
		await page.getByRole('button', { name: 'Ieșire' }).click({ noWaitAfter: true });
	};
	const dialog = page.getByRole('dialog', { name: 'Aveți cuvinte netrimise' });
	await wakesLate(page, 800);
	await click();
	await expect(dialog).toContainText('„Netrimis: cuarț”');
	await dialog.getByRole('link').click();
	await expect(page).toHaveURL(address(path));
	await ngo.composer.locator('textarea').fill('');
	await expect.poll(() => kept(page)).not.toContain('cuarț');

	// Nothing waits any more: one click is enough, and it is no ended session that one comes to.
	await click();
	await page.waitForURL(/\/sign-in\?ended=signed-out/);
	await expect(page.getByText('Ați ieșit.')).toBeVisible();
});

test('While the answer to signing out is on its way, the ended session says nothing', async ({ arrive }) => {
	const { page } = await arrive('embassy', { anew: true, path: '/me' });
	await page.route('**/me?/signOut', async (route) => {
		const answer = await route.fetch({ maxRedirects: 0 });
		await new Promise((done) => setTimeout(done, 2000));
		await route.fulfill({ response: answer });
	});
	await page.getByRole('button', { name: 'Ieșire' }).click({ noWaitAfter: true });
	await page.waitForURL(/\/sign-in\?ended/);
	expect(page.url()).toMatch(/ended=signed-out$/);
});

const kept = (page: Page) => page.evaluate(() => JSON.stringify(localStorage));

async function signIn(page: Page, person: Person, path: string) {
	await page.goto(address(path));
	await new Guest(page).signIn(person, path);
}

/** Signs out although something was not sent, and nothing of it is left. */
async function leave(page: Page, words: string) {
	await page.goto(address('/me'));
	expect(await kept(page)).toContain(words);
	await page.getByRole('button', { name: 'Ieșire' }).click();
	await page.getByRole('button', { name: 'Ieșiți și se șterg' }).click();
	await expect(page.getByText('Ați ieșit.')).toBeVisible();
	expect(await kept(page)).not.toContain(words);
}
