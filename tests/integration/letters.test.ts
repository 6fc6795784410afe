/** What members are told by mail: to whom, when, once, and nothing of what is narrower than All partners. */

import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { openMailer } from '#lib/mail/send.server.ts';
import { chooseMail, readChoice } from '#lib/notifications/choose.server.ts';
import { forget, gather } from '#lib/notifications/gather.server.ts';
import { stopMail, stopOf } from '#lib/notifications/stop.server.ts';
import { previewWeekly, writeLetter } from '#lib/notifications/write.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { setDate } from '#lib/strategy/edit-measure.server.ts';
import { postUpdate, withdrawUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { openMailbox } from '../support/mailbox.ts';
import { type CircleName, layTable, type Seat, type Table } from '../support/table.ts';

const site = 'https://hora.example.org';
const canary = () => `canar${crypto.randomUUID().slice(0, 8)}`;

describe.each(engines)('letters, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let mailbox: Awaited<ReturnType<typeof openMailbox>>;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());
	beforeEach(async () => {
		mailbox = await openMailbox();
		vi.spyOn(console, 'log').mockImplementation(() => {});
		await accounts(['ong', 'coordinator'], ['ong', 'contributor'], ['ong', 'observer']);
	});
	afterEach(async () => {
		vi.restoreAllMocks();
		await mailbox.close();
		await database.asOwner(async (tx) => {
			for (const gone of ['mails', 'mail_asked', 'mail_choices', 'mail_weeks', 'signin.accounts'])
				await tx.execute(sql.raw(`delete from ${gone}`));
			await tx.execute(sql`delete from measure_organisations`);
			await tx.execute(sql`update measures set retired_at = now()`);
			await tx.execute(
				sql`update members set active = true, until = null, since = now() - interval '30 days'`
			);
			await tx.execute(sql`update organisations set retired_at = null`);
		});
	});

	const addressOf = ({ name }: Actor) => `${name.replaceAll(' ', '.').toLowerCase()}@hora.example`;
	const accounts = (...people: [Seat, Actor['role']][]) =>
		database.asOwner(async (tx) => {
			for (const [seat, role] of people) {
				const actor = table.member(seat, role);
				await tx.execute(
					sql`insert into signin.accounts (member_id, email) values (${actor.memberId}, ${addressOf(actor)})`
				);
			}
			// No day of the week has just come while these tests run.
			await tx.execute(sql`update members set since = now()`);
		});
	const mailer = () =>
		openMailer(
			database,
			{ smtpUrl: mailbox.url, mailFrom: 'Hora <hora@hora.example>' },
			{ writer: { gather, forget, write: (database, mail) => writeLetter(database, site, mail) } }
		);
	/** As one process would that looks once. */
	async function send() {
		const one = mailer();
		await one.run();
		await one.stop();
	}
	const arrived = () => mailbox.received.map(({ to }) => to).sort();
	const act = (command: Parameters<typeof execute>[1], actor: Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID()).then(({ result }) => result.id as string);
	const ask = (measureId: string, circle: CircleName = 'all', text = 'Când?', by: Seat = 'comisia') =>
		act(postUpdate, table.member(by), {
			...{ measureId, circleId: table.circle[circle], kind: 'question', text },
			asks: { organisationIds: [table.organisation.ong], due: '2099-12-18' }
		});
	const choose = (actor: Actor, choice: object) =>
		database
			.as('hora_signin', {}, (tx) => readChoice(tx, actor.memberId))
			.then((base) => act(chooseMail, actor, { choice, base }));
	const owner = (statement: ReturnType<typeof sql>) => database.asOwner((tx) => rows(tx, statement));
	/** The member's day of the weekly mail has come, so many days ago. */
	const dayHasCome = ({ memberId }: Actor, daysAgo = 0) =>
		database.asOwner(async (tx) => {
			await tx.execute(sql`update members set since = now() - interval '30 days' where id = ${memberId}`);
			const [now] = await rows<{ day: number; hour: number }>(
				tx,
				sql`select extract(isodow from now() at time zone 'Europe/Bucharest' - ${daysAgo} * interval '1 day')::int as day,
					extract(hour from now() at time zone 'Europe/Bucharest')::int as hour`
			);
			await tx.execute(sql`insert into mail_choices (member_id, weekday, hour)
				values (${memberId}, ${now?.day}, ${now?.hour})
				on conflict (member_id) do update set weekday = excluded.weekday, hour = excluded.hour`);
			await tx.execute(sql`delete from mail_weeks where member_id = ${memberId}`);
		});
	const coordinator = () => table.member('ong', 'coordinator');

	test('who answers for the organisation hears at once what it is asked, who works for it once a day', async () => {
		const measureId = await table.addMeasure({ title: 'Linia telefonică' });
		await ask(measureId, 'all', 'Cuvintele întrebării');
		await send();
		expect(arrived()).toEqual([addressOf(coordinator())]);
		const [{ subject, text, html, headers } = {} as never] = mailbox.received;
		expect(subject).toBe('Hora: o solicitare așteaptă răspuns');
		for (const form of [text, html]) {
			expect(form).toContain('Bună ziua, ong coordinator Exemplu,');
			expect(form).toContain('Linia telefonică');
			expect(form).toContain('Întrebare de la comisia, până la 18.12.2099');
			expect(form).toContain(`${site}/measures/${measureId}`);
			// What people wrote is read in Hora: a mailbox cannot be redacted.
			expect(form).not.toContain('Cuvintele întrebării');
		}
		expect(html).not.toMatch(/<(img|script|link|style)\b/);
		expect(headers['list-unsubscribe']).toMatch(
			/^<https:\/\/hora\.example\.org\/unsubscribe\/asked\.[0-9a-f.]+>$/
		);
		expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');

		// The contributor's comes with the hour, both questions in one.
		await ask(measureId);
		await send();
		expect(arrived()).toEqual([addressOf(coordinator()), addressOf(coordinator())]);
		const [due] = await rowsOf<{ on: boolean; hour: string }>(
			sql`select bool_and(due_at > now()) as on, min(to_char(due_at at time zone 'Europe/Bucharest', 'HH24:MI')) as hour from mail_asked`
		);
		expect(due).toEqual({ on: true, hour: '08:00' });
		await owner(sql`update mail_asked set due_at = now()`);
		await send();
		expect(arrived().filter((to) => to === addressOf(table.member('ong')))).toHaveLength(1);
		expect(mailbox.received.at(-1)?.subject).toBe('Hora: 2 solicitări așteaptă răspuns');
		await send();
		expect(mailbox.received).toHaveLength(3);
	});
	const rowsOf = <Row>(statement: ReturnType<typeof sql>) =>
		database.asOwner((tx) => rows<Row>(tx, statement));

	test('what was answered, withdrawn or moved away before it was sent is not told any more', async () => {
		const measureId = await table.addMeasure();
		const id = await ask(measureId);
		await act(withdrawUpdate, table.member('comisia'), { updateId: id });
		await send();
		expect(mailbox.received).toEqual([]);
		expect(await rowsOf(sql`select from mails`)).toEqual([]);
	});

	test('nobody who left, is suspended, or whose organisation was retired hears anything more', async () => {
		const { memberId, organisationId } = coordinator();
		for (const leave of [
			sql`update members set until = now() where id = ${memberId}`,
			sql`update members set active = false where id = ${memberId}`,
			sql`update organisations set retired_at = now() where id = ${organisationId}`
		]) {
			// Once while it waits to be gathered, once while it waits in the outbox.
			for (const gathered of [false, true]) {
				await ask(await table.addMeasure());
				if (gathered) await gather(database);
				await owner(sql`insert into mails (kind, address, subject, text)
					values ('reset', ${addressOf(coordinator())}, 'Parolă', 'Cuvinte')`);
				await owner(leave);
				await send();
				expect(arrived()).toEqual([]);
				await owner(sql`update members set active = true, until = null`);
				await owner(sql`update organisations set retired_at = null`);
				await send(); // nor afterwards what waited
				expect(arrived()).toEqual([]);
				await owner(sql`delete from mail_asked`);
			}
		}
		const trouble = await rowsOf<{ trouble: string; text: string | null }>(
			sql`select distinct trouble, text from mails`
		);
		expect(trouble).toEqual([{ trouble: 'left', text: null }]);
	});

	test('of what is narrower than All partners there is not a word, only that there is something', async () => {
		const ngo = coordinator();
		const words = { shared: canary(), narrow: canary(), own: canary(), reason: canary(), post: canary() };
		const shared = await table.addMeasure({ title: words.shared, leads: ['ong'], partners: [] });
		const narrow = await table.addMeasure({
			title: words.narrow,
			leads: ['ong'],
			partners: [],
			circle: 'national'
		});
		const own = await table.addMeasure({ title: words.own, leads: ['ong'], partners: [], circle: 'own ong' });
		for (const measureId of [shared, narrow, own])
			await owner(sql`update measures set next_date = '2026-01-01' where id = ${measureId}`);
		// A narrower post on a measure of everybody's, by somebody whose name is told nowhere else.
		await owner(sql`update organisations set short_ro = 'canarminister', short_en = 'canarminister'
			where id = ${table.organisation.minister}`);
		await ask(shared, 'all', words.post);
		await ask(shared, 'national', words.post, 'minister');
		await ask(narrow, 'national', words.post, 'minister');
		await act(setDate, table.member('comisia'), {
			...{ measureId: shared, nextDate: '2026-02-01', reason: words.reason, base: { nextDate: '2026-01-01' } }
		});
		await act(setDate, table.member('comisia'), {
			...{ measureId: narrow, nextDate: '2026-03-01', reason: words.reason, base: { nextDate: '2026-01-01' } }
		});

		await dayHasCome(ngo);
		await send();
		expect(arrived()).toEqual([addressOf(ngo), addressOf(ngo)]);
		const asked = mailbox.received.find(({ headers }) => headers['list-unsubscribe']?.includes('asked'));
		const weekly = mailbox.received.find(({ headers }) => headers['list-unsubscribe']?.includes('weekly'));
		for (const mail of [asked, weekly]) {
			expect(mail?.all).toContain(words.shared);
			expect(mail?.text).toContain('și încă 2 lucruri, în cercuri mai restrânse');
			expect(mail?.html).toContain('și încă 2 lucruri, în cercuri mai restrânse');
			for (const never of [words.narrow, words.own, words.reason, words.post, 'canarminister', 'national'])
				expect([never, mail?.all.includes(never)]).toEqual([never, false]);
			for (const id of [narrow, own]) expect(mail?.all).not.toContain(id);
		}
		expect(weekly?.text).toContain('01.01.2026 la 01.02.2026');
		expect(weekly?.text).toMatch(
			/Întârziate\n-+\n.*canar[0-9a-f]{8}: 01\.02\.2026 \(depășit cu \d+ (de )?zile\)/
		);

		// As the page shows it before.
		await owner(sql`update mail_weeks set heads = null`);
		const preview = await previewWeekly(database, site, ngo);
		expect(JSON.stringify(preview)).toContain(words.shared);
		expect(JSON.stringify(preview)).not.toMatch(new RegExp(`${words.narrow}|${words.own}|canarminister`));
		await owner(sql`update organisations set short_ro = 'minister', short_en = 'minister'
			where id = ${table.organisation.minister}`);
	});

	test('in a circle in which everybody happens to be it is narrower all the same', async () => {
		const word = canary();
		await owner(sql`insert into circle_organisations (circle_id, organisation_id)
			select ${table.circle.national}, organisation_id from circle_organisations where circle_id = ${table.circle.all}
			on conflict do nothing`);
		await ask(await table.addMeasure({ title: word, circle: 'national' }), 'national');
		await send();
		expect(mailbox.received[0]?.text).toContain('un lucru, într-un cerc mai restrâns');
		expect(mailbox.received[0]?.all).not.toContain(word);
		await owner(sql`delete from circle_organisations where circle_id = ${table.circle.national}
			and organisation_id in (${table.organisation.ambasada}, ${table.organisation.organismul})`);
	});

	test('four processes at once make one weekly mail of a member and day', async () => {
		const measureId = await table.addMeasure({ leads: ['ong'], partners: [] });
		await act(setDate, table.member('comisia'), {
			...{ measureId, nextDate: '2026-02-01', reason: 'Convenit', base: { nextDate: null } }
		});
		for (const role of ['coordinator', 'contributor', 'observer'] as const)
			await dayHasCome(table.member('ong', role));
		await Promise.all([send(), send(), send(), send()]);
		expect(arrived()).toEqual(
			(['contributor', 'coordinator', 'observer'] as const).map((role) =>
				addressOf(table.member('ong', role))
			)
		);
		await send();
		expect(mailbox.received).toHaveLength(3);
	});

	test('each weekly mail begins where the one that arrived has ended; one that did not arrive is told again', async () => {
		const ngo = coordinator();
		const measureId = await table.addMeasure({ leads: ['ong'], partners: [] });
		const date = (nextDate: string, was: string | null) =>
			act(setDate, table.member('comisia'), {
				measureId,
				nextDate,
				reason: 'De ce',
				base: { nextDate: was }
			});
		await date('2099-01-01', null);
		await dayHasCome(ngo);
		// It was made, and the process died before anybody took it.
		await gather(database);
		await owner(sql`update mails set state = 'failed'`);
		await owner(sql`update mail_weeks set day = day - 7`);
		await send();
		expect(mailbox.received).toHaveLength(1);
		expect(mailbox.received[0]?.text).toContain('01.01.2099');

		await owner(sql`update mail_weeks set day = day - 7`);
		await send();
		expect(mailbox.received, 'nothing new, nothing to say').toHaveLength(1);
		await date('2099-02-02', '2099-01-01');
		await owner(sql`update mail_weeks set day = day - 7`);
		await send();
		expect(mailbox.received).toHaveLength(2);
		expect(mailbox.received[1]?.text).toContain('01.01.2099 la 02.02.2099');
		expect(mailbox.received[1]?.text).not.toContain('și încă o schimbare');
	});

	test.each([0, 1, 3, 5])(
		'a server that was away for weeks and comes back %d days after the last day makes up for it once',
		async (late) => {
			const ngo = coordinator();
			const measureId = await table.addMeasure({ leads: ['ong'], partners: [] });
			await act(setDate, table.member('comisia'), {
				...{ measureId, nextDate: '2026-02-01', reason: 'Convenit', base: { nextDate: null } }
			});
			await dayHasCome(ngo, late);
			await owner(sql`insert into mail_weeks (member_id, day)
				values (${ngo.memberId}, (now() - interval '25 days')::date)`);
			await send();
			await send();
			expect(arrived()).toEqual([addressOf(ngo)]);
		}
	);

	test('a day before the next weekly mail that one tells it all', async () => {
		const ngo = coordinator();
		const measureId = await table.addMeasure({ leads: ['ong'], partners: [] });
		await act(setDate, table.member('comisia'), {
			...{ measureId, nextDate: '2026-02-01', reason: 'Convenit', base: { nextDate: null } }
		});
		await dayHasCome(ngo, 6);
		await owner(sql`update mail_choices set hour = 0`);
		await send();
		expect(arrived()).toEqual([]);
	});

	test('a choice holds from when it is made: a language, a day, nothing at all', async () => {
		const ngo = coordinator();
		await choose(ngo, { language: 'en' });
		await ask(await table.addMeasure());
		await send();
		expect(mailbox.received[0]?.subject).toBe('Hora: one request waits for an answer');

		// What waited for the evening comes now; what is no longer wanted does not.
		await choose(ngo, { asked: 'daily' });
		await ask(await table.addMeasure());
		await send();
		expect(mailbox.received).toHaveLength(1);
		await choose(ngo, { asked: 'at-once' });
		await send();
		expect(mailbox.received).toHaveLength(2);
		await ask(await table.addMeasure());
		await choose(ngo, { asked: 'never' });
		await send();
		expect(mailbox.received).toHaveLength(2);
		// A day that was just chosen has not come.
		await dayHasCome(ngo);
		await choose(ngo, { weekday: 0 });
		await choose(ngo, { weekday: 1, hour: 0 });
		await send();
		expect(mailbox.received).toHaveLength(2);
	});

	test('the link in a mail ends that kind and no other; nobody else can make one', async () => {
		const ngo = coordinator();
		await ask(await table.addMeasure());
		await send();
		const token =
			/unsubscribe\/(\S+)>/.exec(mailbox.received[0]?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
		expect(mailbox.received[0]?.text).toContain(`${site}/unsubscribe/${token}`);
		const other = table.member('ong').memberId.replaceAll('-', '');
		for (const forged of [
			'',
			'x',
			token.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
			token.replace('asked', 'weekly'),
			token.replace(/\.[0-9a-f]{32}\./, `.${other}.`),
			`${token}0`
		])
			expect([forged, await stopMail(database, forged)]).toEqual([forged, undefined]);

		expect(await stopOf(database, token)).toMatchObject({ kind: 'asked', stopped: false });
		expect(await stopMail(database, token)).toBe('asked');
		expect(await stopMail(database, token)).toBe('asked');
		expect(await database.as('hora_signin', {}, (tx) => readChoice(tx, ngo.memberId))).toEqual({
			...{ asked: 'never', weekday: 1, hour: 8, language: 'ro' }
		});
		await owner(sql`update members set active = false where id = ${ngo.memberId}`);
		expect(await stopMail(database, token)).toBeUndefined();
	});

	test('the secretariat learns from the outbox nothing of who is asked what', async () => {
		await ask(await table.addMeasure({ circle: 'ngos' }), 'ngos', 'Când?', 'asociatia');
		await gather(database);
		const seen = await database.as(
			'hora_app',
			{ member: table.member('comisia', 'secretariat').memberId },
			(tx) => rows(tx, sql`select id from mails`)
		);
		expect(seen).toEqual([]);
		const kept = await rowsOf<{ text: string | null; subject: string }>(sql`select text, subject from mails`);
		expect(kept).toEqual([{ text: null, subject: '' }]);
	});

	test('a server that knows no mail server keeps nothing beyond 72 hours', async () => {
		await ask(await table.addMeasure());
		await owner(sql`update mail_asked set due_at = now() - interval '73 hours'`);
		const silent = openMailer(
			database,
			{ smtpUrl: undefined, mailFrom: undefined },
			{ writer: { gather, forget, write: () => Promise.resolve(undefined) } }
		);
		await silent.run();
		await silent.stop();
		expect(await rowsOf(sql`select from mail_asked union all select from mails`)).toEqual([]);
	});

	describe('by the clock on a wall in Bucharest', () => {
		const at = async (expression: ReturnType<typeof sql>) =>
			(await rowsOf<{ value: string }>(sql`select ${expression}::text as value`))[0]?.value;
		/** The last Sundays of March and October, at 01:00 UTC. */
		const changes = [
			['2026-03-29', '2026-10-25'],
			['2027-03-28', '2027-10-31'],
			['2028-03-26', '2028-10-29']
		] as const;

		test.each(changes)('the daily hour, around %s and %s', async (spring, autumn) => {
			const next = (hour: number, from: string) => at(sql`instant(mail_hour(${hour}, ${from}::timestamptz))`);
			const before = (day: string) => `${day.slice(0, 8)}${Number(day.slice(8)) - 1}`;
			expect(await next(8, `${before(spring)}T07:00:00Z`)).toBe(`${spring}T05:00:00.000Z`);
			expect(await next(8, `${before(autumn)}T07:00:00Z`)).toBe(`${autumn}T06:00:00.000Z`);
			// The hour that the spring leaps over is the one that it leaps to.
			expect(await next(3, `${before(spring)}T12:00:00Z`)).toBe(`${spring}T01:00:00.000Z`);
			// The hour that the autumn has twice comes once.
			const [first] = [await next(3, `${before(autumn)}T12:00:00Z`)];
			expect(first).toBe(`${autumn}T01:00:00.000Z`);
			expect((await next(3, `${autumn}T01:00:00Z`))?.slice(0, 10)).not.toBe(autumn);
		});

		test.each(changes.flat())('the day of a weekly mail comes once in the week of %s', async (sunday) => {
			// From Saturday to Monday, in quarters of an hour, for the hours around the change.
			const found = await rowsOf<{ hour: number; days: string[]; at: string }>(sql`
				select hour, array_agg(distinct day::text order by day::text) as days,
						min(instant(moment)) filter (where day = ${sunday}::date) as at
					from generate_series(0, 6) hour, generate_series(${`${sunday}T00:00:00Z`}::timestamptz - interval '1 day',
							${`${sunday}T00:00:00Z`}::timestamptz + interval '1 day', interval '15 minutes') moment,
						lateral (select mail_day(7, hour, moment) as day) d
					group by hour order by hour`);
			expect(found).toHaveLength(7);
			for (const { hour, days, at } of found) {
				expect([hour, days.length, days[1]]).toEqual([hour, 2, sunday]);
				const wall = new Intl.DateTimeFormat('en-GB', {
					timeZone: 'Europe/Bucharest',
					...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
				}).format(new Date(at));
				const leaps = hour === 3 && sunday.slice(5, 7) === '03';
				expect([hour, wall]).toEqual([hour, `${String(leaps ? 4 : hour).padStart(2, '0')}:00`]);
			}
		});
	});
});

test('what is addressed to invented people never leaves this machine', async () => {
	const database = await openTestDatabase('pglite');
	vi.spyOn(console, 'log').mockImplementation(() => {});
	await database.asOwner((tx) =>
		tx.execute(sql`insert into mails (kind, address, subject, text)
			values ('invitation', 'ana@ministerul.example', 'Invitație', 'Cuvinte')`)
	);
	// Nobody listens there; it is not even tried.
	const mailer = openMailer(database, { smtpUrl: 'smtp://192.0.2.1:25', mailFrom: 'hora@hora.example' });
	await mailer.run();
	await mailer.stop();
	const found = await database.asOwner((tx) =>
		rows<{ state: string; trouble: string }>(tx, sql`select state, trouble from mails`)
	);
	expect(found).toEqual([{ state: 'failed', trouble: 'invented' }]);
	vi.restoreAllMocks();
	await database.close();
});
