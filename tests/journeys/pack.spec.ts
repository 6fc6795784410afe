/** Before the weekly meeting: what changed since the last one. And a meeting with nobody else in the room. */

import { look } from '../support/axe.ts';
import { address, expect, type Guest, serve, test } from '../support/browser.ts';

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

test('Whoever is alone in the demonstration opens a meeting and lets three invented people answer', async ({
	arrive
}) => {
	const chair = await arrive('secretariat', { path: '/meetings' });
	await enter(chair);
	const { page } = chair;
	const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
	const others = () => press(/^Lasă-i să răspundă/);
	await expect(page.getByRole('button', { name: /^Lasă-i/ })).toHaveCount(0);
	await press('Deschide ședința');
	await others();
	const presence = page.getByRole('region', { name: 'Prezență' });
	await expect(presence.getByRole('img', { name: /^3 din 18 organizații/ })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Cuvântul' }).getByRole('listitem')).toHaveCount(3);
	await expect(page.getByRole('status').filter({ hasText: 'participanți inventați' })).toBeVisible();

	await press(/^Treci la/);
	await page.locator('.record').getByText('Pune o propunere în discuție').click();
	await page
		.locator('.record')
		.getByLabel('Textul propunerii')
		.fill('Formularul se testează în trei centre.');
	await press('Deschide runda');
	await others();
	const round = page
		.locator('.record')
		.getByRole('img', { name: /au răspuns$/ })
		.first();
	await expect(round).toHaveAccessibleName(/^3 din \d+ au răspuns/);
	await expect(page.locator('.record')).toContainText('Cu un ghid scurt pentru cei noi (exemplu).');
	await others();
	await expect(page.getByText('Nu așteaptă nimic un răspuns de la ei')).toBeVisible();

	// Only whoever runs it has the button, and nobody else gets further by asking.
	const ngo = await arrive('ngo', { path: new URL(page.url()).pathname });
	await expect(ngo.page.getByRole('button', { name: /^Lasă-i/ })).toHaveCount(0);
	const answer = await ngo.page.request.post(`${page.url()}?/others`, {
		headers: { origin: address('') },
		form: {}
	});
	expect(answer.status()).toBe(404);
});
