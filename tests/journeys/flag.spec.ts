import {
	atOnce,
	circles,
	expect,
	four,
	type Guest,
	serve,
	test,
	untilReadAgain
} from '../support/browser.ts';

serve();

const words = 'Doamna Smarald Exemplu locuiește acum la centru.';

const flag = (guest: Guest, of: string) => async () => {
	const post = guest.article(of);
	await guest.unfold('Conține date personale', post);
	await post.getByLabel('Ce fel de date').fill('Un nume cu un loc');
	return guest.sends(() => post.getByRole('button', { name: 'Semnalează' }).click());
};

async function gone(guests: Guest[], act: () => Promise<number>) {
	const away = guests.map((guest) =>
		guest.page.evaluate(
			() =>
				new Promise<number>((resolve) => {
					const look = () =>
						!document.querySelector('main')?.innerText.includes('Smarald') && resolve(Date.now());
					new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
				})
		)
	);
	const began = await act();
	return Math.max(...(await Promise.all(away))) - began;
}

test('An embassy flags what an NGO wrote: it leaves all screens but the NGO’s; put back, flagged again, emptied for good', async ({
	arrive
}) => {
	const [commission, minister, ngo, embassy] = await four(arrive, 'E3');
	const secretariat = await arrive('secretariat', { path: '/flags' });
	await secretariat.live();
	await ngo.post(words, circles.all);
	await Promise.all([commission, minister, embassy].map((guest) => guest.sees(words)));
	const id = (await ngo.article(words).getAttribute('id'))!;
	// A reply of another organisation repeats it, and goes along.
	await minister.unfold('Răspunde', minister.article(words));
	await minister.article(words).getByLabel('Răspuns').fill('Și domnul Smarald, la fel.');
	await minister.article(words).getByRole('button', { name: 'Răspunde' }).click();
	await commission.sees('domnul Smarald');

	const others = [commission, embassy];
	const took = await gone(others, flag(embassy, words));
	console.log(`from the flag to the last screen without it: ${took} ms`);
	expect(took).toBeLessThan(atOnce);
	await expect(ngo.article(words)).toContainText('semnalat');
	await expect(
		ngo.page.getByText('a semnalat că textul conține date personale: Un nume cu un loc')
	).toBeVisible();
	await expect(ngo.page.locator(`[id="${id}"] summary`)).toHaveCount(0);
	await expect(minister.article(words)).toHaveCount(0);

	// The secretariat's page follows by itself, and puts it back with a reason.
	const item = secretariat.page.getByRole('listitem').filter({ hasText: words });
	await expect(item).toContainText('Ambasada Exemplu');
	await expect(item).toContainText('scris de Asociația Exemplu A');
	await expect(item).toContainText('cu un răspuns');
	await item.locator('summary', { hasText: 'Pune la loc' }).click();
	await item.getByLabel('Motivul').first().fill('Persoana este inventată.');
	const back = Promise.all([commission, minister, embassy].map((guest) => guest.sees(words)));
	await item.getByRole('button', { name: 'Pune la loc' }).click();
	await back;
	for (const guest of [commission, minister, embassy])
		await expect(guest.page.locator(`[id="${id}"] ~ .replies`)).toContainText('domnul Smarald');
	await expect(secretariat.page.getByText('Pus la loc de Radu')).toBeVisible();

	// Again, and this time the words go for good.
	await gone(others, flag(embassy, words));
	await Promise.all(
		[commission, minister, ngo, embassy, secretariat].map(({ page }) => untilReadAgain(page))
	);
	const again = secretariat.page.getByRole('listitem').filter({ hasText: words });
	await expect(again.locator('summary', { hasText: 'Șterge cuvintele' })).toBeVisible();
	await again.locator('summary', { hasText: 'Șterge cuvintele' }).click();
	await again.getByLabel('Motivul').last().fill('Numea o persoană.');
	const marks = [commission, minister, ngo, embassy, secretariat].map((guest) => guest.mark());
	await again.getByRole('button', { name: 'Șterge cuvintele pentru totdeauna' }).click();
	await expect(ngo.page.locator(`[id="${id}"]`)).toContainText('Cuvintele au fost șterse de secretariat');
	await expect(secretariat.page.getByText('Cuvinte șterse de Radu').first()).toBeVisible();
	await untilReadAgain(ngo.page);
	await expect(ngo.page.getByText('Numea o persoană.').first()).toBeVisible();

	// Nothing of the words on any wire since, in a page read anew, in what is caught up from the beginning, in search.
	for (const [i, guest] of [commission, minister, ngo, embassy, secretariat].entries()) {
		await guest.page.reload();
		await guest.page.evaluate(async () => {
			const heads = await fetch('/catch-up?epoch=&heads={}').then((answer) => answer.json());
			const zero = Object.fromEntries(Object.keys(heads.heads).map((circle) => [circle, 1]));
			const query = new URLSearchParams({ epoch: heads.epoch, heads: JSON.stringify(zero) });
			await fetch(`/catch-up?${query}`).then((answer) => answer.text());
			await fetch('/search?q=Smarald').then((answer) => answer.text());
			await fetch('/news').then((answer) => answer.text());
			await fetch('/flags').then((answer) => answer.text());
		});
		const all = await guest.received(marks[i]);
		expect(all, 'something was read at all').toContain('<main');
		expect([i, all.includes('Doamna Smarald')]).toEqual([i, false]);
	}
	expect(await embassy.page.content()).not.toContain('Smarald');
});

test('On a phone the flag fits, and whoever flags without a word of reason is heard too', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	const path = await ngo.open('E4');
	await ngo.post('Domnul Peridot Exemplu a plecat.', circles.all);
	const phone = await arrive('observer', { path, viewport: { width: 320, height: 700 } });
	const post = phone.article('Domnul Peridot');
	await phone.unfold('Conține date personale', post);
	expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	await post.getByRole('button', { name: 'Semnalează' }).click();
	await expect(phone.article('Domnul Peridot')).toHaveCount(0);
	await expect(ngo.article('Domnul Peridot')).toContainText('semnalat');
});
