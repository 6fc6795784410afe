import { address, circles, expect, type Guest, messages, serve, test } from '../support/browser.ts';

serve();

const phone = '0212 345 678';
const reason = 'Este numărul registraturii, public pe site.';
const sent = (guest: Guest) => {
	const posts: string[] = [];
	guest.page.on('request', (request) => request.method() === 'POST' && posts.push(request.postData() ?? ''));
	return posts;
};

for (const language of ['ro', 'en'] as const) {
	const words = messages(language);
	const all = language === 'ro' ? circles.all : 'All partners';

	test(`A personal number with spaces and dots does not leave the browser, and an act's number passes (${language})`, async ({
		arrive
	}) => {
		const ngo = await arrive('ngo', { language });
		await ngo.open('E3');
		const area = ngo.composer.locator('[name=text]');
		await area.pressSequentially('Cazul ');
		await ngo.page.waitForResponse(/\/_app\/immutable\//, { timeout: 2000 }).catch(() => {});
		const posts = sent(ngo);

		for (const typed of ['Cazul 1800101 70 0011 din iunie', 'Cazul 1.80.01.01.700.011', '5000229-70-0012']) {
			await area.fill(typed);
			await ngo.composer.locator('[name=circleId]').selectOption({ label: all });
			await area.press('Control+Enter');
			await expect(ngo.composer.getByText(words.refusal_personal_number!)).toBeVisible();
			await expect(area).toHaveValue(typed);
			await expect(area).toHaveAttribute('aria-invalid', 'true');
		}

		// In a field of another form too, beside the field itself.
		const post = ngo.page.getByRole('article').first();
		await ngo.unfold(words.composer_reply!, post);
		const reply = post.locator('textarea[name=text]').first();
		await reply.fill('Este 1.800101.700011');
		await post.getByRole('button', { name: words.composer_reply! }).click();
		await expect(post.getByText(words.refusal_personal_number!)).toBeVisible();
		await expect(reply).toHaveAccessibleDescription(words.refusal_personal_number!);
		expect(posts).toEqual([]);

		const acts = `Legea nr. 202/2024, HG 533/2024, L419/2024, PL-x 672/2024, Directiva (UE) 2024/1712: ${language}`;
		await area.fill(acts);
		await area.press('Control+Enter');
		await expect(ngo.article(acts)).toHaveCount(1);
		expect(posts).toHaveLength(1);
	});

	test(`A telephone is warned of by its kind and may be confirmed with a reason (${language})`, async ({
		arrive
	}) => {
		const ngo = await arrive('ngo', { language });
		await ngo.open('E4');
		const area = ngo.composer.locator('[name=text]');
		const typed = `Registratura răspunde la ${phone}: ${language}.`;
		await area.fill(typed);
		await ngo.composer.locator('[name=circleId]').selectOption({ label: all });
		const mark = ngo.mark();
		await area.press('Control+Enter');
		await expect(ngo.composer.getByText(words.warning_phone!)).toBeVisible();
		await expect(area).toHaveValue(typed);
		await expect(area).toHaveAttribute('aria-invalid', 'true');

		// Without a reason, or with hardly one, it is not confirmed.
		const why = ngo.composer.getByLabel(words.confirm_why!);
		await ngo.composer.getByRole('button', { name: words.confirm_send! }).click();
		await expect(ngo.composer.getByText(words.refusal_confirm_short!)).toBeVisible();
		await why.fill(`${reason} ${language}`);
		await ngo.composer.getByRole('button', { name: words.confirm_send! }).click();
		await expect(ngo.article(typed)).toHaveCount(1);
		await expect(area).toHaveValue('');
		await expect(why).toHaveCount(0);
		expect(await ngo.received(mark)).not.toContain('"level":"error"');

		// A reply is reworded: nothing is left to confirm.
		const post = ngo.article(typed);
		await ngo.unfold(words.composer_reply!, post);
		const reply = post.locator('textarea[name=text]').first();
		await reply.fill('Scrieți la ion.popescu@gmail.com');
		await post.getByRole('button', { name: words.composer_reply!, exact: true }).click();
		await expect(post.getByText(words.warning_email!)).toBeVisible();
		await expect(reply).toHaveValue('Scrieți la ion.popescu@gmail.com');
		await reply.fill(`Scrieți la contact@anitp.example, ${language}`);
		await post.getByRole('button', { name: words.composer_reply!, exact: true }).click();
		await expect(ngo.article(`contact@anitp.example, ${language}`).first()).toBeVisible();
	});
}

test('The secretariat sees who confirmed what kind and why, never the text, and marks it as seen', async ({
	arrive
}) => {
	const secretariat = await arrive('secretariat', { path: '/me' });
	await secretariat.page.getByRole('link', { name: /^Avertizări confirmate/ }).click();
	const item = secretariat.page.getByRole('listitem').filter({ hasText: `${reason} ro` });
	await expect(item).toContainText('Asociația Exemplu A');
	await expect(item).toContainText('număr de telefon');
	expect((await secretariat.received()).replace(/\D/g, '')).not.toContain(phone.replace(/\D/g, ''));
	await item.getByRole('button', { name: 'Văzut' }).click();
	await expect(item).toContainText('Văzut de Radu');
	await item.getByRole('link', { name: 'E4' }).click();
	await expect(secretariat.article(phone).first()).toBeVisible();

	// Nobody else.
	const ngo = await arrive('ngo', { path: '/confirmations' });
	await expect(ngo.page.getByRole('main')).not.toContainText(reason);
	expect(await ngo.received()).not.toContain(reason);
});

test('Without scripts the same words are warned of, kept and confirmed', async ({ arrive }) => {
	const ngo = await arrive('ngo');
	const path = await ngo.open('E5');
	const plain = await arrive('ngo', { javaScriptEnabled: false, path });
	plain.tolerates(/status of 422/);
	const form = plain.page.locator('form.composer');

	const number = 'Cazul 1800101 700011, telefon 0722 123 456.';
	await form.locator('[name=text]').fill(number);
	await form.getByRole('button', { name: 'Publică' }).click();
	await expect(form).toContainText(messages('ro').refusal_personal_number!);
	await expect(form.locator('[name=text]')).toHaveValue('Cazul ••••••• ••••••, telefon 0722 123 456.');

	await form.locator('[name=text]').fill('Linia biroului: 0722 123 456.');
	await form.getByRole('button', { name: 'Publică' }).click();
	await expect(form).toContainText(messages('ro').warning_phone!);
	await expect(form.locator('[name=text]')).toHaveValue('Linia biroului: 0722 123 456.');
	await form.getByLabel('De ce nu identifică pe nimeni').fill('Telefonul este al biroului.');
	await form.getByRole('button', { name: 'Confirm și trimit' }).click();
	await expect(plain.page.getByRole('article').filter({ hasText: 'Linia biroului' })).toHaveCount(1);
	expect(plain.page.url()).toContain(address(path));
});
