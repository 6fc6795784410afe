/** What the catalogue of the database says of who may: the last wall, which stands when a query forgets everything. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { circles } from '#lib/access/tables.server.ts';
import { capabilities } from '#lib/access/capabilities.ts';
import { commands } from '#lib/commands.server.ts';
import { subjects } from '#lib/events/tables.server.ts';
import { messages } from '#lib/realtime/messages.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { json, type Reader, type Role, rows, sqlState, type Tx } from '#lib/server/database.server.ts';
import { addStep } from '#lib/strategy/steps.server.ts';
import { objectives, strategies } from '#lib/strategy/tables.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layMeeting } from '../support/meeting.ts';
import { layTable, type Table } from '../support/table.ts';

const ours = ['hora_login', 'hora_app', 'hora_delivery', 'hora_signin'];

describe.each(engines)('what the database allows, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	/** Every table of shared rows, and the column that names a row's circle. */
	let shared: Map<string, string>;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		shared = await database.asOwner(sharedTables);
		await fillNgoCircle();
	});
	afterAll(() => database.close());

	/** A row of the NGOs' circle in every table of shared rows. */
	async function fillNgoCircle() {
		const circleId = table.circle.ngos;
		const measureId = await table.addMeasure({ circle: 'ngos', leads: ['ong'], partners: ['asociatia'] });
		const earlierId = await table.addMeasure();
		const act = (
			...[command, actor, input]: Parameters<typeof execute> extends [unknown, ...infer Rest] ? Rest : never
		) => execute(database, command, actor, input, crypto.randomUUID());
		await act(addStep, table.member('ong'), { measureId, titleRo: 'Prima ședință' }, '');
		await act(
			postUpdate,
			table.member('ong'),
			{ measureId, circleId, kind: 'comment', text: 'Între noi' },
			''
		);
		await database.asOwner(async (tx) => {
			const [strategyId, objectiveId] = [crypto.randomUUID(), crypto.randomUUID()];
			const titles = { titleRo: 'Numai a noastră', titleEn: 'Only ours' };
			await tx.insert(subjects).values([strategyId, objectiveId].map((id) => ({ id, circleId })));
			await tx.insert(strategies).values({ id: strategyId, circleId, ...titles });
			await tx
				.insert(objectives)
				.values({ id: objectiveId, circleId, strategyId, kind: 'theme', position: 9, ...titles });
			await tx.execute(
				sql`insert into requests (update_id, circle_id, organisation_id)
					select id, circle_id, ${table.organisation.asociatia} from updates where measure_id = ${measureId}`
			);
			const memberId = table.member('ong').memberId;
			await tx.execute(
				sql`insert into confirmations (circle_id, member_id, command, field, kinds, reason)
					values (${circleId}, ${memberId}, 'update.post', 'text', '{phone}', 'număr public')`
			);
			await tx.execute(
				sql`insert into flags (circle_id, update_id, placed, flagged_by, author_organisation_id)
					select circle_id, id, '{}', ${memberId}, organisation_id from updates where measure_id = ${measureId}`
			);
			const { organisationId } = table.member('ong');
			const [draftId, reportId] = Array.from({ length: 2 }, () => crypto.randomUUID() as string);
			await tx.insert(subjects).values([draftId, reportId].map((id) => ({ id: id as string, circleId })));
			await tx.execute(
				sql`insert into drafts (id, circle_id, measure_id, organisation_id, member_id, command, input, state)
					values (${draftId}, ${circleId}, ${measureId}, ${organisationId}, ${memberId}, 'update.post', '{}', 'waiting')`
			);
			await tx.execute(
				sql`insert into draft_comments (draft_id, circle_id, member_id, text)
					values (${draftId}, ${circleId}, ${memberId}, 'De scurtat')`
			);
			await tx.execute(
				sql`insert into reports (id, circle_id, organisation_id, member_id, title, language, sources)
					values (${reportId}, ${circleId}, ${organisationId}, ${memberId}, 'Raport', 'ro', '{}')`
			);
			await tx.execute(
				sql`insert into report_paragraphs (report_id, circle_id, position, text)
					values (${reportId}, ${circleId}, 1, 'Al nostru')`
			);
			await tx.execute(
				sql`insert into predecessors (measure_id, circle_id, from_id, fate)
					values (${measureId}, ${circleId}, ${earlierId}, 'continued')`
			);
		});
		const { meetingId, proposalId } = await layMeeting(database, {
			circleId,
			...{ chair: table.member('ong'), author: table.member('ong'), other: table.member('asociatia') }
		});
		await database.asOwner(async (tx) => {
			const { memberId, organisationId } = table.member('ong');
			await tx.execute(sql`insert into positions (proposal_id, circle_id, organisation_id, stance, member_id, noted)
				values (${proposalId}, ${circleId}, ${organisationId}, 'support', ${memberId}, false)`);
			await tx.execute(sql`insert into votes (proposal_id, circle_id, member_id, vote, noted)
				values (${proposalId}, ${circleId}, ${memberId}, 'for', false)`);
			await tx.execute(sql`select seal_minutes(${meetingId}, '', ${memberId})`);
			await tx.execute(sql`insert into delegates (meeting_id, circle_id, organisation_id, member_id)
				values (${meetingId}, ${circleId}, ${organisationId}, ${memberId})`);
		});
	}

	const member = (...who: Parameters<Table['member']>): Reader => ({ member: table.member(...who).memberId });
	const count = (role: Role, reader: Reader, query: string) =>
		database.as(role, reader, async (tx) => {
			const [found] = await rows<{ n: number }>(tx, sql.raw(`select count(*)::int as n from ${query}`));
			return found?.n;
		});

	describe('tables of shared rows', () => {
		test('all are known, and each has the one policy and nothing that widens it', async () => {
			expect([...shared.keys()]).toEqual(
				expect.arrayContaining([
					'circles',
					'subjects',
					'events',
					'words',
					'heads',
					'measures',
					'updates',
					'steps'
				])
			);
			expect(await database.asOwner(unguarded)).toEqual([]);
		});

		test.each([
			['without row-level security', ''],
			['without a policy', 'alter table planted enable row level security'],
			[
				'with another condition',
				`alter table planted enable row level security;
				create policy circle on planted to hora_app using (true)`
			],
			[
				'with a condition that forgets the circle for some',
				`alter table planted enable row level security;
				create policy circle on planted to hora_app
					using (circle_id = any(array(select my_circles())) or circle_id is null)`
			],
			[
				'with a second policy',
				`alter table planted enable row level security;
				create policy circle on planted to hora_app using (circle_id = any(array(select my_circles())));
				create policy more on planted to hora_app using (true)`
			],
			[
				'with a policy for everybody',
				`alter table planted enable row level security;
				create policy circle on planted to hora_app using (circle_id = any(array(select my_circles())));
				create policy more on planted using (true)`
			],
			[
				'that checks what is written otherwise than what is read',
				`alter table planted enable row level security;
				create policy circle on planted to hora_app using (circle_id = any(array(select my_circles())))
					with check (true)`
			]
		])('a table %s is found out', async (_, statements) => {
			const found = database.asOwner(async (tx) => {
				await tx.execute(sql`create table planted (circle_id uuid)`);
				for (const statement of statements.split(';'))
					if (statement.trim()) await tx.execute(sql.raw(statement));
				throw new Undone(await unguarded(tx));
			});
			await expect(found).rejects.toMatchObject({ result: ['planted'] });
		});

		test('a raw query shows the insider rows, the outsider nothing, and nobody anything', async () => {
			for (const [name, column] of shared) {
				const inCircle = `${name} where ${column} = '${table.circle.ngos}'`;
				expect([name, await count('hora_app', member('ong'), inCircle)]).not.toEqual([name, 0]);
				for (const outside of ['ambasada', 'minister', 'comisia'] as const)
					for (const role of ['contributor', 'secretariat', 'observer'] as const)
						expect([name, outside, role, await count('hora_app', member(outside, role), inCircle)]).toEqual([
							name,
							outside,
							role,
							0
						]);
				expect([name, 'visitor', await count('hora_app', { visitor: true }, inCircle)]).toEqual([
					name,
					'visitor',
					0
				]);
				expect([name, 'nobody', await count('hora_app', {}, name)]).toEqual([name, 'nobody', 0]);
			}
		});

		test('a member who is no longer active reads nothing', async () => {
			const { memberId } = table.member('asociatia', 'observer');
			await database.asOwner((tx) =>
				tx.execute(sql`update members set active = false where id = ${memberId}`)
			);
			for (const name of shared.keys())
				expect([name, await count('hora_app', { member: memberId }, name)]).toEqual([name, 0]);
		});

		test('nor does the outsider change, delete or add a row there', async () => {
			for (const [name, column] of shared) {
				const where = `where ${column} = '${table.circle.ngos}'`;
				for (const statement of [
					`update ${name} set ${column} = ${column} ${where}`,
					`delete from ${name} ${where}`
				]) {
					const changed = await database
						.as('hora_app', member('ambasada'), (tx) => rows(tx, sql.raw(`${statement} returning 1`)))
						.catch((error: unknown) => sqlState(error));
					expect([statement, changed]).toEqual([
						statement,
						expect.toSatisfy((outcome: unknown) => outcome === '42501' || (outcome as []).length === 0)
					]);
				}
			}
			const id = crypto.randomUUID();
			const adding = database.as('hora_app', member('ambasada'), (tx) =>
				tx.insert(subjects).values({ id, circleId: table.circle.ngos })
			);
			await expect(adding.catch(sqlState)).resolves.toBe('42501');
			expect(await database.asOwner((tx) => tx.select().from(circles))).not.toHaveLength(0);
		});

		test('nor through the functions that number, move and withdraw', async () => {
			const [found] = await database.asOwner((tx) =>
				rows<{ id: string }>(
					tx,
					sql`select id from updates where circle_id = ${table.circle.ngos} and withdrawn_at is null`
				)
			);
			const id = found?.id as string;
			const happened = json([{ subject: id, type: 'update.edited', data: { new: { text: 'Altceva' } } }]);
			for (const reader of [member('ambasada'), member('minister', 'secretariat'), { visitor: true }, {}])
				for (const call of [
					sql`select append(${happened})`,
					sql`select move(array[${id}]::uuid[], ${table.circle['own ong']})`,
					sql`select withdraw(${id})`,
					sql`select append_confirmed(${happened}, '[]')`,
					sql`select raise_flag(${id}, ${crypto.randomUUID()}, '')`
				]) {
					const attempt = database.as('hora_app', reader, (tx) => tx.execute(call));
					expect(await attempt.then(() => 'done', sqlState)).toBe('42501');
				}
			const now = await database.asOwner((tx) =>
				rows(
					tx,
					sql`select u.text, u.circle_id as circle, w.type from updates u join words w on w.subject_id = u.id
						where u.id = ${id}`
				)
			);
			expect(now).toEqual([{ text: 'Între noi', circle: table.circle.ngos, type: 'update.posted' }]);
		});

		test('views read with the rights of whoever asks', async () => {
			const views = await database.asOwner((tx) =>
				rows<{ name: string }>(
					tx,
					sql`select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
						where nspname = 'public' and (relkind = 'm' or relkind = 'v'
							and not coalesce(reloptions::text[] && array['security_invoker=true', 'security_invoker=on'], false))`
				)
			);
			expect(views).toEqual([]);
		});
	});

	describe('roles', () => {
		test('ours own nothing and stand above nothing', async () => {
			const found = await database.asOwner((tx) =>
				rows(
					tx,
					sql`select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as "above",
							(select count(*)::int from pg_class where relowner = r.oid)
								+ (select count(*)::int from pg_proc where proowner = r.oid)
								+ (select count(*)::int from pg_namespace where nspowner = r.oid)
								+ (select count(*)::int from pg_type where typowner = r.oid)
								+ (select count(*)::int from pg_database where datdba = r.oid) as owns
						from pg_roles r where rolname in ('hora_login', 'hora_app', 'hora_delivery', 'hora_signin')
						order by array_position(array['hora_login', 'hora_app', 'hora_delivery', 'hora_signin'], rolname::text)`
				)
			);
			expect(found).toEqual(ours.map((name) => ({ name, above: false, owns: 0 })));
		});

		test('the connection may become one of three; those may become nobody', async () => {
			const memberships = await database.asOwner((tx) =>
				rows<{ who: string; of: string }>(
					tx,
					sql`select m.rolname as who, r.rolname as of from pg_auth_members a
						join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
						where m.rolname like 'hora%' and r.rolname <> 'pg_checkpoint' order by 1, 2`
				)
			);
			expect(memberships).toEqual(
				['hora_app', 'hora_delivery', 'hora_signin'].map((of) => ({ who: 'hora_login', of }))
			);
		});

		test('each reads and writes what it is for, and nothing else', async () => {
			const found = await database.asOwner((tx) =>
				rows<{ role: string; right: string; tables: string }>(
					tx,
					sql`select r.name as role, p.name as right,
							string_agg(case nspname when 'public' then relname else nspname || '.' || relname end, ' '
								order by nspname, relname) as tables
						from unnest(array['hora_login', 'hora_app', 'hora_delivery', 'hora_signin']) r(name),
							unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p(name),
							pg_class c join pg_namespace n on n.oid = c.relnamespace
						where nspname in ('public', 'signin', 'drizzle') and relkind in ('r', 'p', 'v', 'm')
							and has_table_privilege(r.name, c.oid, p.name)
						group by 1, 2 order by 1, 2`
				)
			);
			const rights = Object.fromEntries(found.map(({ role, right, tables }) => [`${role} ${right}`, tables]));
			expect(rights).toEqual({
				'hora_app select':
					'agenda_items agenda_slots asked_rows attendances circle_organisations circles confirmations decision_bodies decision_rows decisions delegates ' +
					'draft_comments draft_rows drafts events flags hands heads import_columns imports item_rows measure_organisations measure_rows measures ' +
					'meeting_rows meetings members minute_lines minutes nested note_rows notes objectives offices ' +
					'operations organisations plans positions predecessors proposal_rows proposals report_paragraphs reports requests seen seen_all steps ' +
					'strategies subjects update_rows updates views votes words workspace',
				'hora_app insert':
					'agenda_items agenda_slots attendances decision_bodies decisions delegates draft_comments drafts hands import_columns imports ' +
					'measure_organisations measures meetings notes objectives operations plans positions ' +
					'predecessors proposals report_paragraphs reports requests seen seen_all steps strategies subjects updates views votes',
				'hora_app update':
					'agenda_items agenda_slots attendances decision_bodies decisions delegates hands import_columns imports measure_organisations measures ' +
					'meetings notes objectives operations positions proposals report_paragraphs reports seen ' +
					'seen_all steps strategies updates views votes',
				'hora_app delete':
					'decision_bodies delegates import_columns imports measure_organisations report_paragraphs steps views',
				'hora_delivery select': 'events heads words workspace',
				'hora_signin select':
					'circles invitations mail_asked mail_choices mail_weeks mails members operations organisations workspace ' +
					'signin.accounts signin.calendars signin.challenges signin.mail_key signin.passkeys signin.recovery_codes ' +
					'signin.resets signin.sessions',
				'hora_signin insert':
					'invitations mail_choices mail_weeks mails members operations signin.accounts signin.calendars ' +
					'signin.challenges signin.passkeys signin.recovery_codes signin.resets signin.sessions',
				'hora_signin update':
					'invitations mail_asked mail_choices mail_weeks mails members operations signin.accounts signin.calendars ' +
					'signin.challenges signin.passkeys signin.recovery_codes signin.resets signin.sessions',
				'hora_signin delete':
					'mail_asked mails signin.calendars signin.challenges signin.passkeys signin.recovery_codes signin.resets'
			});
		});

		test('the application cannot change or delete what happened, nor look into sign-in', async () => {
			for (const statement of [
				'update events set n = n + 1000',
				'delete from events',
				'truncate events cascade',
				'insert into events (circle_id, n, subject_id, version) select circle_id, n + 1000, subject_id, version from events',
				`update words set data = '{}'`,
				'update subjects set circle_id = circle_id, own_id = own_id',
				'update words set circle_id = null',
				'delete from words',
				'update heads set n = 0',
				'update circles set kind = kind',
				'insert into circle_organisations select circle_id, organisation_id from circle_organisations',
				`update members set role = 'secretariat'`,
				'select count(*) from signin.sessions',
				'select password_hash from signin.accounts',
				'alter table events disable row level security',
				'drop policy circle on updates',
				'create table planted ()',
				'select redact(id) from updates',
				'select leave(id, id) from circles',
				'select succeed(id, id, id) from circles',
				'select content(id) from updates',
				`select looked_for('x')`,
				'select circles_of(id) from members',
				`select * from seats(array['x'])`,
				`select carry('{}')`,
				'select telling(id, id::text, null) from updates',
				'select question_of(id) from updates',
				'select hold_flagged(id) from flags',
				'select place(id, id) from circles',
				'update flags set words = words',
				'insert into confirmations select * from confirmations',
				`update confirmations set reason = 'x'`
			]) {
				const attempt = database.as('hora_app', member('ong', 'secretariat'), (tx) =>
					tx.execute(sql.raw(statement))
				);
				expect([statement, await attempt.catch(sqlState)]).toEqual([statement, '42501']);
			}
		});

		test('without a role nothing can be done', async () => {
			const everything = await database.asOwner((tx) =>
				rows<{ name: string }>(
					tx,
					sql`select format('%I.%I', nspname, relname) as name from pg_class c join pg_namespace n on n.oid = relnamespace
						where nspname in ('public', 'signin') and relkind in ('r', 'p', 'v')`
				)
			);
			expect(everything.length).toBeGreaterThan(15);
			for (const { name } of everything) {
				const attempt = withoutRole((tx) => tx.execute(sql.raw(`select from ${name} limit 1`)));
				expect([name, await attempt.catch(sqlState)]).toEqual([name, '42501']);
			}
		});

		test('who asks is forgotten with the transaction', async () => {
			const [user, settings] = await withoutRole((tx) =>
				rows(
					tx,
					sql`select nullif(current_setting('app.member', true), '') as member,
						nullif(current_setting('app.visitor', true), '') as visitor,
						nullif(current_setting('app.viewing_as', true), '') as viewing,
						nullif(current_setting('app.for_circle', true), '') as circle`
				)
			);
			expect(user).toBe('hora_login');
			expect(settings).toEqual([{ member: null, visitor: null, viewing: null, circle: null }]);
		});

		/** What the same connection is once its transaction has ended. */
		function withoutRole<T>(work: (tx: Tx) => Promise<T>): Promise<[string | undefined, T]> {
			const everything: Reader = {
				...member('ong'),
				visitor: true,
				viewingAs: table.member('minister').memberId,
				forCircle: table.circle.all
			};
			return database.as('hora_app', everything, async (tx) => {
				await tx.execute(sql`commit`);
				const [now] = await rows<{ user: string }>(tx, sql`select current_user::text as user`);
				return [now?.user, await work(tx)];
			});
		}
	});

	describe('functions', () => {
		const ofOurs = sql`from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname in ('public', 'signin')`;

		test("with the owner's rights look only where they should", async () => {
			const loose = await database.asOwner((tx) =>
				rows(
					tx,
					sql`select proname as name ${ofOurs} and prosecdef
						and not coalesce('search_path=public, pg_temp' = any(proconfig), false)`
				)
			);
			expect(loose).toEqual([]);
		});

		test('are called by whom they are granted to, not by everybody', async () => {
			const [all] = await database.asOwner((tx) =>
				rows<{ n: number }>(tx, sql`select count(*)::int as n ${ofOurs}`)
			);
			expect(all?.n).toBeGreaterThan(15);
			const open = await database.asOwner((tx) =>
				rows(
					tx,
					sql`select proname as name ${ofOurs} and exists (
						select from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0)`
				)
			);
			expect(open).toEqual([]);
		});

		test('and each role may call these', async () => {
			const callable = async (role: string) =>
				(
					await database.asOwner((tx) =>
						rows<{ name: string }>(
							tx,
							sql`select proname as name ${ofOurs} and has_function_privilege(${role}, p.oid, 'execute') order by 1`
						)
					)
				).map(({ name }) => name);
			expect(await callable('hora_app')).toEqual(
				[
					...[
						'anybody',
						'append',
						'append_confirmed',
						'approve_minutes',
						'asked_of',
						'circle_facts',
						'circles_kept',
						'circles_seen_by',
						'first_days',
						'fold',
						'found_by',
						'i_am_secretariat',
						'i_coordinate',
						'instant',
						'joined',
						'lies_inside',
						'move',
						'my_circles',
						'narrower',
						'pass_over',
						'seat_organisations',
						'setting'
					],
					...['search', 'sits', 'standing', 'withdraw'],
					...['raise_flag', 'restore_flag', 'remove_flagged', 'tell_asked'],
					...['append_together', 'name_groups', 'remember_spellings', 'set_approval']
				].sort()
			);
			expect(await callable('hora_delivery')).toEqual(['instant', 'seats', 'sits']);
			expect(await callable('hora_signin')).toEqual([
				'append',
				'append_confirmed',
				'change_circle',
				'circle_named',
				'circles_seen_by',
				'forget_imports',
				'hold_circle',
				'hold_members',
				'hold_workspace',
				'i_am_secretariat',
				'i_coordinate',
				'instant',
				'join_circle',
				'leave_circle',
				'mail_choice',
				'mail_day',
				'mail_hour',
				'mail_moment',
				'make_circle',
				'rename_organisation',
				'retire_organisation',
				'seat_organisations',
				'sees_measure',
				'session_ends',
				'session_holds',
				'set_up',
				'set_up_waits',
				'setting',
				'sits',
				'strategy_title',
				'wrote_on'
			]);
			expect(await callable('hora_login')).toEqual([]);
		});
	});
});

describe('what is declared', () => {
	test('every command has its own name, a schema and a row of the capability table', () => {
		expect(commands.size).toBeGreaterThan(10);
		for (const [name, command] of commands) {
			expect(command.name).toBe(name);
			expect(Object.keys(capabilities), name).toContain(command.act);
			expect(typeof command.allow, name).toBe('function');
			for (const nothing of [undefined, null, [], 'x', 0, {}])
				expect([name, command.input.safeParse(nothing).success]).toEqual([name, false]);
		}
	});

	test('every message has a schema that refuses what it does not know', () => {
		expect(Object.keys(messages).length).toBeGreaterThan(0);
		for (const [name, message] of Object.entries(messages))
			for (const nothing of [undefined, null, [], 'x', 0])
				expect([name, message.schema.safeParse(nothing).success]).toEqual([name, false]);
	});
});

/** Thrown to undo a transaction whose result is wanted. */
class Undone extends Error {
	result: unknown;
	constructor(result: unknown) {
		super('undone');
		this.result = result;
	}
}

/** From the catalogue: what has a `circle_id`, and the circles themselves. */
async function sharedTables(tx: Tx): Promise<Map<string, string>> {
	const found = await rows<{ name: string }>(
		tx,
		sql`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
			join pg_attribute a on a.attrelid = c.oid and a.attname = 'circle_id' and not a.attisdropped
			where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`
	);
	return new Map([...found.map(({ name }): [string, string] => [name, 'circle_id']), ['circles', 'id']]);
}

/** The shared tables whose rows are guarded otherwise than by the one line. */
async function unguarded(tx: Tx): Promise<string[]> {
	const tables = await sharedTables(tx);
	const secured = await rows<{ name: string; on: boolean }>(
		tx,
		sql`select relname as name, relrowsecurity as on from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where nspname = 'public'`
	);
	const policies = await rows<Policy>(
		tx,
		sql`select tablename as name, roles::text as roles, permissive, cmd, qual, with_check as check from pg_policies
			where schemaname = 'public'`
	);
	return [...tables]
		.filter(([name, column]) => {
			const of = policies.filter((policy) => policy.name === name);
			const rest = of.filter((policy) => !isTheOneLine(policy, column));
			return (
				!secured.some((table) => table.name === name && table.on) ||
				of.length - rest.length !== 1 ||
				!rest.every((policy) => isAllowedBeside(policy))
			);
		})
		.map(([name]) => name);
}

type Policy = {
	name: string;
	roles: string;
	permissive: string;
	cmd: string;
	qual: string;
	check: string | null;
};

const isTheOneLine = ({ roles, permissive, cmd, qual, check }: Policy, column: string) =>
	roles === '{hora_app}' &&
	permissive === 'PERMISSIVE' &&
	cmd === 'ALL' &&
	check === null &&
	qual.replace(/\s+/g, ' ') === `(${column} = ANY (ARRAY( SELECT my_circles() AS my_circles)))`;

/** Delivery reads events; the door knows the organisations' own circles. */
const isAllowedBeside = ({ name, roles, cmd, qual }: Policy) =>
	cmd === 'SELECT' &&
	((roles === '{hora_delivery}' && ['events', 'words', 'heads'].includes(name)) ||
		(roles === '{hora_signin}' && name === 'circles' && qual === "(kind = 'own'::text)"));
