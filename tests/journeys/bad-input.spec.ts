import { address, circles, expect, type Guest, messages, serve, test } from '../support/browser.ts';

serve();

for (const language of ['ro', 'en'] as const) {
	const words = messages(language);
	const says = {
		number: words.refusal_personal_number!,
		empty: words.refusal_words_required!,
		gone: words.measure_gone_title!,
		reply: words.composer_reply!,
		all: language === 'ro' ? circles.all : 'All partners'
	};

	test(`A personal number is refused in the reader's words and what was typed stays (${language})`, async ({
		arrive
	}) => {
		const ngo = await arrive('ngo', { language });
		await ngo.open('E3');
		const area = ngo.composer.locator('textarea');
		const mark = ngo.mark();

		for (const typed of [
			'Cazul 1800101700011 din iunie',
			'Cazul 1800101 70 0011 din iunie',
			'Cazul 1.80.01.01.700.011 din iunie',
			'Cazul 500-0229-7000-12 din iunie'
		]) {
			await area.fill(typed);
			await ngo.composer.locator('[name=circleId]').selectOption({ label: says.all });
			await area.press('Control+Enter');
			await expect(ngo.composer.getByText(says.number)).toBeVisible();
			await expect(area).toHaveValue(typed);
			await expect(area).toHaveAttribute('aria-invalid', 'true');
			await expect(area).toHaveAccessibleDescription(new RegExp(says.number.replace(/[.()]/g, '\\$&')));
			await expect(area).toBeFocused();
			// A refusal that stands still says nothing of the next try.
			await area.fill('Fără numere');
		}

		// In a reply too.
		const post = ngo.page.getByRole('article').first();
		await ngo.unfold(says.reply, post);
		const reply = post.locator('textarea[name=text]').first();
		await reply.fill('Sună la 1800101 700011, vă rog');
		await post.getByRole('button', { name: says.reply }).click();
		await expect(post.getByText(says.number)).toBeVisible();
		await expect(reply).toHaveValue('Sună la 1800101 700011, vă rog');

		const digits = (await ngo.received(mark)).replace(/\D/g, '');
		for (const number of ['1800101700011', '5000229700012']) expect(digits).not.toContain(number);

		// Without the number it goes through, once, and what was wrong is forgotten.
		await area.fill(`Fără numere: heliotrop ${language}`);
		await area.press('Control+Enter');
		await expect(ngo.article(`heliotrop ${language}`)).toHaveCount(1);
		await expect(ngo.composer.getByText(says.number)).toHaveCount(0);
		await expect(ngo.article('iunie')).toHaveCount(0);
	});

	test(`An empty post is refused beside the field (${language})`, async ({ arrive }) => {
		const ngo = await arrive('ngo', { language });
		await ngo.open('E3');
		const area = ngo.composer.locator('textarea');
		const posts = await ngo.page.getByRole('article').count();

		// The browser holds back a field with nothing in it; blanks go as far as the server.
		await area.fill('');
		await area.press('Control+Enter');
		expect(await area.evaluate((field: HTMLTextAreaElement) => field.validity.valueMissing)).toBe(true);
		await area.fill('   ');
		await area.press('Control+Enter');
		await expect(ngo.composer.getByText(says.empty)).toBeVisible();
		await expect(area).toHaveAttribute('aria-invalid', 'true');
		await ngo.page.reload();
		await expect(ngo.page.getByRole('article')).toHaveCount(posts);
	});

	test(`A hidden measure and one that never was look the same (${language})`, async ({ arrive }) => {
		const [ngo, embassy] = [await arrive('ngo', { language }), await arrive('embassy', { language })];
		await ngo.open('E21');
		const hidden = new URL(ngo.page.url()).pathname;
		const never = '/measures/00000000-0000-4000-8000-000000000000';

		embassy.tolerates(/status of 404/);
		const looks = [await look(embassy, hidden), await look(embassy, never)];
		expect(looks[0]).toMatchObject({ status: 404, heading: says.gone });
		expect(looks[0]).toEqual(looks[1]);
	});
}

test('An address that is no measure, or nothing at all, answers with a page that leads back', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	ngo.tolerates(/status of 404/);
	for (const path of ['/measures/E3', '/measures/%00', '/nimic']) {
		const answer = await ngo.page.goto(address(path));
		expect(answer?.status()).toBe(404);
		await ngo.page
			.getByRole('main')
			.getByRole('link', { name: /Măsurile strategiei|Înapoi la început/ })
			.click();
		await expect(ngo.page).toHaveURL(address(path === '/nimic' ? '/overview' : '/measures'));
	}
});

/** All that a page says, without what differs in every page: its address and what scripts are called. */
async function look(guest: Guest, path: string) {
	const answer = await guest.page.goto(address(path));
	const main = guest.page.getByRole('main');
	await expect(main).toBeVisible();
	return {
		status: answer?.status(),
		title: await guest.page.title(),
		heading: await main.getByRole('heading').innerText(),
		words: await main.innerText(),
		headers: Object.keys(answer?.headers() ?? {}).sort(),
		bytes: (await answer?.text())?.replaceAll(path, '').replace(/nonce="[^"]*"|nonce-[^']*/g, '').length
	};
}

test('A personal number that an address asks for stands neither on the page nor in the address', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	for (const place of ['/search', '/board', '/measures', '/news']) {
		const mark = ngo.mark();
		await ngo.page.goto(`${address(place)}?q=cazul+1+80+01+01+700011&late=yes`);

		expect(new URL(ngo.page.url()).searchParams.get('q')).toBe('cazul • •• •• •• ••••••');
		expect(new URL(ngo.page.url()).searchParams.get('late')).toBe('yes');
		expect((await ngo.received(mark)).replace(/\D/g, '')).not.toContain('1800101700011');
	}

	// Nor does a form that is refused give it back.
	const refused = await ngo.page.request.post(address('/board?/keep'), {
		form: { name: 'Numai al meu', query: 'q=1+80+01+01+700011', operation: crypto.randomUUID() },
		headers: { origin: new URL(address()).origin }
	});
	const answer = await refused.text();
	expect(answer).toContain('words.personal_number');
	expect(answer.replace(/\D/g, '')).not.toContain('1800101700011');
});
