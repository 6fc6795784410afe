/** A plan comes in from a file: looked at, mended, applied whole; again, it changes nothing. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { allHeads, catchUp, eventsPast, readHeads } from '#lib/events/log.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { setDate, setStatus } from '#lib/strategy/edit-measure.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { originsOf, relativesOf } from '#lib/strategy/plans.server.ts';
import { listMeasures, listObjectives } from '#lib/strategy/queries.server.ts';
import { readBrought, readDraft } from '#lib/transfer/drafts.server.ts';
import { readFacts } from '#lib/transfer/facts.server.ts';
import { fileOf } from '#lib/transfer/file.server.ts';
import { importPlan } from '#lib/transfer/import-plan.server.ts';
import { bring, planOf, say } from '../support/importing.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

const header =
	'Cod;Obiectiv general;Obiectiv specific;Activitate;Indicatori;Termen;Responsabili;Parteneri;Stadiu';
const file = (...lines: string[]) => [header, ...lines].join('\n');
const first = [
	'B1;1. Prevenire;1.1 Informare;Campanie în școli;campanii;30.06.2027;minister;ong | asociatia;propus',
	'B2;1. Prevenire;1.1 Informare;Linie telefonică;apeluri;Anual;agentia;ONG-uri;în curs',
	'B3;2. Protecție;;Adăposturi pentru victime;locuri;;minister | agentia;;'
];

describe.each(engines)('the plan comes in, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let radu: App.Actor; // secretariat
	let elena: App.Actor; // of the Commission
	let ana: App.Actor; // of the ministry

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		radu = table.member('comisia', 'secretariat');
		elena = table.member('comisia');
		ana = table.member('minister');
	});
	afterAll(() => database.close());

	const act = async (command: AnyCommand, actor: App.Actor, input: unknown) =>
		(await execute(database, command, actor, input, crypto.randomUUID())).result;
	const refusal = (actor: App.Actor, input: unknown) =>
		act(importPlan, actor, input).then(
			() => 'done',
			(error: unknown) => {
				if (!(error instanceof Refusal)) throw error;
				return error.onTheWire();
			}
		);
	const as = <T>(actor: App.Actor, read: (tx: Tx) => Promise<T>) =>
		database.as('hora_app', { member: actor.memberId }, read);
	const measures = () => as(elena, listMeasures);
	const measureOf = async (code: string) => (await measures()).find((one) => one.code === code) as Measure;
	const into = () => ({ circleId: table.circle.all });
	const apply = (actor: App.Actor, { id, seen }: { id: string; seen: string }, reason = '') =>
		act(importPlan, actor, { importId: id, base: { seen }, reason });
	const eventsOf = (subject: string) =>
		database.asOwner((tx) =>
			rows<{ type: string; author: string; data: Record<string, unknown> }>(
				tx,
				sql`select type, author, data from words where subject_id = ${subject} order by n`
			)
		);

	test('a first file: unknown names are asked, a class stays a class, then it is applied whole', async () => {
		const brought = await bring(database, radu, file(...first), into(), {
			steps: 'Cod;Pas;Data;Stare\nB1;Prima școală;15.01.2027;așteptat\nB1;Caietul de sarcini;;făcut'
		});
		expect(brought.review).toMatchObject({
			ready: false,
			unknown: [{ name: 'ONG-uri', rows: [3] }],
			faults: [],
			counts: { added: 3, changed: 0, same: 0, objectives: 3, steps: 2 }
		});
		expect(await refusal(radu, { importId: brought.id, base: { seen: brought.seen } })).toEqual({
			code: 'not-found'
		});

		const heads = await allHeads(database);
		const since = await as(ana, readHeads);
		const looked = await say(database, radu, brought.id, { organisations: { 'ong-uri': 'group' } });
		expect(looked.review.ready).toBe(true);
		await apply(radu, { id: brought.id, seen: looked.seen });

		const b1 = await measureOf('B1');
		expect(b1).toMatchObject({
			titleRo: 'Campanie în școli',
			indicators: 'campanii',
			deadline: '30.06.2027',
			nextDate: '2027-06-30',
			leads: [table.organisation.minister],
			partners: [table.organisation.ong, table.organisation.asociatia],
			circleId: table.circle.all,
			steps: [
				{ titleRo: 'Prima școală', date: '2027-01-15', done: false },
				{ titleRo: 'Caietul de sarcini', date: null, done: true }
			]
		});
		expect(await measureOf('B3')).toMatchObject({ status: 'proposed', deadline: '', leads: { length: 2 } });
		const objectives = await as(elena, listObjectives);
		expect(objectives.find(({ id }) => id === b1.objectiveId)).toMatchObject({
			kind: 'specific',
			code: '1.1',
			titleRo: 'Informare'
		});
		expect(await eventsOf(b1.id)).toMatchObject([
			{ type: 'measure.added', author: radu.memberId, data: { new: { code: 'B1' } } }
		]);
		const [group] = await database.asOwner((tx) =>
			rows(tx, sql`select is_group, seated from organisations where name_ro = 'ONG-uri'`)
		);
		expect(group).toEqual({ is_group: true, seated: false });

		// One frame for the circle, however many measures; who was away reads again.
		const planId = await planOf(database, elena);
		const events = await eventsPast(database, heads);
		expect(events).toMatchObject([
			{ circle: table.circle.all, type: 'plan.imported', subject: planId, together: true }
		]);
		expect(events[0]!.n - (heads.get(table.circle.all) ?? 0)).toBe(4);
		expect(await catchUp(database, { member: ana.memberId }, since.heads, since.epoch)).toMatchObject({
			events: [],
			snapshot: true
		});
		expect(await as(radu, (tx) => readDraft(tx, brought.id))).toBeUndefined();
	});

	test('the same file again changes nothing, also after what was agreed since', async () => {
		const b1 = await measureOf('B1');
		await act(setStatus, ana, {
			...{ measureId: b1.id, status: 'in-progress', reason: '', base: { status: 'proposed' } }
		});
		await act(setDate, ana, {
			...{ measureId: b1.id, nextDate: '2027-09-30', reason: 'Școlile', base: { nextDate: '2027-06-30' } }
		});
		const { review } = await bring(database, radu, file(...first), into());
		expect(review).toMatchObject({ ready: true, counts: { added: 0, changed: 0, same: 3, missing: 0 } });
	});

	test('a changed file shows exactly its differences; a changed deadline is agreed anew, because of the plan', async () => {
		const changed = file(
			first[0]!.replace('30.06.2027', '31.12.2027').replace('campanii', 'campanii, elevi'),
			first[2]!.replace('Adăposturi', 'Adaposturi').replace('minister | agentia', 'agentia')
		);
		const brought = await bring(database, elena, changed, into(), { name: 'rectificare.csv' });
		expect(brought.review).toMatchObject({ ready: true, counts: { changed: 2, missing: 1, added: 0 } });
		expect(brought.review.entries.map(({ differences }) => differences)).toEqual([
			[
				{ field: 'indicators', old: 'campanii', new: 'campanii, elevi' },
				{ field: 'deadline', old: '30.06.2027', new: '31.12.2027' },
				{ field: 'nextDate', old: '2027-09-30', new: '2027-12-31' }
			],
			[
				{ field: 'titleRo', old: 'Adăposturi pentru victime', new: 'Adaposturi pentru victime' },
				{
					field: 'leads',
					old: [table.organisation.minister, table.organisation.agentia],
					new: [table.organisation.agentia]
				}
			]
		]);
		await apply(elena, brought);
		const b1 = await measureOf('B1');
		expect(b1).toMatchObject({ nextDate: '2027-12-31', deadline: '31.12.2027', status: 'in-progress' });
		expect((await eventsOf(b1.id)).slice(-2)).toEqual([
			{
				type: 'measure.texts',
				author: elena.memberId,
				data: {
					old: { deadline: '30.06.2027', indicators: 'campanii' },
					new: { deadline: '31.12.2027', indicators: 'campanii, elevi' },
					reason: 'rectificare.csv'
				}
			},
			{
				type: 'measure.date',
				author: elena.memberId,
				data: {
					old: { nextDate: '2027-09-30' },
					new: { nextDate: '2027-12-31', asOf: null },
					reason: 'rectificare.csv'
				}
			}
		]);
		expect(await measureOf('B2')).toMatchObject({ titleRo: 'Linie telefonică' });
		expect((await bring(database, elena, changed, into())).review.counts).toMatchObject({
			changed: 0,
			same: 2
		});
	});

	test('a row without a code is found by its words; a near one is asked; a new one gets a code', async () => {
		const lines = [
			';Prevenire;Informare;Campanie in scoli;campanii, elevi;31.12.2027;minister;ong | asociatia;'.replace(
				'campanii, elevi',
				'"campanii, elevi"'
			),
			';Prevenire;Informare;Linia telefonică;apeluri;Anual;agentia;ONG-uri;în curs',
			';3. Cooperare;;Echipe comune;;;minister;;'
		];
		const brought = await bring(database, radu, file(...lines), into());
		const b2 = await measureOf('B2');
		expect(brought.review).toMatchObject({
			ready: false,
			asked: [{ row: 3, near: { id: b2.id, code: 'B2' } }],
			counts: { added: 1 }
		});
		const yes = await say(database, radu, brought.id, { same: { 3: b2.id } });
		expect(yes.review).toMatchObject({ ready: true, asked: [] });
		expect(yes.review.entries.find(({ row }) => row === 3)).toMatchObject({
			kind: 'changed',
			differences: [{ field: 'titleRo', old: 'Linie telefonică', new: 'Linia telefonică' }]
		});
		await apply(radu, { id: brought.id, seen: yes.seen });
		expect(await measureOf('M1')).toMatchObject({ titleRo: 'Echipe comune' });
		expect((await measureOf('B2')).titleRo).toBe('Linia telefonică');
	});

	test('mistakes are named by row and column and mended in place; a row may be left aside', async () => {
		const brought = await bring(
			database,
			radu,
			file('B7;Tema;;Titlu;;31.02.2027;minister;;gata', 'B8;Tema;;Alt titlu;;;minister'),
			into()
		);
		expect(brought.review.faults).toEqual([
			{ sheet: 'plan', row: 2, column: 'Stadiu', message: 'plan.unknown_status', place: 8, cell: 'gata' },
			{ sheet: 'plan', row: 2, column: 'Termen', message: 'plan.not_a_date', place: 5, cell: '31.02.2027' },
			{ sheet: 'plan', row: 3, column: '', message: 'plan.cell_count', place: null, cell: '' }
		]);
		const mended = await say(database, radu, brought.id, { left: { plan: [3] } }, [
			{ sheet: 'plan', row: 2, place: 8, words: 'realizat' },
			{ sheet: 'plan', row: 2, place: 5, words: '28.02.2027' }
		]);
		expect(mended.review).toMatchObject({ ready: true, faults: [], counts: { added: 1 } });
		await expect(
			say(database, radu, brought.id, {}, [
				{ sheet: 'plan', row: 2, place: 3, words: 'Dosarul lui 1800101700011' }
			])
		).rejects.toMatchObject({
			details: { fields: { 'cell.plan.2.3': 'words.personal_number' } }
		});
	});

	test('a personal number keeps the file out; it is named by its place and nowhere repeated', async () => {
		const content = file('B9;Tema;;Titlu;;;minister;;').replace('Titlu', 'Dosarul lui 1800101 700011');
		expect(await readBrought([{ name: 'plan.csv', bytes: Buffer.from(content) }])).toEqual({
			ok: false,
			problems: [{ row: 2, column: 'Activitate', message: 'words.personal_number' }]
		});
		expect(
			await readBrought([{ name: 'dosar 1800101700011.csv', bytes: Buffer.from(file(...first)) }])
		).toEqual({ ok: false, problems: [{ row: 0, column: '', message: 'import.number_in_name' }] });
	});

	test('what may identify somebody wants a reason, which the secretariat sees', async () => {
		const line = 'B10;Tema;;Titlu;sunați la 0722 123 456;;minister;;';
		const brought = await bring(database, elena, file(line), into());
		expect(brought.review.warned).toEqual([
			{ sheet: 'plan', row: 2, column: 'Indicatori', kinds: ['phone'] }
		]);
		expect(await refusal(elena, { importId: brought.id, base: { seen: brought.seen } })).toEqual({
			code: 'invalid',
			fields: { reason: 'confirm.too_short' }
		});
		await apply(elena, brought, 'Este numărul public al liniei.');
		const [held] = await database.asOwner((tx) =>
			rows(tx, sql`select command, field, kinds, reason from confirmations order by id desc limit 1`)
		);
		expect(held).toEqual({
			command: 'plan.import',
			field: 'plan.Indicatori',
			kinds: ['phone'],
			reason: 'Este numărul public al liniei.'
		});
	});

	test('a draft is its member’s alone; who may not import applies nothing', async () => {
		const brought = await bring(database, radu, file('B11;Tema;;Titlu;;;minister;;'), into());
		const input = { importId: brought.id, base: { seen: brought.seen } };
		expect(await as(elena, (tx) => readDraft(tx, brought.id))).toBeUndefined();
		expect(await refusal(elena, input)).toEqual({ code: 'not-found' });
		const own = await bring(database, ana, file('B11;Tema;;Titlu;;;minister;;'), into());
		expect(await refusal(ana, { importId: own.id, base: { seen: own.seen } })).toEqual({ code: 'forbidden' });
		await database.asOwner((tx) =>
			tx.execute(sql`update imports set made_at = made_at - interval '25 hours' where id = ${brought.id}`)
		);
		expect(await refusal(radu, input)).toEqual({ code: 'not-found' });
	});

	test('whoever was faster is not overwritten: the file is looked at again', async () => {
		const changed = file(first[1]!.replace('Linie', 'Linia').replace('Anual', '31.03.2028'));
		const brought = await bring(database, radu, changed, into());
		const b2 = await measureOf('B2');
		await act(setDate, elena, {
			...{ measureId: b2.id, nextDate: '2028-01-31', reason: 'Bugetul', base: { nextDate: null } }
		});
		const conflict = { code: 'conflict', fields: { form: 'import.changed_meanwhile' } };
		expect(await refusal(radu, { importId: brought.id, base: { seen: brought.seen } })).toEqual(conflict);
		expect((await measureOf('B2')).deadline).toBe('Anual');
		const again = await say(database, radu, brought.id, {});
		expect(await refusal(radu, { importId: brought.id, base: { seen: brought.seen } })).toMatchObject({
			code: 'conflict',
			fields: { seen: 'edit.changed_meanwhile' }
		});
		await apply(radu, { id: brought.id, seen: again.seen });
		expect(await measureOf('B2')).toMatchObject({ deadline: '31.03.2028', nextDate: '2028-03-31' });
	});

	test('a new plan: a code proves nothing; what goes on, is split, merged or dropped is said of each', async () => {
		const [b1, b2, b3, m1] = await Promise.all(['B1', 'B2', 'B3', 'M1'].map(measureOf));
		const next = file(
			'B1;1. Prevenire;;Linie telefonică gratuită;;Permanent;agentia;;',
			'B2;1. Prevenire;;Campanie în licee;;Anual;minister;;',
			'B3;1. Prevenire;;Campanie în școli generale;;Anual;minister;;'
		);
		const brought = await bring(database, radu, next, {
			...{ ...into(), what: 'new' },
			plan: { titleRo: 'Planul 2027–2029', titleEn: '', firstYear: 2027, lastYear: 2029 }
		});
		expect(brought.review).toMatchObject({ ready: false, counts: { added: 3, changed: 0 } });
		const others = brought.review.ended
			.filter(({ id }) => ![b1, b2, b3, m1].some((one) => one!.id === id))
			.map(({ id }) => [id, { ending: 'stays' as const, rows: '', reason: '' }]);
		expect(brought.review.ended.find(({ id }) => id === b1!.id)).toMatchObject({ suggested: 'B3' });

		const said = await say(database, radu, brought.id, {
			endings: {
				...Object.fromEntries(others),
				[b1!.id]: { ending: 'continues', rows: 'B2, B3', reason: '' },
				[b2!.id]: { ending: 'continues', rows: 'B1', reason: '' },
				[m1!.id]: { ending: 'continues', rows: 'B1', reason: 'Se fac împreună' },
				[b3!.id]: { ending: 'dropped', rows: '', reason: '' }
			}
		});
		expect(said.review.ready).toBe(false);
		const done = await say(database, radu, brought.id, {
			endings: { [b3!.id]: { ending: 'dropped', rows: '', reason: 'Nu mai sunt fonduri' } }
		});
		expect(done.review).toMatchObject({ ready: true, counts: { added: 3, continued: 3, dropped: 1 } });
		await apply(radu, { id: brought.id, seen: done.seen });

		const now = await measures();
		const [line] = now.filter(({ titleRo }) => titleRo === 'Linie telefonică gratuită');
		expect(now.filter(({ id }) => [b1, b2, b3, m1].some((one) => one!.id === id))).toEqual([]);
		expect((await as(ana, (tx) => relativesOf(tx, line!.id))).from).toMatchObject([
			{ code: 'B2', fate: 'merged' },
			{ code: 'M1', fate: 'merged', reason: 'Se fac împreună' }
		]);
		expect((await as(ana, (tx) => relativesOf(tx, b1!.id))).into).toMatchObject([
			{ code: 'B2', fate: 'split' },
			{ code: 'B3', fate: 'split' }
		]);
		expect((await eventsOf(b3!.id)).at(-1)).toMatchObject({
			type: 'measure.retired',
			data: { reason: 'Nu mai sunt fonduri' }
		});
		const origins = await as(ana, (tx) => originsOf(tx, line!.id));
		expect(origins.sort()).toEqual([b2!.id, m1!.id].sort());
		const history = await as(ana, (tx) => historyOf(tx, line!.id, { origins }));
		expect(history.map(({ type }) => type)).toEqual(
			expect.arrayContaining(['measure.succeeded', 'measure.date'])
		);
	});

	test('what is exported changes nothing when it comes back, whatever was agreed since', async () => {
		const b1 = await measureOf('B1');
		await act(setDate, elena, {
			measureId: b1.id,
			nextDate: '2031-05-31',
			reason: 'Convenit din nou',
			base: { nextDate: b1.nextDate }
		});
		const scope = { circleId: table.circle.all, from: null, to: null, objectives: [] };
		const facts = await database.as('hora_app', { member: radu.memberId, forCircle: scope.circleId }, (tx) =>
			readFacts(tx, scope)
		);
		for (const format of ['csv', 'xlsx'] as const) {
			const [plan, steps] = await Promise.all(
				(['measures', 'steps'] as const).map(async (what) => {
					const asked = {
						what,
						format,
						scope,
						site: 'https://hora.example',
						locale: 'ro',
						actor: radu
					} as const;
					const { body } = await fileOf(facts, { ...asked, now: new Date() });
					return Buffer.from(await new Response(body).arrayBuffer());
				})
			);
			const name = `plan.${format}`;
			const brought = await bring(database, radu, plan as Buffer, into(), { name, steps: steps as Buffer });
			expect(brought.review).toMatchObject({
				ready: true,
				faults: [],
				unknown: [],
				counts: { added: 0, changed: 0, objectives: 0, steps: 0, same: facts.measures.length }
			});
		}
	});

	test('of what waits only the newest five are kept', async () => {
		const ids: string[] = [];
		for (let i = 0; i < 6; i++)
			ids.push((await bring(database, ana, file(`D${i};Tema;;Titlu;;;minister;;`), into())).id);
		expect(await as(ana, (tx) => readDraft(tx, ids[0]!))).toBeUndefined();
		expect(await as(ana, (tx) => readDraft(tx, ids[1]!))).toBeDefined();
	});
});
