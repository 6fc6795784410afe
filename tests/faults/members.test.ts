/**
 * What a coordinator does on one process takes effect on the other: sockets cut, pages and cursors refused, within a
 * second; and a link opened on both at once lets in one.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '#lib/server/database.server.ts';
import { Client } from '../support/client.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { delay, keep, percentile, randomFrom, seed, size } from '../support/results.ts';
import { startServer, type TestServer } from '../support/server.ts';

const revocations = size('REVOCATIONS', 20);
const env = { HORA_LIMITS: 'off' };

describe('members on two processes', () => {
	const random = randomFrom(seed);
	let database: TestDatabase;
	let servers: [TestServer, TestServer];
	let coordinators: Client[];
	let ministry: string;

	beforeAll(async () => {
		database = await openTestDatabase('postgres');
		const options = { databaseUrl: database.url, demo: 'on', env } as const;
		servers = await Promise.all([startServer(options), startServer(options)]);
		coordinators = await Promise.all(servers.map(({ url }) => Client.signIn(url, 'minister')));
		ministry = (await (coordinators[0] as Client).page('/measures')).actor.organisationId;
	});
	afterAll(async () => {
		coordinators?.forEach((client) => client.close());
		await Promise.all((servers ?? []).map((server) => server.kill()));
		await database?.close();
	});

	const owner = <Row>(query: ReturnType<typeof sql>) => database.asOwner((tx) => rows<Row>(tx, query));
	const change = async (by: Client, act: string, fields: Record<string, string>) => {
		const path = `/organisations/${ministry}/members?/${act}`;
		const answer = await by.submit(path, { ...fields, operation: crypto.randomUUID() });
		if (!answer.ok) throw new Error(`${act} was refused: ${JSON.stringify(answer.refusal)}`);
		return answer.result;
	};

	/** Each way in which a membership is cut, and what makes it whole again. */
	const ways: [string, (by: Client, memberId: string) => Promise<unknown>][] = [
		[
			'role',
			(by, memberId) => change(by, 'role', { memberId, role: 'observer', 'base.role': 'contributor' })
		],
		['switched off', (by, memberId) => change(by, 'disable', { memberId })],
		['ended', (by, memberId) => change(by, 'end', { memberId, 'base.until': '' })],
		[
			'a day that came by itself',
			(_, memberId) => owner(sql`update members set until = clock_timestamp() where id = ${memberId}`)
		]
	];
	const heal = (memberId: string) =>
		owner(sql`update members set role = 'contributor', active = true, until = null where id = ${memberId}`);

	test(`${revocations} cuts, each from the other process`, { timeout: 120_000 }, async () => {
		const took: Record<string, number[]> = {};
		let heardAfter = 0;
		for (let i = 0; i < revocations; i++) {
			const [name, cut] = ways[i % ways.length] as (typeof ways)[number];
			const on = Math.floor(i / ways.length) % 2;
			const member = await Client.signIn(servers[on]!.url, 'minister-paul');
			const { memberId } = (await member.page('/measures')).actor;
			await member.connect();
			await delay(random() * 500); // at any moment of the sweep

			const acting = coordinators[1 - on] as Client;
			await cut(acting, memberId);
			const began = performance.now();
			while (member.socket?.connected && performance.now() - began < 3000) await delay(2);
			(took[name] ??= []).push(performance.now() - began);
			expect([name, member.ended]).toEqual([name, true]);

			member.events.splice(0);
			await expect(member.connect()).rejects.toThrow('signed-out');
			await expect(member.catchUp({}, '')).rejects.toThrow('401');
			expect((await member.get('/overview')).status).toBe(303);
			heardAfter += member.events.length;
			member.close();
			await heal(memberId);
		}
		const all = Object.values(took).flat();
		keep('members', 'cuts across processes', {
			cuts: all.length,
			slowest: percentile(all, 1),
			p50: percentile(all, 0.5),
			heardAfter
		});
		expect(Object.keys(took)).toHaveLength(ways.length);
		expect(all).toHaveLength(revocations);
		expect(heardAfter).toBe(0);
		expect(Math.max(...all)).toBeLessThanOrEqual(1000);
	});

	test('a link opened ten times on both at once lets in one', { timeout: 60_000 }, async () => {
		const email = 'doi@ministerul-b.example';
		const { link } = (await change(coordinators[0] as Client, 'invite', {
			...{ email, name: 'Doi Exemplu', role: 'contributor', functionRo: '', functionEn: '', language: 'ro' }
		})) as { link: string };
		const path = new URL(link).pathname;
		const statuses = await Promise.all(
			Array.from({ length: 10 }, (_, i) => {
				const { url } = servers[i % 2] as TestServer;
				return fetch(url + path, {
					...{ method: 'POST', redirect: 'manual', headers: { origin: url, accept: 'text/html' } },
					body: new URLSearchParams({ operation: crypto.randomUUID() })
				}).then(({ status }) => status);
			})
		);
		expect(statuses.toSorted()).toEqual([303, ...Array.from({ length: 9 }, () => 404)]);
		expect(
			await owner(sql`select count(*)::int as members, (select count(*)::int from signin.accounts where email = ${email})
				as accounts from members where name = 'Doi Exemplu'`)
		).toEqual([{ members: 1, accounts: 1 }]);
		// And neither process said a word of the link.
		for (const server of servers) expect(server.output()).not.toContain(path.split('.').at(-1));
	});
});
