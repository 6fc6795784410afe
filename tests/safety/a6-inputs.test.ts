/**
 * What an input may bring: of every command, made from its schema. A6: foreign fields have no effect, forged authors
 * and forwarding headers neither. D2: hostile values in every message and field are refused clearly. E1: personal
 * numbers are refused at every door and never repeated.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { commands } from '#lib/commands.server.ts';
import { containsCnp } from '#lib/harm/cnp.ts';
import { messages } from '#lib/realtime/messages.server.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import type { Client } from '../support/client.ts';
import { type Doors, openDoors, People, type Person } from '../support/people.ts';
import { oneOf, randomFrom } from '../support/results.ts';
import { casesOf, seed, tried } from '../support/safety.ts';
import { type Input, leavesOf, overSockets, put, sampleOf } from '../support/samples.ts';

const names = [...commands.keys()];
const random = randomFrom(seed);
const uuid = () => crypto.randomUUID() as string;

/** Thirty fields that nobody asks for: columns, and facts of the actor. */
const foreign: Input = {
	...{
		id: uuid(),
		memberId: uuid(),
		organisationId: uuid(),
		author: uuid(),
		authorId: uuid(),
		role: 'secretariat'
	},
	...{
		actor: { role: 'secretariat' },
		kind_of: 'parliament',
		ownCircleId: uuid(),
		ownId: null,
		parentId: uuid()
	},
	...{ version: 99, n: 99, at: '1990-01-01', example: true, illustrative: true, postedAt: '1990-01-01' },
	...{
		editedAt: '1990-01-01',
		withdrawnAt: '1990-01-01',
		prose: [{ type: 'html' }],
		position_: -1,
		asOf: '1990-01-01'
	},
	...{
		reserved: true,
		member_id: 'x',
		circle_id: uuid(),
		own_id: 'x',
		organisation_id: uuid(),
		proved: true
	},
	...{ active: true, session: 'x', isAdmin: true, createdBy: uuid() }
};

const world = new People(random);
let doors: Doors;
let member: Person;
let client: Client;
beforeAll(async () => {
	doors = await openDoors(world);
	member = world.people.find((one) => one.kind === 'ngo' && one.role === 'coordinator') as Person;
	client = doors.as(member);
	await client.connect();
});
afterAll(async () => {
	client.close();
	await doors.close();
});

/** A socket that something cut is opened again, or it would be no door. */
async function ask(name: string, input: unknown) {
	if (!client.socket?.connected) await client.connect();
	return client.command(name, input).catch((error: Error) => ({ ok: 'lost', error: error.message }) as const);
}
const seen = () => world.measures.find(({ circle }) => world.sees(member, circle));

describe('A6: what nobody asks for', () => {
	const due = casesOf('A6');

	test(`${Object.keys(foreign).length} foreign fields on every command, at every depth: none is taken`, () => {
		expect(Object.keys(foreign).length).toBeGreaterThanOrEqual(30);
		let cases = 0;
		for (const name of names) {
			const { input } = commands.get(name) as AnyCommand;
			const sample = sampleOf(name);
			const taken = JSON.stringify(input.parse(sample));
			for (const [field, value] of Object.entries(foreign)) {
				if (field in sample) continue;
				const parsed = input.safeParse({ ...sample, [field]: value });
				if (parsed.success) expect([name, field, JSON.stringify(parsed.data)]).toEqual([name, field, taken]);
				cases++;
			}
			for (const [field, inner] of Object.entries(sample)) {
				if (inner === null || typeof inner !== 'object' || Array.isArray(inner) || field === 'heads')
					continue;
				const parsed = input.safeParse(put(sample, [field], { ...foreign, ...inner }));
				if (parsed.success) expect([name, field, JSON.stringify(parsed.data)]).toEqual([name, field, taken]);
			}
		}
		tried('A6', 'foreign fields', { cases, due, commands: names.length });
	});

	test('a forged author, organisation and date change nothing of a post', async () => {
		const measure = seen() as { id: string };
		const input = { measureId: measure.id, circleId: member.own, kind: 'comment', text: 'Al cui este' };
		const other = world.people.find(({ organisation }) => organisation !== member.organisation) as Person;
		const forged = {
			...{ memberId: other.id, organisationId: other.organisation, author: other.id, postedAt: '1990-01-01' },
			...{
				member_id: other.id,
				organisation_id: other.organisation,
				actor: { memberId: other.id, role: 'secretariat' }
			}
		};
		expect(await ask('update.post', { ...forged, ...input })).toMatchObject({ ok: true });
		const fields = { ...input, memberId: other.id, organisationId: other.organisation, operation: uuid() };
		expect(await client.submit(`/measures/${measure.id}?/post`, fields)).toMatchObject({ ok: true });
		const posts = await doors.database.asOwner((tx) =>
			rows<{ member: string; organisation: string; fresh: boolean }>(
				tx,
				sql`select member_id as member, organisation_id as organisation, posted_at > now() - interval '1 hour' as fresh
					from updates where text = 'Al cui este'`
			)
		);
		const mine = { member: member.id, organisation: member.organisation, fresh: true };
		expect(posts).toEqual([mine, mine]);
		tried('A6', 'forged authors', { cases: 2, due: 2 });
	});

	test('forged forwarding headers change neither who asks nor from where', async () => {
		const guest = (headers: Record<string, string>) =>
			fetch(`${doors.url}/measures`, { redirect: 'manual', headers: { ...headers } });
		const forged: Record<string, string>[] = [
			{ 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
			{ forwarded: 'for=1.2.3.4;host=evil.example;proto=https' },
			{ 'x-hora-protocol': 'https', 'x-forwarded-port': '443' },
			{ 'x-real-ip': '1.2.3.4', 'x-forwarded-for': '1.2.3.4', 'x-client-ip': '1.2.3.4' },
			{ 'x-original-url': '/me', 'x-rewrite-url': '/me', 'x-http-method-override': 'DELETE' },
			{ 'x-user': member.id, authorization: `Bearer ${member.session}`, 'x-remote-user': member.name }
		];
		for (const headers of forged) {
			const answer = await guest(headers);
			expect([headers, answer.status, answer.headers.get('location')]).toEqual([
				headers,
				303,
				'/sign-in?back=%2Fmeasures'
			]);
			expect(answer.headers.get('strict-transport-security')).toBeNull();
			// Nor does a change from elsewhere become ours by them.
			const posted = await fetch(`${doors.url}/me?/signOut`, {
				method: 'POST',
				redirect: 'manual',
				headers: { ...headers, cookie: member.cookie, origin: 'https://evil.example' },
				body: new URLSearchParams({})
			});
			expect(posted.status).toBe(403);
		}
		expect((await client.get('/measures')).status).toBe(200);
		tried('A6', 'forged headers', { cases: forged.length * 2, due: 12 });
	});
});

describe('D2: hostile values', () => {
	const deep = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
	const hostile: [string, unknown][] = [
		['null', null],
		['an array', []],
		['an object', {}],
		['a thousand deep', deep(1000)],
		['a number', 2 ** 31],
		['a negative number', -1],
		['a fraction', 0.5],
		['true', true],
		['__proto__', JSON.parse('{"__proto__":{"role":"secretariat"}}')],
		['constructor', { constructor: { prototype: {} } }],
		['NUL', 'a\0b'],
		['a lone surrogate', 'a\ud800'],
		['the year 275760', '+275760-09-13T00:00:00Z'],
		['a very long word', 'x'.repeat(20_000)],
		['SQL', "'; drop table members; --"]
	];
	const clear = ['invalid', 'not-found', 'forbidden', 'conflict', 'unproved', 'throttled', 'signed-out'];

	test('every field of every command, and every message as a whole', { timeout: 600_000 }, async () => {
		const due = casesOf('D2');
		const every = overSockets.flatMap((name) => {
			const sample = sampleOf(name);
			return [
				...leavesOf(sample).map(({ path }) => path),
				...Object.keys(sample).map((field) => [field]),
				[]
			].map((path) => ({ name, sample, path }));
		});
		const all = every.flatMap((one) => hostile.map(([what, value]) => ({ ...one, what, value })));
		const chosen =
			all.length > due ? Array.from({ length: due }, (_, i) => all[Math.floor((i * all.length) / due)]) : all;
		let cases = 0;
		for (const one of chosen) {
			const { name, sample, path, what, value } = one as (typeof all)[number];
			const answer = await ask(name, path.length > 0 ? put(sample, path, value) : value);
			// What a field may well hold (a flag, a long text) is not refused for it; then nothing else there exists.
			if (!('refusal' in answer))
				expect([name, path, what, answer]).toEqual([name, path, what, { ok: true }]);
			else expect([name, path, what, clear.includes(answer.refusal.code)]).toEqual([name, path, what, true]);
			cases++;
		}
		for (const message of Object.keys(messages))
			for (const [what, value] of [...hostile, ['nothing', undefined] as const]) {
				if (!client.socket?.connected) await client.connect();
				const socket = client.socket as unknown as {
					emit: (name: string, ...rest: unknown[]) => void;
					timeout: (ms: number) => {
						emitWithAck: (name: string, value: unknown) => Promise<{ ok: boolean }>;
					};
				};
				socket.emit(message, value); // without a callback
				socket.emit(message);
				socket.emit(message, () => {});
				const answer = await socket.timeout(5000).emitWithAck(message, value);
				if (!(['used', 'time'].includes(message) && typeof value === 'object'))
					expect([message, what, answer.ok]).toEqual([message, what, false]);
				cases += 4;
			}
		expect((doors.servers[0] as { output: () => string }).output()).not.toContain('"level":"error"');
		tried('D2', 'hostile values', {
			cases,
			due,
			commands: overSockets.length,
			messages: Object.keys(messages).length
		});
	});
});

describe('E1: personal numbers', () => {
	const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];
	const two = (n: number) => String(n).padStart(2, '0');
	/** A valid one, made by the published rule. */
	function cnp() {
		const day = [
			two(Math.floor(random() * 100)),
			two(1 + Math.floor(random() * 12)),
			two(1 + Math.floor(random() * 28))
		];
		const twelve = `${oneOf(random, [1, 2, 5, 6, 7, 8])}${day.join('')}${two(1 + Math.floor(random() * 46))}${two(Math.floor(random() * 10))}${Math.floor(random() * 10)}`;
		const sum = weights.reduce((sum, weight, at) => sum + weight * Number(twelve[at]), 0) % 11;
		return twelve + String(sum === 10 ? 1 : sum);
	}
	const wide = (digits: string) => digits.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
	const disguises: ((digits: string) => string)[] = [
		(digits) => digits,
		(digits) => digits.replace(/(.)(.{6})(.{6})/, '$1 $2 $3'),
		(digits) => [...digits].join(' '),
		(digits) => digits.replace(/(.{7})(.{6})/, '$1-$2'),
		(digits) => digits.replace(/(.{3})(.{4})(.{3})/, '$1.$2.$3.'),
		(digits) => wide(digits),
		(digits) => [...digits].join('\u200b'),
		(digits) => digits.replace(/(.{5})/, '$1\u00ad'),
		(digits) => digits.replace(/(.{7})/, '$1\u00a0– '),
		(digits) => digits.replace(/(.{4})/g, '$1/')
	];
	const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');
	const due = casesOf('E1');

	test(
		`${due} of them in every text field, at every door, in the log and the history`,
		{ timeout: 600_000 },
		async () => {
			const fields = names.flatMap((name) => {
				const sample = sampleOf(name);
				return leavesOf(sample)
					.filter(({ is, path }) => is === 'words' && path[0] !== 'base')
					.map(({ path }) => ({ name, sample, path }));
			});
			expect(fields.length).toBeGreaterThan(20);
			const used: string[] = [];
			let [cases, onTheWire] = [0, 0];
			for (let n = 0; n < due; n++) {
				const number = cnp();
				const written = `Persoana ${oneOf(random, disguises)(number)} așteaptă`;
				used.push(number);
				for (const { name, sample, path } of fields) {
					const parsed = (commands.get(name) as AnyCommand).input.safeParse(put(sample, path, written));
					// A field of another kind (a code, an address) may refuse it for what it is; kept it never is.
					if (parsed.success && containsCnp(JSON.stringify(parsed.data)))
						throw new Error(`${name}.${path.join('.')} takes a personal number: use text() of harm/words.ts`);
					expect(digitsOf(JSON.stringify(parsed.error ?? ''))).not.toContain(number);
					cases++;
				}
				// Each number also goes through a real door: a command, a form, the search, the sign-in in turn.
				const doorsOf = [
					async () => {
						const { name, sample, path } = oneOf(
							random,
							fields.filter((one) => overSockets.includes(one.name))
						);
						return JSON.stringify(await ask(name, put(sample, path, written)));
					},
					async () =>
						JSON.stringify(
							await client.submit(`/measures/${seen()?.id}?/post`, {
								...{ operation: uuid(), circleId: member.own, kind: 'comment', text: written }
							})
						),
					async () => {
						const answer = await client.get(`/search?q=${encodeURIComponent(written)}`);
						return `${answer.headers.get('location')} ${await answer.text()}`;
					},
					async () => {
						const answer = await fetch(`${doors.url}/sign-in?/password`, {
							method: 'POST',
							headers: { origin: doors.url, 'content-type': 'application/x-www-form-urlencoded' },
							body: new URLSearchParams({ email: written, password: 'x', operation: uuid() })
						});
						return answer.text();
					}
				];
				const door = n % doorsOf.length;
				if (door === 3 && n % 20 !== 3) continue; // a wrong password is meant to take time
				const answered = await (doorsOf[door] as () => Promise<string>)();
				expect(answered).not.toContain('"ok":true');
				expect([
					door,
					digitsOf(decodeURIComponent(answered.replace(/%(?![0-9a-f]{2})/gi, ''))).includes(number)
				]).toEqual([door, false]);
				onTheWire++;
			}
			const kept = await doors.database.asOwner(async (tx) => {
				const tables = await rows<{ name: string }>(
					tx,
					sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'signin')`
				);
				const every = tables.map(({ name }) => `select t::text as row from ${name} t`).join(' union all ');
				const [all] = await rows<{ text: string }>(
					tx,
					sql`select string_agg(row, ' ') as text from (${sql.raw(every)}) x`
				);
				return all?.text ?? '';
			});
			const printed = (doors.servers[0] as { output: () => string }).output();
			for (const text of [kept, printed])
				expect(
					used.filter((number) =>
						digitsOf(text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ' | ')).includes(number)
					)
				).toEqual([]);
			tried('E1', 'personal numbers', {
				cases: used.length,
				due,
				fields: fields.length,
				tries: cases,
				onTheWire
			});
		}
	);

	test('other numbers of thirteen digits are taken', () => {
		let wrongly = 0;
		const cases = 10 * due;
		for (let n = 0; n < cases; n++) {
			const drawn = Array.from({ length: 13 }, () => Math.floor(random() * 10)).join('');
			const digits = isValid(drawn) ? `${drawn.slice(0, 12)}${(Number(drawn[12]) + 1) % 10}` : drawn;
			if (containsCnp(`Contractul ${digits} este semnat`)) wrongly++;
		}
		expect(wrongly / cases).toBeLessThanOrEqual(0.005);
		tried('E1', 'other numbers', { cases, due: cases, wronglyRefused: wrongly });
	});

	const isValid = (digits: string) => {
		const sum = weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11;
		return Number(digits[12]) === (sum === 10 ? 1 : sum);
	};
});
