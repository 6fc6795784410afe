/** The report goes out: built for a circle, with its sources, opened as a Word file; and so do tables and quotations. */

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readSheet } from 'read-excel-file/node';
import { look } from '../support/axe.ts';
import { address, circles, expect, messages, serve, test } from '../support/browser.ts';
import { unzip, wordText } from '../support/unzip.ts';

serve();

const m = messages('ro');

async function taken(page: Page, button: string) {
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: button, exact: true }).click()
	]);
	return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
}

test('A report is built for a circle, takes what has changed since, and is read back from its Word file', async ({
	arrive
}) => {
	test.setTimeout(300_000);
	const minister = await arrive('minister');
	const { page } = minister;
	await minister.open('E3');
	await minister.post('Numai între parteneri: safirul.', circles.national);
	await minister.sees('safirul');

	await page.goto(address('/reports/new'));
	await look(minister, 'a report that is built');
	await page.getByLabel(m.report_title!, { exact: true }).fill('Raport de toamnă (exemplu)');
	await page.getByLabel(m.export_circle_choice!).selectOption({ label: circles.all });
	await page.getByRole('button', { name: m.report_make, exact: true }).click();
	await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/);
	const path = new URL(page.url()).pathname;
	const paper = page.locator('.paper');
	await expect(paper).toContainText('Pentru cercul Toți partenerii.');
	await expect(paper).toContainText('Formular comun de sesizare');
	await expect(paper).toContainText(m.report_group_said!);
	await expect(paper).toContainText(m.report_group_owed!);
	await expect(paper).not.toContainText('safirul');
	// Every statement leads to its source, which says whose, when, for whom, and where it stands.
	const statements = paper.locator('.statement');
	expect(await statements.count()).toBeGreaterThan(20);
	await expect(statements.locator('sup a')).toHaveCount(await statements.count());
	await expect(paper.locator('.notes li').first()).toContainText(/varianta|plan/);

	await page.locator('summary', { hasText: m.report_paragraph_add }).first().click();
	await page.getByLabel(m.report_paragraph_text!).first().fill('Cu cuvintele **noastre**.');
	await page.getByRole('button', { name: m.report_paragraph_add, exact: true }).first().click();
	await expect(paper.getByRole('group', { name: m.report_paragraph_own })).toContainText(
		'Cu cuvintele noastre.'
	);
	await look(minister, 'a report');

	// What is posted since is counted, and comes in when it is told to.
	await page.goto(address('/measures'));
	await minister.open('E3');
	await minister.post('Pentru toți: granatul.', circles.all);
	await minister.sees('granatul');
	await page.goto(address(path));
	await expect(page.getByText(m.report_since!)).toBeVisible();
	await expect(paper).not.toContainText('granatul');
	await page.getByRole('button', { name: m.report_refresh }).click();
	await expect(page.getByText(m.report_since!)).toHaveCount(0);

	const { name, file } = await taken(page, m.report_docx!);
	expect(name).toMatch(/^hora-raport-raport-de-toamna-exemplu-20[\d-]+\.docx$/);
	const text = wordText(unzip(file, 'word/document.xml'));
	expect(text).toContain('Raport de toamnă (exemplu)');
	expect(text).toContain('Cu cuvintele noastre.');
	expect(text).toContain('Formular comun de sesizare');
	expect(text).not.toContain('safirul');
	expect(wordText(unzip(file, 'word/footnotes.xml'))).toContain('pentru cercul Toți partenerii');

	const sheets = (await page.pdf({ preferCSSPageSize: true }))
		.toString('latin1')
		.match(/MediaBox \[0 0 59\d[\d.]* 84\d[\d.]*\]/g);
	expect(sheets?.length).toBeGreaterThan(1);

	// Whoever reads it changes nothing; that the file was taken stands in the Secretariat's activity.
	const embassy = await arrive('embassy', { path });
	await expect(embassy.page.locator('.paper')).toContainText('Cu cuvintele noastre.');
	await expect(embassy.page.getByRole('button', { name: m.report_refresh })).toHaveCount(0);
	await expect(embassy.page.locator('summary', { hasText: m.report_paragraph_add })).toHaveCount(0);
	expect(await embassy.received()).not.toContain('safirul');
	const secretariat = await arrive('secretariat', { path: '/activity?area=out' });
	await expect(secretariat.page.getByRole('main')).toContainText(
		'a exportat: un raport (DOCX), pentru cercul Toți partenerii'
	);
});

test('Tables go out for a named circle as a spreadsheet; two in one CSV are refused with a sentence', async ({
	arrive
}) => {
	const ngo = await arrive('ngo', { path: '/export' });
	const { page } = ngo;
	await look(ngo, 'the export');
	const { name, file } = await taken(page, m.export_submit!);
	expect(name).toMatch(/^hora-toate-tabelele-toti-partenerii-20[\d-]+\.xlsx$/);
	const [header, ...rows] = await readSheet(file, 'Măsuri');
	expect(header?.slice(0, 3)).toEqual(['Cod', 'Obiectiv general', 'General objective (EN)']);
	expect(rows.length).toBeGreaterThan(20);

	await page.getByLabel(m.export_format!, { exact: true }).selectOption('csv');
	await page.getByRole('button', { name: m.export_submit, exact: true }).click();
	await expect(page.getByRole('alert')).toContainText(m.refusal_export_one_table!);
	await page.getByLabel(m.export_what!, { exact: true }).selectOption('steps');
	const csv = await taken(page, m.export_submit!);
	expect(csv.file.toString('utf8')).toMatch(/^\uFEFFCod;Pas;Step \(EN\);Data;Stare;Sursă;/);
});

test('A post is copied as a quotation, rich and plain; without scripts what stands under it is there to take', async ({
	arrive
}) => {
	const ngo = await arrive('ngo', { permissions: ['clipboard-read', 'clipboard-write'] });
	const { page } = ngo;
	const path = await ngo.open('E3');
	const post = page.getByRole('article').filter({ hasText: 'Centrele noastre îl pot folosi' }).first();
	await post.locator('summary', { hasText: m.quote_copy }).click();
	await expect(post.getByText(m.quote_copied!)).toBeVisible();
	await look(ngo, 'a quotation');
	const read = (type: string) =>
		page.evaluate(async (type) => {
			const [item] = await navigator.clipboard.read();
			return (await item!.getType(type)).text();
		}, type);
	const plain = await read('text/plain');
	expect(plain).toMatch(/^„.*Centrele noastre îl pot folosi/s);
	expect(plain).toMatch(
		/măsura E3; varianta din .+; pentru cercul Toți partenerii; se poate cita în afara cercului: cu acordul autorului\. http/
	);
	expect(await read('text/html')).toMatch(/<blockquote/);

	const bare = await arrive('commission', { javaScriptEnabled: false, path, anew: true });
	const quoted = bare.page.getByRole('article').filter({ hasText: 'Centrele noastre îl pot folosi' }).first();
	await quoted.locator('summary', { hasText: m.quote_copy }).click();
	await expect(quoted.locator('.source')).toContainText('pentru cercul Toți partenerii');
	await bare.page.goto(address('/reports/new'));
	await bare.page.getByLabel(m.report_title!, { exact: true }).fill('Fără scripturi (exemplu)');
	await bare.page.getByRole('button', { name: m.report_make, exact: true }).click();
	await expect(bare.page.locator('.paper h1')).toHaveText('Fără scripturi (exemplu)');
});
