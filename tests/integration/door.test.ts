/** The door: passkeys, the second step, limits that hold and do not keep the real member out, sessions and what newcomers may. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { askToSign, holderOf } from '#lib/auth/passkey-signin.server.ts';
import { addPasskey, askForPasskey, removePasskey } from '#lib/auth/passkeys.server.ts';
import { proveByPassword } from '#lib/auth/prove.server.ts';
import { confirmTotp, passesSecond, removeTotp } from '#lib/auth/second.server.ts';
import { endOtherSessions, listSessions, open, sessionOf } from '#lib/auth/sessions.server.ts';
import {
	type SecondStep,
	signIn,
	signInSecond,
	signInWithPasskey,
	type Visitor
} from '#lib/auth/sign-in.server.ts';
import { hashPassword, passwordFits } from '#lib/auth/password.server.ts';
import { hashNew } from '#lib/auth/set-password.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { hashCode, newRecoveryCodes } from '#lib/auth/codes.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { Authenticator } from '../support/authenticator.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';
import { codeOf, hex, layWays, origin } from '../support/ways.ts';

const password = 'trei gâște pe un lac';

describe.each(engines)('the door, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let address = 0;
	let visitor: Visitor;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());
	beforeEach(() => (visitor = from(`10.0.0.${++address}`)));

	const from = (address: string, known?: string): Visitor => ({
		address,
		known,
		operation: crypto.randomUUID(),
		device: {}
	});
	const act = (command: AnyCommand, actor: Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID());
	const emailOf = ({ memberId }: Actor) => `${memberId}@exemplu.example`;
	const enter = (actor: Actor, typed = password, as = visitor) =>
		signIn(database, { email: emailOf(actor), password: typed, demonstration: false }, as);
	const count = (table: string) =>
		database.asOwner(async (tx) => {
			const [found] = await rows<{ n: number }>(tx, sql.raw(`select count(*)::int as n from ${table}`));
			return found?.n ?? 0;
		});
	const sweep = (actor: Actor) =>
		database.asOwner((tx) => rows(tx, sql`delete from signin.passkeys where member_id = ${actor.memberId}`));

	/** A member with a password and nothing else. */
	async function withPassword(...who: Parameters<Table['member']>) {
		const actor = table.member(...who);
		await layWays(database, actor);
		await sweep(actor);
		return actor;
	}

	/** A member with a device that holds a passkey. */
	async function withPasskey(...who: Parameters<Table['member']>) {
		const actor = await withPassword(...who);
		const device = new Authenticator(origin);
		const { id, options } = await askForPasskey(database, actor, origin);
		await act(addPasskey, actor, {
			challengeId: id,
			origin,
			response: device.make(options.challenge),
			name: 'Telefonul'
		});
		return { actor, device };
	}

	/** A member whose app gives codes, with recovery codes. */
	async function withCodes(...who: Parameters<Table['member']>) {
		const actor = await withPassword(...who);
		const { totpId, secret } = await layWays(database, actor);
		await sweep(actor);
		const codes = newRecoveryCodes();
		await act(confirmTotp, actor, {
			challengeId: totpId,
			digits: codeOf(secret, Date.now() - 30_000),
			codeHashes: codes.map(hashCode)
		});
		return { actor, secret, codes };
	}

	describe('a passkey', () => {
		test('opens, once for each challenge', async () => {
			const { actor, device } = await withPasskey('ong');
			const { id, options } = await askToSign(database, origin, 'sign-in');
			expect(options).toMatchObject({ userVerification: 'required', allowCredentials: [] });
			const response = device.sign(options.challenge);
			const token = await signInWithPasskey(database, { challenge: id, response }, origin, visitor);
			expect(await sessionOf(database, writeToken(token))).toMatchObject({
				actor: { memberId: actor.memberId, proved: true },
				lacks: null
			});
			await expect(
				signInWithPasskey(database, { challenge: id, response }, origin, visitor)
			).rejects.toMatchObject({ code: 'invalid' });
		});

		test('is refused from elsewhere, without the person’s check, for another purpose, and with an old counter', async () => {
			const { device } = await withPasskey('ong');
			const stranger = new Authenticator(origin);
			const elsewhere = new Authenticator('http://hora.localhost:3000');
			Object.assign(elsewhere, { id: device.id });
			const answers: ((challenge: string) => string)[] = [
				(challenge) => stranger.sign(challenge),
				(challenge) => elsewhere.sign(challenge),
				(challenge) => device.sign(challenge, { verified: false }),
				() => device.sign(Buffer.from(hex(32), 'hex').toString('base64url')),
				() => '{}',
				() => 'null',
				() => '',
				() => JSON.stringify({ id: "' or 1=1" })
			];
			for (const answer of answers) {
				const { id, options } = await askToSign(database, origin, 'sign-in');
				const signed = { challenge: id, response: answer(options.challenge) };
				await expect(holderOf(database, signed, origin, 'sign-in')).rejects.toMatchObject({
					code: 'invalid',
					details: { fields: { form: 'passkey.failed' } }
				});
				// What was asked is used up by a wrong answer too.
				const late = { challenge: id, response: device.sign(options.challenge) };
				await expect(holderOf(database, late, origin, 'sign-in')).rejects.toMatchObject({ code: 'invalid' });
			}
			const asked = await askToSign(database, origin, 'prove', table.member('ong').memberId);
			const proof = { challenge: asked.id, response: device.sign(asked.options.challenge) };
			await expect(holderOf(database, proof, origin, 'sign-in')).rejects.toMatchObject({ code: 'invalid' });

			await database.asOwner((tx) =>
				rows(tx, sql`update signin.passkeys set counter = 1000 where id = ${device.id}`)
			);
			const { id, options } = await askToSign(database, origin, 'sign-in');
			const copied = { challenge: id, response: device.sign(options.challenge) };
			await expect(holderOf(database, copied, origin, 'sign-in')).rejects.toMatchObject({ code: 'invalid' });
		});

		test('opens nothing for a member whose membership ended, or after its challenge’s minutes', async () => {
			const { actor, device } = await withPasskey('asociatia');
			const asked = await askToSign(database, origin, 'sign-in');
			await database.asOwner((tx) =>
				rows(
					tx,
					sql`update signin.challenges set expires_at = now() - interval '1 second' where id = ${asked.id}`
				)
			);
			const late = { challenge: asked.id, response: device.sign(asked.options.challenge) };
			await expect(holderOf(database, late, origin, 'sign-in')).rejects.toMatchObject({ code: 'invalid' });

			const { id, options } = await askToSign(database, origin, 'sign-in');
			const ended = (until: string) =>
				database.asOwner((tx) =>
					tx.execute(sql`update members set until = ${until}::timestamptz where id = ${actor.memberId}`)
				);
			await ended('2020-01-01');
			const signed = { challenge: id, response: device.sign(options.challenge) };
			await expect(holderOf(database, signed, origin, 'sign-in')).rejects.toMatchObject({ code: 'invalid' });
			await ended('2099-01-01');
		});

		test('is made only with the person’s check, for whom it was asked, and not twice', async () => {
			const actor = await withPassword('agentia');
			const other = await withPassword('minister');
			const device = new Authenticator(origin);
			const { id, options } = await askForPasskey(database, actor, origin);
			const input = (response: string) => ({ challengeId: id, origin, response, name: 'Telefonul' });
			const failed = { code: 'invalid', details: { fields: { form: 'passkey.failed' } } };
			await expect(
				act(addPasskey, actor, input(device.make(options.challenge, { verified: false })))
			).rejects.toMatchObject(failed);
			await expect(
				act(addPasskey, actor, input(new Authenticator('http://evil.localhost').make(options.challenge)))
			).rejects.toMatchObject(failed);
			await expect(act(addPasskey, other, input(device.make(options.challenge)))).rejects.toMatchObject({
				code: 'not-found'
			});
			await act(addPasskey, actor, input(device.make(options.challenge)));
			await expect(act(addPasskey, actor, input(device.make(options.challenge)))).rejects.toMatchObject({
				code: 'not-found'
			});
			const again = await askForPasskey(database, other, origin);
			await expect(
				act(addPasskey, other, { ...input(device.make(again.options.challenge)), challengeId: again.id })
			).rejects.toMatchObject(failed);
			await expect(askForPasskey(database, { ...actor, proved: false }, origin)).rejects.toMatchObject({
				code: 'unproved'
			});
		});

		test('of whoever has no other way in stays', async () => {
			const { actor, device } = await withPasskey('organismul');
			await database.asOwner((tx) =>
				rows(tx, sql`update signin.accounts set password_hash = null where member_id = ${actor.memberId}`)
			);
			await expect(act(removePasskey, actor, { passkey: device.id })).rejects.toMatchObject({
				details: { fields: { form: 'ways.last' } }
			});
			// A coordinator's password alone would not do.
			const coordinator = await withPasskey('organismul', 'coordinator');
			await expect(
				act(removePasskey, coordinator.actor, { passkey: coordinator.device.id })
			).rejects.toMatchObject({ details: { fields: { form: 'ways.last' } } });
		});
	});

	describe('the second step', () => {
		test('follows the right password, and a code counts once', async () => {
			const { actor, secret } = await withCodes('ong', 'coordinator');
			const before = await count('signin.sessions');
			const step = (await enter(actor)) as SecondStep;
			expect(step).toEqual({ half: expect.stringMatching(/^[0-9a-f]{32}$/), code: true, passkey: false });
			expect(await count('signin.sessions')).toBe(before);

			const wrong = { details: { fields: { code: 'second.wrong' } } };
			await expect(
				signInSecond(database, { half: step.half, code: '000000' }, visitor)
			).rejects.toMatchObject(wrong);
			const code = codeOf(secret);
			await signInSecond(database, { half: step.half, code }, visitor);
			await expect(signInSecond(database, { half: step.half, code }, visitor)).rejects.toMatchObject({
				details: { fields: { form: 'second.too_late' } }
			});
			const again = (await enter(actor)) as SecondStep;
			await expect(signInSecond(database, { half: again.half, code }, visitor)).rejects.toMatchObject(wrong);
		});

		test('takes a recovery code once, however it is typed, also when sent twice at once', async () => {
			const { actor, codes } = await withCodes('minister', 'coordinator');
			const used = await Promise.all(
				[codes[0], codes[0]?.toLowerCase(), codes[0]?.replaceAll('-', ' ')].map((code = '') =>
					database.as('hora_signin', { member: actor.memberId }, (tx) =>
						passesSecond(tx, actor.memberId, code)
					)
				)
			);
			expect(used.filter(Boolean)).toHaveLength(1);
			expect(new Set(codes).size).toBe(10);
			const [row] = await database.asOwner((tx) =>
				rows<{ text: string }>(
					tx,
					sql`select string_agg(r::text, ' ') as text from signin.recovery_codes r
						where member_id = ${actor.memberId}`
				)
			);
			for (const code of codes) expect(row?.text).not.toContain(code.slice(0, 9));
		});

		test('is tried five times, and no more from another address', async () => {
			const { actor, secret } = await withCodes('agentia', 'coordinator');
			const half = async (as: Visitor) => ((await enter(actor, password, as)) as SecondStep).half;
			for (let i = 0; i < 5; i++) {
				const as = from(`10.1.0.${i}`);
				const attempt = signInSecond(database, { half: await half(as), code: `00000${i}` }, as);
				await expect(attempt).rejects.toMatchObject({ code: 'invalid' });
			}
			const as = from('10.1.0.9');
			await expect(
				signInSecond(database, { half: await half(as), code: codeOf(secret) }, as)
			).rejects.toMatchObject({ code: 'throttled' });
		});

		test('is asked of who decides for others even where there is only a passkey, and not of a contributor', async () => {
			const { actor } = await withPasskey('ambasada', 'coordinator');
			expect(await enter(actor)).toMatchObject({ code: false, passkey: true });
			const contributor = await withPasskey('ambasada');
			expect(await enter(contributor.actor)).toHaveProperty('secret');
		});

		test('is not given up by whoever must have it', async () => {
			const { actor } = await withCodes('comisia', 'secretariat');
			await expect(act(removeTotp, actor, { base: { totp: true } })).rejects.toMatchObject({
				details: { fields: { form: 'second.needed' } }
			});
			const contributor = await withCodes('comisia');
			await act(removeTotp, contributor.actor, { base: { totp: true } });
			expect(await enter(contributor.actor)).toHaveProperty('secret');
		});
	});

	describe('guesses', () => {
		test('are limited, and the real member gets in from elsewhere and on a known device', async () => {
			const actor = await withPassword('ong', 'observer');
			const known = writeToken((await enter(actor, password, from('10.2.0.1'))) as never);
			const wrong = (as: Visitor) =>
				enter(actor, 'nu este aceasta', as).catch(({ code }: Error & { code: string }) => code);
			const outcomes = [];
			for (let i = 0; i < 8; i++) outcomes.push(await wrong(from('10.2.0.1')));
			expect(outcomes).toEqual([...Array<string>(5).fill('invalid'), ...Array<string>(3).fill('throttled')]);
			await expect(enter(actor, password, from('10.2.0.1'))).rejects.toMatchObject({ code: 'throttled' });

			expect(await enter(actor, password, from('10.2.0.2'))).toHaveProperty('secret');
			expect(await enter(actor, password, from('10.2.0.1', known))).toHaveProperty('secret');
			// Another account's device is no known one.
			const stranger = await withPassword('minister', 'observer');
			const theirs = writeToken((await enter(stranger, password, from('10.2.0.3'))) as never);
			await expect(enter(actor, password, from('10.2.0.1', theirs))).rejects.toMatchObject({
				code: 'throttled'
			});
			const forged = known.replace(/\..*/, `.${hex(32)}`);
			await expect(enter(actor, password, from('10.2.0.1', forged))).rejects.toMatchObject({
				code: 'throttled'
			});
		});

		test('of passkeys count for the address', async () => {
			const codes = [];
			for (let i = 0; i < 32; i++)
				codes.push(
					await signInWithPasskey(
						database,
						{ challenge: hex(16), response: '{}' },
						origin,
						from(engine === 'pglite' ? '10.3.0.1' : '10.3.0.2')
					).catch(({ code }: { code: string }) => code)
				);
			expect(codes.filter((code) => code === 'invalid')).toHaveLength(30);
			expect(codes.slice(30)).toEqual(['throttled', 'throttled']);
		});

		test('cost the same on an unknown account, a known one, and one without a password', async () => {
			const known = await withPassword('agentia', 'observer');
			const { actor: without } = await withPasskey('asociatia', 'observer');
			await database.asOwner((tx) =>
				rows(tx, sql`update signin.accounts set password_hash = null where member_id = ${without.memberId}`)
			);
			const emails = { known: emailOf(known), without: emailOf(without), unknown: 'nimeni@exemplu.example' };
			const told: Record<string, number[]> = { known: [], without: [], unknown: [] };
			for (let i = 0; i < 4; i++)
				for (const [which, email] of Object.entries(emails)) {
					const began = performance.now();
					await signIn(
						database,
						{ email, password: 'nu este aceasta', demonstration: false },
						from(`10.4.${i}.${which.length}`)
					).catch(() => {});
					told[which]?.push(performance.now() - began);
				}
			const median = (of: number[] = []) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? 0;
			// What is wrong is said on the beat.
			expect(Math.min(...Object.values(told).map(median))).toBeGreaterThan(240);

			// Before it, a hash is reckoned each time.
			const hash = await hashPassword(password);
			const reckoned: Record<string, number[]> = { known: [], unknown: [] };
			for (let i = 0; i < 12; i++)
				for (const [which, stored] of [['known', hash] as const, ['unknown', undefined] as const]) {
					const began = performance.now();
					expect(await passwordFits('nu este aceasta', stored)).toBe(false);
					reckoned[which]?.push(performance.now() - began);
				}
			const all = Object.values(reckoned).map(median);
			expect(Math.min(...all)).toBeGreaterThan(5);
			expect(Math.max(...all) / Math.min(...all)).toBeLessThan(1.6);
		});

		test('at who one is count too, and say nothing', async () => {
			const actor = await withPassword('comisia', 'observer');
			const { id: sessionId } = await open(database, actor.memberId, crypto.randomUUID());
			const who = { actor, sessionId, address: '10.5.0.1', operation: crypto.randomUUID() };
			for (let i = 0; i < 5; i++)
				await expect(proveByPassword(database, 'nu este aceasta', who)).rejects.toMatchObject({
					details: { fields: { password: 'prove.wrong' } }
				});
			await expect(proveByPassword(database, password, who)).rejects.toMatchObject({ code: 'throttled' });
		});
	});

	describe('a session', () => {
		const age = (id: string, created: string, used: string) =>
			database.asOwner((tx) =>
				rows(
					tx,
					sql`update signin.sessions set created_at = now() - ${created}::interval, used_at = now() - ${used}::interval
						where id = ${id}`
				)
			);

		test.each([
			['contributor', '', '11 hours 59 minutes', '59 minutes', true],
			['contributor', '', '1 hour', '61 minutes', false],
			['contributor', '', '12 hours 1 minute', '0', false],
			['contributor', 'Laptopul', '29 days', '9 days', true],
			['contributor', 'Laptopul', '30 days 1 minute', '0', false],
			['secretariat', '', '1 hour', '29 minutes', true],
			['secretariat', '', '1 hour', '31 minutes', false],
			['secretariat', 'Laptopul', '13 hours', '0', false]
		] as const)(
			'of a %s, device „%s”, made %s ago and used %s ago: %s',
			async (role, name, created, used, holds) => {
				const { memberId } = table.member('organismul', role);
				const token = await open(database, memberId, crypto.randomUUID(), { name });
				expect(token.kept).toBe(name !== '' && role !== 'secretariat');
				await age(token.id, created, used);
				expect(Boolean(await sessionOf(database, writeToken(token), { used: false }))).toBe(holds);
			}
		);

		test('says how long it has left, and is proved for fifteen minutes', async () => {
			const actor = await withPassword('ambasada', 'observer');
			const token = await open(database, actor.memberId, crypto.randomUUID());
			await age(token.id, '11 hours 50 minutes', '20 minutes');
			const look = () => sessionOf(database, writeToken(token), { used: false });
			expect((await look())?.left).toBeCloseTo(10 * 60_000, -4);

			const prove = (minutes: number) =>
				database.asOwner((tx) =>
					rows(
						tx,
						sql`update signin.sessions set proved_at = now() - make_interval(mins => ${minutes}) where id = ${token.id}`
					)
				);
			await prove(14);
			expect((await look())?.actor.proved).toBe(true);
			await prove(16);
			expect((await look())?.actor.proved).toBe(false);
			const who = { actor, sessionId: token.id, address: '10.6.0.1', operation: crypto.randomUUID() };
			await proveByPassword(database, password, who);
			expect((await look())?.actor.proved).toBe(true);
		});

		test('ends with all others but one; only the member’s own', async () => {
			const [mine, theirs] = [await withPassword('ong'), await withPassword('minister')];
			const start = ({ memberId }: Actor) =>
				open(database, memberId, crypto.randomUUID(), { browser: 'Firefox' });
			const [kept, other, foreign] = [await start(mine), await start(mine), await start(theirs)];
			await act(endOtherSessions, mine, { sessionId: kept.id });
			expect((await listSessions(database, mine)).map(({ id }) => id)).toEqual([kept.id]);
			expect(await sessionOf(database, writeToken(other))).toBeUndefined();
			expect(await sessionOf(database, writeToken(foreign))).toBeDefined();
			await expect(act(endOtherSessions, mine, { sessionId: foreign.id })).rejects.toMatchObject({
				code: 'not-found'
			});
		});
	});

	test.each([
		['contributor', 'way'],
		['coordinator', 'way'],
		['secretariat', 'way']
	] as const)(
		'a %s without any way in is a newcomer, whom nothing takes for a member',
		async (role, lacks) => {
			const actor = await withPassword('organismul', role);
			await database.asOwner((tx) =>
				rows(tx, sql`update signin.accounts set password_hash = null where member_id = ${actor.memberId}`)
			);
			const token = writeToken(await open(database, actor.memberId, crypto.randomUUID()));
			expect(await sessionOf(database, token)).toBeUndefined();
			expect(await sessionOf(database, token, { newcomers: true })).toMatchObject({ lacks });

			await layWays(database, actor); // a password and a passkey
			expect(await sessionOf(database, token)).toMatchObject({ lacks: null });
			await sweep(actor);
			expect(await sessionOf(database, token, { newcomers: true })).toMatchObject({
				lacks: role === 'contributor' ? null : 'second'
			});
			expect(Boolean(await sessionOf(database, token))).toBe(role === 'contributor');
		}
	);

	test('a new password is held against its member’s own data, and no trace of it is kept', async () => {
		const actor = await withPassword('comisia', 'coordinator');
		const fault = (typed: string) =>
			hashNew(database, actor, typed).catch(
				({ details }: { details: { fields: { password: string } } }) => details.fields.password
			);
		expect(await fault('scurtă')).toBe('password.too_short');
		expect(await fault('Parola123456')).toBe('password.common');
		expect(await fault(`${actor.memberId.slice(0, 8)}@exemplu`)).toMatch(/^password\.(own|common)$/);
		expect(await fault('zece pisici albastre')).toMatch(/^\$argon2id\$/);
	});
});
