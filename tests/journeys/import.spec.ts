import { address, atOnce, expect, type Guest, messages, serve, test } from '../support/browser.ts';

serve();

const within = { timeout: atOnce };
const header = 'Cod;Obiectiv general;Activitate;Indicatori;Scadență;Responsabili;Parteneri;Stadiu';
const table = (...lines: string[]) => [header, ...lines].join('\r\n');
const rows = {
	line: 'P1;1. Prevenire;Linie telefonică gratuită: topaz;apeluri;30.06.2031;Min. A;ONG-uri mici;în curs',
	school: 'P2;1. Prevenire;Campanie în școli: safir;elevi;Anual;Min. B | Ag. A;ONG A;propus',
	shelter: 'P3;2. Protecție;Adăposturi regionale: opal;locuri;;Min. C;;propus'
};

/** As Romanian Excel saves it: Windows-1250, in which ș and ț have cedillas. */
const letters: Record<string, number> = {
	...{ ă: 0xe3, â: 0xe2, î: 0xee, ș: 0xba, ț: 0xfe, Ț: 0xde, Ș: 0xaa }
};
const windows1250 = (words: string) =>
	Buffer.from([...words].map((letter) => letters[letter] ?? letter.charCodeAt(0)));

async function upload({ page }: Guest, name: string, content: string, choose?: () => Promise<unknown>) {
	await page.goto(new URL('/import', page.url()).href);
	await page
		.getByLabel('Fișierul planului')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: windows1250(content) });
	await choose?.();
	await page.getByRole('button', { name: 'Citește fișierul' }).click();
	await page.waitForURL(/\/import\/[0-9a-f-]{36}$/);
}
const check = ({ page }: Guest) => page.getByRole('button', { name: 'Verifică din nou' }).click();
const apply = async ({ page }: Guest) => {
	await page.getByRole('button', { name: 'Aplică planul' }).click();
	await page.waitForURL(/\/import\?done=/);
	await expect(page.getByText('Planul a fost importat.')).toBeVisible();
};

test('A broken file is mended on screen and applied; again it changes nothing; a new plan continues, splits, drops', async ({
	arrive
}) => {
	test.setTimeout(120_000);
	const secretariat = await arrive('secretariat', { path: '/strategies' });
	const minister = await arrive('minister', { path: '/measures?q=topaz' });
	secretariat.tolerates(/status of 422/);
	const { page } = secretariat;
	await minister.live();

	// A strategy of its own, so that its plan is empty.
	await page.getByLabel('Titlul în română').last().fill('Strategia Exemplu 2030');
	await page.getByRole('button', { name: 'Adaugă o strategie' }).last().click();
	await expect(page.getByRole('heading', { name: 'Strategia Exemplu 2030' })).toBeVisible();

	await upload(
		secretariat,
		'plan.csv',
		table(
			rows.line.replace('30.06.2031', '31.06.2031'),
			rows.school.replace('propus', 'aproape'),
			rows.shelter,
			'P9;un rând rupt'
		)
	);
	await page.getByLabel('Coloana „Scadență”').selectOption({ label: 'Termen' });
	await check(secretariat);
	await page.getByLabel('Rândul 2, Termen').fill('30.06.2031');
	await page.getByLabel('Rândul 3, Stadiu').fill('propus');
	await page.getByLabel('Lasă deoparte rândul 5').check();
	await check(secretariat);
	await page.getByLabel('ONG-uri mici').selectOption({ label: 'Rămâne o categorie de organizații' });
	await check(secretariat);
	await expect(page.getByText('3 măsuri noi')).toBeVisible();
	await expect(page.getByText('2 obiective noi')).toBeVisible();
	await expect(page.getByText('Linie telefonică gratuită: topaz')).toBeVisible();

	// The ministry's open list has it by itself, from one frame.
	const mark = minister.mark();
	await apply(secretariat);
	await expect(minister.row('P1')).toContainText('topaz', within);
	const frames = minister.frames(mark).filter((frame) => frame.includes('"events"'));
	expect(frames).toHaveLength(1);
	expect(frames[0]).toContain('plan.imported');
	expect(frames[0]).not.toContain('topaz');

	// The same again; the column and the class are known by now.
	await upload(secretariat, 'plan.csv', table(rows.line, rows.school, rows.shelter));
	await expect(page.getByText('Fișierul nu schimbă nimic')).toBeVisible();
	await expect(page.getByText('3 neschimbate')).toBeVisible();

	await upload(
		secretariat,
		'rectificare.csv',
		table(rows.line.replace('30.06.2031', '31.12.2031'), rows.school)
	);
	await expect(page.getByText('1 schimbată')).toBeVisible();
	await expect(page.getByText('1 măsură din plan nu este în fișier și rămâne cum este')).toBeVisible();
	await expect(page.locator('del').first()).toHaveText('30.06.2031');
	await expect(page.locator('ins').first()).toHaveText('31.12.2031');
	await apply(secretariat);
	await minister.row('P1').getByRole('link', { name: /topaz/ }).click();
	await expect(minister.page.locator('aside')).toContainText('rectificare.csv', within);

	await upload(
		secretariat,
		'plan-2032.csv',
		table(
			'P1;1. Prevenire;Campanie în licee: safir;elevi;Anual;Min. B;;',
			'P2;1. Prevenire;Campanie în școli generale: safir;elevi;Anual;Min. B;;',
			'P3;1. Prevenire;Linie telefonică: topaz nou;apeluri;Permanent;Min. A;;'
		),
		async () => {
			await page.getByLabel('Un plan nou').check();
			await page.getByLabel('Titlul planului nou (română)').fill('Planul 2032–2034');
			await page.getByLabel('Planul nou: din anul').fill('2032');
			await page.getByLabel('Planul nou: până în anul').fill('2034');
		}
	);
	const old = (code: string) => page.getByRole('group', { name: code, exact: true });
	await expect(old('P1').getByLabel('Continuă prin')).toHaveValue('P3');
	await old('P1').getByLabel('Ce devine').selectOption('continues');
	await old('P2').getByLabel('Ce devine').selectOption('continues');
	await old('P2').getByLabel('Continuă prin').fill('P1, P2');
	await old('P3').getByLabel('Ce devine').selectOption('dropped');
	await check(secretariat);
	await expect(page.getByText('Spuneți de ce se renunță la măsură.')).toBeVisible();
	await old('P3').getByLabel('Motivul').fill('Nu mai sunt fonduri');
	await check(secretariat);
	await expect(page.getByText('2 măsuri continuă')).toBeVisible();
	await expect(page.getByText('se renunță la 1 măsură')).toBeVisible();
	await apply(secretariat);

	// The measure that the ministry stands on has ended, and leads on.
	await expect(minister.page.getByRole('heading', { name: 'Continuă în planul nou' })).toBeVisible(within);
	await minister.page.getByRole('link', { name: 'P3 Linie telefonică: topaz nou' }).click();
	await expect(minister.page.getByRole('heading', { level: 1 })).toContainText('topaz nou');
	await expect(minister.page.getByRole('heading', { name: 'Continuă din planul anterior' })).toBeVisible();
	await expect(minister.page.locator('aside')).toContainText('rectificare.csv');
});

test('Without scripts a file is chosen, mended, applied, and stands in the list', async ({ arrive }) => {
	const secretariat = await arrive('secretariat', { path: '/import', javaScriptEnabled: false });
	secretariat.tolerates(/status of 422/);
	const { page } = secretariat;

	await page.getByRole('button', { name: 'Citește fișierul' }).click();
	await expect(page.getByText(messages('ro').import_refused_no_file!)).toBeVisible();

	await upload(
		secretariat,
		'plan.csv',
		table(
			'X1;1. Prevenire;Ghid pentru angajatori: beril;ghiduri;31.06.2031;Min. A;Rețea de juriști;în curs',
			'X2;1. Prevenire;Curs pentru inspectori: agat;cursuri;Anual;Min. B;;propus'
		).replace('Scadență', 'Până când')
	);
	await page.getByLabel('Coloana „Până când”').selectOption({ label: 'Termen' });
	await check(secretariat);
	await page.getByLabel('Rândul 2, Termen').fill('30.06.2031');
	await page.getByLabel('Rețea de juriști').selectOption({ label: 'Rămâne o categorie de organizații' });
	await check(secretariat);
	await expect(page.getByText('2 măsuri noi')).toBeVisible();
	// What is there stays until somebody applies it, and is found again.
	await page.goto(address('/import'));
	await page.getByRole('link', { name: messages('ro').import_continue! }).click();
	await apply(secretariat);
	await page.goto(address('/measures?q=beril'));
	await expect(secretariat.row('X1')).toContainText('Ghid pentru angajatori: beril');
	await expect(secretariat.row('X1')).toContainText('30.06.2031');
});

test('A personal number keeps a file out, an ODS file gets one sentence', async ({ arrive }) => {
	const secretariat = await arrive('secretariat', { path: '/import' });
	secretariat.tolerates(/status of 422/);
	const { page } = secretariat;
	const choose = (name: string, buffer: Buffer) =>
		page.getByLabel('Fișierul planului').setInputFiles({ name, mimeType: 'text/csv', buffer });
	const read = () => page.getByRole('button', { name: 'Citește fișierul' }).click();

	await choose('plan.csv', windows1250(table(rows.shelter.replace('opal', 'dosarul lui 1800101700011'))));
	await read();
	await expect(page.getByText('Rândul 2, coloana „Activitate”:')).toBeVisible();
	await expect(page.locator('main')).not.toContainText('1800101');

	await choose(
		'plan.ods',
		Buffer.from(`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`)
	);
	await read();
	await expect(page.getByRole('alert').or(page.locator('.fault')).first()).toContainText('salvați-l ca XLSX');
});
