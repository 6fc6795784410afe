/** Before the weekly meeting: what changed since the last one, and what becomes of it. */

import { look } from '../support/axe.ts';
import { expect, type Guest, serve, test } from '../support/browser.ts';

serve();

/** To the next meeting of the demonstration, and in step with it. */
async function enter({ page, live }: Guest) {
	await page.getByRole('link', { name: 'Ședința săptămânală' }).first().click();
	await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
	await live();
}

test('The pack proposes what changed, and one tap puts it on the agenda that others follow', async ({
	arrive
}) => {
	const [secretary, ngo] = [
		await arrive('secretariat', { path: '/meetings' }),
		await arrive('ngo', { path: '/meetings' })
	];
	for (const guest of [secretary, ngo]) await enter(guest);
	await secretary.page.getByRole('link', { name: 'Mapa ședinței' }).click();
	await secretary.page.waitForURL(/pack$/);
	await secretary.live();
	await look(secretary, 'the meeting pack');
	const entry = secretary.page.getByRole('listitem').filter({ hasText: /^E12 / });
	await expect(entry).toContainText('Termenul');
	await expect(entry).toContainText('Agenția Exemplu C a publicat: îngrijorare');
	await entry.getByRole('button', { name: 'Pe ordinea de zi, 10 min: E12' }).click();
	await expect(entry).toContainText('Pe ordinea de zi, punctul');
	await expect(entry.getByRole('button')).toHaveCount(0);
	await expect(
		ngo.page.getByRole('listitem').filter({ hasText: 'Set comun de indicatori statistici' }).first()
	).toBeVisible();

	// For a narrower circle it is another pack, and says for whom it is.
	await secretary.page.getByLabel('Pentru cercul').selectOption({ label: 'Instituțiile statului' });
	await secretary.page.waitForURL(/for=/);
	await expect(secretary.page.locator('.paper .for')).toContainText('Instituțiile statului');

	// A coordinator proposes; whoever may not sees what is there.
	const director = await arrive('director', { path: `${new URL(ngo.page.url()).pathname}/pack` });
	await director.page.getByRole('button', { name: /^Propune, \d+ min: E6$/ }).click();
	await expect(director.page.getByText('Propus pe ordinea de zi')).toBeVisible();
	const embassy = await arrive('embassy', { path: `${new URL(ngo.page.url()).pathname}/pack` });
	await expect(embassy.page.getByRole('heading', { name: 'De discutat' })).toBeVisible();
	await expect(embassy.page.getByRole('button', { name: /Propune|Pe ordinea/ })).toHaveCount(0);
});
