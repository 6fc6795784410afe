/**
 * The doors from outside. A3: another organisation's id is answered, byte for byte, as one that does not exist.
 * A8: everybody at once, nobody's name in another's page. D1: malformed frames and requests. D3: foreign origins.
 */

import { connect } from 'node:net';
import http from 'node:http';
import { sql } from 'drizzle-orm';
import WebSocket from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rows } from '#lib/server/database.server.ts';
import type { Client } from '../support/client.ts';
import { type Doors, openDoors, type Person, People } from '../support/people.ts';
import { delay, oneOf, randomFrom } from '../support/results.ts';
import { actionsOf, guestRoutes, pathOf, routes } from '../support/routes.ts';
import { casesOf, seed, tried } from '../support/safety.ts';
import { leavesOf, overSockets, put, sampleOf } from '../support/samples.ts';

const random = randomFrom(seed);
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
	client?.close();
	await doors?.close();
});

const output = () => (doors.servers[0] as { output: () => string }).output();
const alive = async () => {
	const began = performance.now();
	expect((await fetch(`${doors.url}/health`, { signal: AbortSignal.timeout(10_000) })).status).toBe(200);
	return performance.now() - began;
};
const everything = () =>
	doors.database.asOwner(async (tx) => {
		const tables = await rows<{ name: string }>(
			tx,
			sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'signin')`
		);
		// A session slides on by being used; that is no effect of what is tried here.
		const every = tables.map(({ name }) => `select (to_jsonb(t) - 'used_at')::text as row from ${name} t`);
		const [all] = await rows<{ hash: string }>(
			tx,
			sql`select md5(string_agg(row, ' ' order by row)) as hash from (${sql.raw(every.join(' union all '))}) x`
		);
		return all?.hash;
	});

describe('A3: a second id', () => {
	/** What differs from answer to answer anyway: ids that were asked for, those made for a page, nonces, times. */
	const plain = (text: string, ...ids: string[]) =>
		ids
			.reduce((text, id) => text.replaceAll(id, 'ID'), text)
			.replace(/nonce="[^"]*"/g, '')
			.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
			.replace(/\b1[78]\d{11}\b/g, 'NOW')
			.replace(/\b\d{7}(\.\d+)?\b/g, 'LEFT')
			.replace(/__sveltekit_\w+/g, 'SK');

	test(
		'in every field of every command, and in the address of every page',
		{ timeout: 300_000 },
		async () => {
			const due = casesOf('A3');
			const hidden = {
				measure: world.measures.filter(({ circle }) => !world.sees(member, circle)),
				post: world.posts.filter(({ circle }) => !world.sees(member, circle)),
				circle: world.circles.filter(({ id }) => !world.sees(member, id)),
				member: world.people.filter(({ organisation }) => organisation !== member.organisation)
			};
			const theirs = (field: string) => {
				const list = /update|post|flag/i.test(field)
					? hidden.post
					: /circle/i.test(field)
						? hidden.circle
						: hidden.measure;
				return (oneOf(random, list as { id: string }[]) as { id: string }).id;
			};
			const seen = world.measures.find(({ circle }) => world.sees(member, circle))?.id as string;
			const own = world.posts.find((post) => world.sees(member, post.circle))?.id as string;
			const mine = (field: string) =>
				/update|post|flag/i.test(field)
					? own
					: /circle/i.test(field)
						? world.all
						: /objective|under/i.test(field)
							? world.objective
							: seen;

			const before = await everything();
			let cases = 0;
			const fields = overSockets.flatMap((name) => {
				const sample = sampleOf(name, mine);
				return leavesOf(sample)
					.filter(
						({ is, path }) =>
							is === 'id' && path[0] !== 'base' && !/organisation|leads|partners/i.test(path.join())
					)
					.map(({ path }) => ({ name, sample, path }));
			});
			expect(fields.length).toBeGreaterThan(20);
			while (cases < due)
				for (const { name, sample, path } of fields) {
					const [another, nowhere] = [theirs(path.at(-1) as string), crypto.randomUUID() as string];
					const [first, second] = [
						await client.command(name, put(sample, path, another)),
						await client.command(name, put(sample, path, nowhere))
					];
					expect([name, path, plain(JSON.stringify(first), another)]).toEqual([
						...[name, path, plain(JSON.stringify(second), nowhere)]
					]);
					expect([name, path, first.ok && !name.startsWith('news.')]).toEqual([name, path, false]);
					cases++;
				}
			const pages = routes().filter(({ id }) => id.includes('[') && !guestRoutes.includes(id));
			for (const { id } of pages)
				for (const suffix of ['', '/__data.json'])
					for (let n = 0; n < 3; n++) {
						const nowhere = crypto.randomUUID() as string;
						const another = /objective/.test(id)
							? theirs('measure')
							: /print|circle/.test(id)
								? theirs('circle')
								: theirs('measure');
						const [first, second] = await Promise.all(
							[another, nowhere].map(async (one) => {
								const answer = await client.get(pathOf(id, one) + suffix);
								return [answer.status, plain(await answer.text(), one)];
							})
						);
						expect([id, suffix, first]).toEqual([id, suffix, second]);
						cases++;
					}
			const marks = sql`delete from seen`;
			await doors.database.asOwner((tx) => rows(tx, marks));
			await doors.database.asOwner((tx) => rows(tx, sql`delete from operations`));
			expect(await everything(), 'nothing was done').toBe(before);
			tried('A3', 'second ids', { cases, due, fields: fields.length, pages: pages.length });
		}
	);
});

describe('A8: everybody at once', () => {
	test('nobody’s name is in another’s page, and nothing is stored', { timeout: 400_000 }, async () => {
		const due = casesOf('A8');
		const sitting = world.people.filter(({ ended }) => !ended);
		const paths = [
			'/measures',
			'/board',
			'/overview',
			'/news',
			'/answers',
			'/drafts',
			'/reporting',
			'/me',
			'/search?q=cuv%C3%A2ntul',
			'/print'
		];
		// Who writes is named where they wrote; of the others a name stands on no page but their own.
		const writers = new Set(
			world.people.filter(({ role }) => role === 'contributor').map(({ name }) => name)
		);
		const readers = sitting.filter(({ name }) => !writers.has(name));
		const names = readers.map(({ name }) => name);
		let cases = 0;
		let next = 0;
		const wrong: string[] = [];
		await Promise.all(
			Array.from({ length: 60 }, async () => {
				while (next < due) {
					const at = next++;
					const person = readers[at % readers.length] as Person;
					const seen = world.measures.filter(({ circle }) => world.sees(person, circle));
					const path =
						at % 3 === 0 ? `/measures/${oneOf(random, seen).id}` : (paths[at % paths.length] as string);
					const answer = await fetch(
						doors.url + path + (at % 5 === 0 && !path.includes('?') ? '/__data.json' : ''),
						{
							headers: { cookie: person.cookie },
							signal: AbortSignal.timeout(60_000)
						}
					);
					const text = await answer.text();
					if (answer.status !== 200) wrong.push(`${path}: ${answer.status}`);
					if (!/no-store/.test(answer.headers.get('cache-control') ?? ''))
						wrong.push(`${path}: may be stored`);
					if (!text.includes(person.name)) wrong.push(`${path}: not ${person.name}'s own`);
					for (const name of names)
						if (name !== person.name && text.includes(name)) wrong.push(`${path}: ${name}`);
					cases++;
				}
			})
		);
		expect(wrong.slice(0, 10)).toEqual([]);
		tried('A8', 'everybody at once', { cases, due, members: readers.length, atOnce: 60 });
	});
});

describe('D1: malformed', () => {
	const junk = () =>
		Buffer.from(Array.from({ length: 1 + Math.floor(random() * 60) }, () => Math.floor(random() * 256)));
	/** A text with some of its letters changed, doubled, cut or swapped. */
	function mutate(text: string): string {
		let out = text;
		for (let n = 0; n < 1 + random() * 4; n++) {
			const at = Math.floor(random() * out.length);
			out = oneOf(random, [
				() => out.slice(0, at) + String.fromCharCode(Math.floor(random() * 0x250)) + out.slice(at + 1),
				() => out.slice(0, at),
				() => out.slice(0, at) + out.slice(at, at + 10) + out.slice(at),
				() =>
					out.slice(0, at) +
					oneOf(random, ['"', '{', '[', ']', '\0', '__proto__', '\ud800', '1e999', ',', '-']) +
					out.slice(at),
				() => out.replace(/\d/, '9'.repeat(1 + Math.floor(random() * 30)))
			])();
		}
		return out;
	}
	const frames = [
		() =>
			`42${JSON.stringify(['command', { name: oneOf(random, overSockets), operation: crypto.randomUUID(), input: {} }])}`,
		() => `420["command",{"name":"update.post","operation":"${crypto.randomUUID()}","input":null}]`,
		() => `42["used",{}]`,
		() => `42["shown",{"circle":"${crypto.randomUUID()}","n":1}]`,
		() => `42["command"]`,
		() => `42["connect"]`,
		() => `42["disconnect"]`,
		() => `42["__proto__",{}]`,
		() => `451-["command",{"_placeholder":true,"num":0}]`,
		() => `459999999-["command",{"_placeholder":true,"num":99}]`,
		() => `40{"a":1}`,
		() => `40/admin,`,
		() => `43${Math.floor(random() * 1e9)}[]`,
		() => `2probe`,
		() => `5`,
		() => `0{"sid":"x"}`,
		() => `42["command",${'['.repeat(20_000)}${']'.repeat(20_000)}]`
	];

	test('frames on sockets: none kills, none hangs, none is a bug', { timeout: 400_000 }, async () => {
		const due = casesOf('D1') / 2;
		let [cases, cut, slowest] = [0, 0, 0];
		const open = () =>
			new Promise<WebSocket>((resolve, reject) => {
				const socket = new WebSocket(
					`${doors.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
					{
						headers: { cookie: member.cookie, origin: doors.url }
					}
				);
				socket.once('open', () => {
					socket.send('40');
					resolve(socket);
				});
				socket.once('error', reject);
			});
		// One of a million levels is larger than any message may be.
		const deep = await open();
		deep.send(`42["command",${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}]`);
		await new Promise((closed) => deep.once('close', closed));
		await alive();

		await Promise.all(
			Array.from({ length: 4 }, async () => {
				let socket = await open();
				socket.on('error', () => {});
				while (cases < due) {
					if (socket.readyState !== WebSocket.OPEN) {
						cut++;
						socket = await open();
						socket.on('error', () => {});
					}
					const frame = oneOf(random, frames)();
					const kind = random();
					socket.send(kind < 0.1 ? junk() : kind < 0.8 && frame.length < 5000 ? mutate(frame) : frame);
					cases++;
					if (cases % 50 === 0) await delay(1);
					if (cases % 500 === 0) slowest = Math.max(slowest, await alive());
				}
				socket.terminate();
			})
		);
		if (!client.socket?.connected) await client.connect();
		expect((await client.command('news.all-seen', { heads: {} })).ok).toBeDefined();
		slowest = Math.max(slowest, await alive());
		expect(doors.servers[0]?.process.exitCode).toBeNull();
		expect(
			output()
				.split('\n')
				.filter((line) => line.includes('"level":"error"'))
				.slice(0, 2)
		).toEqual([]);
		tried('D1', 'frames', { cases, due, connectionsCut: cut, slowestHealth: Math.round(slowest) });
	});

	test(
		'bodies and headers: no 5xx, no crash, no answer that does not come',
		{ timeout: 400_000 },
		async () => {
			const due = casesOf('D1') / 2;
			const posts = actionsOf().map(
				({ route, action }) =>
					pathOf(route, world.measures[0]?.id as string) + (action === 'default' ? '' : `?/${action}`)
			);
			const gets = routes().map(({ id }) => pathOf(id, world.measures[0]?.id as string));
			const { port } = new URL(doors.url);
			const agent = new http.Agent({ keepAlive: true, maxSockets: 12 });
			const bad: string[] = [];
			let [cases, started, raw] = [0, 0, 0];
			const types = [
				'application/x-www-form-urlencoded',
				'multipart/form-data; boundary=x',
				'multipart/form-data',
				'text/plain',
				'application/json',
				'image/png',
				''
			];
			const bodies = [
				() => `operation=${crypto.randomUUID()}&text=x&circleId=${crypto.randomUUID()}&kind=comment`,
				() => `--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nabc\r\n--x--\r\n`,
				() => `--x\r\ncontent-disposition: form-data; name="text"; filename="a"\r\n\r\nabc`,
				() => `{"a":${'['.repeat(100)}`,
				() => '%E0%A4%A&%=%&&&===',
				() => 'a=1&'.repeat(200),
				() => `heads={"x":1}&__proto__=1&constructor=2&base.=&base.text=1`
			];
			const clean = (value: string) => value.replace(/[^\x21-\x7e]/g, '%');
			const send = () =>
				new Promise<void>((answered) => {
					const isPost = random() < 0.6;
					const path = clean(
						random() < 0.5
							? oneOf(random, isPost ? posts : gets)
							: mutate(
									oneOf(
										random,
										isPost
											? posts
											: [...gets, '/catch-up?heads={"a":1}', '/search?q=x', '/measures/x/__data.json']
									)
								)
					);
					const method = isPost
						? 'POST'
						: oneOf(random, ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'GET', 'GET']);
					const headers: Record<string, string> = { origin: doors.url, 'content-type': oneOf(random, types) };
					if (random() < 0.7) headers.cookie = random() < 0.8 ? member.cookie : clean(mutate(member.cookie));
					if (random() < 0.3) headers['accept-language'] = clean(mutate('ro-RO,ro;q=0.9,en;q=0.8'));
					if (random() < 0.2) headers['x-sveltekit-action'] = 'true';
					if (random() < 0.2)
						headers.accept = oneOf(random, ['application/json', '*/*', ',,,', 'text/html;q=']);
					if (random() < 0.1) headers['accept-encoding'] = 'gzip;q=abc, br;;';
					if (random() < 0.1) headers['if-none-match'] = '*';
					if (random() < 0.1) headers.range = 'bytes=9-1';
					const request = http.request({
						host: '127.0.0.1',
						port,
						path: path.startsWith('/') ? path : `/${path}`,
						method,
						headers,
						agent,
						timeout: 20_000
					});
					const done = () => {
						cases++;
						answered();
					};
					request.on('response', (response) => {
						if ((response.statusCode as number) >= 500) bad.push(`${method} ${path}: ${response.statusCode}`);
						response.resume().on('end', done).on('error', done);
					});
					request.on('timeout', () => {
						bad.push(`${method} ${path}: no answer`);
						request.destroy();
					});
					request.on('error', done);
					request.end(
						isPost
							? random() < 0.5
								? Buffer.from(mutate(oneOf(random, bodies)()))
								: oneOf(random, bodies)()
							: undefined
					);
				});
			await Promise.all(
				Array.from({ length: 12 }, async () => {
					while (started < due) {
						started++;
						await send();
					}
				})
			);
			agent.destroy();
			// And some that no client would write at all.
			for (const bytes of [
				...[
					'GET / HTTP/9.9\r\n\r\n',
					'GET\r\n\r\n',
					'\r\n\r\n\r\n',
					'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n'
				],
				...[
					'GET / HTTP/1.1\r\nHost: evil host\r\n\r\n',
					'GET / HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n',
					`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`
				],
				...[
					'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nZ\r\n',
					'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
				],
				...Array.from({ length: 40 }, () => junk().toString('latin1'))
			]) {
				const said = await new Promise<string>((closed) => {
					let text = '';
					const socket = connect(Number(port), '127.0.0.1', () => socket.end(Buffer.from(bytes, 'latin1')));
					socket.setTimeout(20_000, () => socket.destroy());
					socket
						.on('data', (data) => (text += data.toString('latin1')))
						.on('close', () => closed(text))
						.on('error', () => {});
				});
				if (/^HTTP\/1\.1 5/.test(said)) bad.push(`raw: ${said.slice(0, 60)}`);
				raw++;
			}
			await alive();
			expect(bad.slice(0, 5), `${bad.length} bad answers`).toEqual([]);
			expect(doors.servers[0]?.process.exitCode).toBeNull();
			expect(
				output()
					.split('\n')
					.filter((line) => line.includes('"level":"error"'))
					.slice(0, 2)
			).toEqual([]);
			tried('D1', 'bodies and headers', { cases: cases + raw, due, fiveHundreds: 0 });
		}
	);
});

describe('D3: from elsewhere', () => {
	test(
		'hostile Origins at the handshake and at every form action, and every command by GET',
		{ timeout: 300_000 },
		async () => {
			const { host, port } = new URL(doors.url);
			const origins = [
				...[
					'null',
					`http://evil.${host}.example`,
					`http://${host}.evil.example`,
					`http://evil${host}`,
					`https://${host}`
				],
				...[
					`http://localhost:${Number(port) + 1}`,
					`http://localhost.evil.example:${port}`,
					'http://127.0.0.1',
					`http://user@${host}`,
					'file://'
				]
			];
			const due = casesOf('D3');
			const before = await everything();
			let cases = 0;
			for (const origin of [...origins, undefined]) {
				for (const transport of ['polling', 'websocket']) {
					const url = `${doors.url}/socket.io/?EIO=4&transport=${transport}`;
					const status = await new Promise<number>((told) => {
						const headers = { cookie: member.cookie, ...(origin && { origin }) };
						if (transport === 'websocket') {
							const socket = new WebSocket(url.replace('http', 'ws'), { headers });
							socket.on('open', () => told(101)).on('error', () => told(403));
						} else void fetch(url, { headers }).then(({ status }) => told(status));
					});
					expect([origin, transport, status >= 400]).toEqual([origin, transport, true]);
					cases++;
				}
			}
			const bodies: [string | undefined, string][] = [
				['application/x-www-form-urlencoded', `operation=${crypto.randomUUID()}&text=x`],
				[
					'multipart/form-data; boundary=x',
					'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nx\r\n--x--\r\n'
				],
				['text/plain', 'operation=1\r\ntext=x'],
				['application/json', '{}'],
				[undefined, '']
			];
			for (const { route, action } of actionsOf()) {
				const path =
					pathOf(route, world.measures[0]?.id as string) + (action === 'default' ? '' : `?/${action}`);
				for (const [n, [type, body]] of bodies.entries()) {
					const foreign: Record<string, string> =
						n % 2
							? { origin: origins[n] as string }
							: { origin: doors.url, 'sec-fetch-site': n ? 'same-site' : 'cross-site' };
					const answer = await fetch(doors.url + path, {
						method: 'POST',
						redirect: 'manual',
						headers: { cookie: member.cookie, ...foreign, ...(type && { 'content-type': type }) },
						body: Buffer.from(body)
					});
					await answer.arrayBuffer();
					// What a mailbox sends for its owner comes from anywhere (RFC 8058): there the signature counts.
					const oneClick =
						route.endsWith('/unsubscribe/[token]') && answer.status >= 400 && answer.status < 500;
					const refused = oneClick ? answer.status : 403;
					expect([path, type, foreign, answer.status]).toEqual([path, type, foreign, refused]);
					cases++;
				}
				const got = await fetch(`${doors.url}${path}&text=x&operation=${crypto.randomUUID()}`, {
					redirect: 'manual',
					headers: { cookie: member.cookie }
				});
				await got.arrayBuffer();
				expect([path, got.status < 500]).toEqual([path, true]);
				cases++;
			}
			expect(await everything(), 'nothing was done').toBe(before);
			tried('D3', 'foreign origins', { cases, due, origins: origins.length, actions: actionsOf().length });
		}
	);
});

test('E3: who signs out is told to forget everything, and their cookie is worth nothing', async () => {
	const leaving = world.people.find((one) => one.kind === 'agency' && one.role === 'observer') as Person;
	const signOut = (form: Record<string, string>) =>
		fetch(`${doors.url}/me?/signOut`, {
			method: 'POST',
			redirect: 'manual',
			headers: { cookie: leaving.cookie, origin: doors.url, accept: 'text/html' },
			body: new URLSearchParams(form)
		});
	// A page that could not ask about unsent words yet: nothing is forgotten, and it asks.
	const early = await signOut({});
	expect([early.status, early.headers.get('clear-site-data')]).toEqual([200, null]);
	expect((await doors.as(leaving).get('/measures')).status).toBe(200);

	const answer = await signOut({ asked: 'yes' });
	expect(answer.status).toBe(303);
	expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
	expect((await doors.as(leaving).get('/measures')).status).toBe(303);
	tried('E3', 'clear-site-data', { cases: 4, due: 4 });
});

test('D7: the log holds no token, no cookie, no name and no word of a post', () => {
	const printed = output();
	for (const { secret, session, name } of world.people)
		expect([printed.includes(secret), printed.includes(session), printed.includes(name)]).toEqual([
			false,
			false,
			false
		]);
	for (const { text } of world.posts) expect(printed).not.toContain(text);
	expect(printed).not.toMatch(/hora_session|set-cookie|authorization/i);
	tried('D7', 'the log of the doors', { cases: printed.split('\n').length });
});
