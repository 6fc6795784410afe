/** What is taken out of Hora is for a named circle, in every form, and it is written down that it was. */

import { readSheet } from 'read-excel-file/node';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { predicate } from '#lib/events/sentence.ts';
import { historyOfSubject } from '#lib/events/history.server.ts';
import { commands } from '#lib/commands.server.ts';
import { speakerFor } from '#lib/news/speaker.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import type { Format } from '#lib/transfer/export.ts';
import type { Scope } from '#lib/transfer/facts.ts';
import { readFacts } from '#lib/transfer/facts.server.ts';
import { fileOf } from '#lib/transfer/file.server.ts';
import { readPlan } from '#lib/transfer/plan.ts';
import { type TableName, tableNames } from '#lib/transfer/table-words.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { type CircleName, layTable, type Table } from '../support/table.ts';

describe.each(engines)('an export, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let measureId: string;
	let narrowId: string;

	const act = async (name: string, actor: Actor, input: Record<string, unknown>) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		const { circle, member, organisation } = table;
		measureId = await table.addMeasure({ title: '=Formular' });
		narrowId = await table.addMeasure({ title: 'Măsura topaz', circle: 'state', leads: ['minister'] });
		const secretariat = member('comisia', 'secretariat');
		const say = (actor: Actor, circleId: string, text: string) =>
			act('update.post', actor, { measureId, circleId, kind: 'comment', text });
		await say(member('minister'), circle.all, '=HYPERLINK("topaz-nu"); cu „ghilimele”');
		await say(member('minister'), circle.state, 'Între instituții: topaz.');
		await say(member('ong'), circle['own ong'], 'Numai noi: topaz.');
		const { id: updateId } = await act('update.post', member('ong'), {
			...{ measureId, circleId: circle.national, kind: 'question', text: 'Când se predă?' },
			asks: { organisationIds: [organisation.minister], due: '2099-12-01' }
		});
		await act('request.answer', member('minister'), { updateId, text: 'În martie.' });
		await act('measure.date', member('minister'), {
			...{ measureId, nextDate: '2099-03-31', reason: 'Convenit în ședință', base: { nextDate: null } }
		});
		await act('measure.status', secretariat, {
			...{ measureId: narrowId, status: 'blocked', reason: 'Motivul topaz', base: { status: 'in-progress' } }
		});
		await act('measure.step.add', member('minister'), { measureId, titleRo: 'Un pas', date: '2026-09-10' });
	});
	afterAll(() => database.close());

	async function take(
		actor: Actor,
		circle: CircleName,
		what: TableName | 'all',
		format: Format,
		within: Partial<Scope> = {}
	) {
		const scope: Scope = {
			...{ circleId: table.circle[circle], from: null, to: null, objectives: [], ...within }
		};
		const facts = await database.as('hora_app', { member: actor.memberId, forCircle: scope.circleId }, (tx) =>
			readFacts(tx, scope)
		);
		const { name, body } = await fileOf(facts, {
			...{ what, format, scope, actor, site: 'https://hora.example', locale: 'ro' },
			now: new Date('2026-11-24T10:00:00Z')
		});
		return { name, body: body as string | Uint8Array };
	}
	const text = async (...asked: Parameters<typeof take>) => (await take(...asked)).body as string;

	test('holds what the whole named circle reads, in every table and form', async () => {
		const minister = table.member('minister');
		for (const what of tableNames) {
			const csv = await text(minister, 'all', what, 'csv');
			expect([what, csv.match(/topaz(?!-nu)/)]).toEqual([what, null]);
			const own = await text(table.member('ong'), 'national', what, 'csv');
			expect([what, own.match(/topaz(?!-nu)/)]).toEqual([what, null]);
		}
		const json = await text(minister, 'all', 'all', 'json');
		expect(json).not.toMatch(/topaz(?!-nu)/);
		expect(await text(minister, 'state', 'all', 'json')).toContain('Între instituții: topaz.');
		expect(await text(minister, 'state', 'history', 'csv')).toContain('Motivul topaz');
		const xlsx = Buffer.from((await take(minister, 'all', 'all', 'xlsx')).body as Uint8Array);
		for (const sheet of ['Măsuri', 'Pași', 'Actualizări', 'Despre fișier'])
			expect(JSON.stringify(await readSheet(xlsx, sheet))).not.toMatch(/topaz(?!-nu)/);
	});

	test('is empty for whoever is not in the circle, and nobody records one', async () => {
		const embassy = table.member('ambasada');
		const objects = JSON.parse(await text(embassy, 'state', 'all', 'json')) as Record<string, unknown[]>;
		// What everybody reads is theirs as well; of the circle itself nothing, not even its name.
		expect(JSON.stringify(objects)).not.toMatch(/topaz(?!-nu)|state/);
		for (const circle of ['state', 'own ong', 'secretariat', 'public'] as CircleName[])
			await expect(
				act('export.make', embassy, { what: 'all', format: 'json', circleId: table.circle[circle] })
			).rejects.toMatchObject({ code: 'not-found' });
	});

	test('says of each row its date, organisation, circle, rule and link; and no cell is a formula', async () => {
		const csv = await text(table.member('minister'), 'all', 'updates', 'csv');
		expect(csv.split('\r\n')[0]).toBe(
			'\uFEFFCod;Măsură;Organizație;Autor;Fel;Data scrierii;Varianta din;Limba;Text;Cerc;Se poate cita în afara cercului;Legătură'
		);
		expect(csv).toMatch(/;'=Formular;minister Exemplu;minister contributor Exemplu;comentariu;20\d\d-/);
		expect(csv).toContain('"\'=HYPERLINK(""topaz-nu""); cu „ghilimele”"');
		expect(csv).toMatch(/;all;cu acordul autorului;https:\/\/hora\.example\/measures\/[0-9a-f-]+#[0-9a-f-]+/);
		const plan = readPlan(await text(table.member('minister'), 'all', 'measures', 'csv'));
		expect(plan.ok && plan.rows[0]).toMatchObject({
			...{
				titleRo: '=Formular',
				nextDate: '2099-03-31',
				deadline: '',
				leads: ['minister'],
				partners: ['ong']
			}
		});
		const answers = await text(table.member('ong'), 'national', 'answers', 'csv');
		expect(answers).toMatch(/Când se predă\?;minister Exemplu;01\.12\.2099;dat;20[^;]+;În martie\./);
	});

	test('by period and by objective', async () => {
		const minister = table.member('minister');
		const past = { from: '2020-01-01', to: '2020-12-31' };
		expect((await text(minister, 'all', 'updates', 'csv', past)).trim().split('\r\n')).toHaveLength(1);
		expect(await text(minister, 'all', 'steps', 'csv', { from: '2026-09-10', to: '2026-09-10' })).toContain(
			'Un pas'
		);
		const none = { objectives: [crypto.randomUUID() as string] };
		expect((await text(minister, 'all', 'measures', 'csv', none)).trim().split('\r\n')).toHaveLength(1);
		const { name } = await take(minister, 'all', 'history', 'csv');
		expect(name).toBe('hora-istoricul-stadiilor-si-al-termenelor-all-2026-11-24.csv');
	});

	test('is told to the Secretariat and to the own organisation, and to nobody else', async () => {
		const minister = table.member('minister');
		await act('export.make', minister, { what: 'all', format: 'xlsx', circleId: table.circle.state });
		const told = async (actor: Actor) =>
			database.as('hora_app', { member: actor.memberId }, async (tx) => [
				...(await historyOfSubject(tx, minister.memberId)),
				...(await historyOfSubject(tx, minister.organisationId))
			]);
		const ofSecretariat = await told(table.member('comisia', 'secretariat'));
		const ofColleague = await told(table.member('minister', 'observer'));
		const speaker = speakerFor([], [], 'ro');
		for (const heard of [ofSecretariat, ofColleague]) {
			expect(heard.map(({ type }) => type)).toEqual(['export.made']);
			expect(predicate(heard[0]!, speaker, '')).toBe(
				'a exportat: toate tabelele (XLSX), pentru cercul state'
			);
		}
		expect(await told(table.member('ong'))).toEqual([]);
		// A table that is one file, and days in their order.
		const refuse = (input: Record<string, unknown>) =>
			expect(
				act('export.make', minister, { what: 'all', format: 'json', circleId: table.circle.all, ...input })
			).rejects;
		await refuse({ format: 'csv' }).toMatchObject({ details: { fields: { format: 'export.one_table' } } });
		await refuse({ from: '2026-02-01', to: '2026-01-01' }).toMatchObject({
			details: { fields: { to: 'period.ends_before' } }
		});
		const counted = await database.asOwner((tx) =>
			rows<{ n: number }>(tx, sql`select count(*)::int as n from words where type = 'export.made'`)
		);
		expect(counted[0]?.n).toBe(2);
	});
});
