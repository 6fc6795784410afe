/** In the room: with nobody else there, and with a network that goes away. */

import { address, expect, type Guest, serve, test } from '../support/browser.ts';

serve();

/** To the meeting of the demonstration that comes, and in step with it. */
async function enter({ page, live }: Guest) {
	await page.getByRole('link', { name: 'Ședința săptămânală' }).first().click();
	await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
	await live();
}

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
	await press('Încheie ședința');
	await expect(page.getByText('A avut loc între')).toBeVisible();
	await page.getByText('Planifică următoarea').click();
	await press('Planifică o ședință');
	await expect(page.getByRole('button', { name: 'Deschide ședința' })).toBeVisible();
});

test('Two lose the network for twenty seconds and the chair’s laptop dies: the meeting goes on, and nothing typed is lost', async ({
	arrive
}) => {
	test.slow();
	const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
	const [chair, secretary, minister, ngo] = [
		await arrive('commission', { path: '/meetings' }),
		await arrive('secretariat', { path: '/meetings' }),
		await arrive('minister', { path: '/meetings', ...phone }),
		await arrive('ngo', { path: '/meetings', ...phone })
	];
	for (const guest of [chair, secretary, minister, ngo]) await enter(guest);
	const path = new URL(chair.page.url()).pathname;
	const press = ({ page }: Guest, name: string | RegExp) =>
		page.getByRole('button', { name }).first().click();
	const record = ({ page }: Guest) => page.locator('.record');
	const title = ({ page }: Guest) => page.locator('h2#now');

	await press(chair, 'Deschide ședința');
	await press(chair, /^Treci la/);
	await expect(title(ngo)).not.toHaveText('Niciun punct nu este în discuție');
	const first = await title(ngo).innerText();
	await record(chair).getByText('Pune o propunere în discuție').click();
	await record(chair).getByLabel('Textul propunerii').fill('Se ține în Hora.');
	await press(chair, 'Deschide runda');
	await record(minister).getByText('Cu rezerve', { exact: true }).click();

	for (const guest of [secretary, minister]) {
		guest.tolerates(/ERR_INTERNET_DISCONNECTED|WebSocket connection/);
		await guest.page.context().setOffline(true);
	}
	const lost = Date.now();
	for (const { page } of [secretary, minister])
		await expect(page.locator('.connection').last()).toHaveText('Fără conexiune');
	await record(secretary).getByLabel('Un rând nou').fill('Scris în tunel: calendarul se ține în Hora.');
	await record(minister).getByLabel('De ce?').fill('Cu trei luni mai mult pentru județe');

	// The chair's laptop dies; from another one the same person goes on.
	await chair.page.context().close();
	const other = await arrive('commission', { path });
	await other.live();
	await press(other, 'Încheie și treci la 2');
	await expect(title(ngo)).not.toHaveText(first);
	const second = await title(ngo).innerText();
	await record(other).getByLabel('Un rând nou').fill('Formularul e gata.');
	await record(other).getByLabel('Un rând nou').press('Enter');
	await expect(record(ngo)).toContainText('Formularul e gata.');
	await other.page.waitForTimeout(Math.max(0, 20_000 - (Date.now() - lost)));

	for (const guest of [secretary, minister]) {
		await guest.page.context().setOffline(false);
		await guest.live();
	}
	for (const guest of [other, secretary, minister, ngo]) {
		await expect(title(guest)).toHaveText(second);
		await expect(record(guest)).toContainText('Formularul e gata.');
	}
	// What was written is under the item for which it was written, once; its writer goes on with it there.
	const words = 'Scris în tunel: calendarul se ține în Hora.';
	for (const { page } of [other, ngo])
		await expect(page.locator('li p').filter({ hasText: words })).toHaveCount(1);
	await expect(secretary.page.locator('.agenda').getByLabel('Un rând nou').first()).toHaveValue(words);
	// The round goes on where the item is now; the reason is still in its field.
	const reason = minister.page.getByLabel('De ce?').first();
	await expect(reason).toHaveValue('Cu trei luni mai mult pentru județe');
});
