/**
 * A4. Words that are written once, in every circle, by people who act at random, while readers of every kind keep
 * their sockets open, read pages, search and catch up: every byte that reached a reader is looked through. E2: what
 * was redacted is then nowhere. D7: nor is any of it in the log.
 */

import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '#lib/commands.server.ts';
import { calendarAddress, renewCalendar } from '#lib/notifications/keep-calendar.server.ts';
import { makeReport } from '#lib/reports/make-report.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { Client } from '../support/client.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layMeeting } from '../support/meeting.ts';
import type { Looker } from '../support/oracle.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { casesOf, full, seed, tried } from '../support/safety.ts';
import { unzip } from '../support/unzip.ts';
import { canary, World } from '../support/world.ts';

const seconds = full ? 60 : 2;

type Reader = {
	looker: Looker;
	client: Client;
	/** Every canary that came in, by whichever way. */
	got: Set<string>;
	/** Every canary that was ever this reader's to read. */
	allowed: Set<string>;
	/** The path of their private calendar. */
	calendar: string;
};

let database: TestDatabase;
let world: World;
let server: TestServer;
let readers: Reader[];
/** Made by each reader for every circle that is theirs. */
const reports: string[] = [];
const secrets: string[] = [];

beforeAll(async () => {
	database = await openTestDatabase('postgres');
	world = await World.open(database, seed);
	server = await startServer({ databaseUrl: database.url, demo: 'off', env: { HORA_LIMITS: 'off' } });
	const { member } = world.table;
	const people = [
		...[
			member('comisia'),
			member('minister', 'secretariat'),
			member('agentia', 'coordinator'),
			member('ong')
		],
		...[member('asociatia', 'coordinator'), member('ambasada'), member('organismul', 'observer')]
	];
	readers = await Promise.all(
		people.map(async (person) => {
			const [id, secret] = [randomBytes(16).toString('hex'), randomBytes(32).toString('hex')];
			secrets.push(secret);
			const hash = createHash('sha256').update(secret).digest('hex');
			await database.asOwner((tx) =>
				rows(
					tx,
					sql`insert into signin.sessions (id, member_id, secret_hash) values (${id}, ${person.memberId}, decode(${hash}, 'hex'))`
				)
			);
			const client = Client.holding(server.url, `hora_session=${id}.${secret}`);
			const key = randomBytes(32).toString('hex');
			secrets.push(key);
			const { calendar } = await act(renewCalendar, person, { secret: key });
			const reader = {
				...{ looker: { person }, client, got: new Set<string>(), allowed: new Set<string>() },
				calendar: calendarAddress('', calendar as string, key)
			};
			client.heard = (events) => hear(reader, JSON.stringify(events));
			await client.connect();
			return reader;
		})
	);
});
afterAll(async () => {
	readers?.forEach(({ client }) => client.close());
	await server?.kill();
	await database?.close();
});

const act = async (command: AnyCommand, actor: App.Actor, input: Record<string, unknown>) =>
	(await execute(database, command, actor, input, crypto.randomUUID())).result;

/** Who does not see a circle, or may not make one, is refused. */
async function makeReports() {
	for (const { looker } of readers)
		for (const circleId of Object.values(world.table.circle)) {
			const made = act(makeReport, looker.person as App.Actor, { circleId, title: 'Raport' });
			const id = await made.then(({ id }) => id).catch(() => undefined);
			if (id) reports.push(id);
		}
	expect(reports.length).toBeGreaterThan(readers.length);
}

const hear = ({ got }: Reader, text: string) => {
	for (const word of text.match(canary) ?? []) got.add(word);
};
const widen = () => {
	for (const reader of readers)
		for (const word of world.oracle.words(reader.looker)) reader.allowed.add(word);
};
const forbidden = () =>
	readers.flatMap(({ looker, got, allowed }) =>
		[...got]
			.filter((word) => !allowed.has(word))
			.map((word) => `${looker.person?.kind} ${looker.person?.role}: ${word}`)
	);
const measures = () =>
	[...world.oracle.things.values()].filter(({ kind }) => kind === 'measure').map(({ id }) => id);

async function read(reader: Reader, path: string) {
	const answer = await reader.client.get(path);
	hear(reader, await answer.text());
	return answer.status;
}

async function readEverything(reader: Reader) {
	for (const id of measures()) {
		await read(reader, `/measures/${id}`);
		await read(reader, `/measures/${id}/__data.json`);
	}
	for (const path of [
		'/measures',
		'/board',
		'/overview',
		'/news',
		'/answers',
		'/drafts',
		'/reporting',
		'/organisations',
		'/print',
		'/reports',
		'/me'
	])
		await read(reader, path);
	// What is taken out is for a circle: nobody gets what is not theirs, nor for others what those may not read.
	for (const circleId of Object.values(world.table.circle))
		hear(
			reader,
			await (await reader.client.take('/export/file', { what: 'all', format: 'json', circleId })).text()
		);
	for (const id of reports) {
		await read(reader, `/reports/${id}`);
		const file = await reader.client.take(`/reports/${id}/docx`);
		if (file.ok) {
			const archive = Buffer.from(await file.arrayBuffer());
			for (const part of ['word/document.xml', 'word/footnotes.xml']) hear(reader, unzip(archive, part));
		}
	}
	hear(reader, await (await reader.client.get(reader.calendar)).text());
	// A word of one's own and words of others, looked for one by one, bring no more.
	await read(reader, '/search?q=canar0000');
	for (const at of [1, 2, 3, 5, 8, 13, 21, 34]) {
		const word = `canar${String(at).padStart(6, '0')}`;
		const answer = await reader.client.get(`/search/quick?q=${word}`);
		const said = await answer.text();
		if (!reader.allowed.has(word)) expect([word, said]).toEqual([word, '[]']);
	}
	const { live } = await reader.client.page('/measures');
	const since = Object.fromEntries(
		Object.entries(live.heads).map(([circle, n]) => [circle, Math.max(0, n - 1900)])
	);
	for (const circle of Object.keys(since)) {
		let more = true;
		let heads = { ...live.heads, [circle]: since[circle] as number };
		while (more) {
			const answer = await reader.client.catchUp(heads, live.epoch);
			hear(reader, JSON.stringify(answer));
			({ heads, more } = answer);
		}
	}
}

test(`${seconds} s of acts: nobody receives a word that was never theirs`, { timeout: 300_000 }, async () => {
	const until = Date.now() + seconds * 1000;
	let acting = true;
	let pages = 0;
	const reading = readers.map(async (reader) => {
		while (acting) {
			const all = measures();
			await read(reader, `/measures/${all[Math.floor(Math.random() * all.length)]}`);
			pages++;
		}
	});
	widen();
	const least = casesOf('A4');
	while (Date.now() < until || world.acts < least) {
		await world.act();
		widen();
	}
	acting = false;
	await Promise.all(reading);
	await makeReports();
	for (const reader of readers) await readEverything(reader);

	expect(forbidden()).toEqual([]);
	let [due, seen, words] = [0, 0, 0];
	for (const { looker, got } of readers) {
		const now = world.oracle.words(looker);
		due += now.size;
		seen += [...now].filter((word) => got.has(word)).length;
		words += got.size;
	}
	expect(seen / due, 'the share of the allowed words that arrived').toBeGreaterThanOrEqual(0.95);
	tried('A4', 'canaries', {
		...{
			cases: world.acts,
			due: least,
			seconds,
			readers: readers.length,
			pages,
			words,
			reports: reports.length,
			forbidden: 0
		},
		allowedSeen: `${((100 * seen) / due).toFixed(1)} %`
	});
});

test('of a meeting, its pack, its wall and its minutes each reader receives what their circles hold', async () => {
	const { table, oracle } = world;
	const chair = table.member('comisia', 'secretariat');
	const { meetingId } = await layMeeting(database, {
		circleId: table.circle.all,
		...{ chair, author: table.member('minister'), other: table.member('agentia') }
	});
	/** Every word that was said, and in which circle. */
	const said = new Map<string, string>();
	const word = (circleId: string) => {
		const one = `canar${900_000 + said.size}`;
		said.set(one, circleId);
		return one;
	};
	const run = (name: string, actor: App.Actor, input: Record<string, unknown>) =>
		act(commands.get(name) as AnyCommand, actor, input);
	const coordinators = (['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada'] as const).map(
		(seat) => table.member(seat, 'coordinator')
	);
	let items = 0;
	// In every circle that may still hold something, by whoever is in it; under each item a line, a proposal, a decision.
	for (const circleId of oracle.circles.keys())
		for (const actor of [chair, ...coordinators]) {
			const [titleRo, text] = [word(circleId), word(circleId)];
			const item = await run('agenda.add', actor, { meetingId, circleId, minutes: 5, titleRo, text }).catch(
				() => undefined
			);
			if (!item) {
				said.delete(titleRo);
				said.delete(text);
				continue;
			}
			items++;
			const itemId = item.id as string;
			// Whoever runs the meeting writes, where they may read.
			if (!oracle.sees(chair, circleId)) continue;
			await run('note.write', chair, { itemId, text: word(circleId) });
			await run('proposal.put', chair, { itemId, textRo: word(circleId) });
			await run('decision.record', chair, { itemId, textRo: word(circleId) });
		}
	expect(items).toBeGreaterThan(8);

	const allowed = (looker: Looker) => {
		const circles = oracle.circlesOf(looker);
		return new Set([...said].filter(([, circle]) => circles.has(circle)).map(([one]) => one));
	};
	const everywhere = async () => {
		for (const reader of readers) {
			const pages = ['', '/minutes', '/pack', '/wall'].map((page) => `/meetings/${meetingId}${page}`);
			for (const path of ['/meetings', '/overview', '/search?q=canar9', ...pages]) {
				await read(reader, path);
				await read(
					reader,
					`${path.replace('?', '/__data.json?')}${path.includes('?') ? '' : '/__data.json'}`
				);
			}
		}
	};
	/** A paper for a circle holds nothing that only its maker may read. */
	const papers = async () => {
		let met = 0;
		for (const { looker, client } of full ? readers : readers.slice(0, 3))
			for (const circle of oracle.circles.keys()) {
				const theirs = allowed({ ...looker, forCircle: circle });
				for (const path of [
					`/meetings/${meetingId}/pack`,
					`/print/meeting/${meetingId}`,
					`/meetings/${meetingId}/minutes/file`
				]) {
					const answer = await client.get(`${path}?for=${circle}`);
					const words = (await answer.text()).match(canary) ?? [];
					expect([path, words.filter((one) => said.has(one) && !theirs.has(one))]).toEqual([path, []]);
					met += words.length;
				}
			}
		expect(met).toBeGreaterThan(said.size);
	};
	for (const { got } of readers) got.clear();
	await everywhere();
	await run('meeting.close', chair, { meetingId, base: { state: 'open' } });
	await run('minutes.approve', chair, { meetingId, reason: '', base: { approved: 0 } });
	await everywhere();
	await papers();

	let words = 0;
	for (const { looker, got } of readers) {
		const [theirs, came] = [allowed(looker), [...got].filter((one) => said.has(one))];
		expect(came.filter((one) => !theirs.has(one))).toEqual([]);
		expect([...theirs].filter((one) => !came.includes(one))).toEqual([]);
		words += came.length;
	}
	tried('A4', 'meetings', { cases: said.size, due: 20, items, readers: readers.length, words, forbidden: 0 });
});

test(
	'E2: what was redacted is gone from pages, history, search, catch-up and what sockets bring',
	{ timeout: 300_000 },
	async () => {
		const posts = [...world.oracle.things.values()].filter(
			({ kind, withdrawn, says }) => kind === 'update' && !withdrawn && says.size > 0
		);
		const chosen = posts.slice(-(full ? 20 : 3));
		const words = new Set(chosen.flatMap(({ says }) => [...says.values()]));
		expect(words.size).toBeGreaterThan(2);
		for (const reader of readers) reader.got.clear();
		for (const { id } of chosen)
			await database.asOwner(async (tx) => {
				await rows(tx, sql`select from subjects where id = ${id} for update`);
				await rows(tx, sql`select redact(${id})`);
				await rows(
					tx,
					sql`select append(jsonb_build_array(jsonb_build_object('subject', ${id}::uuid,
					'type', 'update.redacted', 'data', jsonb_build_object('row', content(${id})))))`
				);
			});
		for (const { id } of chosen) world.oracle.redact(id);
		await new Promise((done) => setTimeout(done, 800)); // a sweep
		const told = new Set(readers.flatMap(({ client }) => client.events.map(({ subject }) => subject)));
		for (const { id } of chosen) expect(told.has(id), 'open screens are told').toBe(true);
		for (const reader of readers) await readEverything(reader);
		for (const { got } of readers) expect([...got].filter((word) => words.has(word))).toEqual([]);
		for (const word of words)
			for (const { client } of readers)
				expect(await (await client.get(`/search/quick?q=${word}`)).text()).toBe('[]');
		const kept = await database.asOwner(async (tx) => {
			const every = ['updates', 'words', 'events', 'subjects'].map(
				(table) => `select t::text as row from ${table} t`
			);
			const [all] = await rows<{ text: string }>(
				tx,
				sql`select string_agg(row, ' ') as text from (${sql.raw(every.join(' union all '))}) x`
			);
			return all?.text ?? '';
		});
		expect([...words].filter((word) => kept.includes(word))).toEqual([]);
		tried('E2', 'redaction', { cases: chosen.length, due: full ? 20 : 3, words: words.size });
	}
);

test('D7: the log holds no word, no token, no cookie', () => {
	const printed = server.output();
	expect(printed.match(canary)).toBeNull();
	for (const secret of secrets) expect(printed).not.toContain(secret);
	expect(printed).not.toMatch(/hora_session|set-cookie|"level":"error"/i);
	tried('D7', 'the log of the canaries', { cases: printed.split('\n').length, due: 1 });
});
