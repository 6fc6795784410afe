import {
	address,
	circles,
	expect,
	type Guest,
	messages,
	serve,
	test,
	untilReadAgain
} from '../support/browser.ts';

serve();

const ro = messages('ro');

/** Irina Exemplu drafts for Ministerul Exemplu A, which asks for approval; Dan Exemplu coordinates it. */
const waits = (guest: Guest, words: string) => guest.page.locator('article.draft').filter({ hasText: words });

test('A contributor’s internal version stays in the house: nothing on the wires of three others until „Avizat”', async ({
	arrive
}) => {
	const irina = await arrive('drafter');
	const path = await irina.open('E2');
	const [dan, commission, ngo, embassy] = await Promise.all([
		arrive('approver', { path }),
		arrive('commission', { path }),
		arrive('ngo', { path }),
		arrive('embassy', { path })
	]);
	const others = [commission, ngo, embassy];
	for (const guest of [dan, ...others]) await guest.live();
	const marks = others.map((guest) => guest.mark());

	const words = 'Formarea a început în două județe: safir.';
	const arrives = dan.sees(words);
	await irina.composer.locator('textarea').fill(words);
	await irina.composer.locator('[name=circleId]').selectOption({ label: circles.all });
	await irina.composer.getByRole('button', { name: ro.draft_ask as string }).click();
	await arrives;
	await expect(waits(irina, words)).toContainText(ro.draft_waiting as string);
	await expect(waits(irina, words).getByRole('button', { name: ro.draft_approve as string })).toHaveCount(0);

	// What they say of it in the house stays there.
	await dan.unfold(ro.draft_comment as string, waits(dan, words));
	await waits(dan, words)
		.getByLabel(ro.draft_comment_text as string)
		.fill('Și al treilea județ? topaz');
	const said = irina.sees('topaz');
	await waits(dan, words)
		.getByRole('button', { name: ro.draft_comment_send as string, exact: true })
		.click();
	await said;

	// Given back, reworded, sent again.
	await dan.unfold(ro.draft_return as string, waits(dan, words));
	await waits(dan, words)
		.getByLabel(ro.draft_return_reason as string, { exact: true })
		.fill('Sunt trei: ametist');
	const returned = irina.sees('ametist');
	await waits(dan, words)
		.getByRole('button', { name: ro.draft_return_send as string })
		.click();
	await returned;
	const better = 'Formarea a început în trei județe: safir.';
	await irina.unfold(ro.draft_edit as string, waits(irina, words));
	await waits(irina, words).locator('textarea[name=text]').first().fill(better);
	const again = dan.sees(better);
	await waits(irina, words)
		.getByRole('button', { name: ro.draft_ask as string })
		.last()
		.click();
	await again;

	for (const guest of others) await untilReadAgain(guest.page);
	for (const [i, guest] of others.entries()) {
		expect(guest.frames(marks[i]!)).toEqual([]);
		await guest.page.reload();
		await guest.live();
		expect(await guest.received()).not.toMatch(/safir|topaz|ametist/);
	}

	const shown = Promise.all(others.map((guest) => guest.sees(better)));
	await waits(dan, better)
		.getByRole('button', { name: ro.draft_approve as string, exact: true })
		.click();
	await shown;
	await expect(waits(dan, better)).toHaveCount(0);
	for (const guest of others) {
		await expect(guest.article(better)).toContainText('redactat Irina Exemplu, avizat Dan Exemplu');
		expect(await guest.received()).not.toMatch(/topaz|ametist/);
	}
});

test('What waits is told to the coordinator, and a change of status waits like a post', async ({
	arrive
}) => {
	const irina = await arrive('drafter');
	await irina.open('E2');
	await irina.unfold('Schimbă stadiul');
	await irina.page.getByLabel('Noul stadiu').selectOption({ label: 'Blocată' });
	await irina.page.getByLabel('Motivul (dacă ajută)').fill('Lipsește sala: granat.');
	await irina.page
		.locator('details[open]')
		.getByRole('button', { name: ro.draft_ask as string })
		.click();
	await expect(waits(irina, 'granat')).toContainText('„blocată”');

	const dan = await arrive('approver', { path: '/overview' });
	await dan.page
		.getByRole('link', { name: /Un aviz de dat: Irina Exemplu/ })
		.first()
		.click();
	await dan.page.waitForURL(/\/drafts#/);
	const commission = await arrive('commission', { path: '/overview' });
	expect(await commission.received()).not.toContain('granat');
	await waits(dan, 'granat')
		.getByRole('button', { name: ro.draft_approve as string, exact: true })
		.click();
	await expect(waits(dan, 'granat')).toContainText('avizată de Dan Exemplu');
	await commission.page.goto(address('/measures'));
	await commission.open('E2');
	await expect(
		commission.page.getByText('(redactat Irina Exemplu, avizat Dan Exemplu)', { exact: false }).first()
	).toBeVisible();
});

test('Without scripts the internal version is kept, asked for, approved; and a reader of English sees its sentence first', async ({
	arrive
}) => {
	const irina = await arrive('drafter', { javaScriptEnabled: false });
	await irina.row('E16').getByRole('link').click();
	await irina.composer.locator('textarea').fill('Materialele sunt la tipar: jad.');
	await irina.unfold(ro.gist_label as string, irina.composer);
	await irina.composer
		.getByLabel(ro.gist_in_en as string, { exact: true })
		.fill('The materials are being printed: jade.');
	await irina.composer.getByRole('button', { name: ro.draft_keep as string }).click();
	await expect(waits(irina, 'jad')).toContainText(ro.draft_kept as string);
	await waits(irina, 'jad')
		.getByRole('button', { name: ro.draft_ask as string })
		.click();
	await expect(waits(irina, 'jad')).toContainText(ro.draft_waiting as string);

	const dan = await arrive('approver', { path: '/drafts', javaScriptEnabled: false });
	await dan.page.getByRole('checkbox').first().check();
	for (const box of await dan.page.locator('input[form=approve-picked]').all()) await box.check();
	await dan.page.getByRole('button', { name: ro.drafts_approve_picked as string }).click();
	await expect(dan.page.locator('main')).toContainText('avizată de Dan Exemplu');

	const embassy = await arrive('embassy', { language: 'en' });
	await embassy.open('E16');
	const post = embassy.article('jade');
	await expect(post.locator('p[lang=en]')).toHaveText('The materials are being printed: jade.');
	await expect(post.getByText('Materialele sunt la tipar')).toBeHidden();
	await embassy.unfold('The text in Romanian', post);
	await expect(post.locator('div[lang=ro]')).toBeVisible();

	await embassy.page.goto(address('/news'));
	await expect(embassy.page.locator('q[lang=en]').first()).toHaveText(
		'The materials are being printed: jade.'
	);
	await embassy.page.goto(address('/search?q=jade%20printed'));
	await expect(embassy.page.locator('.excerpt[lang=en]')).toHaveText(
		'The materials are being printed: jade.'
	);
});
