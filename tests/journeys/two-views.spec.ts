/** Whoever writes can look at it as another will see it; who looked is told. What happened, and who may do what. */

import { capabilities, type Cell, columns } from '../../src/lib/access/capabilities.ts';
import { look } from '../support/axe.ts';
import { circles, expect, messages, serve, test } from '../support/browser.ts';

serve();

const m = messages('ro');
const text = 'Numai între noi: malahit';

test('An NGO sees beside its own view what the embassy sees of it, and what it does not is hatched', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	const path = await ngo.open('E3');
	await ngo.post(text, circles.ngosAndCommission);
	await ngo.sees(text);
	await ngo.page.getByRole('link', { name: m.two_views_open }).click();
	await expect(ngo.page.getByRole('heading', { level: 1 })).toHaveText(m.two_views_title!);

	await ngo.page.getByLabel(m.two_views_as!).selectOption({ label: 'Ambasada Exemplu' });
	await ngo.page.getByRole('button', { name: m.two_views_look }).click();
	const mine = ngo.page.getByRole('region', { name: m.two_views_mine });
	const theirs = ngo.page.getByRole('region', { name: 'Ambasada Exemplu' });
	await expect(mine.locator('.hatched').filter({ hasText: text })).toContainText(m.two_views_hidden!);
	await expect(theirs.getByRole('article').first()).toBeVisible();
	await expect(theirs).not.toContainText('malahit');
	await expect(theirs.locator('.missing')).toBeVisible();
	await look(ngo, 'two views');

	// The embassy really sees that much, and no more.
	const embassy = await arrive('embassy', { path });
	const seen = await embassy.page.getByRole('article').evaluateAll((all) => all.map(({ id }) => id).sort());
	expect(
		await theirs
			.getByRole('article')
			.evaluateAll((all) => all.map(({ id }) => id.replace('theirs-', '')).sort())
	).toEqual(seen);
	await expect(embassy.page.locator('main')).not.toContainText('malahit');

	// Through those who see it the two sides are one.
	await ngo.page.getByLabel(m.two_views_as!).selectOption({ label: 'Comisia Exemplu' });
	await ngo.page.getByRole('button', { name: m.two_views_look }).click();
	await expect(ngo.page.getByRole('region', { name: 'Comisia Exemplu' })).toContainText(text);
});

test('That the secretariat looked stands in both histories and nowhere else; who wrote nothing does not look', async ({
	arrive
}) => {
	const secretariat = await arrive('secretariat');
	const path = await secretariat.open('E3');
	await secretariat.page.goto(secretariat.page.url().replace(path, path.replace('measures', 'two-views')));
	await secretariat.page.getByLabel(m.two_views_as!).selectOption({ label: 'Ministerul Exemplu B' });
	await secretariat.page.getByRole('button', { name: m.two_views_look }).click();
	await expect(secretariat.page.getByRole('region', { name: 'Ministerul Exemplu B' })).toBeVisible();

	const told = 's-a uitat prin ochii organizației Min. B';
	for (const [person, hears] of [
		['minister', true],
		['commission', true],
		['ngo', false],
		['embassy', false]
	] as const) {
		const guest = await arrive(person, { path: '/activity?area=people' });
		await expect(guest.page.getByRole('listitem').filter({ hasText: told })).toHaveCount(hears ? 1 : 0);
	}

	const embassy = await arrive('embassy');
	await embassy.open('A4');
	await expect(embassy.page.getByRole('link', { name: m.two_views_open })).toHaveCount(0);
	await embassy.page.goto(embassy.page.url().replace('measures', 'two-views'));
	await expect(embassy.page.getByText(m.two_views_not_yours!)).toBeVisible();
});

test('What happened is filtered by who, what, which objective and when, and paged', async ({ arrive }) => {
	const ngo = await arrive('ngo', { path: '/activity' });
	const rows = ngo.page.locator('.list li');
	await expect(rows).toHaveCount(100);
	await look(ngo, 'activity');

	await ngo.page.getByLabel(m.activity_organisation!).selectOption({ label: 'Ambasada Exemplu' });
	await ngo.page.getByRole('button', { name: m.activity_show }).click();
	await ngo.page.waitForURL(/organisation=/);
	for (const name of await rows.locator('b:first-child').allInnerTexts())
		expect(['Ambasada Exemplu', expect.stringMatching(/^[AE]\d+$/)]).toContainEqual(name);
	await ngo.page.getByLabel(m.activity_from!).fill('2020-01-01');
	await ngo.page.getByLabel(m.activity_to!).fill('2020-01-02');
	await ngo.page.getByRole('button', { name: m.activity_show }).click();
	await expect(ngo.page.getByText(m.activity_nothing!)).toBeVisible();

	// The next page begins where this one ends, and repeats nothing.
	await ngo.page.getByRole('link', { name: m.activity_all }).click();
	await expect(rows).toHaveCount(100);
	const moments = () =>
		rows.locator('time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime')!));
	const first = await moments();
	await ngo.page.getByRole('link', { name: m.activity_older }).click();
	await ngo.page.waitForURL(/before=/);
	await expect(rows).not.toHaveCount(100);
	const second = await moments();
	expect([...first, ...second]).toEqual([...first, ...second].sort().reverse());
});

test('Who may do what stands on the page cell by cell as in the table, the reader’s own first and lit', async ({
	arrive
}) => {
	const words: Record<Cell, string> = {
		yes: m.cell_yes!,
		no: m.cell_no!,
		own: m.cell_own!,
		coordinator: m.cell_coordinator!,
		lead: m.cell_lead!,
		partner: m.cell_partner!,
		chair: m.cell_chair!,
		delegate: m.cell_delegate!
	};
	for (const [person, own] of [
		['ngo', 'ngo'],
		['secretariat', 'secretariat'],
		['observer', 'observer']
	] as const) {
		const guest = await arrive(person, { path: '/who-may' });
		const shown = [own, ...columns.filter((column) => column !== own)];
		await expect(guest.page.locator('thead th.lit')).toHaveText(new RegExp(`^\\s*${m[`column_${own}`]}`));
		await expect(guest.page.locator('tr[data-act]')).toHaveCount(Object.keys(capabilities).length);
		for (const [act, row] of Object.entries(capabilities)) {
			const cells = await guest.page.locator(`tr[data-act="${act}"] td`).allInnerTexts();
			const due = shown.map((column) =>
				row[column] === 'own' && /^(session|passkey)\./.test(act) ? m.cell_ones_own! : words[row[column]]
			);
			expect([act, cells.map((cell) => cell.trim())]).toEqual([act, due]);
		}
		if (person === 'ngo') await look(guest, 'who may');
	}
});
