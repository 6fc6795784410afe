/** Circles, organisations and strategies as the secretariat keeps them: what each act does to who reads what. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import { listCircleFacts, listKept } from '#lib/circles/queries.server.ts';
import { commands } from '#lib/commands.server.ts';
import { seatsOf } from '#lib/events/log.server.ts';
import { listMeetings } from '#lib/meetings/queries.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { bodies } from '#lib/organisations/reference.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows, sqlState, type Tx } from '#lib/server/database.server.ts';
import { listStrategies, readMeasure, strategyTitle } from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

describe.each(engines)('what the secretariat keeps, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let keeper: Actor;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		keeper = table.member('comisia', 'secretariat');
	});
	afterAll(() => database.close());

	const act = async (name: string, actor: Actor, input: unknown) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) =>
		database.as('hora_app', { member: actor.memberId }, work);
	const circleOf = async (seats: Seat[], insideId = table.circle.all) =>
		(
			await act('circle.add', keeper, {
				insideId,
				nameRo: 'Cerc',
				organisationIds: seats.map((seat) => table.organisation[seat])
			})
		).id as string;
	const join = async (circleId: string, seat: Seat) =>
		(await act('circle.join', keeper, { circleId, organisationId: table.organisation[seat] })).id as string;
	const leave = (circleId: string, seat: Seat) =>
		act('circle.leave', keeper, { circleId, organisationId: table.organisation[seat] });
	const post = async (seat: Seat, measureId: string, circleId: string, text: string) =>
		(await act('update.post', table.member(seat), { measureId, circleId, kind: 'comment', text }))
			.id as string;
	const reads = async (seat: Seat, measureId: string) =>
		(await as(table.member(seat), (tx) => listUpdates(tx, measureId))).map(({ text }) => text).sort();
	const circles = async (seat: Seat) => (await as(table.member(seat), listCircles)).map(({ id }) => id);
	const refusal = (of: Promise<unknown>) =>
		of.then(
			() => 'done',
			(error: unknown) => error
		);

	test('who joins never reads what was written before; measures move over, posts stay', async () => {
		const circleId = await circleOf(['minister', 'ong']);
		const { id: measureId } = await act('measure.add', table.member('comisia'), {
			objectiveId: table.objectiveId,
			circleId: table.circle.all,
			titleRo: 'Ghid'
		});
		await act('measure.move', table.member('comisia', 'secretariat'), {
			measureId,
			circleId,
			base: { circleId: table.circle.all }
		}).catch(() => 'the mover is not in it');
		await post('ong', measureId as string, circleId, 'Înainte');

		const successor = await join(circleId, 'ambasada');
		expect(successor).not.toBe(circleId);
		await post('ong', measureId as string, successor, 'De azi');
		expect(await reads('ambasada', measureId as string)).toEqual(['De azi']);
		expect(await reads('minister', measureId as string)).toEqual(['De azi', 'Înainte']);
		expect(await reads('agentia', measureId as string)).toEqual([]);

		// Into the earlier one nothing more is posted.
		expect(await refusal(post('ong', measureId as string, circleId, 'Prea târziu'))).toMatchObject({
			code: 'invalid',
			details: { fields: { circleId: 'circle.not_inside' } }
		});
		const [facts] = (await as(table.member('ong'), listCircleFacts)).filter(({ id }) => id === successor);
		expect(facts).toMatchObject({ succeedsId: circleId, nameRo: 'Cerc', quoting: 'agreement' });
		expect(facts?.organisations).toHaveLength(3);
	});

	test('where nothing was written the same circle goes on; All partners is the exception that widens', async () => {
		const circleId = await circleOf(['minister']);
		expect(await join(circleId, 'ong')).toBe(circleId);

		const measureId = await table.addMeasure();
		await post('minister', measureId, table.circle.all, 'Scris înainte');
		await leave(table.circle.all, 'organismul');
		expect(await reads('organismul', measureId)).toEqual([]);
		expect(await join(table.circle.all, 'organismul')).toBe(table.circle.all);
		expect(await reads('organismul', measureId)).toEqual(['Scris înainte']);
		expect(await refusal(leave(table.circle.all, 'comisia'))).toMatchObject({ code: 'invalid' });
	});

	test('an inner circle follows the successor of the outer one, so that the newcomer can join it too', async () => {
		const outer = await circleOf(['minister', 'ong', 'agentia']);
		const inner = await circleOf(['minister', 'ong'], outer);
		const measureId = await table.addMeasure();
		await post('ong', measureId, outer, 'În cel din jur');
		await post('ong', measureId, inner, 'În cel dinăuntru');

		expect(
			await refusal(
				act('circle.join', keeper, { circleId: inner, organisationId: table.organisation.ambasada })
			)
		).toMatchObject({ details: { fields: { organisationId: 'circle.not_in_outer' } } });
		const wider = await join(outer, 'ambasada');
		const next = await join(inner, 'ambasada');
		await post('ambasada', measureId, next, 'De la ambasadă');
		expect(await reads('ambasada', measureId)).toEqual(['De la ambasadă']);
		expect(await reads('agentia', measureId)).toEqual(['În cel din jur']);

		// Who leaves the outer one leaves all that lies in it, the earlier ones as well.
		await leave(wider, 'ong');
		expect(await reads('ong', measureId)).toEqual([]);
		for (const one of [outer, inner, wider, next]) expect(await circles('ong')).not.toContain(one);
		expect(await reads('minister', measureId)).toEqual(
			['De la ambasadă', 'În cel din jur', 'În cel dinăuntru'].sort()
		);
	});

	test('a reply goes home with its post, also where its own circle lies in the one that the measure moves to', async () => {
		const keeping = table.member('minister', 'secretariat');
		const outer = await circleOf(['minister', 'ong']);
		const inner = await circleOf(['minister', 'ong'], outer);
		const measureId = await table.addMeasure();
		const updateId = await post('ong', measureId, outer, 'Întâi afară');
		await act('update.reply', table.member('minister'), { updateId, text: 'Și răspunsul' });
		const move = (circleId: string, base: string) =>
			act('update.move', table.member('ong'), { updateId, circleId, base: { circleId: base } });
		await move(inner, outer);
		await move(outer, inner);

		// The circle of the reply now lies in its successor as well, and the post's does not.
		await join(outer, 'ambasada');
		const next = await join(inner, 'ambasada');
		await act('measure.move', keeping, { measureId, circleId: next, base: { circleId: table.circle.all } });
		expect(await reads('ong', measureId)).toEqual(['Întâi afară']);
		expect(await reads('minister', measureId)).toEqual(['Și răspunsul']);
		expect(await reads('ambasada', measureId)).toEqual([]);
	});

	test('who joins comes to the meetings that are ahead, and reads nothing of those that are over', async () => {
		const circleId = await circleOf(['comisia', 'minister']);
		const chair = table.member('comisia', 'coordinator');
		const secretariat = table.member('comisia', 'secretariat');
		const meetings = (seat: Seat) => as(table.member(seat), listMeetings);
		const told = (seat: Seat) =>
			as(table.member(seat), async (tx) =>
				JSON.stringify(
					await rows(
						tx,
						sql`select (select array_agg(data) from words) as words, (select array_agg(said) from minute_lines) as lines,
							(select array_agg(text) from notes) as notes, (select array_agg(text_ro) from decisions) as decisions`
					)
				)
			);
		const { id: meetingId } = await act('meeting.plan', secretariat, {
			...{ circleId, title: 'Ședința restrânsă', day: '2026-12-01', time: '10:00', chairId: chair.memberId }
		});
		const add = (titleRo: string) => act('agenda.add', chair, { meetingId, circleId, minutes: 5, titleRo });
		const { id: itemId } = await add('Un punct');
		await add('Amânat');
		await act('meeting.open', chair, { meetingId, base: { state: 'planned' } });
		await act('note.write', chair, { itemId, text: 'Rămâne între noi' });
		await act('decision.record', chair, {
			itemId,
			textRo: 'Se trimit cifrele',
			organisations: [chair.organisationId]
		});

		// While it is on, what was said before stays with whom it was said to; the meeting goes on with whoever joins.
		const during = await join(circleId, 'ong');
		expect((await meetings('ong')).map(({ title }) => title)).toEqual(['Ședința restrânsă']);
		for (const words of ['Rămâne între noi', 'Se trimit cifrele'])
			expect([words, (await told('ong')).includes(words), (await told('minister')).includes(words)]).toEqual([
				...[words, false, true]
			]);

		await act('note.write', chair, { itemId, text: 'De față cu ONG' });
		await act('meeting.close', chair, { meetingId, base: { state: 'open' } });
		await act('minutes.approve', chair, { meetingId, base: { approved: 0 } });
		const after = await join(during, 'ambasada');
		expect(await meetings('ambasada')).toEqual([]);
		for (const words of ['Ședința restrânsă', 'De față cu ONG', 'Rămâne între noi'])
			expect([words, (await told('ambasada')).includes(words)]).toEqual([words, false]);
		expect(await told('ong')).toContain('De față cu ONG');

		// The next one is everybody's; what is to be followed up is said to those who were there.
		const next = await act('meeting.follow', secretariat, { meetingId, day: '2026-12-08', time: '10:00' });
		const follow = (seat: Seat) =>
			as(table.member(seat), (tx) => wholeMeeting(tx, next.id as string, { followUp: true }));
		expect(await follow('ambasada')).toMatchObject({ meeting: { circleId: after }, earlier: [] });
		expect((await follow('minister'))?.earlier).toHaveLength(1);
		expect(await told('ambasada')).toContain('Amânat');
	});

	test('the database itself holds who is inside the outer circle', async () => {
		const inner = await circleOf(['ong'], table.circle.ngos);
		const into = (organisation: Seat) =>
			database.asOwner((tx) =>
				tx.execute(sql`insert into circle_organisations (circle_id, organisation_id)
					values (${inner}, ${table.organisation[organisation]})`)
			);
		expect(await into('minister').then(() => 'done', sqlState)).toBe('23514');
		const fromOuter = database.asOwner((tx) =>
			tx.execute(sql`delete from circle_organisations
				where circle_id = ${table.circle.ngos} and organisation_id = ${table.organisation.ong}`)
		);
		expect(await fromOuter.then(() => 'done', sqlState)).toBe('23514');
		await into('asociatia');
	});

	test('who left is told in its own circle, who stayed in theirs, nobody else', async () => {
		const circleId = await circleOf(['minister', 'ong']);
		await leave(circleId, 'ong');
		const told = (seat: Seat) =>
			as(table.member(seat), async (tx) =>
				(
					await rows<{ circle: string }>(
						tx,
						sql`select w.event_circle_id as circle from words w where w.type = 'circle.left'
							and (w.subject_id = ${circleId} or w.data->'circle'->>'nameRo' = 'Cerc')
							and w.author = ${keeper.memberId} order by w.n desc`
					)
				).map(({ circle }) => circle)
			);
		expect(await told('minister')).toContain(circleId);
		expect(await told('ong')).toContain(table.circle['own ong']);
		expect(await told('ong')).not.toContain(circleId);
		expect(await told('ambasada')).not.toContain(circleId);
	});

	test('the secretariat keeps circles that it does not read: names and members, not a word', async () => {
		const secretariat = table.member('ong', 'secretariat');
		const kept = await as(secretariat, listKept);
		expect(kept.find(({ id }) => id === table.circle.state)).toMatchObject({
			nameRo: 'state',
			read: false,
			organisations: expect.arrayContaining([expect.objectContaining({ id: table.organisation.minister })])
		});
		expect(kept.map(({ kind }) => kind)).not.toContain('own');
		expect((await as(secretariat, listCircleFacts)).map(({ id }) => id)).not.toContain(table.circle.state);

		await act('circle.rename', secretariat, {
			circleId: table.circle.state,
			names: { nameRo: 'Instituții' },
			base: { nameRo: 'state' }
		});
		const heard = await as(secretariat, (tx) =>
			rows(tx, sql`select from words where event_circle_id = ${table.circle.state}`)
		);
		expect(heard).toEqual([]);
		for (const actor of [table.member('ong'), table.member('comisia', 'coordinator')])
			expect(await as(actor, listKept)).toEqual([]);
	});

	test('what changes access is asked of whoever has just shown who they are, and twice: by policy and database', async () => {
		const circleId = await circleOf(['ong']);
		for (const [name, input] of [
			['circle.add', { insideId: table.circle.all, nameRo: 'Altul' }],
			['circle.rename', { circleId, names: { nameRo: 'Altul' }, base: { nameRo: 'Cerc' } }],
			['circle.join', { circleId, organisationId: table.organisation.minister }],
			['circle.leave', { circleId, organisationId: table.organisation.ong }],
			['circle.quoting', { circleId, quoting: 'never', base: { quoting: 'agreement' } }],
			['circle.retire', { circleId, base: { retired: false } }],
			['organisation.retire', { organisationId: table.organisation.ong, base: { retired: false } }]
		] as const)
			expect(await refusal(act(name, { ...keeper, proved: false }, input)), name).toMatchObject({
				code: 'unproved'
			});

		const contributor = table.member('comisia');
		for (const call of [
			sql`select make_circle('{}')`,
			sql`select change_circle(${circleId}, '{"nameRo":"Al meu"}')`,
			sql`select join_circle(${circleId}, ${contributor.organisationId}, gen_random_uuid())`,
			sql`select leave_circle(${circleId}, ${table.organisation.ong})`,
			sql`select seat_organisations('[{"group":false}]')`,
			sql`select rename_organisation(${table.organisation.ong}, '{"nameRo":"Alta"}')`,
			sql`select retire_organisation(${table.organisation.ong}, true)`
		])
			expect(
				await database
					.as('hora_signin', { member: contributor.memberId }, (tx) => tx.execute(call))
					.then(() => 'done', sqlState)
			).toBe('42501');
	});

	test('a retired circle is read and takes nothing more, not even a reply', async () => {
		const circleId = await circleOf(['minister', 'ong']);
		const measureId = await table.addMeasure();
		const updateId = await post('ong', measureId, circleId, 'Rămâne');
		await act('circle.retire', keeper, { circleId, base: { retired: false } });

		expect(await reads('minister', measureId)).toEqual(['Rămâne']);
		const reply = act('update.reply', table.member('minister'), { updateId, text: 'Prea târziu' });
		expect(await refusal(reply)).toMatchObject({ code: 'invalid' });
		expect(await refusal(post('ong', measureId, circleId, 'Și eu'))).toMatchObject({ code: 'invalid' });
		const [seen] = (await as(table.member('ong'), listCircles)).filter(({ id }) => id === circleId);
		expect(seen).toMatchObject({ closed: true, retired: true });
		expect(await refusal(join(circleId, 'agentia'))).toMatchObject({ code: 'invalid' });
		expect(await refusal(circleOf(['ong'], circleId))).toMatchObject({ code: 'invalid' });
		await leave(circleId, 'ong'); // whoever is in it can still be taken out
		expect(await reads('ong', measureId)).toEqual([]);

		await act('circle.restore', keeper, { circleId, base: { retired: true } });
		await post('minister', measureId, circleId, 'Din nou');
		expect(await reads('minister', measureId)).toContain('Din nou');
		expect(await refusal(post('ong', measureId, circleId, 'Și eu'))).toMatchObject({
			details: { fields: { circleId: 'circle.not_inside' } }
		});
	});

	test('an organisation gets its seat, is found by its former name, and goes with its sessions', async () => {
		const reference = bodies.find(({ group, kind }) => !group && kind === 'ministry');
		if (!reference) throw new Error('the reference file names no ministry');
		const { kind, nameRo, nameEn, shortRo, shortEn } = reference;
		const { id } = await act('organisation.add', keeper, { kind, nameRo, nameEn, shortRo, shortEn });
		const organisationId = id as string;
		const listed = async () => (await as(keeper, listOrganisations)).find((one) => one.id === organisationId);
		expect(await listed()).toMatchObject({ nameRo, seated: true, retired: false });
		const again = act('organisation.add', keeper, { kind, nameRo: nameRo.toUpperCase(), shortRo });
		expect(await refusal(again)).toMatchObject({
			details: { fields: { nameRo: 'organisation.is_there' } }
		});

		const names = { nameRo: 'Ministerul Zmeurei' };
		await act('organisation.rename', keeper, { organisationId, names, base: { nameRo } });
		const found = await as(keeper, (tx) => rows(tx, sql`select id from search(${nameRo}, 10)`));
		expect(JSON.stringify(found)).toContain(organisationId);

		const memberId = crypto.randomUUID();
		const session = '0'.repeat(31) + '1';
		await database.asOwner(async (tx) => {
			await tx.execute(sql`insert into members (id, name, organisation_id, role)
				values (${memberId}, 'Una Exemplu', ${organisationId}, 'contributor')`);
			await tx.execute(sql`insert into signin.sessions (id, member_id, secret_hash)
				values (${session}, ${memberId}, '\\x00')`);
		});
		const [seat] = await seatsOf(database, [session]);
		expect(seat?.circles).toContain(table.circle.all);
		expect(seat?.circles).toHaveLength(3); // All partners, its own, Public

		await act('organisation.retire', keeper, { organisationId, base: { retired: false } });
		expect(await seatsOf(database, [session])).toEqual([]);
		expect(await database.as('hora_app', { member: memberId }, listCircles)).toEqual([]);
		expect(await listed()).toMatchObject({ seated: false, retired: true });
		await act('organisation.restore', keeper, { organisationId, base: { retired: true } });
		expect(await seatsOf(database, [session])).toEqual([]); // they sign in again
		expect(await database.as('hora_app', { member: memberId }, listCircles)).toHaveLength(3);
		expect(
			await refusal(
				act('organisation.retire', keeper, {
					organisationId: keeper.organisationId,
					base: { retired: false }
				})
			)
		).toMatchObject({ code: 'forbidden' });
	});

	test('a group is a name without members, circle or rights; what was only named keeps its id', async () => {
		const { id } = await act('organisation.add', keeper, {
			kind: 'ngo',
			nameRo: 'Organizații',
			shortRo: 'ONG',
			group: true
		});
		const own = await database.asOwner((tx) =>
			rows(tx, sql`select from circles where organisation_id = ${id}`)
		);
		expect(own).toEqual([]);

		const named = crypto.randomUUID();
		await database.asOwner((tx) =>
			tx.execute(sql`insert into organisations (id, kind, name_ro, name_en, short_ro, short_en)
				values (${named}, 'agency', 'Agenția Numită', 'Named', 'AN', 'AN')`)
		);
		const seat = { kind: 'agency', nameRo: 'agentia numita', shortRo: 'AN' };
		expect((await act('organisation.add', keeper, seat)).id).toBe(named);
	});

	test('the newest strategy that stands is named; under a retired one nothing new is written', async () => {
		const { id } = await act('strategy.add', keeper, { titleRo: 'Strategia 2029–2033' });
		const first = async () => (await as(keeper, listStrategies))[0]?.id;
		expect(await first()).toBe(id);
		const title = () => database.as('hora_signin', {}, strategyTitle);
		expect(await title()).toMatchObject({ titleRo: 'Strategia 2029–2033' });

		const objective = { underId: id, titleRo: 'Un obiectiv' };
		const { id: objectiveId } = await act('objective.add', keeper, objective);
		await act('strategy.retire', keeper, { strategyId: id, base: { retired: false } });
		expect(await first()).not.toBe(id);
		expect(await title()).toMatchObject({ titleRo: 'Strategia' });
		expect(await refusal(act('objective.add', keeper, objective))).toMatchObject({
			details: { fields: { underId: 'strategy.is_retired' } }
		});
		const measure = { objectiveId, circleId: table.circle.all, titleRo: 'O măsură' };
		expect(await refusal(act('measure.add', keeper, measure))).toMatchObject({
			details: { fields: { objectiveId: 'strategy.is_retired' } }
		});
		await act('strategy.restore', keeper, { strategyId: id, base: { retired: true } });
		expect(await first()).toBe(id);
		await act('measure.add', keeper, measure);
		await act('strategy.retire', keeper, { strategyId: id, base: { retired: false } });
	});

	test('an organisation that left the table gets no measure, and keeps those that it had', async () => {
		const leaves = table.organisation.organismul;
		const measureId = await table.addMeasure({ leads: ['ong'], partners: ['organismul'] });
		await act('organisation.retire', keeper, { organisationId: leaves, base: { retired: false } });
		const partners = [leaves, table.organisation.agentia];
		await act('measure.holders', keeper, {
			measureId,
			holders: { partners },
			base: { partners: [leaves] }
		});
		const other = await table.addMeasure({ leads: ['ong'], partners: [] });
		const giving = act('measure.holders', keeper, {
			measureId: other,
			holders: { partners },
			base: { partners: [] }
		});
		expect(await refusal(giving)).toMatchObject({ details: { fields: { partners: 'holders.retired' } } });
		await act('organisation.restore', keeper, { organisationId: leaves, base: { retired: true } });
	});

	test('a measure that lives in the circle moves to its successor with its steps', async () => {
		const circleId = await circleOf(['comisia', 'minister']);
		const { organisation, objectiveId } = table;
		const { id } = await act('measure.add', table.member('comisia'), {
			objectiveId,
			circleId,
			titleRo: 'Ghid',
			leads: [organisation.minister],
			steps: [{ titleRo: 'Un pas' }]
		});
		const successor = await join(circleId, 'ong');
		const measure = await as(table.member('ong'), (tx) => readMeasure(tx, id as string));
		expect(measure).toMatchObject({ circleId: successor, steps: [{ titleRo: 'Un pas' }] });
		const past = await as(table.member('ong'), (tx) =>
			rows<{ type: string }>(tx, sql`select type from words where subject_id = ${id}`)
		);
		// What was said of it before stays with those to whom it was said.
		expect(past.map(({ type }) => type)).toEqual(['arrived']);
	});
});
