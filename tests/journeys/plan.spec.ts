import type { Locator } from '@playwright/test';
import { atOnce, circles, expect, type Guest, serve, test } from '../support/browser.ts';

serve();

/** A refusal is a page with a status of its own, which the console mentions. */
const refused = /status of 4(09|22)/;
const within = { timeout: atOnce };

const facts = (guest: Guest) => guest.page.locator('dl').first();
const group = (guest: Guest, name: string): Locator => guest.page.getByRole('group', { name, exact: true });
const save = (guest: Guest) => guest.page.locator('details[open]').getByRole('button', { name: 'Salvează' });

test('The Commission adds a measure with two leads, and the ministry’s open list shows it', async ({
	arrive
}) => {
	const [commission, minister, embassy] = [
		await arrive('commission'),
		await arrive('minister'),
		await arrive('embassy')
	];
	const { page } = commission;
	await minister.live();
	await embassy.live();
	await expect(minister.page.getByRole('link', { name: 'Adaugă o măsură' })).toHaveCount(0);

	await page.getByRole('link', { name: 'Adaugă o măsură' }).click();
	await page.getByLabel('Obiectiv').selectOption({ label: 'Prevenirea traficului de persoane' });
	await page.getByLabel('Titlu (română)').fill('Caravana prin școli: peruzea');
	await page.getByLabel('Următorul termen').fill('2031-03-31');

	// Found by typing, ticked by keyboard; who coordinates is said apart.
	const leads = group(commission, 'Responsabili');
	await leads.getByRole('searchbox').fill('exemplu c');
	await expect(leads.getByRole('checkbox')).toHaveCount(3); // a ministry, an agency, an association
	await leads.getByLabel('Ministerul Exemplu C', { exact: true }).press('Space');
	await leads.getByRole('searchbox').fill('');
	await leads.getByLabel('Ministerul Exemplu B', { exact: true }).check();
	await leads.getByLabel('Ministerul Exemplu C: coordonează').check();
	await expect(leads).toContainText('Alese: Min. C (coordonează), Min. B');
	await group(commission, 'Parteneri').getByLabel('Asociația Exemplu A', { exact: true }).check();
	await page.getByRole('button', { name: 'Încă un pas' }).click();
	await page.getByLabel('Pas (română)').nth(1).fill('Prima școală');
	await page.getByLabel('Cercul în care').selectOption({ label: circles.national });
	await expect(page.getByText('Nu văd: Ambasada Exemplu.')).toBeVisible();

	const mark = embassy.mark();
	await page.getByLabel('Titlu (română)').press('Control+Enter');
	await page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('M1Caravana prin școli: peruzea');
	await expect(facts(commission)).toContainText(circles.national);
	await expect(page.locator('aside')).toContainText('Prima școală');
	await expect(page.locator('aside li').filter({ hasText: 'responsabil' }).first()).toContainText(
		'Ministerul Exemplu C'
	);
	await expect(page.locator('aside')).toContainText('Comisia Exemplu a adăugat măsura');

	await expect(minister.row('M1')).toContainText('peruzea', within);
	await expect(minister.row('M1')).toContainText('Min. B');
	expect(embassy.frames(mark)).toEqual([]);
	await expect(embassy.row('M1')).toHaveCount(0);
});

test('Two people edit different fields and both win; in the same field both texts are shown and can be joined', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	const path = await commission.open('E4');
	const secretariat = await arrive('secretariat', { path });
	await secretariat.live();
	for (const guest of [commission, secretariat]) await guest.unfold('Modifică textele');
	const field = (guest: Guest, label: string) => guest.page.getByLabel(label, { exact: true });

	await field(commission, 'Indicatori').fill('apeluri: onix');
	await field(secretariat, 'Resurse').fill('bugetul: jad');
	await save(commission).click();
	await expect(facts(secretariat)).toContainText('onix', within);
	await save(secretariat).click();
	for (const guest of [commission, secretariat]) {
		await expect(facts(guest)).toContainText('apeluri: onix', within);
		await expect(facts(guest)).toContainText('bugetul: jad', within);
	}

	for (const guest of [commission, secretariat]) await guest.unfold('Modifică textele');
	await field(commission, 'Indicatori').fill('al Comisiei');
	await field(secretariat, 'Indicatori').fill('al secretariatului');
	await save(commission).click();
	await expect(facts(secretariat)).toContainText('al Comisiei', within);
	await expect(field(secretariat, 'Indicatori')).toHaveValue('al secretariatului');

	secretariat.tolerates(refused);
	await save(secretariat).click();
	await expect(secretariat.page.locator('blockquote')).toHaveText('al Comisiei');
	await expect(field(secretariat, 'Indicatori')).toHaveValue('al secretariatului');
	const choose = (name: string) => secretariat.page.getByRole('button', { name, exact: true }).click();
	await choose('A lor');
	await expect(field(secretariat, 'Indicatori')).toHaveValue('al Comisiei');
	await choose('A mea');
	await expect(field(secretariat, 'Indicatori')).toHaveValue('al secretariatului');
	await choose('Amândouă');
	await expect(field(secretariat, 'Indicatori')).toHaveValue('al Comisiei / al secretariatului');
	await save(secretariat).click();
	for (const guest of [commission, secretariat])
		await expect(facts(guest)).toContainText('al Comisiei / al secretariatului', within);
});

test('A post edited in two places at once shows both texts, and both can be kept', async ({ arrive }) => {
	const here = await arrive('ngo');
	const path = await here.open('E3');
	const there = await arrive('ngo', { path });
	await there.live();
	const posts = [here, there].map((guest) => guest.article('Centrele noastre îl pot folosi'));
	const id = await posts[0]!.getAttribute('id');
	const [mine, theirs] = [here, there].map((guest) => guest.page.locator(`[id="${id}"]`)) as [
		Locator,
		Locator
	];
	for (const post of [mine, theirs]) await post.locator('summary', { hasText: 'Modifică' }).click();
	await mine.getByLabel('Actualizare').fill('De aici: agat.');
	await theirs.getByLabel('Actualizare').fill('De dincolo: beril.');
	await theirs.getByRole('button', { name: 'Salvează' }).click();
	await expect(mine).toContainText('beril', within);

	here.tolerates(refused);
	await mine.getByRole('button', { name: 'Salvează' }).click();
	await expect(mine.locator('blockquote')).toHaveText('De dincolo: beril.');
	await mine.getByRole('button', { name: 'Amândouă' }).click();
	await expect(mine.getByRole('textbox', { name: 'Actualizare' })).toHaveValue(
		'De dincolo: beril.\n\nDe aici: agat.'
	);
	await mine.getByRole('button', { name: 'Salvează' }).click();
	for (const word of ['beril', 'agat']) await expect(theirs).toContainText(word, within);
});

test('Who answers is handed over: the history says so, and the organisation’s open page follows', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	const path = await commission.open('E4');
	const minister = await arrive('minister', { path });
	await minister.live();
	const body = await arrive('ngo', { path: '/organisations' });
	await body.page.getByRole('link', { name: 'Ministerul Exemplu E' }).click();
	await body.live();
	const taken = body.page.getByRole('link', { name: /^Linie de sprijin/ });
	await expect(taken).toHaveCount(0);

	await commission.unfold('Schimbă cine răspunde');
	const leads = group(commission, 'Responsabili');
	await leads.getByLabel('Ministerul Exemplu E', { exact: true }).check();
	await save(commission).click();
	await expect(taken).toBeVisible(within);
	await expect(minister.page.locator('aside')).toContainText(
		'Comisia Exemplu a schimbat cine răspunde: +Min. E',
		within
	);
	await minister.page.getByRole('link', { name: 'Ministerul Exemplu E' }).click();
	await expect(minister.page.getByRole('heading', { level: 1 })).toContainText('Ministerul Exemplu E');
});

test('A retired measure leaves the other’s open list and says so on its page; restored, it comes back', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	const path = await commission.open('E5');
	const list = await arrive('minister');
	const embassy = await arrive('embassy', { path });
	for (const guest of [list, embassy]) await guest.live();
	await expect(list.row('E5')).toHaveCount(1);

	await commission.unfold('Retrage măsura');
	const form = commission.page.locator('details[open]');
	await form.getByLabel('Motivul').fill('Cuprinsă în alta: ambră');
	await form.getByRole('button', { name: 'Retrage măsura' }).click();
	await expect(list.row('E5')).toHaveCount(0, within);
	await expect(commission.page.locator('.retired')).toBeFocused();
	const notice = embassy.page.getByRole('status').filter({ hasText: 'a retras măsura din plan' });
	await expect(notice).toContainText(
		/Comisia Exemplu a retras măsura din plan azi, .*: Cuprinsă în alta: ambră/,
		{
			timeout: 5000
		}
	);
	await expect(notice.getByRole('button')).toHaveCount(0);
	await expect(commission.page.locator('summary', { hasText: 'Modifică textele' })).toHaveCount(0);
	await list.page.reload();
	await list.live();
	await expect(list.row('E5')).toHaveCount(0);

	// Whoever may restore it finds it again under its objective.
	await commission.page
		.getByRole('navigation')
		.getByRole('link', { name: /^Cooperare/ })
		.click();
	await commission.page.getByRole('link', { name: /^E5 / }).click();
	await commission.page.getByRole('button', { name: 'Repune' }).click();
	await expect(list.row('E5')).toHaveCount(1, within);
	await expect(commission.page.getByRole('heading', { level: 1 })).toBeFocused();
	await expect(notice).toHaveCount(0, within);
	await expect(embassy.page.getByText('a repus măsura în plan')).toBeVisible({ timeout: 5000 });
});

test('An objective is added under another and reworded; its open page shows what comes under it', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	const { page } = commission;
	const theme = 'Cooperare interinstituțională mai eficientă';
	await page.getByRole('link', { name: theme }).click();
	await page.waitForURL(/\/objectives\//);
	const path = new URL(page.url()).pathname;
	const minister = await arrive('minister', { path });
	await minister.live();
	await expect(minister.page.locator('.acts > *')).toHaveCount(0);

	await page.getByRole('link', { name: 'Adaugă un obiectiv specific' }).click();
	await page.getByLabel('Cod').fill('4.1');
	await page.getByLabel('Titlu (română)').fill('Echipe comune');
	await page.getByRole('button', { name: 'Adaugă un obiectiv' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Echipe comune');
	await expect(minister.page.getByRole('heading', { name: '4.1 Echipe comune' })).toBeVisible(within);

	await page.getByRole('link', { name: 'Adaugă o măsură' }).click();
	await expect(page.getByLabel('Obiectiv').locator('option:checked')).toHaveText('4.1 Echipe comune');
	await page.getByLabel('Titlu (română)').fill('Un grup de lucru: ametist');
	await page.getByRole('button', { name: 'Adaugă o măsură' }).click();
	await expect(minister.page.getByRole('link', { name: /ametist/ })).toBeVisible(within);

	await page.getByRole('link', { name: 'Echipe comune' }).click();
	await page.waitForURL(/\/objectives\//);
	await commission.unfold('Modifică textele');
	await page.getByLabel('Titlu (română)').fill('Echipe comune de anchetă');
	await save(commission).click();
	await expect(minister.page.getByRole('heading', { name: '4.1 Echipe comune de anchetă' })).toBeVisible(
		within
	);
	await expect(page.getByText('a modificat textele obiectivului')).toBeVisible({ timeout: 5000 });
});

test('Without scripts a measure is added: an error stands at its field, what was typed and ticked is kept', async ({
	arrive
}) => {
	const commission = await arrive('commission', { javaScriptEnabled: false, path: '/measures/new' });
	commission.tolerates(refused);
	const { page } = commission;
	await page.getByLabel('Titlu (română)').fill('Un ghid: cuarț');
	await page.getByLabel('Cod').fill('E3');
	const leads = group(commission, 'Responsabili');
	await leads.getByLabel('Ministerul Exemplu A', { exact: true }).check();
	await leads.getByLabel('Agenția Exemplu B', { exact: true }).check();
	await leads.getByLabel('Agenția Exemplu B: coordonează').check();
	await page.getByLabel('Pas (română)').nth(2).fill('Tipărit');
	await page.getByRole('button', { name: 'Adaugă o măsură' }).click();

	await expect(page.getByText('Codul este deja al altei măsuri.')).toBeVisible();
	await expect(page.getByLabel('Cod')).toHaveAttribute('aria-invalid', 'true');
	await expect(page.getByLabel('Titlu (română)')).toHaveValue('Un ghid: cuarț');
	await expect(page.getByLabel('Pas (română)').first()).toHaveValue('Tipărit');
	await expect(leads.getByLabel('Ministerul Exemplu A', { exact: true })).toBeChecked();
	await expect(leads.getByLabel('Agenția Exemplu B: coordonează')).toBeChecked();

	await page.getByLabel('Cod').fill('G');
	await page.getByRole('button', { name: 'Adaugă o măsură' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('G1Un ghid: cuarț');
	await expect(page.locator('aside li').filter({ hasText: 'responsabil' }).first()).toContainText(
		'Agenția Exemplu B'
	);
	await expect(page.locator('aside')).toContainText('Tipărit');
});

test('Without scripts a conflict shows theirs, keeps mine, leaves other fields alone, and saves the second time', async ({
	arrive
}) => {
	const plain = { javaScriptEnabled: false };
	const commission = await arrive('commission', plain);
	await commission.row('E8').getByRole('link').first().click();
	const secretariat = await arrive('secretariat', {
		...plain,
		path: new URL(commission.page.url()).pathname
	});
	for (const guest of [commission, secretariat]) await guest.unfold('Modifică textele');

	await commission.page.getByLabel('Indicatori').fill('al Comisiei');
	await commission.page.getByLabel('Resurse').fill('ale Comisiei');
	await save(commission).click();
	secretariat.tolerates(refused);
	await secretariat.page.getByLabel('Indicatori').fill('al secretariatului');
	await save(secretariat).click();
	await expect(secretariat.page.getByText('Altcineva a schimbat acest câmp între timp.')).toBeVisible();
	await expect(secretariat.page.locator('blockquote')).toHaveText('al Comisiei');
	await expect(secretariat.page.getByLabel('Indicatori', { exact: true })).toHaveValue('al secretariatului');
	await save(secretariat).click();
	await expect(facts(secretariat)).toContainText('al secretariatului');
	await expect(facts(secretariat)).toContainText('ale Comisiei');
});
