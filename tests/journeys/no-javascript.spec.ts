import { address, circles, emails, expect, type Guest, messages, serve, test } from '../support/browser.ts';

serve();

const plain = { javaScriptEnabled: false };
/** A refusal is a page with a status of its own, which the console mentions. */
const refused = /status of 4(22|09)/;

test('Without scripts a member signs in, reads the list and a measure, changes the language and leaves', async ({
	arrive
}) => {
	const guest = await arrive('guest', { ...plain, path: '/measures' });
	const { page } = guest;

	// A link survives signing in, and a wrong password keeps the address that was typed.
	await expect(page).toHaveURL(address('/sign-in?back=%2Fmeasures'));
	await page.getByLabel('E-mail').fill(emails.minister);
	await page.getByLabel('Parolă').fill('greșită');
	guest.tolerates(refused);
	await page.getByRole('button', { name: 'Intră' }).click();
	await expect(page.getByText('E-mailul sau parola nu se potrivesc.')).toBeVisible();
	await expect(page.getByLabel('E-mail')).toHaveValue(emails.minister);
	await page.getByLabel('Parolă').fill('hora-exemplu-2024');
	await page.getByRole('button', { name: 'Intră' }).click();
	await expect(page).toHaveURL(address('/measures'));

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Măsurile strategiei');
	await expect(page.locator('.connection')).toHaveText(messages('ro').connection_still!);
	expect(await page.getByRole('row').count()).toBeGreaterThan(40);
	await page.getByRole('link', { name: /^Formular comun de sesizare/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('E3');
	await expect(page.getByRole('article').first()).toContainText('Centrele noastre îl pot folosi');
	await expect(page.locator('dl').first()).toContainText('2 din 5 pași');
	await expect(page.getByText('Asociația Exemplu A a publicat: ofertă')).toBeVisible();
	const measure = page.url();

	await page.getByRole('link', { name: 'EN, English' }).click();
	await expect(page).toHaveURL(measure);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Joint referral form');
	await page.getByRole('link', { name: 'RO, Română' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'ro');

	await page.getByRole('link', { name: 'Ana, Min. B' }).click();
	await page.getByRole('button', { name: 'Ieșire' }).click();
	await expect(page.getByText('Ați ieșit.')).toBeVisible();
	await page.goto(measure);
	await expect(page).toHaveURL(/\/sign-in\?back=/);
});

test('Without scripts a post, a reply, an edit and a withdrawal reach the others, once', async ({
	arrive
}) => {
	const ngo = await arrive('ngo', plain);
	const other = await arrive('minister');
	await ngo.row('E3').getByRole('link').click();
	await other.open('E3');

	// Who sees it is there to read beside the choice.
	await ngo.page.locator('noscript summary').click();
	await expect(ngo.page.locator('noscript li').nth(1)).toHaveText(
		/Partenerii naționali.*Nu văd: Ambasada Exemplu/
	);
	await expect(ngo.page.locator('noscript li').nth(1)).toBeVisible();

	const arrives = other.sees('Fără scripturi: pirit.');
	await ngo.composer.getByText('Ofertă').click();
	await ngo.composer.locator('textarea').fill('Fără scripturi: pirit.');
	await ngo.composer.locator('[name=circleId]').selectOption({ label: circles.national });
	await ngo.composer.getByRole('button', { name: 'Publică' }).click();
	await expect(ngo.article('pirit')).toContainText('Ofertă');
	await expect(ngo.article('pirit')).toContainText('Partenerii naționali');
	await expect(ngo.composer.locator('textarea')).toHaveValue('');
	await arrives;

	// Reloading sends the form again; its operation is done already.
	await ngo.page.reload();
	await expect(ngo.article('pirit')).toHaveCount(1);

	const replied = other.sees('Iar răspunsul: ocru.');
	await ngo.unfold('Răspunde', ngo.article('Câte județe'));
	await ngo.article('Câte județe').getByLabel('Răspuns').fill('Iar răspunsul: ocru.');
	await ngo.article('Câte județe').getByRole('button', { name: 'Răspunde' }).click();
	await expect(ngo.article('ocru')).toHaveCount(1);
	await replied;

	await ngo.unfold('Modifică', ngo.article('pirit'));
	await expect(ngo.article('pirit').getByLabel('Actualizare')).toHaveValue('Fără scripturi: pirit.');
	await ngo.article('pirit').getByLabel('Actualizare').fill('Fără scripturi, dar mai bine: cuarț.');
	await ngo.article('pirit').getByRole('button', { name: 'Salvează' }).click();
	await expect(ngo.article('cuarț')).toContainText(messages('ro').mark_edited!);
	await expect(other.article('cuarț')).toHaveCount(1);
	await expect(other.article('pirit')).toHaveCount(0);

	await ngo.unfold('Retrage', ngo.article('cuarț'));
	await ngo.article('cuarț').getByRole('button', { name: 'Retrage' }).click();
	await expect(ngo.article('a fost retrasă')).toHaveCount(1);
	await expect(ngo.article('cuarț')).toHaveCount(0);
	await expect(other.article('a fost retrasă')).toHaveCount(1);
});

test('Without scripts a refusal says why, marks the field and gives back what was typed, but no personal number', async ({
	arrive
}) => {
	const ngo = await arrive('ngo', plain);
	ngo.tolerates(refused);
	await ngo.row('E3').getByRole('link').click();

	const post = ngo.article('Câte județe');
	const long = 'Un răspuns prea lung. '.repeat(300).trim();
	await ngo.unfold('Răspunde', post);
	await post.getByLabel('Răspuns').fill(long);
	await post.getByRole('button', { name: 'Răspunde' }).click();
	await expect(post).toContainText('Textul este prea lung. Scurtați-l.');
	await expect(post.getByLabel('Răspuns')).toHaveAttribute('aria-invalid', 'true');
	await expect(post.getByLabel('Răspuns')).toHaveValue(long);

	await send(ngo, 'Întrebare', '   ', circles.national);
	await expect(ngo.composer).toContainText('Scrieți ceva aici.');
	const area = ngo.composer.locator('textarea');
	await expect(area).toHaveAttribute('aria-invalid', 'true');
	await expect(ngo.composer.getByLabel('Întrebare')).toBeChecked();
	await expect(ngo.composer.locator('[name=circleId] option:checked')).toHaveText(circles.national);

	const mark = ngo.mark();
	await send(ngo, 'Întrebare', 'Cazul 1800101 700011 de la birou', circles.national);
	await expect(ngo.composer).toContainText('Textul conține un cod numeric personal.');
	await expect(area).toHaveValue(/^Cazul .* de la birou$/);
	expect((await ngo.received(mark)).replace(/\D/g, '')).not.toContain('1800101700011');

	await ngo.page.goto(ngo.page.url().replace(/\?.*/, ''));
	await expect(ngo.article('Cazul')).toHaveCount(0);
});

test('Without scripts who leads changes the status, the date, the steps, and a conflict is told', async ({
	arrive
}) => {
	const lead = await arrive('minister', plain);
	lead.tolerates(refused);
	await lead.row('E6').getByRole('link').click();
	const page = lead.page;
	const stale = page.url();
	const second = await arrive('minister', { ...plain, path: new URL(stale).pathname });

	await lead.unfold('Schimbă stadiul');
	await page.getByLabel('Noul stadiu').selectOption({ label: 'Realizată' });
	await page.getByLabel('Motivul (dacă ajută)').fill('Contractele sunt semnate.');
	await page.getByRole('button', { name: 'Salvează' }).click();
	await expect(page.locator('dl').first()).toContainText('Realizată');
	await expect(page.getByText('a schimbat stadiul din „blocată” în „realizată”')).toBeVisible();

	second.tolerates(refused);
	// Whoever still has the old page open is told, and keeps the reason.
	await second.unfold('Schimbă stadiul');
	await second.page.getByLabel('Noul stadiu').selectOption({ label: 'Propusă' });
	await second.page.getByLabel('Motivul (dacă ajută)').fill('Între timp altfel.');
	await second.page.getByRole('button', { name: 'Salvează' }).click();
	await expect(second.page.getByText('Altcineva a schimbat acest câmp între timp.')).toBeVisible();
	await expect(second.page.getByLabel('Motivul (dacă ajută)')).toHaveValue('Între timp altfel.');
	await expect(second.page.locator('dl').first()).toContainText('Realizată');

	await lead.unfold('Schimbă termenul');
	await page.getByLabel('Următorul termen').fill('2030-06-30');
	await page.getByLabel('Motivul', { exact: true }).fill('Avizul durează.');
	await page.getByRole('button', { name: 'Salvează' }).click();
	await expect(page.locator('dl').first()).toContainText('30.06.2030');

	await lead.unfold('Modifică pașii');
	await lead.unfold('Adaugă un pas');
	await page.getByLabel('Pas (română)').last().fill('Pasul 5000229700012');
	await page.getByLabel('Pas (engleză)').last().fill('A step in words');
	await page.getByRole('button', { name: 'Adaugă un pas' }).click();
	await expect(page.getByText('Textul conține un cod numeric personal.')).toBeVisible();
	await expect(page.getByLabel('Pas (engleză)').last()).toHaveValue('A step in words');
	await page.getByLabel('Pas (română)').last().fill('Un pas în cuvinte');
	await page.getByRole('button', { name: 'Adaugă un pas' }).click();
	await expect(page.locator('aside')).toContainText('Un pas în cuvinte');
	await expect(page.locator('aside')).toContainText('a adăugat pasul „Un pas în cuvinte”');
});

test('Without scripts a conflict offers mine, theirs and both: in texts, in a list, in a post', async ({
	arrive
}) => {
	const commission = await arrive('commission', plain);
	await commission.row('E4').getByRole('link').click();
	const path = new URL(commission.page.url()).pathname;
	const secretariat = await arrive('secretariat', { ...plain, path });
	const field = (guest: Guest, label: string) => guest.page.getByLabel(label, { exact: true });
	const keep = (label: string) => commission.page.getByRole('group', { name: `Ce rămâne în câmp: ${label}` });
	const save = (guest: Guest) =>
		guest.page.locator('details[open]').getByRole('button', { name: 'Salvează' }).click();
	const facts = commission.page.locator('dl').first();
	commission.tolerates(refused);

	for (const guest of [commission, secretariat]) await guest.unfold('Modifică textele');
	for (const [guest, by] of [
		[secretariat, 'al secretariatului'],
		[commission, 'al Comisiei']
	] as const) {
		await field(guest, 'Indicatori').fill(`indicatorul ${by}`);
		await field(guest, 'Resurse').fill(`bugetul ${by}`);
		await field(guest, 'Termenul, în cuvintele planului').fill(`termenul ${by}`);
	}
	await save(secretariat);
	await save(commission);
	await expect(commission.page.locator('blockquote')).toHaveText([
		'indicatorul al secretariatului',
		'bugetul al secretariatului',
		'termenul al secretariatului'
	]);
	await expect(field(commission, 'Indicatori')).toHaveValue('indicatorul al Comisiei');
	await expect(keep('Indicatori').getByLabel('A mea')).toBeChecked();
	await keep('Resurse').getByLabel('A lor').check();
	await keep('Termenul, în cuvintele planului').getByLabel('Amândouă').check();
	await save(commission);
	await expect(facts).toContainText('indicatorul al Comisiei');
	await expect(facts).toContainText('bugetul al secretariatului');
	await expect(facts).toContainText('termenul al secretariatului / termenul al Comisiei');

	// Who answers: whoever was added by each is there in the end.
	await secretariat.page.goto(address(path));
	for (const guest of [commission, secretariat]) await guest.unfold('Schimbă cine răspunde');
	const partners = (guest: Guest) => guest.page.getByRole('group', { name: 'Parteneri', exact: true });
	await partners(secretariat).getByLabel('Agenția Exemplu C', { exact: true }).check();
	await partners(commission).getByLabel('Ministerul Exemplu E', { exact: true }).check();
	await save(secretariat);
	await save(commission);
	await expect(partners(commission).locator('blockquote')).toContainText('Ag. C');
	await expect(partners(commission).getByLabel('Ministerul Exemplu E', { exact: true })).toBeChecked();
	await keep('Parteneri').getByLabel('Amândouă').check();
	await save(commission);
	const holders = commission.page.locator('aside');
	for (const name of ['Agenția Exemplu C', 'Ministerul Exemplu E']) await expect(holders).toContainText(name);

	// A post, by two of the same organisation.
	await secretariat.page.goto(address(path));
	await send(commission, 'Comentariu', 'Primul text.', circles.all);
	await secretariat.page.reload();
	const edit = async (guest: Guest, words: string) => {
		await guest.unfold('Modifică', guest.article('Primul text.'));
		await guest.article('Primul text.').getByRole('textbox', { name: 'Actualizare' }).fill(words);
	};
	await edit(secretariat, 'De la secretariat: beril.');
	await edit(commission, 'De la Comisie: agat.');
	await save(secretariat);
	await save(commission);
	await keep('Actualizare').getByLabel('Amândouă').check();
	await save(commission);
	await expect(commission.article('beril').locator('p', { hasText: /^De la/ })).toHaveText([
		'De la secretariat: beril.',
		'De la Comisie: agat.'
	]);
});

async function send(guest: Guest, kind: string, text: string, circle: string) {
	await guest.composer.getByText(kind, { exact: true }).click();
	await guest.composer.locator('textarea').fill(text);
	await guest.composer.locator('[name=circleId]').selectOption({ label: circle });
	await guest.composer.getByRole('button', { name: 'Publică' }).click();
}
