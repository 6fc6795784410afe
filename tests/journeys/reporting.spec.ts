import { expect, type Guest, messages, serve, test } from '../support/browser.ts';

serve();

const ro = messages('ro');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Makes Ministerul Exemplu A a partner where it is none yet, until its sheet has this many lines. */
async function fill(secretariat: Guest, lines: number, held: string[]) {
	const codes = ['E1', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'E10', 'E12', 'E13', 'E14', 'E15'];
	const missing = codes.filter((code) => !held.includes(code)).slice(0, lines - held.length);
	for (const code of missing) {
		await secretariat.page.goto(new URL('/measures', secretariat.page.url()).href);
		await secretariat.open(code);
		await secretariat.page.evaluate(async () => {
			const form = document.querySelector('form[action="?/holders"]') as HTMLFormElement;
			const fields = new FormData(form);
			const boxes = [...form.querySelectorAll<HTMLInputElement>('fieldset input[type=checkbox]')];
			const box = boxes.filter((one) =>
				one.closest('label, li')?.textContent?.includes('Ministerul Exemplu A')
			);
			const last = box.at(-1) as HTMLInputElement;
			fields.set(last.name, last.value);
			fields.set('operation', crypto.randomUUID());
			const answer = await fetch(`${location.pathname}?/holders`, {
				method: 'POST',
				headers: { 'x-sveltekit-action': 'true', accept: 'application/json' },
				body: fields
			});
			const { type } = (await answer.json()) as { type: string };
			if (type !== 'success') throw new Error(`holders: ${type}`);
		});
	}
}

const lines = (guest: Guest) => guest.page.locator('section.line');
const codesOf = (guest: Guest) => lines(guest).locator('h2 b').allInnerTexts();

test('A sheet of fourteen measures is filled on a phone, sent for approval and approved', async ({
	arrive
}) => {
	test.setTimeout(240_000);
	/** Fourteen acts one after the other, each in its own transaction. */
	const all = { timeout: 60_000 };
	const irina = await arrive('drafter', { ...phone, path: '/reporting' });
	const secretariat = await arrive('secretariat');
	await fill(secretariat, 14, await codesOf(irina));
	await irina.page.reload();
	await irina.live();
	await expect(lines(irina)).toHaveCount(14);
	// On a phone nothing runs over the edge.
	expect(await irina.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

	const e2 = irina.page.getByRole('region', { name: /^E2 / });
	await e2.getByLabel(ro.report_sentence as string).fill('Lipsește sala: granat.');
	await e2.getByLabel(ro.measure_status as string).selectOption({ label: 'Blocată' });
	await e2.getByRole('button', { name: ro.report_keep_row as string }).click();
	await expect(e2.locator('article.draft')).toContainText('„blocată”');

	const boxes = irina.page.locator('#nothing-new input[type=checkbox]');
	expect(await boxes.count()).toBe(13);
	for (const box of await boxes.all()) await box.check();
	await irina.page
		.getByLabel(ro.report_because as string, { exact: true })
		.fill('anul bugetar abia începe: opal.');
	await irina.page
		.getByRole('button', { name: ro.report_keep_all as string })
		.last()
		.click();
	await expect(irina.page.locator('article.draft')).toHaveCount(14, all);
	const commission = await arrive('commission');
	await commission.open('E2');
	expect(await commission.received()).not.toMatch(/granat|opal/);

	await irina.page.getByRole('button', { name: /Trimite spre avizare \(14/ }).click();
	await expect(
		irina.page.locator('article.draft').filter({ hasText: ro.draft_waiting as string })
	).toHaveCount(14, all);

	const dan = await arrive('approver', { ...phone, path: '/reporting' });
	await dan.live();
	const ticks = dan.page.locator('input[form=approve-all]');
	await expect(ticks).toHaveCount(14);
	for (const box of await ticks.all()) await box.check();
	const arrives = commission.sees('granat', 60_000);
	await dan.page.getByRole('button', { name: ro.drafts_approve_picked as string }).click();
	await arrives;
	await expect(dan.page.locator('article.draft')).toHaveCount(0, all);
	await expect(dan.page.getByText('14 făcute.')).toBeVisible(all);
	await expect(commission.page.locator('dl').first()).toContainText('Blocată');
	await expect(commission.article('granat')).toContainText('redactat Irina Exemplu, avizat Dan Exemplu');
});

test('A coordinator changes several measures at once, sees before what would change, and takes all of it back', async ({
	arrive
}) => {
	const dan = await arrive('approver', { path: '/reporting' });
	await dan.live();
	const batch = dan.page.locator('section', { has: dan.page.locator('#batch') });
	await batch.getByText(ro.batch_choose as string).click();
	await batch.getByRole('checkbox', { name: /^E16 / }).check();
	await batch.getByRole('checkbox', { name: /^E17 / }).check();
	await batch.getByLabel(ro.edit_date_new as string).fill('2031-03-31');
	await batch.getByLabel(ro.report_sentence as string).fill('Toate, după buget: malachit.');
	await batch.getByRole('button', { name: ro.batch_preview as string }).click();
	await expect(batch.getByRole('row').filter({ hasText: 'E16' })).toContainText('31.03.2031');
	await batch.getByRole('button', { name: ro.batch_apply as string }).click();
	await expect(batch).toContainText('2 făcute.');
	const e16 = dan.page.getByRole('region', { name: /^E16 / });
	await expect(e16.locator('header')).toContainText('31.03.2031');
	await batch.getByRole('button', { name: ro.batch_undo as string }).click();
	await expect(e16.locator('header')).not.toContainText('31.03.2031');

	await dan.page.getByRole('link', { name: ro.report_print as string }).click();
	await expect(dan.page.getByRole('heading', { level: 1 })).toHaveText(ro.report_paper as string);
	await expect(dan.page.locator('.paper')).toContainText(ro.report_signature as string);
});
