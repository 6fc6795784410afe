import { type Locator, type Page } from '@playwright/test';
import { address, circles, emails, expect, serve, test } from '../support/browser.ts';

serve();

test('With the keyboard alone: sign in, skip to the content, open a measure, post, reply, edit, withdraw', async ({
	arrive
}) => {
	const { page } = await arrive('guest', { path: '/sign-in?back=%2Fmeasures' });
	const at = page.locator(':focus');
	const other = await arrive('minister');
	await other.open('E1');

	await tabTo(page, 'E-mail');
	await page.keyboard.type(emails.ngo);
	await tabTo(page, 'Parolă');
	await page.keyboard.type('hora-exemplu-2024');
	await page.keyboard.press('Enter');
	await page.waitForURL(address('/measures'));

	await page.keyboard.press('Tab');
	await expect(at).toHaveText('Sari la conținut');
	await expect(at).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(at).toHaveRole('main');
	await tabTo(page, /^Broșură comună/);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);
	await expect(page.locator('.connection')).toHaveText('În direct');

	await tabTo(page, 'Progres');
	await page.keyboard.press('ArrowRight');
	await expect(at).toHaveAccessibleName('Dovadă');
	await tabTo(page, 'Actualizare');
	await page.keyboard.type('Numai cu tastatura: safir.');
	await page.keyboard.press('Control+Enter');
	await other.sees('safir');
	await expect(at).toHaveAccessibleName('Actualizare');
	await expect(at).toHaveValue('');
	await page.keyboard.type('Și mai departe.');
	await expect(at).toHaveValue('Și mai departe.');

	const post = page.getByRole('article').filter({ hasText: 'safir' });
	await expect(post).toContainText('Dovadă');
	for (const [act, field, words, button] of [
		['Răspunde', 'Răspuns', 'Un răspuns: ', 'Răspunde'],
		['Modifică', 'Actualizare', 'Corectat: ', 'Salvează']
	] as const) {
		await tabTo(page, act, post);
		await page.keyboard.press('Enter');
		await tabTo(page, field, post);
		await page.keyboard.press('Home');
		await page.keyboard.type(words);
		await tabTo(page, button, post);
		await page.keyboard.press('Enter');
		await other.sees(words.trim());
		// What was sent has folded away, and the focus is at what unfolded it.
		await expect(at).toHaveText(act);
		await expect(at).toBeInViewport();
	}

	await tabTo(page, 'Retrage', post);
	await page.keyboard.press('Enter');
	await tabTo(page, 'Retrage', post);
	await page.keyboard.press('Enter');
	await other.sees('a fost retrasă');
	await expect(page.getByRole('article').filter({ hasText: 'a fost retrasă' })).toBeFocused();
});

test('While others write, the focus stays and what is read out comes in one message per five seconds', async ({
	arrive
}) => {
	const reader = await arrive('minister');
	await reader.open('E2');
	const ngo = await arrive('ngo');
	await ngo.open('E2');
	await ngo.post('Va fi modificată: jasp.', circles.all);

	// On an action of the very post that its author edits.
	const post = reader.article('jasp');
	await post.locator('summary').first().focus();
	const focus = reader.page.locator(':focus');
	await expect(focus).toHaveText('Răspunde');
	await ngo.unfold('Modifică', ngo.article('jasp'));
	await ngo.article('jasp').getByLabel('Actualizare').fill('A fost modificată: jasp.');
	await ngo.article('jasp').getByRole('button', { name: 'Salvează' }).click();
	await reader.sees('A fost modificată: jasp.');
	await expect(focus).toHaveText('Răspunde');

	const heard = await listen(reader.page);
	for (let i = 0; i < 6; i++) {
		await ngo.post(`Altele: ${i}.`, circles.all);
		await reader.sees(`Altele: ${i}.`);
	}
	await expect(focus).toHaveText('Răspunde');
	await expect(reader.page.getByRole('article').filter({ has: focus })).toContainText('jasp');

	await expect.poll(async () => (await heard()).length, { timeout: 7000 }).toBeGreaterThan(0);
	await reader.page.waitForTimeout(6000); // what was posted since is read out too
	const messages = await heard();
	for (const [i, { at }] of messages.entries())
		if (i > 0) expect(at - messages[i - 1]!.at).toBeGreaterThan(4500);

	// Whoever is typing is not spoken to.
	const before = messages.length;
	const area = reader.composer.locator('textarea');
	await area.focus();
	await ngo.post('Încă una.', circles.all);
	for (let i = 0; i < 12; i++) {
		await reader.page.keyboard.type('a');
		await reader.page.waitForTimeout(500);
	}
	expect(await heard()).toHaveLength(before);
	await expect.poll(async () => (await heard()).length, { timeout: 7000 }).toBe(before + 1);
	expect((await heard()).at(-1)?.text).toContain('Asociația Exemplu A');
});

test('The board with the keyboard alone: filter, move, undo, keep a view, read a measure and come back', async ({
	arrive
}) => {
	const { page } = await arrive('minister', { path: '/overview' });
	const commission = await arrive('commission', { path: '/board' });
	for (const one of [page, commission.page]) await expect(one.locator('.connection')).toHaveText('În direct');
	const at = page.locator(':focus');
	const cards = page.locator('article.card');
	const card = (on: Page) => on.locator('article.card').filter({ has: on.getByText('E5', { exact: true }) });
	const stands = async (column: string) => {
		for (const one of [page, commission.page])
			await expect(
				one.getByRole('list', { name: new RegExp(`^${column}, `) }).filter({ has: card(one) })
			).toHaveCount(1);
	};

	await tabTo(page, 'Tablou');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(address('/board'));
	await expect(cards.first()).toBeVisible();
	const all = await cards.count();

	await tabTo(page, 'Titlu, cod, organizație');
	await page.keyboard.type('raportari');
	await expect(cards).toHaveCount(1);
	await expect(at).toHaveValue('raportari');

	// Escape leaves everything as it was.
	await tabTo(page, 'Mută în… E5');
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog');
	await expect(dialog.locator(':focus')).toHaveCount(1);
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(at).toHaveAccessibleName('Mută în… E5');

	await page.keyboard.press('Enter');
	await expect(dialog.locator(':focus')).toHaveAccessibleName('Propusă');
	for (const name of ['Blocată', 'Realizată']) {
		await page.keyboard.press('ArrowDown');
		await expect(at).toHaveAccessibleName(name);
	}
	await tabTo(page, 'Într-o propoziție, de ce', dialog);
	await page.keyboard.type('Toate raportările au același calendar.');
	await tabTo(page, 'Mută', dialog);
	await page.keyboard.press('Enter');
	await stands('Realizate');
	await expect(card(page).locator(':focus')).toBeInViewport();
	await expect(page.locator('[aria-live=polite]')).toContainText('E5 este acum: Realizată.');

	// From the card the way on leads to the way back, which then ends at the card.
	await tabTo(page, 'Anulează mutarea');
	await page.keyboard.press('Enter');
	await stands('În curs');
	await expect(page.getByRole('group', { name: 'Mutarea făcută acum' })).toHaveCount(0);
	await expect(card(page).locator(':focus')).toBeInViewport();

	await tabTo(page, 'Șterge filtrele');
	await page.keyboard.press('Enter');
	await expect(cards).toHaveCount(all);
	await expect(at).toHaveAccessibleName('Titlu, cod, organizație');

	await tabTo(page, /^Stadiu/);
	await page.keyboard.press('Enter');
	await tabTo(page, 'În curs');
	await page.keyboard.press('Space');
	await expect(page).toHaveURL(address('/board?status=in-progress'));
	await expect(at).toHaveAccessibleName('În curs');
	await page.keyboard.press('Escape');
	await expect(at).toHaveText(/^Stadiu/);
	const few = await cards.count();
	expect(few).toBeLessThan(all);

	await tabTo(page, /^Vederi/);
	await page.keyboard.press('Enter');
	await tabTo(page, 'Numele vederii');
	await page.keyboard.type('În lucru');
	await page.keyboard.press('Enter');
	const view = page.getByRole('link', { name: 'În lucru', exact: true });
	await expect(view).toBeVisible();
	await expect(at).toHaveAccessibleName('Numele vederii');
	await page.keyboard.press('Escape');
	await expect(at).toHaveText(/^Vederi/);

	await page.goto(address('/board'));
	await expect(page.locator('.connection')).toHaveText('În direct');
	await expect(cards).toHaveCount(all);
	await tabTo(page, /^Vederi/);
	await page.keyboard.press('Enter');
	await tabTo(page, 'În lucru');
	await page.keyboard.press('Enter');
	await expect(cards).toHaveCount(few);
	await expect(at).toHaveText('În lucru');
	await tabTo(page, 'Șterge vederea În lucru');
	await page.keyboard.press('Enter');
	await expect(view).toHaveCount(0);
	await expect(at).toHaveText(/^Vederi/);

	await tabTo(page, /^Formular comun de sesizare/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('E3');
	await tabTo(page, /^\d+ din \d+$/);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(address('/board?status=in-progress'));
	await expect(cards).toHaveCount(few);
});

test('200 changes by others never take the focus away, even from a card that is moved or goes', async ({
	arrive
}) => {
	test.setTimeout(150_000);
	const reader = await arrive('minister', { path: '/board' });
	await reader.live();
	const { page } = reader;
	const secretariat = await arrive('secretariat', { path: '/me' });
	let changes = 0;
	/** By wire, as the form on the page would be sent. */
	const send = async (path: string, form: Record<string, string>) => {
		const answer = await secretariat.page.request.post(address(path), {
			headers: {
				origin: address('').replace(/\/$/, ''),
				accept: 'application/json',
				'x-sveltekit-action': 'true'
			},
			form: { ...form, operation: crypto.randomUUID() }
		});
		expect(await answer.json()).toMatchObject({ type: 'success' });
		changes += 1;
	};
	const ids = await page
		.locator('[data-measure]')
		.evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset.measure as string));
	const now = Object.fromEntries(
		await page
			.locator('[data-measure]')
			.evaluateAll((cards) =>
				cards.map((card) => [
					(card as HTMLElement).dataset.measure as string,
					['proposed', 'in-progress', 'blocked', 'done'].find((status) =>
						card.closest('.slot')?.matches(`.${status}`)
					)
				])
			)
	) as Record<string, string>;
	const move = async (id: string) => {
		const to = now[id] === 'in-progress' ? 'proposed' : 'in-progress';
		await send('/board?/move', {
			form: 'move',
			measureId: id,
			status: to,
			reason: '',
			'base.status': now[id]!
		});
		now[id] = to;
	};
	const idOf = async (code: string) =>
		(await page
			.locator('article.card')
			.filter({ has: page.getByText(code, { exact: true }) })
			.getAttribute('data-measure')) as string;

	// Whether the focus is lost is asked whenever something is drawn.
	await page.evaluate(() => {
		const seen = { lost: 0, frames: 0, places: {} as Record<string, true> };
		Object.assign(window, { seen });
		requestAnimationFrame(function look() {
			const { activeElement: at } = document;
			seen.frames += 1;
			if (at === document.body || !at?.isConnected) seen.lost += 1;
			seen.places[at?.closest<HTMLElement>('[data-measure]')?.dataset.measure ?? 'elsewhere'] = true;
			requestAnimationFrame(look);
		});
	});
	/** The cards that had the focus since it was last asked. */
	const places = () =>
		page.evaluate(() => {
			const { seen } = window as unknown as {
				seen: { lost: number; frames: number; places: Record<string, true> };
			};
			const { lost, frames, places } = seen;
			Object.assign(seen, { lost: 0, frames: 0, places: {} });
			return { lost, drawn: frames > 0, places: Object.keys(places) };
		});
	const at = page.locator(':focus');

	// Others are moved, and this one too.
	for (const [code, name] of [
		['E3', /^Formular comun/],
		['E5', 'Mută în… E5']
	] as const) {
		const id = await idOf(code);
		await page.getByRole('link', { name }).focus();
		await places();
		for (let i = 0; i < 70; i++) await move(i % 3 === 0 ? id : ids[i % ids.length]!);
		const column = page.locator(`.slot.${now[id]}`).filter({ has: page.locator(`[data-measure="${id}"]`) });
		await expect(column).toHaveCount(1);
		expect(await places()).toEqual({ lost: 0, drawn: true, places: [id] });
		await expect(at).toHaveAccessibleName(name);
	}

	// Where it goes, the next one has the focus; it is not taken back.
	for (let i = 0; i < 30; i++) {
		const id = (await at.evaluate(
			(node) => node.closest<HTMLElement>('[data-measure]')?.dataset.measure
		)) as string;
		await places();
		await send(`/measures/${id}?/retire`, {
			form: 'retire',
			reason: 'Cuprinsă în alta',
			'base.retired': 'false'
		});
		await expect(page.locator(`[data-measure="${id}"]`)).toHaveCount(0);
		const { lost, places: had } = await places();
		expect([lost, had.includes('elsewhere')]).toEqual([0, false]);
		await expect(page.locator('[data-measure] :focus')).toHaveCount(1);
		await send(`/measures/${id}?/restore`, { form: 'restore', 'base.retired': 'true' });
		await expect(page.locator(`[data-measure="${id}"]`)).toHaveCount(1);
	}

	// And where nothing is left at all, the content has it.
	await page.getByLabel('Titlu, cod, organizație').fill('E3');
	await expect(page.locator('[data-measure]')).toHaveCount(1);
	const last = await idOf('E3');
	await page.getByRole('link', { name: 'Protecția și sprijinirea victimelor' }).focus();
	await places();
	await send(`/measures/${last}?/retire`, {
		form: 'retire',
		reason: 'Cuprinsă în alta',
		'base.retired': 'false'
	});
	await expect(page.locator('[data-measure]')).toHaveCount(0);
	expect((await places()).lost).toBe(0);
	await expect(at).toHaveRole('main');
	expect(changes).toBeGreaterThan(200);
});

/** Collects what the polite voice says from now on. */
async function listen(page: Page) {
	await page.evaluate(() => {
		const messages: { at: number; text: string }[] = [];
		const voice = document.querySelector('[aria-live=polite]');
		new MutationObserver(() => messages.push({ at: Date.now(), text: voice?.textContent ?? '' })).observe(
			voice as Element,
			{ childList: true, characterData: true, subtree: true }
		);
		Object.assign(window, { messages });
	});
	return () =>
		page.evaluate(() => (window as unknown as { messages: { at: number; text: string }[] }).messages);
}

/** Presses Tab until the focus, always on the screen, is on what bears this name. */
async function tabTo(page: Page, name: string | RegExp, inside?: Locator) {
	const at = (inside ?? page).locator(':focus');
	for (let i = 0; i < 100; i++) {
		await page.keyboard.press('Tab');
		if ((await at.count()) === 0) continue; // elsewhere, or past the end and not yet at the beginning
		const { words, seen } = await at.evaluate((node) => {
			const { top, bottom } = node.getBoundingClientRect();
			const label = (node as HTMLInputElement).labels?.[0];
			return {
				words: (node.getAttribute('aria-label') ?? (label ?? node).textContent ?? '').trim(),
				seen: bottom > 0 && top < innerHeight && node.matches(':focus-visible')
			};
		});
		expect(seen, `the focus on ${words} is on the screen`).toBe(true);
		if (typeof name === 'string' ? words === name : name.test(words)) return;
	}
	throw new Error(`Tab does not lead to ${name}`);
}
