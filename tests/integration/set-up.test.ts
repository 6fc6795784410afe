/** From empty to working: one code, one table, one first member; and what the first days need. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { open, sessionOf } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows, sqlState } from '#lib/server/database.server.ts';
import { firstDays, skipStep } from '#lib/workspace/first-days.server.ts';
import { bodyKeys } from '#lib/organisations/reference.server.ts';
import { listSeatable, seatOrganisations } from '#lib/workspace/seat-organisations.server.ts';
import { hasBegun, laySetUpCode, setUp, setUpWaits } from '#lib/workspace/set-up.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';

const words = {
	nameRo: 'Hora',
	nameEn: '',
	strategyRo: 'Strategia națională',
	strategyEn: 'National strategy',
	source: 'HG 533/2024',
	memberName: 'Ana Exemplu',
	email: ' Ana@Comisia.Example ',
	functionRo: 'șefa secretariatului',
	functionEn: 'head of the secretariat'
};
const known = { ...words, body: 'inst-mai' };
const written = {
	...words,
	body: '',
	kind: 'parliament',
	bodyRo: 'Comisia Exemplu',
	bodyEn: '',
	shortRo: 'Comisia Ex.',
	shortEn: ''
};

/** Each try from an address of its own, but where the limit is what is tried. */
let address = 0;
const elsewhere = () => `10.0.0.${++address}`;

const refusalOf = (attempt: Promise<unknown>) =>
	attempt.then(
		() => 'done',
		(error: unknown) => {
			if (!(error instanceof Refusal)) throw error;
			return error.details.fields ?? { refused: error.code };
		}
	);

describe.each(engines)('an empty workspace, on %s', (engine) => {
	let database: TestDatabase;
	let code: string;

	let opened: TestDatabase;

	beforeAll(async () => {
		opened = await openTestDatabase(engine);
	});
	afterAll(() => opened.close());
	beforeEach(async () => {
		// Another object each time, since that a workspace has begun is remembered for one.
		database = { ...opened };
		await opened.asOwner(async (tx) => {
			await tx.execute(
				sql`truncate organisations, circles, subjects, workspace, signin.set_up, operations cascade`
			);
			code = (await laySetUpCode(tx)) as string;
		});
	});

	const count = async () => {
		const [found] = await database.asOwner((tx) =>
			rows(
				tx,
				sql`select (select count(*)::int from organisations) as organisations, (select count(*)::int from members) as members,
					(select count(*)::int from circles) as circles, (select count(*)::int from workspace) as workspaces,
					(select count(*)::int from strategies) as strategies, (select count(*)::int from signin.accounts) as accounts`
			)
		);
		return found;
	};
	const nothing = { organisations: 0, members: 0, circles: 0, workspaces: 0, strategies: 0, accounts: 0 };
	const one = { organisations: 1, members: 1, circles: 4, workspaces: 1, strategies: 1, accounts: 1 };

	test('is begun by whoever has the code, however it is typed, and by nobody after', async () => {
		expect(code).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}$/);
		expect([await hasBegun(database), await setUpWaits(database)]).toEqual([false, true]);

		const typed = ` ${code.toLowerCase().replaceAll('-', ' ')}`;
		const memberId = await setUp(database, { ...written, code: typed }, elsewhere());
		expect(await count()).toEqual(one);
		expect([await hasBegun(database), await setUpWaits(database)]).toEqual([true, false]);

		const [found] = await database.asOwner((tx) =>
			rows(
				tx,
				sql`select m.id, m.name, m.role, m.function_ro as function, a.email, a.password_hash as password, o.name_ro as body,
						o.kind, o.seated, w.name_ro as workspace, w.demonstration, s.title_ro as strategy, s.source,
						array(select c.kind || coalesce(' ' || c.name_ro || ' ' || c.name_en, '') from circles c
							where c.id in (select circles_of(m.id)) order by 1) as circles,
						(select role from offices where member_id = m.id and until is null) as office
					from members m join signin.accounts a on a.member_id = m.id join organisations o on o.id = m.organisation_id,
						workspace w, strategies s join circles at on at.id = s.circle_id and at.kind = 'all'`
			)
		);
		expect(found).toEqual({
			...{ id: memberId, name: 'Ana Exemplu', role: 'secretariat', office: 'secretariat' },
			...{ function: 'șefa secretariatului', email: 'ana@comisia.example', password: null },
			...{
				body: 'Comisia Exemplu',
				kind: 'parliament',
				seated: true,
				workspace: 'Hora',
				demonstration: false
			},
			...{ strategy: 'Strategia națională', source: 'HG 533/2024' },
			circles: [
				'all Toți partenerii All partners',
				'own Doar Comisia Exemplu Only Comisia Exemplu',
				'public Public Public',
				'secretariat Secretariat Secretariat'
			]
		});

		const session = await sessionOf(
			database,
			writeToken(await open(database, memberId, crypto.randomUUID())),
			{ newcomers: true } // who has no way in yet: that comes next
		);
		expect(session?.actor).toMatchObject({ memberId, role: 'secretariat', proved: true });
		const told = await database.as('hora_app', { member: memberId }, (tx) =>
			rows(
				tx,
				sql`select w.type, w.author, c.kind from words w join circles c on c.id = w.circle_id order by 1`
			)
		);
		expect(told).toEqual([
			{ type: 'member.signed-in', author: memberId, kind: 'secretariat' },
			{ type: 'workspace.begun', author: memberId, kind: 'all' }
		]);
	});

	test('takes the organisation from the reference list', async () => {
		await setUp(database, { ...known, code }, elsewhere());
		const found = await database.asOwner((tx) =>
			rows(tx, sql`select name_ro as name, kind from organisations`)
		);
		expect(found).toEqual([{ name: 'Ministerul Afacerilor Interne', kind: 'ministry' }]);
	});

	test('refuses a wrong code, an earlier one, and words that cannot be kept; nothing is then made', async () => {
		const attempt = (fields: Record<string, string>) =>
			refusalOf(setUp(database, { ...written, ...fields }, elsewhere()));
		const wrong = { code: 'setup.wrong_code' };
		const other = code.replace(/.$/, (last) => (last === '2' ? '3' : '2'));
		expect(await attempt({ code: other })).toMatchObject(wrong);
		expect(await attempt({ code: '----' })).toMatchObject(wrong);
		expect(await attempt({})).toMatchObject({ code: 'words.required' });
		expect(await attempt({ code, email: 'ana' })).toMatchObject({ email: 'mail.not_an_address' });
		expect(await attempt({ code, email: '1800101700011@x.example' })).toMatchObject({
			email: 'words.personal_number'
		});
		expect(await attempt({ code, bodyRo: '1 800101 700011' })).toMatchObject({
			bodyRo: 'words.personal_number'
		});
		expect(await attempt({ code, body: 'group-ngo', bodyRo: '' })).toMatchObject({
			bodyRo: 'words.required'
		});
		expect(await attempt({ code, kind: 'king' })).toMatchObject({
			kind: expect.any(String)
		});
		expect(await count()).toEqual(nothing);

		const newer = await database.asOwner(laySetUpCode);
		expect(await attempt({ code })).toMatchObject(wrong);
		expect(await count()).toEqual(nothing);
		expect(await attempt({ code: newer as string })).toBe('done');
	});

	test('lets an address guess a few times only', async () => {
		const [here, there] = [elsewhere(), elsewhere()];
		const guess = () => refusalOf(setUp(database, { ...written, code: 'AAAA' }, here));
		for (let i = 0; i < 5; i++) expect(await guess()).toMatchObject({ code: 'setup.wrong_code' });
		expect(await guess()).toEqual({ refused: 'throttled' });
		expect(await refusalOf(setUp(database, { ...written, code }, here))).toEqual({ refused: 'throttled' });
		expect(await refusalOf(setUp(database, { ...written, code }, there))).toBe('done');
	});

	test('of eight at once with the right code one is first', async () => {
		const attempts = await Promise.all(
			Array.from({ length: 8 }, (_, i) =>
				refusalOf(setUp(database, { ...written, code, memberName: `Nume ${i}` }, elsewhere()))
			)
		);
		expect(attempts.filter((attempt) => attempt === 'done')).toHaveLength(1);
		expect(await count()).toEqual(one);
	});

	test('whose beginner lost the session before any way in takes a newer code, which makes nothing more', async () => {
		const first = await setUp(database, { ...written, code }, elsewhere());
		const newer = (await database.asOwner(laySetUpCode)) as string;
		expect(await refusalOf(setUp(database, { code }, elsewhere()))).toMatchObject({
			code: 'setup.wrong_code'
		});
		expect(await setUp(database, { code: newer }, elsewhere())).toBe(first);
		expect(await count()).toEqual(one);

		// With a password there is nothing left to finish: no code is made, and none would lead in.
		const last = (await database.asOwner(laySetUpCode)) as string;
		await database.asOwner((tx) => tx.execute(sql`update signin.accounts set password_hash = 'x'`));
		expect(await refusalOf(setUp(database, { code: last }, elsewhere()))).toMatchObject({
			code: 'setup.wrong_code'
		});
		expect(await database.asOwner(laySetUpCode)).toBeUndefined();
		expect(await setUpWaits(database)).toBe(false);
	});

	test('does not show its code to whoever runs pages, and lets nobody else lay the table', async () => {
		const attempts: [Parameters<TestDatabase['as']>[0], string][] = [
			['hora_signin', 'select from signin.set_up'],
			['hora_signin', `insert into signin.set_up (code_hash) values ('x')`],
			['hora_app', `select set_up('x', '{}')`],
			['hora_delivery', `select set_up('x', '{}')`],
			['hora_app', 'select set_up_waits()']
		];
		for (const [role, statement] of attempts) {
			const attempt = database.as(role, {}, (tx) => tx.execute(sql.raw(statement)));
			expect([statement, await attempt.then(() => 'done', sqlState)]).toEqual([statement, '42501']);
		}
	});
});

describe.each(engines)('the first days, on %s', (engine) => {
	let database: TestDatabase;
	let secretariat: App.Actor;
	let code: string;

	beforeAll(async () => {
		database = await openTestDatabase(engine, async (tx) => {
			code = (await laySetUpCode(tx)) as string;
		});
		const memberId = await setUp(database, { ...written, code }, elsewhere());
		const token = await open(database, memberId, crypto.randomUUID());
		secretariat = (await sessionOf(database, writeToken(token), { newcomers: true }))?.actor as App.Actor;
	});
	afterAll(() => database.close());

	const days = (actor = secretariat) => database.as('hora_app', { member: actor.memberId }, firstDays);
	const act = (
		...[command, input, actor = secretariat]: [Parameters<typeof execute>[1], unknown, App.Actor?]
	) => execute(database, command, actor, input, crypto.randomUUID());
	const none = { organisations: false, circles: false, plan: false, invitations: false };

	test('begin with nothing done', async () => {
		expect(await days()).toEqual({ done: none, skipped: [] });
	});

	test('a step is passed over and taken up again', async () => {
		await act(skipStep, { step: 'circles', skipped: true });
		await act(skipStep, { step: 'circles', skipped: true });
		await act(skipStep, { step: 'plan', skipped: true });
		expect(await days()).toEqual({ done: none, skipped: ['circles', 'plan'] });
		await act(skipStep, { step: 'circles', skipped: false });
		expect(await days()).toEqual({ done: none, skipped: ['plan'] });
	});

	test('the bodies that are ticked sit down with circles of their own, once, in one event', async () => {
		const seat = (keys: string[]) => act(seatOrganisations, { keys });
		await seat(['inst-mai', 'inst-anitp', 'inst-mai']);
		await seat(['inst-mai', 'inst-mj', 'group-ngo']);
		await seat(['inst-mai']);

		const found = await database.asOwner((tx) =>
			rows(
				tx,
				sql`select o.short_ro as short, o.seated, o.is_group as group,
						array(select c.kind from circle_organisations co join circles c on c.id = co.circle_id
							where co.organisation_id = o.id order by 1) as circles
					from organisations o order by o.short_ro`
			)
		);
		expect(found).toEqual([
			...['ANITP', 'Comisia Ex.', 'MAI', 'MJ'].map((short) => ({
				...{ short, seated: true, group: false, circles: ['all', 'own'] }
			})),
			{ short: 'ONG', seated: false, group: true, circles: [] }
		]);
		const told = await database.as('hora_app', { member: secretariat.memberId }, (tx) =>
			rows<{ n: number }>(
				tx,
				sql`select jsonb_array_length(data->'new'->'organisationIds') as n from words w
					join workspace s on s.id = w.subject_id where type = 'organisations.seated' order by w.n`
			)
		);
		expect(told.map(({ n }) => n)).toEqual([2, 2]);
		expect((await days())?.done).toEqual({ ...none, organisations: true });
	});

	test('who was only named by a plan takes the seat of the row that is there', async () => {
		await database.asOwner((tx) =>
			tx.execute(sql`insert into organisations (kind, name_ro, name_en, short_ro, short_en)
				values ('ministry', 'Ministerul Sănătății', 'Ministry of Health', 'MS', 'MoH')`)
		);
		await act(seatOrganisations, { keys: ['inst-ms'] });
		const found = await database.asOwner((tx) =>
			rows(tx, sql`select seated from organisations where name_ro = 'Ministerul Sănătății'`)
		);
		expect(found).toEqual([{ seated: true }]);
	});

	test('all forty-four come in one statement, however many they are', async () => {
		let statements = 0;
		const counting = {
			...database,
			as: ((role, reader, work) =>
				database.as(role, reader, (tx) =>
					work(
						new Proxy(tx, {
							get: (target, name) => {
								if (name === 'execute') statements++;
								return Reflect.get(target, name) as unknown;
							}
						})
					)
				)) as typeof database.as
		};
		const seat = async (keys: string[]) => {
			statements = 0;
			await execute(counting, seatOrganisations, secretariat, { keys }, crypto.randomUUID());
			return statements;
		};
		const few = await seat(['inst-mae']);
		expect(await seat(bodyKeys)).toBe(few);
		const listed = await database.as('hora_app', { member: secretariat.memberId }, listSeatable);
		expect(listed).toHaveLength(44);
		expect(listed.filter(({ settled }) => !settled)).toEqual([]);
	});

	test('end when each step is done or passed over; for others they never begin', async () => {
		await database.asOwner(async (tx) => {
			await tx.execute(
				sql`insert into circles (name_ro, name_en, inside) select 'ONG-uri', 'NGOs', id from circles where kind = 'all'`
			);
			await tx.execute(sql`insert into members (organisation_id, name, role)
				values (${secretariat.organisationId}, 'Ion Exemplu', 'coordinator')`);
		});
		const [other] = await database.asOwner((tx) =>
			rows<{ id: string }>(tx, sql`select id from members where role = 'coordinator'`)
		);
		await act(skipStep, { step: 'plan', skipped: false });
		expect((await days())?.done).toEqual({ ...none, organisations: true, circles: true, invitations: true });
		expect(await days({ ...secretariat, memberId: other?.id as string })).toBeNull();
		await act(skipStep, { step: 'plan', skipped: true });
		expect(await days()).toBeNull();
	});

	test('nobody but the secretariat seats, passes over or looks, even past the commands', async () => {
		const [other] = await database.asOwner((tx) =>
			rows<{ id: string }>(tx, sql`select id from members where role = 'coordinator'`)
		);
		const as = (statement: string) =>
			database.as('hora_app', { member: other?.id }, (tx) => rows(tx, sql.raw(statement)));
		expect(await as('select * from first_days()')).toEqual([]);
		expect(await as(`select pass_over('plan', true)`).catch(sqlState)).toBe('42501');
		expect(await as(`select seat_organisations('[]')`).catch(sqlState)).toBe('42501');
		expect(await as(`update workspace set skipped = '{}'`).catch(sqlState)).toBe('42501');
	});
});
