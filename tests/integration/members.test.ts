/**
 * Links that let somebody in, and what ends: an invitation from its making to its use, roles and ends with their
 * sessions, a forgotten password. As whoever holds a link, and whoever only wishes to.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { hashPassword, passwordFits } from '#lib/auth/password.server.ts';
import { open, sessionOf } from '#lib/auth/sessions.server.ts';
import { newToken, type Token, writeToken } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { predicate } from '#lib/events/sentence.ts';
import { acceptInvitation, invitationOf } from '#lib/members/accept-invitation.server.ts';
import {
	disableMember,
	enableMember,
	endMembership,
	keepMember,
	setRole
} from '#lib/members/change-member.server.ts';
import { makeInvitation, renewInvitation, withdrawInvitation } from '#lib/members/invitations.server.ts';
import { linkTo } from '#lib/members/links.server.ts';
import { listInvitations, listMembers } from '#lib/members/queries.server.ts';
import { askForReset, makeReset, resetOf, resetPassword } from '#lib/members/resets.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

const site = 'https://hora.example.org';
const password = 'cireșul din curtea veche';

describe.each(engines)('members and their links, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const act = (command: AnyCommand, actor: Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID()).then(({ result }) => result);
	const refusal = (doing: Promise<unknown>) =>
		doing.then(
			() => 'done',
			(error: unknown) => {
				if (!(error instanceof Refusal)) throw error;
				return Object.values(error.details.fields ?? {})[0] ?? error.code;
			}
		);
	const owner = <Row>(query: ReturnType<typeof sql>) => database.asOwner((tx) => rows<Row>(tx, query));

	let count = 0;
	type Wanted = { by?: Actor; seat?: Seat; role?: string; email?: string; language?: string };
	/** Invites somebody, and is shown the link. */
	async function invite({ by, seat = 'ong', role = 'contributor', email, language = 'ro' }: Wanted = {}) {
		const { secret } = newToken();
		const address = email ?? `nou${++count}@exemplu.example`;
		const { id } = await act(makeInvitation, by ?? table.member(seat, 'coordinator'), {
			...{ organisationId: table.organisation[seat], email: address, name: `Nou Exemplu ${count}`, role },
			...{ functionRo: 'consilier', functionEn: 'adviser', language, secret, site }
		});
		return {
			id: id as string,
			email: address,
			link: tail(linkTo('invite', site, id as string, secret)),
			secret
		};
	}
	const tail = (link: string) => link.split('/').at(-1) as string;
	const accept = (link: string) => acceptInvitation(database, link, crypto.randomUUID());
	/** A member who came in by a link, as the policies see them. */
	async function arrive(wanted: Wanted = {}) {
		const { link, email } = await invite(wanted);
		const memberId = await accept(link);
		const seat = wanted.seat ?? 'ong';
		const role = (wanted.role ?? 'contributor') as Actor['role'];
		return {
			actor: { ...table.member(seat, role), memberId, name: `Nou Exemplu ${count}` },
			email,
			memberId
		};
	}
	const enter = (memberId: string): Promise<Token> => open(database, memberId, crypto.randomUUID());
	/** Also of one who has no way in yet: what is asked here is whether it was ended. */
	const sessionFor = (token: Token) => sessionOf(database, writeToken(token), { newcomers: true });
	const holds = async (token: Token) => (await sessionFor(token)) !== undefined;

	describe('an invitation', () => {
		test('lets in once, with what was said in it, and a session can follow', async () => {
			const { id, link, email } = await invite({ language: 'en' });
			expect(await invitationOf(database, link)).toMatchObject({
				...{ email, role: 'contributor', functionRo: 'consilier', functionEn: 'adviser', language: 'en' },
				...{ invitedBy: 'ong coordinator Exemplu', byRo: 'ong Exemplu', nameRo: 'ong Exemplu' }
			});
			const memberId = await accept(link);
			const [found] = await owner(
				sql`select m.organisation_id as organisation, m.role, m.function_ro as function, m.active, m.until,
						a.email, a.password_hash as password, i.member_id as member, i.used_at is not null as used
					from members m join signin.accounts a on a.member_id = m.id join invitations i on i.member_id = m.id
					where m.id = ${memberId}`
			);
			expect(found).toEqual({
				...{ organisation: table.organisation.ong, role: 'contributor', function: 'consilier', active: true },
				...{ until: null, email, password: null, member: memberId, used: true }
			});
			expect(await holds(await enter(memberId))).toBe(true);
			expect(await invitationOf(database, link)).toBeUndefined();
			expect(await refusal(accept(link))).toBe('not-found');
			const left = await database.as(
				'hora_app',
				{ member: table.member('ong', 'coordinator').memberId },
				(tx) => listInvitations(tx, table.organisation.ong)
			);
			expect(left.map((one) => one.id)).not.toContain(id);
		});

		test('opened by twenty at once lets in one', async () => {
			const { link, email } = await invite();
			const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusal(accept(link))));
			expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
			expect(outcomes.filter((one) => one === 'not-found')).toHaveLength(19);
			const [found] = await owner(
				sql`select count(*)::int as n from members m join signin.accounts a on a.member_id = m.id
					where a.email = ${email}`
			);
			expect(found).toEqual({ n: 1 });
		});

		test('opens nothing once it is withdrawn, too old, renewed, or another’s', async () => {
			const coordinator = table.member('ong', 'coordinator');
			const [withdrawn, old, renewed, other] = [
				await invite(),
				await invite(),
				await invite(),
				await invite()
			];
			await act(withdrawInvitation, coordinator, { invitationId: withdrawn.id });
			await owner(sql`update invitations set expires_at = now() - interval '1 second' where id = ${old.id}`);
			const { secret } = newToken();
			await act(renewInvitation, coordinator, { invitationId: renewed.id, secret, site });
			const rubbish = [
				'',
				'x',
				other.link.slice(1),
				`${other.link}0`,
				other.link.toUpperCase(),
				'../..',
				'%00'
			];
			const mixed = `${other.link.split('.')[0]}.${withdrawn.link.split('.')[1]}`;
			for (const dead of [withdrawn.link, old.link, renewed.link, mixed, ...rubbish]) {
				expect([dead, await invitationOf(database, dead)]).toEqual([dead, undefined]);
				expect([dead, await refusal(accept(dead))]).toEqual([dead, 'not-found']);
			}
			await accept(tail(linkTo('invite', site, renewed.id, secret)));
			await act(renewInvitation, coordinator, { invitationId: old.id, ...{ secret, site } });
			await accept(tail(linkTo('invite', site, old.id, secret)));
		});

		test('dies with the right of whoever made it', async () => {
			const secretariat = table.member('comisia', 'secretariat');
			const host = await arrive({ role: 'coordinator' });
			const [first, second] = [await invite({ by: host.actor }), await invite({ by: host.actor })];
			await act(setRole, secretariat, {
				...{ memberId: host.memberId, role: 'contributor', base: { role: 'coordinator' } }
			});
			expect(await refusal(accept(first.link))).toBe('not-found');
			await act(setRole, secretariat, {
				...{ memberId: host.memberId, role: 'coordinator', base: { role: 'contributor' } }
			});
			expect(await invitationOf(database, first.link)).toBeDefined();
			await act(endMembership, secretariat, {
				memberId: host.memberId,
				lastDay: null,
				base: { until: null }
			});
			for (const { link } of [first, second]) expect(await refusal(accept(link))).toBe('not-found');
		});

		test('goes no higher than its maker, nor beyond the organisation', async () => {
			const may = async (by: Actor, seat: Seat, role: string) =>
				(await refusal(invite({ by, seat, role }))) === 'done';
			const coordinator = table.member('ong', 'coordinator');
			const secretariat = table.member('comisia', 'secretariat');
			for (const [by, seat, allowed] of [
				[coordinator, 'ong', ['coordinator', 'contributor', 'observer']],
				[coordinator, 'comisia', []],
				[secretariat, 'comisia', ['secretariat', 'coordinator', 'contributor', 'observer']],
				[secretariat, 'ong', ['coordinator']],
				[table.member('ong'), 'ong', []],
				[table.member('ong', 'observer'), 'ong', []]
			] as [Actor, Seat, string[]][])
				for (const role of ['secretariat', 'coordinator', 'contributor', 'observer'])
					expect([by.name, seat, role, await may(by, seat, role)]).toEqual([
						...[by.name, seat, role, allowed.includes(role)]
					]);
		});

		test('tells of an account only to those who may know', async () => {
			const { email } = await arrive({ seat: 'ambasada' });
			const [embassy, ngo] = [table.member('ambasada', 'coordinator'), table.member('ong', 'coordinator')];
			const secretariat = table.member('comisia', 'secretariat');
			const other = `liber${++count}@exemplu.example`;
			expect(await refusal(invite({ by: embassy, seat: 'ambasada', email }))).toBe('member.has_account');
			expect(await refusal(invite({ by: embassy, seat: 'ambasada', email: email.toUpperCase() }))).toBe(
				'member.has_account'
			);
			const asked = { by: secretariat, role: 'coordinator', email };
			expect(await refusal(invite(asked))).toBe('member.has_account');

			// For an NGO it is like any address, and looking at its own link tells nothing either.
			const [taken, free] = [await invite({ by: ngo, email }), await invite({ by: ngo, email: other })];
			const keys = async ({ link }: { link: string }) =>
				Object.keys((await invitationOf(database, link)) ?? {});
			expect(await keys(taken)).toEqual(await keys(free));
			expect(await refusal(accept(taken.link))).toBe('not-found');
			expect(await refusal(invite({ by: ngo, email: other }))).toBe('member.is_invited');
			expect(await refusal(invite({ by: ngo, email }))).toBe('member.is_invited');

			const mails = await owner<{ address: string; text: string }>(
				sql`select address, text from mails where organisation_id = ${table.organisation.ong}
					and address in (${email}, ${other}) order by address = ${email}`
			);
			expect(mails.map(({ text }) => text.includes(`${site}/invite/`))).toEqual([true, false]);
			expect(mails[1]?.text).toContain('are deja un cont');
		});

		test('who has left may be invited again, here or elsewhere', async () => {
			const { email, memberId } = await arrive();
			const coordinator = table.member('ong', 'coordinator');
			await act(endMembership, coordinator, { memberId, lastDay: null, base: { until: null } });
			const again = await arrive({ seat: 'ambasada', email });
			expect(again.memberId).not.toBe(memberId);
			expect(await owner(sql`select member_id as id from signin.accounts where email = ${email}`)).toEqual([
				{ id: again.memberId }
			]);
		});

		test('its secret stands nowhere but in the mail that waits, its address in no event', async () => {
			const { secret, email } = await invite();
			const tables = await owner<{ name: string }>(
				sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'signin')`
			);
			const holding = async (what: string) => {
				const found: string[] = [];
				for (const { name } of tables) {
					const [hit] = await owner(
						sql`select 1 from ${sql.raw(name)} t where position(${what} in t::text) > 0 limit 1`
					);
					if (hit) found.push(name);
				}
				return found.sort();
			};
			expect(await holding(secret)).toEqual(['public.mails']);
			expect(await holding(email)).toEqual(['public.invitations', 'public.mails']);
		});

		test('is written in the language of the invited, and told in the organisation’s own circle alone', async () => {
			const { email } = await arrive({ language: 'en' });
			const [mail] = await owner<{ subject: string; text: string }>(
				sql`select subject, text from mails where address = ${email}`
			);
			expect(mail?.subject).toBe('Invitation to Hora: ong Exemplu');
			expect(mail?.text).toMatch(/^Dear Nou Exemplu \d+,\n\nong coordinator Exemplu invites you to Hora/);
			const told = await owner<{ type: string; circle: string }>(
				sql`select w.type, w.event_circle_id as circle from words w
					where w.data->'member'->>'name' = ${`Nou Exemplu ${count}`} order by w.type, w.event_circle_id = ${table.circle.secretariat}`
			);
			expect(told).toEqual([
				{ type: 'invitation.made', circle: table.circle['own ong'] },
				{ type: 'member.joined', circle: table.circle['own ong'] },
				{ type: 'member.joined', circle: table.circle.secretariat }
			]);
		});

		test('open ones are seen by coordinators of the organisation and the secretariat, the members by every member', async () => {
			await invite();
			const read = (actor: Actor) =>
				database.as('hora_app', { member: actor.memberId }, async (tx) => [
					(await listInvitations(tx, table.organisation.ong)).length > 0,
					(await listMembers(tx, table.organisation.ong)).length > 3
				]);
			expect(await read(table.member('ong', 'coordinator'))).toEqual([true, true]);
			expect(await read(table.member('comisia', 'secretariat'))).toEqual([true, true]);
			for (const actor of [
				table.member('ong'),
				table.member('ambasada', 'coordinator'),
				table.member('comisia')
			])
				expect(await read(actor)).toEqual([false, true]);
		});
	});

	describe('a membership', () => {
		const ended = { lastDay: null, base: { until: null } };

		test('a change of role, an end and a switch end the sessions; a switch back brings none of them back', async () => {
			const coordinator = table.member('ong', 'coordinator');
			const { memberId } = await arrive();
			const tokens = await Promise.all([enter(memberId), enter(memberId)]);
			await act(setRole, coordinator, { memberId, role: 'observer', base: { role: 'contributor' } });
			for (const token of tokens) expect(await holds(token)).toBe(false);

			const anew = await enter(memberId);
			expect((await sessionFor(anew))?.actor.role).toBe('observer');
			await act(disableMember, coordinator, { memberId, base: { active: true } });
			expect(await holds(anew)).toBe(false);
			expect(await refusal(enter(memberId))).toBe('forbidden');
			await act(enableMember, coordinator, { memberId, base: { active: false } });
			expect(await holds(anew)).toBe(false);

			const last = await enter(memberId);
			await act(endMembership, coordinator, { memberId, ...ended });
			expect(await holds(last)).toBe(false);
			expect(await refusal(enter(memberId))).toBe('forbidden');
			// What has ended stays ended.
			const until = expect.any(String) as string;
			for (const [command, input] of [
				[keepMember, { base: { until } }],
				[enableMember, { base: { active: true } }],
				[setRole, { role: 'contributor', base: { role: 'observer' } }]
			] as [AnyCommand, object][])
				expect(
					await refusal(
						act(command, coordinator, {
							memberId,
							...input,
							base: { until: 'x', active: true, role: 'observer' }
						})
					)
				).toBe('not-found');
		});

		test('a last day that comes later takes effect by itself, and can be taken back until then', async () => {
			const coordinator = table.member('ong', 'coordinator');
			const { memberId } = await arrive();
			const token = await enter(memberId);
			await act(endMembership, coordinator, { memberId, lastDay: '2099-06-30', base: { until: null } });
			// The whole day, as the clocks in Bucharest show it.
			const untilOf = async () =>
				(
					await owner<{ until: string | null }>(
						sql`select instant(until) as until from members where id = ${memberId}`
					)
				)[0]?.until;
			expect(await untilOf()).toBe('2099-06-30T21:00:00.000Z');
			expect(await holds(token)).toBe(true);
			await act(keepMember, coordinator, { memberId, base: { until: '2099-06-30T21:00:00.000Z' } });
			expect(await untilOf()).toBe(null);

			await owner(
				sql`update members set until = clock_timestamp() + interval '0.3 seconds' where id = ${memberId}`
			);
			expect(await holds(token)).toBe(true);
			await new Promise((done) => setTimeout(done, 400));
			expect(await holds(token)).toBe(false);
			const past = { memberId: table.member('ong').memberId, lastDay: '2020-01-01', base: { until: null } };
			expect(await refusal(act(endMembership, coordinator, past))).toBe('day.is_past');
		});

		test('its roles keep their dates', async () => {
			const { memberId } = await arrive();
			await act(setRole, table.member('ong', 'coordinator'), {
				...{ memberId, role: 'observer', base: { role: 'contributor' } }
			});
			const found = await database.as('hora_app', { member: table.member('ambasada').memberId }, (tx) =>
				listMembers(tx, table.organisation.ong)
			);
			const { offices } = found.find(({ id }) => id === memberId) ?? { offices: [] };
			expect(offices.map(({ role, until }) => [role, until !== null])).toEqual([
				['observer', false],
				['contributor', true]
			]);
			const between = Date.parse(offices[0]?.since ?? '') - Date.parse(offices[1]?.until ?? '');
			expect(Math.abs(between)).toBeLessThan(100);
		});

		test('nobody lowers or ends themselves or somebody above; a coordinator stays, and a secretariat', async () => {
			const coordinator = table.member('minister', 'coordinator');
			const secretariat = table.member('minister', 'secretariat');
			const { memberId } = coordinator;
			const lower = (by: Actor, of: Actor, role = 'observer') =>
				refusal(act(setRole, by, { memberId: of.memberId, role, base: { role: of.role } }));
			expect(await lower(coordinator, coordinator)).toBe('forbidden');
			expect(await refusal(act(endMembership, coordinator, { memberId, ...ended }))).toBe('forbidden');
			expect(await lower(coordinator, secretariat)).toBe('forbidden');
			expect(await lower(coordinator, table.member('minister'), 'secretariat')).toBe('forbidden');
			const disable = { memberId: secretariat.memberId, base: { active: true } };
			expect(await refusal(act(disableMember, coordinator, disable))).toBe('forbidden');

			// Of two who would lower one another at once, one remains.
			const { actor: second } = await arrive({ seat: 'minister', role: 'coordinator' });
			const both = await Promise.all([lower(coordinator, second), lower(second, coordinator)]);
			expect(both.toSorted()).toEqual(['done', 'not-found']);
			const rest = both[0] === 'done' ? coordinator : second;
			// One who leaves on a day counts no more as the one who stays.
			const { actor: third } = await arrive({ seat: 'minister', role: 'coordinator', by: rest });
			await act(endMembership, third, {
				memberId: rest.memberId,
				lastDay: '2099-12-31',
				base: { until: null }
			});
			expect(await lower(rest, third)).toBe('member.last_coordinator');
			expect(await lower(table.member('comisia', 'secretariat'), third)).toBe('done');
		});

		test('the last of the secretariat cannot go', async () => {
			const [last, ...others] = (
				['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'] as Seat[]
			).map((seat) => table.member(seat, 'secretariat')) as [Actor, ...Actor[]];
			await owner(
				sql`update members set active = false where role = 'secretariat' and id <> ${last.memberId}`
			);
			const { memberId } = last;
			const role = { memberId, role: 'coordinator', base: { role: 'secretariat' } };
			expect(await refusal(act(setRole, last, role))).toBe('member.last_secretariat');
			expect(await refusal(act(endMembership, last, { memberId, ...ended }))).toBe('member.last_secretariat');
			const dated = { memberId, lastDay: '2099-12-31', base: { until: null } };
			expect(await refusal(act(endMembership, last, dated))).toBe('member.last_secretariat');
			const off = { memberId, base: { active: true } };
			expect(await refusal(act(disableMember, last, off))).toBe('member.last_secretariat');
			// Whoever is switched off acts no more, whatever their session said.
			expect(await refusal(act(disableMember, others[0] as Actor, off))).toBe('not-found');
			await owner(sql`update members set active = true where role = 'secretariat'`);
			expect(await refusal(act(setRole, last, role))).toBe('done');
		});
	});

	describe('a forgotten password', () => {
		const ask = (email: string) =>
			askForReset(database, { email, language: 'ro', site, demonstration: false });
		const linkIn = async (email: string) => {
			const [mail] = await owner<{ text: string }>(
				sql`select text from mails where address = ${email} and kind = 'reset' order by made_at desc limit 1`
			);
			return /\/reset\/(\S+)/.exec(mail?.text ?? '')?.[1];
		};
		const reset = (link: string, to = password) =>
			resetPassword(database, { link, password: to, language: 'ro' }, crypto.randomUUID());

		test('a link by mail sets another, once, and ends every session', async () => {
			const { email, memberId } = await arrive();
			await owner(
				sql`update signin.accounts set password_hash = ${await hashPassword('cea de dinainte')} where member_id = ${memberId}`
			);
			const token = await enter(memberId);
			await ask(email);
			await ask(email);
			const [asked] = await owner(
				sql`select count(*)::int as n from mails where address = ${email} and kind = 'reset'`
			);
			expect(asked).toEqual({ n: 1 });
			const link = (await linkIn(email)) as string;
			expect(await resetOf(database, link)).toMatchObject({ email, memberId });
			for (const [weak, why] of [
				['prea scurt', 'password.too_short'],
				[email, 'password.own'],
				['Nou Exemplu Exemplu', 'password.own'],
				['x'.repeat(501), 'password.not_text']
			] as const)
				expect([weak, await refusal(reset(link, weak))]).toEqual([weak, why]);
			expect(await holds(token)).toBe(true);

			const both = await Promise.all([
				refusal(reset(link)),
				refusal(reset(link, 'alta parolă la fel de lungă'))
			]);
			expect(both.toSorted()).toEqual(['done', 'not-found']);
			expect(await holds(token)).toBe(false);
			const [account] = await owner<{ hash: string }>(
				sql`select password_hash as hash from signin.accounts where member_id = ${memberId}`
			);
			expect(
				await passwordFits(both[0] === 'done' ? password : 'alta parolă la fel de lungă', account?.hash)
			).toBe(true);
			expect(await refusal(reset(link))).toBe('not-found');
			const kinds = await owner<{ kind: string }>(
				sql`select kind from mails where address = ${email} and kind like 'pass%'`
			);
			expect(kinds).toEqual([{ kind: 'password' }]);
		});

		test('an address without an account gets nothing, nor one whose member has left', async () => {
			const { email, memberId } = await arrive();
			await owner(sql`update members set active = false where id = ${memberId}`);
			const before = await owner(sql`select count(*) from mails`);
			await ask(email);
			await ask('nimeni@exemplu.example');
			expect(await owner(sql`select count(*) from mails`)).toEqual(before);
		});

		test('a coordinator hands one over: the member is told, the circle too, and nobody above can be had so', async () => {
			const coordinator = table.member('ong', 'coordinator');
			const { email, memberId } = await arrive();
			const make = async (by: Actor, of: string) => {
				const { secret } = newToken();
				const { id } = await act(makeReset, by, { memberId: of, secret, language: 'ro' });
				return tail(linkTo('reset', site, id as string, secret));
			};
			const [first, second] = [await make(coordinator, memberId), await make(coordinator, memberId)];
			expect(await resetOf(database, first)).toBeUndefined();
			const [mail] = await owner<{ text: string }>(
				sql`select text from mails where address = ${email} and kind = 'reset-made' limit 1`
			);
			expect(mail?.text).toContain('ong coordinator Exemplu');
			expect(mail?.text).not.toContain('/reset/');
			await reset(second);

			const boss = table.member('ong', 'secretariat').memberId;
			await owner(
				sql`insert into signin.accounts (member_id, email) values (${boss}, 'sus@exemplu.example')`
			);
			expect(await refusal(make(coordinator, boss))).toBe('forbidden');
			expect(await refusal(make(table.member('agentia', 'secretariat'), memberId))).toBe('forbidden');
			expect(await refusal(make(table.member('ambasada', 'coordinator'), memberId))).toBe('not-found');

			// The link dies with the right of whoever made it.
			const host = await arrive({ role: 'coordinator' });
			const third = await make(host.actor, memberId);
			await act(disableMember, coordinator, { memberId: host.memberId, base: { active: true } });
			expect(await refusal(reset(third))).toBe('not-found');
		});
	});

	test('what changes access asks again who it is', async () => {
		const stale = { ...table.member('ong', 'coordinator'), proved: false };
		const { memberId } = table.member('ong');
		for (const [command, input] of [
			[setRole, { memberId, role: 'observer', base: { role: 'contributor' } }],
			[endMembership, { memberId, lastDay: null, base: { until: null } }],
			[disableMember, { memberId, base: { active: true } }],
			[makeReset, { memberId, secret: newToken().secret, language: 'ro' }]
		] as [AnyCommand, object][])
			expect(await refusal(act(command, stale, input))).toBe('unproved');
		expect(await refusal(invite({ by: stale }))).toBe('unproved');
	});

	test('every sentence says whom it is about', async () => {
		const told = await owner<{ type: string; data: object }>(
			sql`select distinct on (type) type, data from words where type like 'invitation.%' or type like 'member.%'`
		);
		const speaker = { status: String, kind: String, circle: String, organisation: String };
		expect(told.length).toBeGreaterThan(9);
		for (const { type, data } of told.filter(({ type }) => !type.startsWith('member.signed')))
			for (const locale of ['ro', 'en'] as const) {
				const base = { circle: '', n: 1, subject: '', at: '', author: null, organisationId: null };
				const happened = { ...base, type, data, kind: '' as const, withdrawn: null };
				expect(predicate(happened, { locale, ...speaker }, '')).toMatch(/Exemplu/);
			}
	});
});
