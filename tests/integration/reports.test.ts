/** A report is for a circle: it tells what that circle may read, with its sources, as it is now. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { toDocx } from '#lib/reports/docx.server.ts';
import type { Document, Told } from '#lib/reports/document.ts';
import { listReports } from '#lib/reports/queries.server.ts';
import { openReport } from '#lib/reports/read.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';
import { unzip, wordText } from '../support/unzip.ts';

const told = ({ parts }: Document): Told[] =>
	parts.flatMap(({ groups }) => groups.flatMap(({ statements }) => statements));
const textOf = (one: Pick<Told, 'lead' | 'words'>) =>
	`${one.lead} ${one.words
		.flatMap((block) => (block.type === 'paragraph' ? block.spans : block.items.flat()))
		.map(({ text }) => text)
		.join('')}`.trim();

describe.each(engines)('a report, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let measureId: string;
	let wide: string;
	let updateId: string;
	let reportId: string;

	const act = async (name: string, actor: Actor, input: Record<string, unknown>) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const open = async (actor: Actor, id = reportId) => openReport(database, actor, id, 'https://hora.example');
	const documentFor = async (actor: Actor) => (await open(actor))?.document as Document;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		const { circle, member, organisation } = table;
		measureId = await table.addMeasure();
		await table.addMeasure({ title: 'Măsura topaz', circle: 'state' });
		const say = async (actor: Actor, circleId: string, text: string) =>
			(await act('update.post', actor, { measureId, circleId, kind: 'progress', text })).id as string;
		wide = await say(member('minister'), circle.all, 'Trei centre sunt **gata**.');
		updateId = await say(member('minister'), circle.national, 'Al patrulea întârzie.');
		await say(member('minister'), circle.state, 'Între instituții: topaz.');
		await say(member('ong'), circle.national, 'Nu conducem măsura.');
		const { id: question } = await act('update.post', member('ong'), {
			...{ measureId, circleId: circle.national, kind: 'question', text: 'Când se predă?' },
			asks: { organisationIds: [organisation.minister, organisation.agentia], due: '2099-12-01' }
		});
		await act('request.answer', member('minister'), { updateId: question, text: 'În martie.' });
		await act('measure.date', member('minister'), {
			...{ measureId, nextDate: '2099-03-31', reason: 'Convenit în ședință', base: { nextDate: null } }
		});
		await act('measure.step.add', member('minister'), {
			measureId,
			titleRo: 'Caietul de sarcini',
			done: true
		});
		({ id: reportId } = (await act('report.make', member('ong'), {
			...{ circleId: circle.national, title: 'Raport exemplu', objectives: [table.objectiveId] }
		})) as { id: string });
		await act('report.paragraph.add', member('ong'), {
			...{ reportId, placeId: measureId, text: 'Cuvintele noastre <b>proprii</b>.' }
		});
	});
	afterAll(() => database.close());

	test('tells what the leads said, what was done, re-agreed, answered and owed, each with its source', async () => {
		const document = await documentFor(table.member('minister', 'observer'));
		const said = told(document);
		expect(said.map(({ group }) => group)).toEqual([
			...['status', 'said', 'said', 'steps', 'changes', 'given', 'owed']
		]);
		expect(said.map(textOf)).toEqual([
			'În curs; 1 din 1 pas; termen: 31.03.2099.',
			expect.stringMatching(/^minister Exemplu, [\d.]+: Trei centre sunt gata\.$/),
			expect.stringMatching(/^minister Exemplu, [\d.]+: Al patrulea întârzie\.$/),
			'Pas făcut: Caietul de sarcini.',
			expect.stringMatching(/: minister Exemplu .*31\.03\.2099: Convenit în ședință\.$/),
			expect.stringMatching(
				/^ong Exemplu a întrebat: „Când se predă\?”\. minister Exemplu a răspuns la [\d.]+: În martie\.$/
			),
			'ong Exemplu așteaptă răspuns de la agentia Exemplu până la 01.12.2099: Când se predă?'
		]);
		expect(said.map(({ note }) => note)).toEqual([1, 2, 3, 4, 5, 6, 7]);
		expect(document.notes).toHaveLength(7);
		expect(document.notes[1]).toMatchObject({
			source: expect.stringMatching(
				/^minister Exemplu, progres, [\d.]+, măsura T\d+; varianta din .+; pentru cercul all; se poate cita în afara cercului: cu acordul autorului$/
			),
			link: `https://hora.example/measures/${measureId}#${wide}`
		});
		expect(document.lines).toContain('Pentru cercul national.');
		expect(document.lines.at(-1)).toBe(`https://hora.example/reports/${reportId}`);
		expect(JSON.stringify(document)).not.toContain('topaz');
		expect([document.changed, document.fresh, document.gone]).toEqual([0, 0, 0]);
	});

	test('is the same Word document: headings, footnotes, page numbers, own words', async () => {
		const file = Buffer.from(await toDocx(await documentFor(table.member('ong'))));
		const body = unzip(file, 'word/document.xml');
		const text = wordText(body);
		expect(text).toContain('Raport exemplu');
		expect(text).toContain('Trei centre sunt gata.');
		expect(text).toContain('Cuvintele noastre <b>proprii</b>.');
		expect(body.match(/<w:footnoteReference /g)).toHaveLength(7);
		expect(body).toMatch(/<w:pStyle w:val="Heading2"\/>/);
		expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
		expect(wordText(unzip(file, 'word/footnotes.xml'))).toContain('pentru cercul national');
		const footer = unzip(file, 'word/footer1.xml');
		expect(footer).toContain('NUMPAGES');
		expect(wordText(footer)).toMatch(/^pagina\s+din\s*$/);
		expect(body + footer).not.toContain('topaz');
	});

	test('keeps ids and moments, and no word of what it stands on', async () => {
		const [kept] = await database.asOwner((tx) =>
			rows<{ sources: string }>(tx, sql`select sources::text from reports where id = ${reportId}`)
		);
		expect(kept?.sources).toContain(updateId);
		expect(kept?.sources).not.toMatch(/centre|Când|martie|Convenit|sarcini/);
	});

	test('marks what was said otherwise since, counts what has come, and takes it when it is told to', async () => {
		const { circle, member } = table;
		await act('update.edit', member('minister'), {
			...{ updateId: wide, text: 'Patru centre sunt gata.', base: { text: 'Trei centre sunt **gata**.' } }
		});
		await act('update.post', member('minister'), {
			...{ measureId, circleId: circle.national, kind: 'progress', text: 'Ceva nou.' }
		});
		let document = await documentFor(member('agentia'));
		expect([document.changed, document.fresh, document.gone]).toEqual([1, 1, 0]);
		expect(
			told(document)
				.filter(({ changed }) => changed)
				.map(textOf)
		).toEqual([expect.stringContaining('Patru centre')]);
		expect(JSON.stringify(document)).not.toContain('Ceva nou');

		await act('report.refresh', member('ong', 'coordinator'), { reportId, key: `update:${wide}` });
		document = await documentFor(member('agentia'));
		expect([document.changed, document.fresh]).toEqual([0, 1]);
		await act('report.refresh', member('ong'), { reportId });
		document = await documentFor(member('agentia'));
		expect([document.changed, document.fresh, document.gone]).toEqual([0, 0, 0]);
		expect(told(document).map(textOf).join()).toContain('Ceva nou');
	});

	test('words that go to a narrower circle, or are withdrawn, are in it no more', async () => {
		const { circle, member } = table;
		await act('update.move', member('minister'), {
			...{ updateId, circleId: circle.state, base: { circleId: circle.national } }
		});
		await act('update.withdraw', member('minister'), { updateId: wide });
		// Whoever may read the moved post itself does not read it here: the report is for the circle.
		for (const reader of [member('minister'), member('ong')]) {
			const document = await documentFor(reader);
			expect(document.gone).toBe(2);
			expect(JSON.stringify(document)).not.toMatch(/întârzie|Patru centre/);
			const file = Buffer.from(await toDocx(document));
			expect(unzip(file, 'word/document.xml')).not.toMatch(/întârzie|Patru centre/);
		}
	});

	test('is not there for whoever is not in its circle, and is changed by its own organisation alone', async () => {
		const { circle, member } = table;
		expect(await open(member('ambasada'))).toBeUndefined();
		const listed = (actor: Actor) =>
			database.as('hora_app', { member: actor.memberId }, (tx) => listReports(tx, actor.organisationId));
		expect(await listed(member('ambasada'))).toEqual([]);
		expect(await listed(member('minister'))).toMatchObject([{ id: reportId, title: 'Raport exemplu' }]);

		const rename = { reportId, title: 'Altul', base: { title: 'Raport exemplu' } };
		await expect(act('report.edit', member('ambasada'), rename)).rejects.toMatchObject({ code: 'not-found' });
		await expect(act('report.edit', member('minister'), rename)).rejects.toMatchObject({ code: 'forbidden' });
		for (const circleId of [circle.state, circle['own minister'], circle.public, circle.secretariat])
			await expect(
				act('report.make', member('ong'), { circleId, title: 'Pentru alții' })
			).rejects.toMatchObject({ code: 'not-found' });
	});

	test('its own words pass the guard, and its days stand in order', async () => {
		const ong = table.member('ong');
		const add = (text: string) => act('report.paragraph.add', ong, { reportId, text });
		await expect(add('Numărul 1800101700011')).rejects.toMatchObject({
			details: { fields: { text: 'words.personal_number' } }
		});
		await expect(
			act('report.make', ong, {
				...{ circleId: table.circle.all, title: 'Invers', from: '2026-02-01', to: '2026-01-01' }
			})
		).rejects.toMatchObject({ details: { fields: { to: 'period.ends_before' } } });
		const { paragraphId } = await add('Un început.');
		await act('report.paragraph.change', ong, {
			...{ reportId, paragraphId, text: 'Alt început.', base: { text: 'Un început.' } }
		});
		await expect(
			act('report.paragraph.change', ong, {
				...{ reportId, paragraphId, text: 'Al treilea.', base: { text: 'Un început.' } }
			})
		).rejects.toMatchObject({ code: 'conflict' });
		const [first] = (await documentFor(ong)).parts;
		expect(first?.paragraphs).toMatchObject([{ placeId: null, text: 'Alt început.' }]);
		await act('report.paragraph.remove', ong, { reportId, paragraphId, base: { text: 'Alt început.' } });
		expect((await documentFor(ong)).parts[0]?.paragraphs).toEqual([]);
	});

	test('once withdrawn it is its own organisation’s alone to read, and nobody changes it', async () => {
		const { member } = table;
		await act('report.retire', member('ong', 'coordinator'), { reportId, base: { retired: false } });
		expect(await open(member('minister'))).toBeUndefined();
		expect((await open(member('ong', 'observer')))?.report.retired).toBe(true);
		await expect(act('report.refresh', member('ong'), { reportId })).rejects.toMatchObject({
			code: 'forbidden'
		});
	});
});
