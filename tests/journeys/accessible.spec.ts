/** Every screen, full, empty, with errors, with a dialog open: each is looked at in all its lights and widths. */

import type { Locator } from '@playwright/test';
import { openEmbedded } from '#lib/server/embedded.server.ts';
import { look } from '../support/axe.ts';
import { address, change, expect, type Guest, serve, test } from '../support/browser.ts';

serve();

const nowhere = '00000000-0000-4000-8000-000000000000';
const personal = 'Numărul 1800101700011';

/** What is on the screen, and how one comes there from the screen before. */
type Screens = [name: string, open: (guest: Guest) => Promise<unknown>][];

const to =
	(path: string) =>
	({ page }: Guest) =>
		page.goto(address(path));
const group = ({ page }: Guest, name: string): Locator => page.getByRole('group', { name, exact: true });
const says = (guest: Guest, text: string | RegExp, times = 1) =>
	expect(guest.page.getByText(text)).toHaveCount(times);

async function lookAt(guest: Guest, screens: Screens) {
	test.setTimeout(180_000);
	guest.tolerates(/status of 4(04|09|22)|ERR_INTERNET_DISCONNECTED|WebSocket/);
	for (const [name, open] of screens) {
		await open(guest);
		await look(guest, name);
	}
}

test('The door', async ({ arrive }) => {
	await lookAt(await arrive('guest', { path: '/sign-in' }), [
		['a forgotten password', to('/forgotten')],
		['a link that opens nothing', to('/invite/x')],
		['sign-in', to('/sign-in')],
		['sign-in in a chair’s window', ({ page }) => page.goto(address('/sign-in', 'ong'))],
		[
			'sign-in refused',
			async ({ page }) => {
				await page.getByLabel('E-mail').fill('nimeni@example.org');
				await page.getByLabel('Parolă').fill('greșită');
				await page.getByRole('button', { name: 'Intră', exact: true }).click();
				await expect(page.getByText('nu se potrivesc')).toBeVisible();
			}
		]
	]);
});

test('What a ministry looks at', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/overview' });
	await lookAt(minister, [
		['the overview', async () => {}],
		['the overview’s table', (guest) => guest.unfold('Ca tabel')],
		['the news', to('/news')],
		['the board', to('/board')],
		['the board with nothing on it', to('/board?q=xyzxyz')],
		['a menu of the board', ({ page }) => page.locator('summary', { hasText: 'Obiectiv' }).click()],
		[
			'a view that cannot be kept',
			async (guest) => {
				await guest.unfold('Vederi');
				await guest.page.getByLabel('Numele vederii').fill(personal);
				await guest.page.getByRole('button', { name: 'Păstrează filtrele' }).click();
				await says(guest, 'cod numeric personal');
			}
		],
		[
			'a card that is moved',
			async ({ page }) => {
				await page.goto(address('/board?q=E3'));
				await page.getByRole('link', { name: 'Mută în… E3' }).click();
				await expect(page.getByRole('dialog')).toBeVisible();
			}
		],
		[
			'a card that cannot be moved so',
			async (guest) => {
				await guest.page.getByRole('dialog').getByLabel('Blocată').check();
				await guest.page.getByRole('dialog').getByLabel('Într-o propoziție').fill(personal);
				await guest.page.getByRole('dialog').getByRole('button', { name: 'Mută' }).click();
				await says(guest, 'cod numeric personal');
			}
		],
		['the list', to('/measures')],
		['the list with nothing in it', to('/measures?q=xyzxyz')],
		['the list’s columns', (guest) => to('/measures?q=E3')(guest).then(() => guest.unfold('Coloane'))],
		['answers', to('/answers')],
		['a paper of the list', to('/print?status=blocked')],
		['a paper with nothing on it', to('/print?q=xyzxyz')],
		...['measures', 'objectives', 'organisations', 'print'].map(
			(kind) => [`${kind}: not there`, to(`/${kind}/${nowhere}`)] as Screens[number]
		),
		['a page that is not there', to('/nimic')]
	]);
});

test('What a ministry writes', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/measures?q=E3' });
	await lookAt(minister, [
		[
			'a measure',
			({ page }) =>
				page
					.locator('tbody')
					.getByRole('link', { name: /^Formular/ })
					.click()
		],
		[
			'a measure with its forms open',
			async (guest) => {
				await guest.unfold('Schimbă termenul');
				await guest.unfold('Modifică pașii');
				await guest.unfold('Grup de lucru format');
				const own = guest.article('Proiectul a trecut de avizarea');
				for (const act of ['Răspunde', 'Modifică', 'Mută', 'Retrage']) await guest.unfold(act, own);
				await expect(own.getByLabel('Răspuns')).toBeVisible();
				await guest.composer.getByText('Întrebare', { exact: true }).click();
				await guest.composer.getByText('Alte organizații care văd postarea').click();
				for (const act of ['Răspunde', 'Nu putem, pentru că …', 'Răspundem până la …'])
					await guest.article('Fără un termen').locator('summary').getByText(act, { exact: true }).click();
			}
		],
		[
			'a measure with errors',
			async (guest) => {
				await guest.composer.locator('textarea').fill(personal);
				await guest.composer.locator('textarea').press('Control+Enter');
				await expect(guest.composer.getByText('cod numeric personal')).toBeVisible();
				await guest.page.getByLabel('Motivul', { exact: true }).fill(personal);
				await guest.page.getByRole('button', { name: 'Salvează' }).first().click();
				await expect(guest.page.locator('.acts').getByText('cod numeric personal')).toBeVisible();
			}
		],
		[
			'a post that did not leave',
			async (guest) => {
				await guest.composer.locator('textarea').fill('Pe drum');
				await guest.page.context().setOffline(true);
				await guest.composer.locator('textarea').press('Control+Enter');
				await expect(guest.composer).toContainText('Nu s-a trimis');
				await guest.page.context().setOffline(false);
			}
		],
		['me', to('/me')],
		[
			'the members of an organisation, one being changed',
			async (guest) => {
				await guest.page.getByRole('link', { name: 'Membrii organizației și invitațiile' }).click();
				await guest.unfold('Modifică: Paul Exemplu');
				await expect(guest.page.getByText('Ultima zi ca membru')).toBeVisible();
			}
		],
		['search', to('/search')],
		['search with results', to('/search?q=formular')],
		['search without results', to('/search?q=nicaieri')],
		[
			'the palette',
			async (guest) => {
				await guest.live();
				await guest.page.keyboard.press('Control+k');
				await expect(guest.page.getByRole('combobox')).toBeFocused();
			}
		],
		[
			'the palette with results',
			async ({ page }) => {
				await page.keyboard.type('formular');
				await expect(page.getByRole('option', { selected: true })).toContainText('Formular');
			}
		],
		[
			'the palette without an answer',
			async ({ page }) => {
				await page.context().setOffline(true);
				await page.keyboard.type('e');
				await expect(page.getByRole('dialog').getByRole('status')).toContainText('nu răspunde');
				await page.context().setOffline(false);
			}
		],
		[
			'the shortcuts',
			async ({ page }) => {
				await page.keyboard.press('Escape');
				await expect(page.getByRole('dialog')).toHaveCount(0);
				await page.keyboard.press('?');
				await expect(page.getByRole('dialog', { name: 'Scurtături de tastatură' })).toBeVisible();
			}
		]
	]);
});

test('What a ministry takes out', async ({ arrive }) => {
	const minister = await arrive('minister', { path: '/export' });
	await lookAt(minister, [
		['the export', async () => {}],
		['an export that was refused', to('/export?refused=export.one_table')],
		['the reports', to('/reports')],
		['a report that is built', to('/reports/new')],
		['internal versions', to('/drafts')],
		['our report', to('/reporting')],
		['our report on paper', to('/print/reporting')],
		['mails and calendar', to('/me/mail')],
		[
			'a calendar’s address',
			async ({ page }) => {
				await page.getByRole('button', { name: 'Fă o adresă' }).click();
				await expect(page.getByLabel('Adresa, arătată o singură dată')).toBeVisible();
			}
		]
	]);
});

test('What the Commission uses to plan', async ({ arrive }) => {
	const commission = await arrive('commission');
	const { page } = commission;
	const hrefOf = async (name: string) =>
		(await page.getByRole('link', { name }).first().getAttribute('href')) as string;
	const objective = await hrefOf('Prevenirea traficului de persoane');
	const measure = await commission.open('E6');
	const body = await hrefOf('Ministerul Exemplu B');
	const save = (guest: Guest) =>
		guest.page.locator('details[open]').getByRole('button', { name: 'Salvează' });

	await lookAt(commission, [
		['a paper of a measure', to(measure.replace('measures', 'print'))],
		['organisations', to('/organisations')],
		['an organisation', to(body)],
		['an objective', to(objective)],
		[
			'an objective that cannot be reworded so',
			async (guest) => {
				await guest.unfold('Modifică textele');
				await page.getByLabel('Titlu (română)').fill(personal);
				await save(guest).click();
				await says(guest, 'cod numeric personal');
			}
		],
		['a new objective', to('/objectives/new')],
		[
			'a new objective refused',
			async (guest) => {
				await page.getByLabel('Titlu (română)').fill(personal);
				await page.getByLabel('Titlu (română)').press('Enter');
				await says(guest, 'cod numeric personal');
			}
		],
		['importing a plan', to('/import')],
		[
			'a plan that has to be mended',
			async () => {
				await page.getByLabel('Fișierul planului').setInputFiles({
					...{ name: 'plan.csv', mimeType: 'text/csv' },
					buffer: Buffer.from('Obiectiv;Activitate;Scadență;Responsabili\nTema;Titlu;;Nimeni')
				});
				await page.getByRole('button', { name: 'Citește fișierul' }).click();
				await expect(page.getByLabel('Coloana „Scadență”')).toBeVisible();
			}
		],
		[
			'a plan as it would become',
			async () => {
				await page.getByLabel('Coloana „Scadență”').selectOption({ label: 'Termen' });
				await page.getByRole('button', { name: 'Verifică din nou' }).click();
				await page.getByLabel('Nimeni').selectOption({ label: 'Rămâne o categorie de organizații' });
				await page.getByRole('button', { name: 'Verifică din nou' }).click();
				await expect(page.getByRole('button', { name: 'Aplică planul' })).toBeVisible();
			}
		],
		['a new measure', to('/measures/new')],
		[
			'a new measure refused',
			async (guest) => {
				await page.getByLabel('Titlu (română)').fill(personal);
				await page.getByLabel('Pas (română)').fill(personal);
				await group(guest, 'Responsabili').getByLabel('Ministerul Exemplu A', { exact: true }).check();
				await page.getByLabel('Titlu (română)').press('Control+Enter');
				await says(guest, 'cod numeric personal', 2);
			}
		],
		[
			'a new measure that did not leave',
			async (guest) => {
				await page.getByLabel('Pas (română)').fill('Un pas');
				await page.getByLabel('Titlu (română)').fill('Pe drum');
				await page.context().setOffline(true);
				await page.getByLabel('Titlu (română)').press('Control+Enter');
				await says(guest, 'Nu s-a trimis');
				await page.context().setOffline(false);
			}
		],
		[
			'who answers being changed',
			(guest) => to(measure)(guest).then(() => guest.unfold('Schimbă cine răspunde'))
		],
		[
			'a conflict',
			async (guest) => {
				const other = await arrive('secretariat', { path: measure });
				for (const one of [guest, other]) {
					await one.live();
					await one.unfold('Modifică textele');
					await one.page.getByLabel('Indicatori').fill(`Indicatorii ${one === guest ? 'mei' : 'lor'}`);
				}
				await save(other).click();
				await expect(page.locator('dl').first()).toContainText('Indicatorii lor');
				await save(guest).click();
				await expect(page.locator('blockquote')).toHaveText('Indicatorii lor');
			}
		],
		[
			'a retired measure',
			async (guest) => {
				await page.goto(address(measure));
				await guest.unfold('Retrage măsura');
				await page.locator('details[open]').getByLabel('Motivul').fill('Cuprinsă în alta');
				await page.locator('details[open]').getByRole('button').click();
				await expect(page.getByRole('button', { name: 'Repune' })).toBeVisible();
			}
		]
	]);
});

test('Where there is nothing yet', async ({ arrive }) => {
	const commission = await arrive('commission');
	const { page } = commission;
	const objective = (await page
		.getByRole('link', { name: 'Prevenirea traficului de persoane' })
		.getAttribute('href')) as string;

	await page.goto('about:blank');
	/** The strategy and its objectives stay; of what is done for them there is nothing. */
	await change(async (dataDir) => {
		const { client, close } = await openEmbedded(dataDir);
		await client.exec('truncate measures, updates, events, words cascade');
		await close();
	});
	await lookAt(commission, [
		['the overview, empty', to('/overview')],
		['the news, empty', to('/news')],
		['the board, empty', to('/board')],
		['the list, empty', to('/measures')],
		['answers, empty', to('/answers')],
		['an objective, empty', to(objective)],
		['organisations without measures', to('/organisations')],
		['a paper, empty', to('/print')],
		['search, empty', to('/search?q=formular')]
	]);
	await page.goto(address('/board'));
	await says(commission, /Deocamdată nu este niciuna/);
});
