/**
 * For every command and every kind of viewer: an old snapshot plus the events equals a new snapshot. Old ones are
 * taken before each act of a case, so that a viewer may have been away for any part of it; the events come in live,
 * as they are delivered, or later by one catch-up, and the circles in either order.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '#lib/commands.server.ts';
import { allHeads, catchUp, eventsPast, readHeads } from '#lib/events/log.server.ts';
import { type Belongs, currentRows, type Snapshot } from '#lib/realtime/copy.ts';
import type { LiveEvent, Row } from '#lib/realtime/wire.ts';
import { execute } from '#lib/server/command.server.ts';
import { type Reader, rows } from '#lib/server/database.server.ts';
import { listMeasures, readMeasure } from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { keep } from '../support/results.ts';
import { type CircleName, layTable, type Seat, type Table } from '../support/table.ts';

type Id = Record<string, string>;
type Act = (command: string, actor: App.Actor, input: Record<string, unknown>) => Promise<Id>;
type Play = {
	/** Runs a command, and looks at what every viewer could have read before it. */
	act: Act;
	/** Runs one that only prepares. */
	prepare: Act;
	measureId: string;
	table: Table;
};

const words = (text = 'Cuvinte') => ({ kind: 'comment', text });

/** By the command that each is about; others may be part of it. */
const cases: Record<string, ((play: Play) => Promise<unknown>)[]> = {
	'session.start': [({ act, table }) => act('session.start', table.member('ong'), newSession())],
	'session.end': [
		async ({ act, table }) => {
			const session = newSession();
			await act('session.start', table.member('ong'), session);
			await act('session.end', table.member('ong'), { sessionId: session.sessionId });
		}
	],
	'update.post': [
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('ong'), { measureId, circleId: circle.all, ...words() }),
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('minister'), { measureId, circleId: circle.state, ...words() }),
		({ act, measureId, table: { circle, member } }) =>
			act('update.post', member('ambasada'), { measureId, circleId: circle['own ambasada'], ...words() })
	],
	'update.reply': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.national, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			await act('update.reply', member('minister'), { updateId, text: 'Răspuns' });
		}
	],
	'update.edit': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.all, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			const edit = { updateId, text: '**Altele**', base: { text: 'Cuvinte' } };
			await act('update.edit', member('ong', 'coordinator'), edit);
		}
	],
	'update.withdraw': [
		async ({ act, measureId, table: { circle, member } }) => {
			const post = { measureId, circleId: circle.all, ...words() };
			const { id: updateId } = await act('update.post', member('ong'), post);
			await act('update.reply', member('ambasada'), { updateId, text: 'Răspuns' });
			await act('update.edit', member('ong'), { updateId, text: 'Altele', base: { text: 'Cuvinte' } });
			await act('update.withdraw', member('ong'), { updateId });
		}
	],
	'update.move': [
		async (play) => {
			for (const route of [
				['all', 'national', 'state'],
				['state', 'national', 'all'],
				['all', 'own comisia', 'all'],
				['national', 'all', 'state', 'own comisia']
			] as const)
				await movePost(play, route);
		}
	],
	'request.answer': [
		async (play) => {
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			await play.act('request.answer', play.table.member('ambasada'), { updateId, text: 'Da' });
			await play.act('request.answer', play.table.member('minister'), { updateId, text: 'Nu' });
		},
		// Narrower and wider again, with an answer in between; and an answer that is taken back.
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'all', ['minister', 'ambasada']);
			const move = (from: CircleName, to: CircleName) =>
				act('update.move', table.member('comisia'), {
					updateId,
					circleId: table.circle[to],
					base: { circleId: table.circle[from] }
				});
			await move('all', 'state');
			const answer = { updateId, text: 'Numai aici' };
			const { id } = await act('request.answer', table.member('minister'), answer);
			await move('state', 'all');
			await act('update.withdraw', table.member('minister'), { updateId: id });
			await act('update.withdraw', table.member('comisia'), { updateId });
		}
	],
	'request.decline': [
		async (play) => {
			const updateId = await ask(play, 'national', ['minister', 'ong']);
			await play.act('request.decline', play.table.member('ong'), { updateId, text: 'Nu avem datele' });
		}
	],
	'request.promise': [
		async (play) => {
			const { act, table } = play;
			const updateId = await ask(play, 'state', ['minister', 'agentia']);
			const promise = (due: string, base: string) =>
				act('request.promise', table.member('minister'), { updateId, due, base: { due: base } });
			await promise('2099-02-01', '2099-01-01');
			await promise('2099-03-01', '2099-02-01');
		}
	],
	'measure.status': [
		async ({ act, measureId, table: { member } }) => {
			const set = (status: string, base: string) =>
				act('measure.status', member('minister'), {
					measureId,
					status,
					reason: 'De ce',
					base: { status: base }
				});
			await set('blocked', 'in-progress');
			await set('done', 'blocked');
		}
	],
	'measure.status.undo': [
		async ({ act, measureId, table: { member } }) => {
			const status = { measureId, status: 'done', reason: 'S-a făcut', base: { status: 'in-progress' } };
			await act('measure.status', member('minister'), status);
			await act('measure.status.undo', member('minister'), { measureId, base: { status: 'done' } });
		}
	],
	'view.keep': [
		({ act, table }) => act('view.keep', table.member('ong'), { name: 'A mea', query: 'mine=yes' })
	],
	'view.forget': [
		async ({ act, table }) => {
			const kept = { name: 'A mea', query: 'mine=yes' };
			const { id: viewId } = await act('view.keep', table.member('ong'), kept);
			await act('view.forget', table.member('ong'), { viewId });
		}
	],
	'news.seen': [
		({ act, measureId, table: { circle, member } }) =>
			act('news.seen', member('ong'), { measureId, heads: { [circle.all]: 1 } })
	],
	'news.all-seen': [
		({ act, table: { circle, member } }) =>
			act('news.all-seen', member('ong'), { heads: { [circle.all]: 1 } })
	],
	'measure.date': [
		async ({ act, measureId, table: { member } }) => {
			const set = (nextDate: string | null, base: string | null) =>
				act('measure.date', member('comisia'), {
					measureId,
					nextDate,
					reason: 'De ce',
					base: { nextDate: base }
				});
			await set('2027-03-31', null);
			await set(null, '2027-03-31');
		}
	],
	'measure.texts': [
		({ act, measureId, table: { member } }) =>
			act('measure.texts', member('comisia'), {
				measureId,
				texts: { titleRo: 'Alt titlu', deadline: 'Anual' },
				base: { titleRo: 'Formular comun', deadline: '' }
			})
	],
	'measure.step.add': [({ act, measureId, table }) => addStep(act, measureId, table)],
	'measure.step.change': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			const changes = { done: true, date: '2027-01-15' };
			const base = { done: false, date: null };
			await act('measure.step.change', table.member('minister'), { measureId, stepId, changes, base });
		}
	],
	'measure.step.remove': [
		async ({ act, measureId, table }) => {
			const stepId = await addStep(act, measureId, table);
			await addStep(act, measureId, table);
			await act('measure.step.remove', table.member('minister'), {
				measureId,
				stepId,
				base: { done: false }
			});
		}
	],
	'measure.move': [
		async (play) => {
			await moveMeasure(play, 'comisia', ['all', 'national', 'state']);
			await moveMeasure(play, 'comisia', ['all', 'state', 'national', 'all']);
			await moveMeasure(play, 'minister', ['all', 'own minister', 'all']);
		}
	]
};

const newSession = () => ({
	sessionId: crypto.randomUUID().replaceAll('-', ''),
	secretHash: '0'.repeat(64)
});

async function addStep(act: Act, measureId: string, { member }: Table) {
	const { stepId } = await act('measure.step.add', member('minister'), { measureId, titleRo: 'Avizat' });
	return stepId as string;
}

/** The Commission asks these in a circle, with a date. */
async function ask({ act, measureId, table }: Play, circle: CircleName, of: Seat[]) {
	const { id } = await act('update.post', table.member('comisia'), {
		measureId,
		circleId: table.circle[circle],
		kind: 'question',
		text: 'Când?',
		asks: { organisationIds: of.map((seat) => table.organisation[seat]), due: '2099-01-01' }
	});
	return id as string;
}

/** A post with replies goes through the circles, edited on the way. */
async function movePost({ act, measureId, table: { circle, member } }: Play, route: readonly CircleName[]) {
	const [first, ...rest] = route.map((name) => circle[name]) as [string, ...string[]];
	const { id: updateId } = await act('update.post', member('comisia'), {
		measureId,
		circleId: first,
		...words('0')
	});
	await act('update.reply', member('comisia', 'coordinator'), { updateId, text: 'Răspuns' });
	let [was, text] = [first, 0];
	for (const circleId of rest) {
		await act('update.edit', member('comisia'), { updateId, text: `${text + 1}`, base: { text: `${text}` } });
		text += 1;
		await act('update.move', member('comisia'), { updateId, circleId, base: { circleId: was } });
		was = circleId;
	}
	await act('update.edit', member('comisia'), { updateId, text: 'La urmă', base: { text: `${text}` } });
}

/** A measure with steps and posts of all circles goes through the circles, changed on the way. */
async function moveMeasure({ act, prepare, table }: Play, seat: Seat, route: readonly CircleName[]) {
	const { circle, member } = table;
	const secretariat = member(seat, 'secretariat');
	const measureId = await table.addMeasure({ circle: route[0] });
	await addStep(prepare, measureId, table);
	for (const [seat, name] of [
		['minister', 'all'],
		['ong', 'national'],
		['agentia', 'state'],
		['asociatia', 'ngos'],
		['ambasada', 'own ambasada']
	] as [Seat, CircleName][]) {
		const post = { measureId, circleId: circle[name], ...words(seat) };
		const { id: updateId } = await prepare('update.post', member(seat), post);
		await prepare('update.reply', member(seat, 'coordinator'), { updateId, text: 'Răspuns' });
	}
	let [was, status] = [circle[route[0] as CircleName], 'in-progress'];
	for (const circleId of route.slice(1).map((name) => circle[name])) {
		await act('measure.move', secretariat, { measureId, circleId, base: { circleId: was } });
		const next = status === 'blocked' ? 'in-progress' : 'blocked';
		await act('measure.status', secretariat, { measureId, status: next, reason: 'De ce', base: { status } });
		[was, status] = [circleId, next];
	}
}

describe.each(engines)('an old snapshot plus the events, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let viewers: [string, Reader][];
	const compared: Record<string, number> = {};

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		viewers = [
			...(['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'] as Seat[]).map(
				(seat): [string, Reader] => [seat, { member: table.member(seat).memberId }]
			),
			['secretariat', { member: table.member('comisia', 'secretariat').memberId }],
			['secretariat of an NGO', { member: table.member('ong', 'secretariat').memberId }],
			['observer', { member: table.member('minister', 'observer').memberId }],
			['visitor', { visitor: true }]
		];
	});
	afterAll(() => {
		keep('replay', engine, { commands: Object.keys(compared).length, viewers: viewers.length, compared });
		return database.close();
	});

	/** What the list and the page of each of these measures show, in one transaction as pages read them. */
	const look = (reader: Reader, pages: readonly string[]) =>
		database.as('hora_app', reader, async (tx) => {
			const heads = await readHeads(tx);
			const shown: [string, Belongs, Row[]][] = [
				['list', (row) => row.subject === 'measure', await listMeasures(tx)]
			];
			for (const id of pages) {
				const measure = await readMeasure(tx, id);
				shown.push([
					'page',
					(row) => (row.subject === 'measure' ? row.id : row.measureId) === id,
					[...(measure ? [measure] : []), ...(await listUpdates(tx, id))]
				]);
			}
			return { heads, shown };
		});

	async function missed(reader: Reader, { epoch, heads }: Pick<Snapshot, 'epoch' | 'heads'>) {
		const events: LiveEvent[] = [];
		for (let since = heads; ;) {
			const answer = await catchUp(database, reader, since, epoch);
			expect(answer).toMatchObject({ snapshot: false, gone: [] });
			events.push(...answer.events);
			if (!answer.more) return events;
			since = answer.heads;
		}
	}

	const sorted = (rows: readonly Row[]) => [...rows].sort((a, b) => a.id.localeCompare(b.id));

	/** In the other order of circles; within a circle the order is the log's. */
	const circlesReversed = (events: readonly LiveEvent[]) =>
		[...events].sort((a, b) => b.circle.localeCompare(a.circle) || a.n - b.n);

	/** Event by event: of what has gone on, nothing older comes back. */
	function comesBack(snapshot: Snapshot, events: readonly LiveEvent[], belongs: Belongs) {
		const newest = new Map<string, number>();
		let shown = new Map(snapshot.rows.map(({ id, version }) => [id, version]));
		for (const [i, { subject, circle, n, version }] of events.entries()) {
			if (n <= (snapshot.heads[circle] ?? 0)) continue;
			newest.set(subject, Math.max(version, newest.get(subject) ?? 0));
			const rows = currentRows(snapshot, events.slice(0, i + 1), belongs);
			if (rows.some(({ id, version }) => version < (newest.get(id) ?? 0) && shown.get(id) !== version))
				return true;
			shown = new Map(rows.map(({ id, version }) => [id, version]));
		}
		return false;
	}

	test('every command has a case', () => {
		expect(Object.keys(cases).sort()).toEqual([...commands.keys()].sort());
	});

	test.each([...commands.keys()])('%s', { timeout: 60_000 }, async (name) => {
		let differences = 0;
		const quiet = await allHeads(database);
		compared[name] = 0;
		expect(viewers.length).toBeGreaterThanOrEqual(6);

		for (const play of cases[name] ?? []) {
			const measureId = await table.addMeasure();
			const pages = new Set<string>();
			/** What each viewer could have read before each act. */
			const taken: Awaited<ReturnType<typeof look>>[][] = [];
			const delivered: LiveEvent[] = [];
			let heads = await allHeads(database);

			const lookAll = async () => {
				const now = [];
				for (const [, reader] of viewers) now.push(await look(reader, [...pages]));
				return now;
			};
			const deliver = async () => {
				for (let events = await eventsPast(database, heads); events.length > 0;) {
					delivered.push(...events);
					heads = new Map([...heads, ...events.map(({ circle, n }): [string, number] => [circle, n])]);
					events = await eventsPast(database, heads);
				}
			};
			const prepare: Act = async (command, actor, input) => {
				const declared = commands.get(command);
				if (!declared) throw new Error(`there is no command ${command}`);
				const { result } = await execute(database, declared, actor, input, crypto.randomUUID());
				await deliver();
				return result;
			};
			const act: Act = async (command, actor, input) => {
				if (typeof input.measureId === 'string') pages.add(input.measureId);
				taken.push(await lookAll());
				return prepare(command, actor, input);
			};
			await play({ act, prepare, measureId, table });
			const now = await lookAll();

			for (const snapshots of taken)
				for (const [i, { heads, shown }] of snapshots.entries()) {
					const [viewer, reader] = viewers[i] as [string, Reader];
					const mine = delivered.filter((event) => event.circle in heads.heads);
					const later = await missed(reader, heads);
					expect(later.map(({ circle, n }) => `${circle} ${n}`).sort()).toEqual(
						mine
							.filter(({ circle, n }) => n > (heads.heads[circle] ?? 0))
							.map(({ circle, n }) => `${circle} ${n}`)
							.sort()
					);
					for (const [how, events] of Object.entries({
						live: mine,
						'caught up': later,
						'live, other circles first': circlesReversed(mine),
						'caught up, other circles first': circlesReversed(later)
					}))
						for (const [page, [what, belongs, rows]] of shown.entries()) {
							const folded = currentRows({ ...heads, rows }, events, belongs);
							const fresh = now[i]?.shown[page]?.[2] ?? [];
							expect(sorted(folded), `${viewer}, ${what}, ${how}`).toEqual(sorted(fresh));
							if (snapshots === taken[0])
								expect(comesBack({ ...heads, rows }, events, belongs), `${viewer}, ${what}, ${how}`).toBe(
									false
								);
							compared[name] += 1;
							if (JSON.stringify(sorted(rows)) !== JSON.stringify(sorted(fresh))) differences += 1;
						}
				}
		}
		if (/^(view|news)\./.test(name)) {
			// Nobody else's business: nobody hears of it.
			const heard = await eventsPast(database, quiet);
			expect(heard.filter(({ author }) => author)).toEqual([]);
			return expect(differences).toBe(0);
		}
		if (!name.startsWith('session.')) {
			// A case in which nothing changes on anybody's screen would prove nothing.
			expect(differences).toBeGreaterThan(0);
			return;
		}
		const told = await database.asOwner((tx) =>
			rows<{ kind: string; type: string }>(
				tx,
				sql`select c.kind, w.type from words w join circles c on c.id = w.event_circle_id where w.type like 'member.%'`
			)
		);
		const type = name === 'session.start' ? 'member.signed-in' : 'member.signed-out';
		expect(told).toContainEqual({ kind: 'secretariat', type });
		expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['secretariat']));
	});
});
