/** The plan kept by hand: invented people add, hand over, retire and restore; what stands and what was told. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { predicate, type Speaker } from '#lib/events/sentence.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { addMeasure } from '#lib/strategy/add-measure.server.ts';
import { editTexts, setDate } from '#lib/strategy/edit-measure.server.ts';
import { setHolders } from '#lib/strategy/holders.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { addObjective, editObjective } from '#lib/strategy/objectives.server.ts';
import {
	countsByOrganisation,
	listMeasures,
	listObjectives,
	measuresHeldBy,
	measuresUnder,
	readMeasure,
	readObjective,
	retiredUnder
} from '#lib/strategy/queries.server.ts';
import { restoreMeasure, retireMeasure } from '#lib/strategy/retire-measure.server.ts';
import { few, latestBy, latestUnder, openOf, openUnder } from '#lib/updates/latest.server.ts';
import { postUpdate, replyToUpdate, withdrawUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

describe.each(engines)('the plan by hand, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let elena: App.Actor; // of the Commission
	let radu: App.Actor; // secretariat
	let ana: App.Actor; // of the ministry
	let alex: App.Actor; // of the embassy

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		elena = table.member('comisia');
		radu = table.member('comisia', 'secretariat');
		ana = table.member('minister');
		alex = table.member('ambasada');
	});
	afterAll(() => database.close());

	const act = async (command: AnyCommand, actor: App.Actor, input: unknown) =>
		(await execute(database, command, actor, input, crypto.randomUUID())).result;
	const refusal = (command: AnyCommand, actor: App.Actor, input: unknown) =>
		act(command, actor, input).then(
			() => 'done',
			(error: unknown) => {
				if (!(error instanceof Refusal)) throw error;
				return error.onTheWire();
			}
		);
	const as = <T>(actor: App.Actor, read: (tx: Tx) => Promise<T>) =>
		database.as('hora_app', { member: actor.memberId }, read);
	const measureOf = (id: string) => as(elena, (tx) => readMeasure(tx, id)) as Promise<Measure>;
	const lastOf = async (subject: string) =>
		(
			await database.asOwner((tx) =>
				rows<{ type: string; author: string; data: Record<string, unknown> }>(
					tx,
					sql`select w.type, w.author, w.data from words w where w.subject_id = ${subject} order by w.n desc limit 1`
				)
			)
		)[0];
	const seat = (...seats: Seat[]) => seats.map((one) => table.organisation[one]);
	const codesOf = (measures: { code: string }[]) => measures.map(({ code }) => code);
	const add = (more: Record<string, unknown> = {}, actor = elena) =>
		act(addMeasure, actor, {
			objectiveId: table.objectiveId,
			circleId: table.circle.all,
			titleRo: 'Linie telefonică',
			...more
		});

	describe('a measure is added', () => {
		test('by the Commission, with two leads in order, partners and first steps', async () => {
			const { id } = await add({
				code: 'L',
				leads: seat('agentia', 'minister'),
				partners: seat('ong'),
				deadline: 'Anual',
				nextDate: '2027-03-31',
				steps: [{ titleRo: 'Caietul de sarcini', date: '2027-01-15' }, { titleRo: 'Contractul' }]
			});
			const measure = await measureOf(id as string);
			expect(measure).toMatchObject({
				code: 'L1',
				status: 'proposed',
				titleEn: '',
				deadline: 'Anual',
				nextDate: '2027-03-31',
				leads: seat('agentia', 'minister'),
				partners: seat('ong'),
				steps: [
					{ titleRo: 'Caietul de sarcini', date: '2027-01-15' },
					{ titleRo: 'Contractul', date: null }
				],
				retired: false,
				version: 1
			});
			expect(await lastOf(measure.id)).toMatchObject({
				type: 'measure.added',
				author: elena.memberId,
				data: { row: measure }
			});
			// It hangs under its objective, whose circle it cannot leave.
			const [placed] = await database.asOwner((tx) =>
				rows(tx, sql`select parent_id as parent, own_id as own from subjects where id = ${measure.id}`)
			);
			expect(placed).toEqual({ parent: table.objectiveId, own: null });
		});

		test('with the code that was asked for, or the next free one', async () => {
			const code = async (wanted: string) =>
				(await measureOf((await add({ code: wanted })).id as string)).code;
			expect(await code('B7')).toBe('B7');
			expect(await code('B')).toBe('B8');
			expect(await code('')).toMatch(/^M\d+$/);
			expect(
				await refusal(addMeasure, elena, {
					objectiveId: table.objectiveId,
					circleId: table.circle.all,
					titleRo: 'Alta',
					code: 'B7'
				})
			).toEqual({ code: 'invalid', fields: { code: 'measure.code_taken' } });
		});

		test('by eight people at once, each with a code of its own', async () => {
			const ids = await Promise.all(
				Array.from({ length: 8 }, (_, i) => add({ code: 'X' }, i % 2 ? elena : radu))
			);
			const codes = codesOf(await Promise.all(ids.map(({ id }) => measureOf(id as string))));
			expect(codes.sort()).toEqual(['X1', 'X2', 'X3', 'X4', 'X5', 'X6', 'X7', 'X8']);
		});

		test('in a circle inside the objective’s, and in no other', async () => {
			const objectiveId = crypto.randomUUID();
			await database.asOwner(async (tx) => {
				const circleId = table.circle.national;
				await tx.execute(sql`insert into subjects (id, circle_id) values (${objectiveId}, ${circleId})`);
				await tx.execute(sql`insert into objectives (id, circle_id, strategy_id, kind, title_ro, title_en, position)
					select ${objectiveId}, ${circleId}, strategy_id, 'general', 'Restrâns', 'Narrow', 5
						from objectives where id = ${table.objectiveId}`);
			});
			const under = (circle: 'all' | 'state' | 'public' | 'ngos') => ({
				objectiveId,
				circleId: table.circle[circle],
				titleRo: 'Restrânsă'
			});
			const { id } = await act(addMeasure, elena, under('state'));
			expect(await as(alex, (tx) => readMeasure(tx, id as string))).toBeUndefined();
			for (const circle of ['all', 'public', 'ngos'] as const)
				expect(await refusal(addMeasure, elena, under(circle))).toEqual({
					code: 'invalid',
					fields: { circleId: 'circle.not_inside' }
				});
			// Whoever cannot see the objective is told nothing of it.
			expect(await refusal(addMeasure, table.member('ambasada', 'secretariat'), under('state'))).toEqual({
				code: 'not-found'
			});
		});

		test('with nobody twice and nobody unknown', async () => {
			const input = { objectiveId: table.objectiveId, circleId: table.circle.all, titleRo: 'Cine' };
			const tried = (holders: object) => refusal(addMeasure, elena, { ...input, ...holders });
			expect(await tried({ leads: seat('ong', 'ong') })).toMatchObject({
				fields: { leads: 'holders.twice' }
			});
			expect(await tried({ leads: seat('ong'), partners: seat('ong') })).toMatchObject({
				fields: { partners: 'holders.twice' }
			});
			expect(await tried({ partners: [crypto.randomUUID()] })).toMatchObject({
				fields: { partners: 'holders.unknown' }
			});
		});
	});

	describe('who answers is changed', () => {
		const speaker: Speaker = {
			locale: 'ro',
			status: String,
			kind: String,
			circle: String,
			organisation: (id) =>
				Object.entries(table.organisation).find(([, organisation]) => organisation === id)?.[0] ?? '?'
		};
		const said = async (id: string) => {
			const [last] = await as(ana, (tx) => historyOf(tx, id));
			return last && predicate(last, speaker, id);
		};

		test('and the history says who came and who went', async () => {
			const id = await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
			await act(setHolders, elena, {
				measureId: id,
				holders: { leads: seat('agentia', 'minister'), partners: seat('asociatia') },
				base: { leads: seat('minister'), partners: seat('ong') }
			});
			expect(await measureOf(id)).toMatchObject({
				leads: seat('agentia', 'minister'),
				partners: seat('asociatia')
			});
			expect(await said(id)).toBe(
				'a schimbat cine răspunde: +agentia, +asociatia, −ong, coordonează agentia'
			);
			await act(setHolders, elena, {
				measureId: id,
				holders: { leads: seat('agentia'), partners: seat('asociatia', 'minister') },
				base: { leads: seat('agentia', 'minister'), partners: seat('asociatia') }
			});
			expect(await said(id)).toBe('a schimbat cine răspunde: minister (partener)');
		});

		test('by two people, one the leads and one the partners: both win; the same part shows theirs', async () => {
			const id = await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
			await act(setHolders, elena, {
				measureId: id,
				holders: { leads: seat('agentia') },
				base: { leads: seat('minister') }
			});
			await act(setHolders, radu, {
				measureId: id,
				holders: { partners: seat('asociatia') },
				base: { partners: seat('ong') }
			});
			expect(await measureOf(id)).toMatchObject({ leads: seat('agentia'), partners: seat('asociatia') });
			const late = { measureId: id, holders: { leads: seat('comisia') }, base: { leads: seat('minister') } };
			expect(await refusal(setHolders, radu, late)).toEqual({
				code: 'conflict',
				fields: { leads: 'edit.changed_meanwhile' },
				theirs: { leads: seat('agentia') }
			});
			// What one of them made impossible meanwhile is no conflict of fields: it is refused as it is.
			expect(
				await refusal(setHolders, radu, {
					measureId: id,
					holders: { partners: seat('agentia') },
					base: { partners: seat('asociatia') }
				})
			).toMatchObject({ fields: { partners: 'holders.twice' } });
		});

		test('whoever leads may report from then on, and whoever does not may not', async () => {
			const id = await table.addMeasure({ leads: ['agentia'], partners: [] });
			const date = {
				measureId: id,
				nextDate: '2027-05-01',
				reason: 'Convenit',
				base: { nextDate: null }
			};
			expect(await refusal(setDate, ana, date)).toEqual({ code: 'forbidden' });
			await act(setHolders, elena, {
				measureId: id,
				holders: { leads: seat('minister') },
				base: { leads: seat('agentia') }
			});
			await act(setDate, ana, date);
			expect(await measureOf(id)).toMatchObject({ nextDate: '2027-05-01' });
		});
	});

	describe('a measure is retired', () => {
		const retire = (measureId: string, reason = 'Cuprinsă în alta') =>
			act(retireMeasure, elena, { measureId, reason, base: { retired: false } });

		test('out of lists and counts for everybody; its page and history stay, with who and why', async () => {
			const id = await table.addMeasure({ leads: ['organismul'], partners: ['ambasada'] });
			const listed = async (actor: App.Actor) => ({
				all: codesOf(await as(actor, listMeasures)).length,
				under: (await as(actor, (tx) => measuresUnder(tx, table.objectiveId))).some((one) => one.id === id),
				held: (await as(actor, (tx) => measuresHeldBy(tx, table.organisation.organismul))).length,
				counted: (await as(actor, countsByOrganisation))[table.organisation.organismul]?.leads ?? 0
			});
			const before = await listed(alex);
			expect(before).toMatchObject({ under: true, held: 1, counted: 1 });

			await retire(id);
			expect(await listed(alex)).toEqual({ all: before.all - 1, under: false, held: 0, counted: 0 });
			expect(await as(alex, (tx) => readMeasure(tx, id))).toMatchObject({ id, retired: true });
			const gone = await as(elena, (tx) => retiredUnder(tx, table.objectiveId));
			expect(gone.map((measure) => measure.id)).toContain(id);
			const [last] = await as(alex, (tx) => historyOf(tx, id));
			expect(last).toMatchObject({
				type: 'measure.retired',
				author: elena.name,
				organisationId: elena.organisationId,
				data: { reason: 'Cuprinsă în alta' }
			});
			await act(restoreMeasure, radu, { measureId: id, base: { retired: true } });
			expect(await listed(alex)).toEqual(before);
			expect(await lastOf(id)).toMatchObject({
				type: 'measure.restored',
				author: radu.memberId,
				data: { row: { id, retired: false, leads: seat('organismul') } }
			});
		});

		test('and stands as it is until it is restored', async () => {
			const id = await table.addMeasure({ title: 'Înainte' });
			await retire(id);
			const edit = { measureId: id, texts: { titleRo: 'După' }, base: { titleRo: 'Înainte' } };
			const holders = { measureId: id, holders: { leads: [] }, base: { leads: seat('minister') } };
			for (const [command, input] of [
				[editTexts, edit],
				[setHolders, holders]
			] as const)
				expect(await refusal(command, radu, input)).toEqual({ code: 'forbidden' });
			await act(restoreMeasure, elena, { measureId: id, base: { retired: true } });
			await act(editTexts, radu, edit);
			expect(await measureOf(id)).toMatchObject({ titleRo: 'După', retired: false });
		});

		test('by two people at once: the second is told, and nothing is told twice', async () => {
			const id = await table.addMeasure();
			await retire(id);
			const again = { measureId: id, reason: 'Și eu', base: { retired: false } };
			expect(await refusal(retireMeasure, radu, again)).toMatchObject({
				code: 'conflict',
				theirs: { retired: true }
			});
			await act(retireMeasure, radu, { ...again, base: { retired: true } });
			expect(await lastOf(id)).toMatchObject({ data: { reason: 'Cuprinsă în alta' } });
		});
	});

	describe('objectives', () => {
		test('general under the strategy, specific under a general one, none below that', async () => {
			const objective = (await as(elena, (tx) => readObjective(tx, table.objectiveId)))!;
			const under = (underId: string, titleRo: string) => act(addObjective, elena, { underId, titleRo });
			const { id: general } = await under(objective.strategyId, 'Prevenirea');
			const { id: specific } = await under(general as string, 'Prevenirea în școli');
			const all = await as(alex, listObjectives);
			expect(all.find(({ id }) => id === general)).toMatchObject({
				kind: 'general',
				parentId: null,
				circleId: table.circle.all
			});
			expect(all.find(({ id }) => id === specific)).toMatchObject({ kind: 'specific', parentId: general });
			expect(await refusal(addObjective, elena, { underId: specific, titleRo: 'Prea adânc' })).toEqual({
				code: 'invalid',
				fields: { underId: 'objective.too_deep' }
			});

			const { id } = await add({ objectiveId: specific });
			const below = await as(alex, (tx) => measuresUnder(tx, general as string));
			expect(below.map((measure) => measure.id)).toEqual([id]);
		});

		test('two people in different texts both win, in the same one the second sees the first', async () => {
			const { id: objectiveId } = await act(addObjective, elena, {
				underId: table.objectiveId,
				titleRo: 'Sprijin'
			});
			const edit = (field: string, now: string, base: string) => ({
				objectiveId,
				texts: { [field]: now },
				base: { [field]: base }
			});
			await act(editObjective, elena, edit('titleRo', 'Sprijin lung', 'Sprijin'));
			await act(editObjective, radu, edit('titleEn', 'Support', ''));
			expect(await as(ana, (tx) => readObjective(tx, objectiveId as string))).toMatchObject({
				titleRo: 'Sprijin lung',
				titleEn: 'Support'
			});
			expect(await refusal(editObjective, radu, edit('titleRo', 'Altfel', 'Sprijin'))).toMatchObject({
				code: 'conflict',
				theirs: { titleRo: 'Sprijin lung' }
			});
		});
	});

	describe('the pages gather what their reader may read', () => {
		test('the last posts: no replies, nothing withdrawn, nothing of another circle', async () => {
			const measureId = await table.addMeasure({ leads: ['asociatia'] });
			const asociatia = table.member('asociatia');
			const post = (text: string, circle: 'all' | 'ngos' = 'all') =>
				act(postUpdate, asociatia, { measureId, circleId: table.circle[circle], kind: 'progress', text });
			const { id: first } = await post('Primul');
			await post('Numai între ONG-uri', 'ngos');
			const { id: taken } = await post('Retras');
			await act(withdrawUpdate, asociatia, { updateId: taken });
			await act(replyToUpdate, asociatia, { updateId: first, text: 'Un răspuns' });

			const texts = async (actor: App.Actor) =>
				(await as(actor, (tx) => latestBy(tx, asociatia.organisationId))).updates.map(({ text }) => text);
			expect(await texts(table.member('ong'))).toEqual(['Numai între ONG-uri', 'Primul']);
			expect(await texts(alex)).toEqual(['Primul']);

			for (let i = 0; i < few; i++) await post(`Al ${i}-lea`);
			const { updates, titles } = await as(alex, (tx) => latestUnder(tx, table.objectiveId));
			expect(updates).toHaveLength(few);
			expect(updates[0]?.text).toBe(`Al ${few - 1}-lea`);
			expect(Object.keys(titles)).toContain(measureId);
		});

		test('in as many statements for one measure as for thirty', async () => {
			const objectiveId = (await act(addObjective, elena, { underId: table.objectiveId, titleRo: 'Multe' }))
				.id as string;
			const pages = {
				objective: async (tx: Tx) => {
					await readHeads(tx);
					await listObjectives(tx);
					await measuresUnder(tx, objectiveId);
					await latestUnder(tx, objectiveId);
					await openUnder(tx, objectiveId);
					await retiredUnder(tx, objectiveId);
					await historyOf(tx, objectiveId);
				},
				organisation: async (tx: Tx) => {
					await readHeads(tx);
					await measuresHeldBy(tx, table.organisation.agentia);
					await latestBy(tx, table.organisation.agentia);
					await openOf(tx, table.organisation.agentia);
				},
				organisations: async (tx: Tx) => {
					await readHeads(tx);
					await countsByOrganisation(tx);
				}
			};
			const count = async () => {
				const counts: Record<string, number> = {};
				for (const [page, load] of Object.entries(pages))
					counts[page] = await as(alex, async (tx) => {
						const execute = vi.spyOn(tx, 'execute');
						await load(tx);
						return execute.mock.calls.length;
					});
				return counts;
			};
			await add({ objectiveId, leads: seat('agentia') });
			const one = await count();
			for (let i = 0; i < 29; i++) await add({ objectiveId, leads: seat('agentia'), partners: seat('ong') });
			expect(await as(alex, (tx) => measuresUnder(tx, objectiveId))).toHaveLength(30);
			expect(await count()).toEqual(one);
			expect(one).toEqual({ objective: 7, organisation: 4, organisations: 2 });
		});

		test('the open answers: the most urgent first, none that is closed, none that is not theirs to read', async () => {
			const measureId = await table.addMeasure();
			const ask = async (text: string, circle: 'all' | 'national', state: string, due: string | null) => {
				const question = { measureId, circleId: table.circle[circle], kind: 'question', text };
				const { id } = await act(postUpdate, elena, question);
				await database.asOwner((tx) =>
					tx.execute(sql`insert into requests (update_id, circle_id, organisation_id, due, state)
						values (${id}, ${table.circle[circle]}, ${table.organisation.agentia}, ${due}, ${state})`)
				);
				return id;
			};
			const calm = await ask('Când?', 'all', 'open', null);
			const urgent = await ask('Cât?', 'all', 'open', '2027-02-01');
			const closed = await ask('Cine?', 'all', 'answered', null);
			const narrow = await ask('De ce?', 'national', 'open', '2027-01-01');

			const ids = async (actor: App.Actor) =>
				(await as(actor, (tx) => openOf(tx, table.organisation.agentia))).map(({ updateId }) => updateId);
			expect(await ids(ana)).toEqual([narrow, urgent, calm]);
			expect(await ids(alex)).toEqual([urgent, calm]);
			const [first] = await as(alex, (tx) => openUnder(tx, table.objectiveId));
			expect(first).toMatchObject({
				updateId: urgent,
				measureId,
				due: '2027-02-01',
				askedBy: elena.organisationId,
				askedOf: table.organisation.agentia
			});
			expect(await ids(ana)).not.toContain(closed);
		});
	});
});
