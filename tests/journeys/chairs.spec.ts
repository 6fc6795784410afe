import { type BrowserContext } from '@playwright/test';
import { address, atOnce, circles, expect, Guest, serve, test } from '../support/browser.ts';

serve();

const names = {
	comisia: 'Elena Exemplu',
	minister: 'Ana Exemplu',
	ong: 'Ioana Exemplu',
	ambasada: 'Alex Exemplu'
};
type Window = keyof typeof names;

test('Four members sit side by side in one browser, each at the table with one click', async ({
	context
}) => {
	const door = new Guest(await context.newPage());
	await door.page.goto(address('/sign-in'));
	const section = door.page.locator('section', { hasText: 'patru scaune la aceeași masă' });

	const chairs: Guest[] = [];
	for (const [window, organisation] of [
		['comisia', 'Comisia Exemplu'],
		['minister', 'Ministerul Exemplu B'],
		['ong', 'Asociația Exemplu A'],
		['ambasada', 'Ambasada Exemplu']
	] as const) {
		const [page] = await Promise.all([
			context.waitForEvent('page'),
			section.getByRole('link', { name: organisation }).first().click()
		]);
		const chair = new Guest(page);
		await page.waitForURL(address('/sign-in', window));
		await page.getByRole('button', { name: `Intră ca ${names[window]}` }).click();
		await page.waitForURL(address('/overview', window));
		await chair.live();
		chairs.push(chair);
	}

	// Each name keeps its own session; the first window has none.
	for (const [i, name] of Object.values(names).entries()) {
		await chairs[i]!.page.getByRole('link', { name: `${name.split(' ')[0]},` }).click();
		await expect(chairs[i]!.page.getByRole('heading', { level: 1 })).toHaveText(name);
	}
	await chairs[2]!.page.getByRole('button', { name: 'Ieșire' }).click();
	await expect(chairs[2]!.page.getByText('Ați ieșit.')).toBeVisible();
	for (const chair of [chairs[0]!, chairs[1]!, chairs[3]!]) {
		await chair.page.reload();
		await expect(chair.page.getByRole('heading', { level: 1 })).toHaveText(/Exemplu/);
	}
	await door.page.goto(address('/measures'));
	await expect(door.page).toHaveURL(address('/sign-in?back=%2Fmeasures'));
	for (const guest of [door, ...chairs]) expect(guest.faults).toEqual([]);
});

test('A chair opens in its own window only', async ({ context }) => {
	const guest = new Guest(await context.newPage());
	await guest.page.goto(address('/sign-in', 'ong'));
	const asked = await guest.page.evaluate(async () => {
		const body = new FormData();
		body.set('operation', crypto.randomUUID());
		body.set('window', 'comisia');
		const answer = await fetch('/sign-in?/chair', { method: 'POST', body });
		return ((await answer.json()) as { type: string }).type;
	});
	expect(asked).toBe('redirect');
	await guest.page.goto(address('/me', 'ong'));
	await expect(guest.page.getByRole('heading', { level: 1 })).toHaveText(names.ong);

	guest.tolerates(/404/);
	await guest.page.goto(address('/sign-in', 'nimeni'));
	await expect(guest.page.getByRole('button', { name: /Intră ca/ })).toHaveCount(0);
	await guest.page.goto(address('/sign-in'));
	await expect(guest.page.getByRole('button', { name: /Intră ca/ })).toHaveCount(0);
	expect(guest.faults).toEqual([]);
});

test('What the NGO posts stands on the three other windows at once, and the line under it says what was delivered', async ({
	context
}) => {
	const [commission, minister, ngo, embassy] = await sit(context, 'E3');

	const words = 'Pe toate ferestrele: chihlimbar.';
	const others = Promise.all([commission, minister, embassy].map((guest) => guest.sees(words)));
	const began = await ngo.post(words, circles.all);
	const took = Math.max(...(await others)) - began;
	console.log(`from sending to the last of the three windows: ${took} ms`);
	expect(took).toBeLessThan(atOnce);

	const delivered = ngo.article(words).getByRole('status');
	await expect(delivered).toHaveText(/^pe 3 ecrane în \d+ ms/);
	await expect(delivered).not.toContainText('octe');

	const mark = embassy.mark();
	const narrow = 'Fără ambasadă: zafir.';
	const entitled = Promise.all([commission, minister].map((guest) => guest.sees(narrow)));
	await ngo.post(narrow, circles.national);
	await entitled;
	await expect(ngo.article(narrow).getByRole('status')).toHaveText(
		/^pe 2 ecrane în \d+ ms\s+· Ambasada Exemplu: 0 octeți/
	);
	expect(embassy.frames(mark)).toEqual([]);
	expect(await embassy.received()).not.toContain('zafir');

	// The line is its author's alone.
	for (const guest of [commission, minister, embassy])
		await expect(guest.page.getByText(/pe \d ecrane/)).toHaveCount(0);
	for (const guest of [commission, minister, ngo, embassy]) expect(guest.faults).toEqual([]);
});

/** The four windows with the same measure open, in one browser. */
async function sit(context: BrowserContext, code: string) {
	const come = async (window: Window) => {
		const guest = new Guest(await context.newPage());
		await guest.page.goto(address('/sign-in', window));
		await guest.page.getByRole('button', { name: `Intră ca ${names[window]}` }).click();
		await guest.page.waitForURL(address('/overview', window));
		await guest.page.goto(address('/measures', window));
		await guest.open(code);
		return guest;
	};
	return Promise.all([come('comisia'), come('minister'), come('ong'), come('ambasada')]);
}
