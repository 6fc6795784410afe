import { addDays, today } from '#lib/time.ts';
import { circles, expect, type Guest, messages, serve, test, untilReadAgain } from '../support/browser.ts';

serve();

const inDays = (days: number) => addDays(today(new Date()), days);
const ro = messages('ro');

/** A question, with the day by which it should be answered, in a circle. */
async function ask(guest: Guest, text: string, circle: string, due?: string) {
	await guest.page.bringToFront();
	await guest.composer.getByText('Întrebare', { exact: true }).click();
	await guest.composer.locator('textarea').fill(text);
	await guest.composer.locator('[name=circleId]').selectOption({ label: circle });
	if (due) await guest.composer.getByLabel(/Până la/).fill(due);
	await guest.composer.getByRole('button', { name: 'Publică' }).click();
}
const box = (guest: Guest, name: string) => guest.composer.getByRole('checkbox', { name, exact: true });
const line = (guest: Guest, list: string, text: string) =>
	guest.page.getByRole('region', { name: list }).getByRole('listitem').filter({ hasText: text });
const summary = (guest: Guest, text: string, name: string) =>
	guest.article(text).locator('summary').getByText(name, { exact: true });

test('The Commission asks with a date, the ministry sees it and answers, the Commission sees the answer, the embassy neither', async ({
	arrive
}) => {
	const commission = await arrive('commission');
	const path = await commission.open('E3');
	const minister = await arrive('minister', { path: '/answers' });
	const embassy = await arrive('embassy', { path });
	const embassyList = await arrive('embassy', { path: '/answers' });
	for (const guest of [minister, embassy, embassyList]) await guest.live();
	const marks = [embassy.mark(), embassyList.mark()] as const;

	// A question ticks who leads; the embassy is offered only where it can read.
	await commission.composer.getByText('Progres', { exact: true }).click();
	await expect(box(commission, 'Ministerul Exemplu B')).toBeHidden();
	await commission.composer.getByText('Întrebare', { exact: true }).click();
	await expect(box(commission, 'Ministerul Exemplu B')).toBeChecked();
	await expect(box(commission, 'Asociația Exemplu A')).not.toBeChecked();
	await commission.composer.getByText('Alte organizații care văd postarea', { exact: true }).click();
	await expect(box(commission, 'Ambasada Exemplu')).toBeVisible();
	await commission.composer.locator('[name=circleId]').selectOption({ label: circles.national });
	await expect(box(commission, 'Ambasada Exemplu')).toHaveCount(0);

	const words = 'Câte birouri județene au primit formularul: safir?';
	const comes = minister.sees(words);
	await ask(commission, words, circles.national, inDays(5));
	await comes;
	const id = await commission.article(words).getAttribute('id');
	await expect(commission.article(words)).toContainText('Solicitare a Comisiei');
	await expect(commission.article(words)).toContainText('Așteaptă răspuns de la Ministerul Exemplu B');
	await expect(commission.composer.locator('textarea')).toHaveValue('');
	await expect(commission.composer.getByLabel(/Până la/)).toHaveValue('');

	const asked = line(minister, 'Așteaptă răspuns de la noi', words);
	await expect(asked).toContainText('Solicitare a Comisiei, Comisia Exemplu');
	await expect(asked).toContainText('peste 5 zile');
	await asked.getByRole('link').click();
	await minister.page.waitForURL(new RegExp(`/measures/[0-9a-f-]{36}#${id}$`));
	await expect(minister.article(words)).toBeInViewport();
	await expect(minister.article(words)).toContainText('Așteaptă răspuns de la noi');

	// By when, first; the Commission sees the new day at once.
	const promised = commission.sees('peste 9 zile');
	await summary(minister, words, 'Răspundem până la …').click();
	await minister.article(words).getByLabel('Răspundem până la', { exact: true }).fill(inDays(9));
	await minister.article(words).getByRole('button', { name: 'Anunță data' }).click();
	await promised;
	await expect(
		commission.page.locator('aside').getByText('a mutat data răspunsului de la').first()
	).toBeVisible();

	const answer = 'Toate cele din zona de probă, afară de două: turcoaz.';
	const answered = commission.sees(answer);
	await summary(minister, words, 'Răspunde').click();
	await minister.article(words).getByLabel('Răspuns', { exact: true }).fill(answer);
	await minister.article(words).getByRole('button', { name: 'Răspunde', exact: true }).click();
	await answered;
	await expect(commission.article(words)).toContainText('Ministerul Exemplu B a răspuns');
	await expect(commission.article(answer)).toContainText('Răspuns la solicitare');
	await commission.article(words).getByRole('link', { name: 'Vezi răspunsul' }).click();
	await expect(commission.article(answer)).toBeInViewport();

	// It is closed: nothing is offered any more, and whoever worked with the keyboard is still at the post.
	await expect(summary(minister, words, 'Nu putem, pentru că …')).toHaveCount(0);
	await expect(minister.article(words)).toBeFocused();
	await minister.page
		.getByRole('link', { name: ro.place_answers as string })
		.first()
		.click();
	await expect(minister.page.getByRole('heading', { level: 1 })).toHaveText('Răspunsuri');
	await expect(line(minister, 'Așteaptă răspuns de la noi', words)).toHaveCount(0);
	await expect(line(minister, 'Așteaptă răspuns de la noi', 'Ce ar debloca măsura')).toContainText(
		'depășit cu 2 zile'
	);

	// The embassy's two pages: no frame, no body, nothing on the page; and its lines are not dead.
	await untilReadAgain(embassy.page);
	expect(embassy.frames(marks[0])).toEqual([]);
	expect(embassyList.frames(marks[1])).toEqual([]);
	const everybody = 'Pentru toți: ambră.';
	const arrives = embassy.sees(everybody);
	await commission.post(everybody, circles.all);
	await arrives;
	for (const guest of [embassy, embassyList]) {
		await guest.page.reload();
		await guest.live();
		const all = await guest.received();
		for (const word of ['safir', 'turcoaz', id!]) expect(all).not.toContain(word);
	}
	expect(await embassy.received()).toContain('ambră');
});

test('„Nu putem, pentru că …” closes what was asked, and leaves the list of who asked at once', async ({
	arrive
}) => {
	const ngo = await arrive('ngo');
	const path = await ngo.open('E3');
	const minister = await arrive('minister', { path });
	await minister.live();

	const words = 'Cine plătește tipărirea: cuarț?';
	const comes = minister.sees(words);
	await ask(ngo, words, circles.all);
	await comes;
	await expect(ngo.article(words)).toContainText('Întrebare');
	await expect(ngo.article(words)).not.toContainText('Solicitare a Comisiei');

	await ngo.page
		.getByRole('link', { name: ro.place_answers as string })
		.first()
		.click();
	const waiting = line(ngo, 'Așteptăm răspuns', words);
	await expect(waiting).toContainText('către Ministerul Exemplu B');
	await expect(waiting).toContainText('fără termen');
	await ngo.pin();

	await summary(minister, words, 'Nu putem, pentru că …').click();
	await minister
		.article(words)
		.getByLabel('Nu putem, pentru că', { exact: true })
		.fill('Tipărirea ține de Agenția Exemplu A.');
	await minister.article(words).getByRole('button', { name: 'Trimite motivul' }).click();
	await expect(waiting).toHaveCount(0);
	expect(await ngo.isPinned()).toBe(true);
	await expect(minister.article(words)).toContainText('Ministerul Exemplu B nu poate răspunde');
});

test('Without scripts one asks too: whoever cannot read is refused with a sentence, and what was written is kept', async ({
	arrive
}) => {
	const ngo = await arrive('ngo', { javaScriptEnabled: false });
	ngo.tolerates(/422/);
	await ngo.row('E3').getByRole('link').click();

	await expect(box(ngo, 'Ministerul Exemplu B')).toBeHidden();
	const words = 'Fără scripturi: jad?';
	await ask(ngo, words, circles.ngosAndCommission, inDays(3));
	await expect(ngo.composer).toContainText(ro.refusal_asks_cannot_read as string);
	await expect(ngo.composer.locator('textarea')).toHaveValue(words);
	await expect(ngo.composer.getByLabel(/Până la/)).toHaveValue(inDays(3));

	// The page that says no offers those who can read there.
	await expect(box(ngo, 'Ministerul Exemplu B')).toHaveCount(0);
	await ngo.composer.getByText('Alte organizații care văd postarea', { exact: true }).click();
	await box(ngo, 'Comisia Exemplu').check();
	await ngo.composer.getByRole('button', { name: 'Publică' }).click();
	await expect(ngo.article(words)).toContainText('Așteaptă răspuns de la Comisia Exemplu');

	const commission = await arrive('commission', { javaScriptEnabled: false, path: '/answers' });
	await line(commission, 'Așteaptă răspuns de la noi', words).getByRole('link').click();
	await summary(commission, words, 'Răspunde').click();
	await commission.article(words).getByLabel('Răspuns', { exact: true }).fill('Da: agat.');
	await commission.article(words).getByRole('button', { name: 'Răspunde', exact: true }).click();
	await expect(commission.article('agat')).toContainText('Răspuns la solicitare');
	await expect(commission.article(words)).toContainText('Comisia Exemplu a răspuns');
});
