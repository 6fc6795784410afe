/**
 * 1,000 random acts on each engine by people of all kinds. After every fifty, and at the end, each of eight readers
 * reads all that can be read, and what they obtain is exactly what the oracle says. HORA_TEST_SEED repeats a world,
 * HORA_TEST_WORLD makes it longer.
 */

import { isDeepStrictEqual } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { historyOf } from '#lib/events/history.server.ts';
import { catchUp, readHeads } from '#lib/events/log.server.ts';
import { currentRows, type Snapshot } from '#lib/realtime/copy.ts';
import type { Heads, LiveEvent, Row } from '#lib/realtime/wire.ts';
import { type Reader, rows } from '#lib/server/database.server.ts';
import { listMeasures } from '#lib/strategy/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { seed, size } from '../support/results.ts';
import type { Looker } from '../support/oracle.ts';
import { canary, World } from '../support/world.ts';

const acts = size('WORLD', 1000, 2000);
const between = 50;
/** Further behind than this, the log answers with a snapshot. */
const tooFar = 2000;

describe.each(engines)(`a random world on %s, seed ${seed}`, (engine) => {
	let database: TestDatabase;
	let world: World;
	let readers: Record<string, Looker>;
	let tables: string[];
	const kept = new Map<string, Snapshot>();
	const counted = { checks: 0, words: 0, folds: 0, folded: 0, snapshots: 0, late: 0 };

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		world = await World.open(database, seed);
		readers = {
			commission: { person: world.table.member('comisia') },
			'ministry, secretariat': { person: world.table.member('minister', 'secretariat') },
			agency: { person: world.table.member('agentia', 'coordinator') },
			ngo: { person: world.table.member('ong') },
			'another ngo': { person: world.table.member('asociatia', 'coordinator') },
			embassy: { person: world.table.member('ambasada') },
			'international, observer': { person: world.table.member('organismul', 'observer') },
			visitor: { visitor: true }
		};
		tables = await database.asOwner(async (tx) =>
			(
				await rows<{ name: string }>(
					tx,
					sql`select format('%I.%I', table_schema, table_name) as name from information_schema.role_table_grants
						where grantee = 'hora_app' and privilege_type = 'SELECT' order by 1`
				)
			).map(({ name }) => name)
		);
	});
	afterAll(() => database.close());

	const readerOf = ({ person, visitor, viewingAs, forCircle }: Looker): Reader => ({
		member: person?.memberId,
		visitor,
		viewingAs: viewingAs?.memberId,
		forCircle
	});
	const wordsIn = (text: string) => new Set(text.match(canary) ?? []);
	const as = <T>(looker: Looker, work: Parameters<TestDatabase['as']>[2]) =>
		database.as('hora_app', readerOf(looker), work) as Promise<T>;

	/** Readers that come now and then: a colleague without the role, viewing as another, for a named circle (any). */
	function nowAndThen(): Record<string, Looker> {
		const { member } = world.table;
		const forCircle = world.pick([...world.oracle.circles.keys()]) as string;
		return {
			'ministry, observer': { person: member('minister', 'observer') },
			'commission viewing as the embassy': { person: member('comisia'), viewingAs: member('ambasada') },
			'secretariat viewing as another': {
				person: member('minister', 'secretariat'),
				viewingAs: member('ong', 'secretariat')
			},
			'ngo for a named circle': { person: member('ong'), forCircle },
			'secretariat for a named circle': { person: member('minister', 'secretariat'), forCircle },
			'agency viewing as an ngo, for a named circle': {
				person: member('agentia'),
				viewingAs: member('ong'),
				forCircle
			}
		};
	}

	/** Everything in every table, as the application's role, through row-level security alone. */
	const readTables = (looker: Looker) =>
		as<Set<string>>(looker, async (tx) => {
			const every = tables.map((table) => `select t::text as row from ${table} t`).join(' union all ');
			const [all] = await rows<{ text: string }>(
				tx,
				sql`select string_agg(row, ' ') as text from (${sql.raw(every)}) x`
			);
			return wordsIn(all?.text ?? '');
		});

	/** From the beginning, in as many requests as it takes to stay below "too far behind". */
	async function readLog(looker: Looker) {
		const { epoch, heads } = await as<{ epoch: string; heads: Heads }>(looker, readHeads);
		const from: Heads = {};
		const words = new Set<string>();
		let waiting = Object.entries(heads);
		while (waiting.length > 0) {
			let room = tooFar;
			const since = { ...heads };
			const left: typeof waiting = [];
			for (const [circle, head] of waiting) {
				if (room < Math.min(head, tooFar)) left.push([circle, head]);
				else {
					from[circle] = since[circle] = Math.max(0, head - tooFar);
					room -= head - since[circle];
				}
			}
			waiting = left;
			const answer = await follow(looker, epoch, since);
			expect(answer).toMatchObject({ snapshot: false, gone: [], heads });
			expect(answer.events.length).toBe(tooFar - room);
			expectNoGap(answer.events, since);
			for (const word of wordsIn(JSON.stringify(answer.events))) words.add(word);
		}
		return { words, from };
	}

	/** Page after page, as the browser asks. */
	async function follow(looker: Looker, epoch: string, since: Heads) {
		const events: LiveEvent[] = [];
		const gone = new Set<string>();
		for (let heads = since; ;) {
			const answer = await catchUp(database, readerOf(looker), heads, epoch);
			events.push(...answer.events);
			for (const circle of answer.gone) gone.add(circle);
			heads = answer.heads;
			if (!answer.more) return { heads, events, gone: [...gone], snapshot: answer.snapshot };
		}
	}

	function expectNoGap(events: LiveEvent[], since: Heads) {
		const at = { ...since };
		for (const { circle, n } of events) expect(n).toBe((at[circle] = (at[circle] ?? 0) + 1));
	}

	const takeSnapshot = (looker: Looker) =>
		as<Snapshot>(looker, async (tx) => {
			const heads = await readHeads(tx);
			const updates = await rows<{ row: Row }>(tx, sql`select u.row from update_rows u`);
			return { ...heads, rows: [...(await listMeasures(tx)), ...updates.map(({ row }) => row)] };
		});

	const inOrder = (list: readonly Row[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

	/** An old page brought up to date shows what a page read afresh shows. */
	async function checkCopy(name: string, looker: Looker) {
		const fresh = await takeSnapshot(looker);
		const old = kept.get(name);
		if (old) {
			const { events, gone, snapshot } = await follow(looker, old.epoch, old.heads);
			if (snapshot) counted.snapshots++;
			else {
				const mixed = inAnotherOrder(events);
				for (const order of [events, mixed]) {
					const copy = inOrder(currentRows(old, order, () => true, gone));
					if (!isDeepStrictEqual(copy, inOrder(fresh.rows))) expect(copy).toEqual(inOrder(fresh.rows));
				}
				expectNoneBack(old, mixed);
				counted.folds++;
				counted.folded += events.length;
			}
			if (!snapshot && world.number(3) > 0) return; // kept, to grow older
		}
		kept.set(name, fresh);
	}

	/** As sockets may bring them: in order within each circle, the circles mixed at random. */
	function inAnotherOrder(events: LiveEvent[]): LiveEvent[] {
		const circles = [...new Set(events.map(({ circle }) => circle))].map((one) =>
			events.filter(({ circle }) => circle === one)
		);
		return events.map(() => {
			const waiting = circles.filter((of) => of.length > 0);
			return waiting[world.number(waiting.length)]?.shift() as LiveEvent;
		});
	}

	/** Half-way too: what arrives after it was already taken away is older, and changes nothing. */
	function expectNoneBack(old: Snapshot, events: LiveEvent[]) {
		const taken = new Map<string, number>();
		const late = events.flatMap(({ type, subject, version, data }, at) => {
			const gone = taken.get(subject) ?? 0;
			if (type === undefined) taken.set(subject, Math.max(version, gone));
			return data?.row && version < gone ? [at] : [];
		});
		for (const at of late.slice(0, 3)) {
			const after = currentRows(old, events.slice(0, at + 1), () => true);
			expect(after, `act ${world.acts}: back from the dead`).toEqual(
				currentRows(old, events.slice(0, at), () => true)
			);
			counted.late++;
		}
	}

	async function check(name: string, looker: Looker, measures: string[]) {
		const { oracle } = world;
		const expected = oracle.words(looker);
		const where = `act ${world.acts}, ${name}`;
		same(await readTables(looker), expected, `${where}: tables`);

		await as(looker, async (tx) => {
			for (const measure of measures) {
				const told = JSON.stringify(await historyOf(tx, measure, { limit: 1_000_000 }));
				same(wordsIn(told), oracle.history(looker, measure), `${where}: history`);
			}
			const [untold] = await rows<{ n: number }>(
				tx,
				sql`select count(*)::int as n from words w where not exists (select from subjects s where s.id = w.subject_id)`
			);
			expect(untold?.n, `${where}: words of what the reader cannot see`).toBe(0);
		});

		const log = await readLog(looker);
		same(log.words, oracle.delivered(looker, log.from), `${where}: catch-up`);
		counted.checks++;
		counted.words += expected.size;
	}

	/** The numbers of each circle have no gap, and are as many as the oracle counted. */
	async function checkNumbers() {
		const found = await database.asOwner((tx) =>
			rows<{ circle: string; head: number; events: number; last: number }>(
				tx,
				sql`select h.circle_id as circle, h.n::int as head, count(e.n)::int as events, coalesce(max(e.n), 0)::int as last
					from heads h left join events e using (circle_id) group by h.circle_id, h.n`
			)
		);
		const expected = [...world.oracle.heads].map(([circle, n]) => ({ circle, head: n, events: n, last: n }));
		const sorted = (list: typeof found) => [...list].sort((a, b) => (a.circle < b.circle ? -1 : 1));
		expect(sorted(found), `act ${world.acts}: numbers`).toEqual(sorted(expected));
	}

	test(`${acts} acts, and nobody reads a word too many or too few`, { timeout: 600_000 }, async () => {
		const measures = [...world.oracle.things.keys()];
		while (world.acts < acts) {
			await world.act();
			if (world.acts % between !== 0 && world.acts < acts) continue;

			const last = world.acts === acts;
			for (const [name, looker] of Object.entries(readers)) {
				const some = measures.filter((_, at) => last || (at + counted.checks) % 3 === 0);
				await check(name, looker, some);
				await checkCopy(name, looker);
			}
			if (last || world.acts % (between * 4) === 0)
				for (const [name, looker] of Object.entries(nowAndThen()))
					await check(name, looker, last ? measures : []);
			await checkNumbers();
		}
		expect(world.acts).toBe(acts);
		for (const [name, { done }] of world.tally)
			expect(done, `acts done: ${name}`).toBeGreaterThanOrEqual(Math.floor(acts / 400));
		expect(counted.folds, 'old pages brought up to date').toBeGreaterThanOrEqual(acts / 40);
		expect(counted.late, 'what came late and changed nothing').toBeGreaterThanOrEqual(
			Math.floor(acts / 2000)
		);
		report();
	});

	function report() {
		const tally = [...world.tally].map(([name, { done, refused }]) => `${name} ${done}/${refused}`);
		const { checks, words, folds, folded, snapshots, late } = counted;
		console.log(
			`random world on ${engine}: HORA_TEST_SEED=${seed}, ${world.acts} acts (done/refused: ${tally.join(', ')}); ` +
				`${checks} checks of ${words} words, ${folds} old pages brought up to date by ${folded} events, ` +
				`${snapshots} read afresh, ${late} late arrivals passed over`
		);
	}
});

function same(found: ReadonlySet<string>, expected: ReadonlySet<string>, where: string) {
	const tooMany = [...found].filter((word) => !expected.has(word));
	const tooFew = [...expected].filter((word) => !found.has(word));
	expect({ tooMany, tooFew }, where).toEqual({ tooMany: [], tooFew: [] });
}
