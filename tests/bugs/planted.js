/**
 * The bugs that the suite has to catch: each was once made by somebody, here or elsewhere. A bug is a few exact texts
 * and what stands there instead, and the tests that must then fail: a file and a part of the test's name.
 */

/**
 * @typedef {{ file: string, test: string, build?: true }} Catcher `build`: it starts the built server
 * @typedef {object} Bug
 * @property {string} name
 * @property {[file: string, text: string, instead: string][]} plant
 * @property {Catcher[]} caughtBy
 */

const command = 'src/lib/server/command.server.ts';
const connection = 'src/lib/realtime/connection.svelte.ts';
const database = 'src/lib/server/database.server.ts';
const functions = 'drizzle/migrations/0002_functions.sql';
const found = 'drizzle/migrations/0006_search.sql';
const gateway = 'src/lib/realtime/gateway.server.ts';
const log = 'src/lib/events/log.server.ts';

const people = 'drizzle/migrations/0008_people_functions.sql';

const answers = 'tests/integration/answers.test.ts';
const commit = 'tests/integration/guard-commit.test.ts';
const delivery = 'tests/integration/guard-delivery.test.ts';
const moves = 'tests/integration/guard-moves.test.ts';
const sockets = 'tests/integration/guard-sockets.test.ts';
const catchUp = 'tests/faults/catch-up.test.ts';
const crash = 'tests/faults/crash.test.ts';
const edits = 'tests/faults/edits.test.ts';
const operations = 'tests/faults/operations.test.ts';
const powerCut = 'tests/faults/power-cut.test.ts';
const policies = 'tests/integration/policies.test.ts';
const replay = 'tests/faults/replay.test.ts';
const searching = 'tests/integration/search.test.ts';
const twoProcesses = 'tests/faults/two-processes.test.ts';
const world = 'tests/integration/random-world.test.ts';
const whoMay = 'tests/safety/a1-who-may.test.ts';
const classified = 'tests/safety/a2-classified.test.ts';
const doors = 'tests/safety/a3-doors.test.ts';
const revoked = 'tests/safety/a5-revoked.test.ts';
const rowsSeen = 'tests/safety/a7-rows.test.ts';
const scripts = 'tests/safety/d4-scripts.test.ts';

/** Enough for the big tests to notice; the sizes of `npm test` are larger. */
export const sizes = {
	HORA_TEST_WORLD: '300',
	HORA_TEST_SEED: '7',
	HORA_TEST_MIDDLE: '100',
	HORA_TEST_MIDDLE_EMBEDDED: '50',
	HORA_TEST_CRASHES: '2',
	HORA_TEST_EVENTS: '300',
	HORA_TEST_OPERATIONS: '500',
	HORA_TEST_OPERATIONS_EMBEDDED: '200',
	HORA_TEST_EDITS: '1000',
	HORA_TEST_EDITS_EMBEDDED: '200',
	HORA_TEST_POWER_CUTS: '10'
};

/** @type {Bug[]} */
export const bugs = [
	{
		name: 'bigserial-cursor',
		plant: [
			[
				functions,
				'create function number_events(',
				'create sequence event_numbers start 1000;\n--> statement-breakpoint\ncreate function number_events('
			],
			[
				functions,
				`	perform from heads where circle_id in (select (e->>'circle')::uuid from jsonb_array_elements(happened) e)
		order by circle_id for update;\n`,
				''
			],
			[
				functions,
				'h.n + row_number() over (partition by h.circle_id order by i) as n,',
				`nextval('event_numbers') as n,`
			],
			[
				functions,
				`update heads h set n = l.n from (select circle_id, max(n) as n from numbered group by 1) l
		where h.circle_id = l.circle_id returning h.circle_id, h.n;`,
				'select circle_id, max(n) from numbered group by 1;'
			],
			[
				log,
				`(select coalesce(jsonb_object_agg(circle_id, n), '{}') from heads) as heads`,
				`(select coalesce(jsonb_object_agg(circle_id, n), '{}') from (select h.circle_id,
					(select coalesce(max(e.n), 0) from events e where e.circle_id = h.circle_id) as n from heads h) x) as heads`
			],
			[
				log,
				'select circle_id as circle, n::int from heads',
				`select h.circle_id as circle,
				(select coalesce(max(e.n), 0) from events e where e.circle_id = h.circle_id)::int as n from heads h`
			],
			[log, 'where h.n > coalesce(d.value::bigint, 0) and ', 'where ']
		],
		caughtBy: [
			{ file: delivery, test: 'who got a number first' },
			{ file: twoProcesses, test: 'none missed, in order, on every socket', build: true }
		]
	},
	{
		name: 'join-after-the-handshake',
		plant: [
			[
				gateway,
				'await socket.join(seat.circles.map(room));',
				`void seatsOf(database, [session.id]).then(([now]) => socket.join((now ?? seat).circles.map(room)));`
			]
		],
		caughtBy: [{ file: sockets, test: 'sits in every circle already' }]
	},
	{
		name: 'fetch-before-the-rooms',
		plant: [
			[connection, 'this.catchUp(); // the rooms are joined', '// the rooms are joined'],
			[connection, 'this.#socket = socket;', 'this.#socket = socket;\n\t\tthis.catchUp();']
		],
		caughtBy: [{ file: catchUp, test: 'between the reading of a page and its room' }]
	},
	{
		name: 'connection-state-recovery',
		plant: [
			[
				gateway,
				'perMessageDeflate: false,',
				'perMessageDeflate: false,\n\t\tconnectionStateRecovery: { maxDisconnectionDuration: 120_000 },'
			]
		],
		caughtBy: [
			{ file: sockets, test: 'whose session ended while they were away' },
			{ file: sockets, test: 'left a circle while they were away' }
		]
	},
	{
		name: 'acknowledge-before-commit',
		plant: [
			[
				database,
				`		orm.transaction(async (tx) => {`,
				`		new Promise<never>((acknowledge, fail) => {
			orm.transaction(async (tx) => {`
			],
			[
				database,
				`				return await work(tx as unknown as Tx);
			} finally {
				await taken;
			}
		});`,
				`				acknowledge((await work(tx as unknown as Tx)) as never);
			} finally {
				await taken;
			}
			}).catch(fail);
		});`
			]
		],
		caughtBy: [{ file: commit, test: 'never acknowledged' }]
	},
	{
		name: 'acknowledge-before-the-write',
		plant: [
			[
				command,
				'	const outcome = await transact(database, command, actor, valid, confirmed, operation, lap);',
				`	if (!command.role) {
		setTimeout(() => void transact(database, command, actor, valid, confirmed, operation, lap).catch(() => {}), 100);
		return { result: { id: operation }, repeated: false };
	}
	const outcome = await transact(database, command, actor, valid, confirmed, operation, lap);`
			]
		],
		caughtBy: [{ file: crash, test: 'nothing acknowledged is lost', build: true }]
	},
	{
		name: 'operation-id-outside-the-transaction',
		plant: [
			[
				command,
				`		return await database.as(command.role ?? 'hora_app', { member: actor.memberId }, async (tx) => {
			lap('begin');
			const earlier = await claim(tx, command, actor, input, operation);
			if (earlier) return { result: earlier, repeated: true };`,
				`		const earlier = await database.as(command.role ?? 'hora_app', { member: actor.memberId }, (tx) =>
			claim(tx, command, actor, input, operation)
		);
		if (earlier !== undefined) return { result: earlier, repeated: true };
		return await database.as(command.role ?? 'hora_app', { member: actor.memberId }, async (tx) => {
			lap('begin');`
			]
		],
		caughtBy: [
			{ file: commit, test: 'as if it had never been sent' },
			{ file: operations, test: 'operations have as many effects' }
		]
	},
	{
		name: 'database-role-not-set',
		plant: [
			[database, `	set_config('role', \${role}, true),\n`, ''],
			[database, `role: 'hora_login',`, `role: 'hora',`],
			[database, 'set session authorization hora_login', 'set role hora']
		],
		caughtBy: [
			{ file: policies, test: 'shows the insider rows, the outsider nothing' },
			{ file: world, test: 'nobody reads a word too many' }
		]
	},
	{
		name: 'circle-check-not-awaited',
		plant: [
			[
				'src/lib/strategy/edit-measure.server.ts',
				'if (!(await mayMove(tx, measure.circleId, circleId)))',
				'if (!mayMove(tx, measure.circleId, circleId))'
			]
		],
		caughtBy: [{ file: moves, test: 'its mover is not in' }]
	},
	{
		name: 'session-check-not-awaited',
		plant: [
			[
				gateway,
				'const session = await sessionOf(database, socket.data.cookie, { used });',
				`const { session } = socket.data;
			void sessionOf(database, socket.data.cookie, { used }).then((now) => now ?? socket.disconnect(true));`
			]
		],
		caughtBy: [{ file: sockets, test: 'a session that has just ended is refused' }]
	},
	{
		name: 'errors-swallowed-in-the-catch-up',
		plant: [
			[
				log,
				'export async function catchUp(',
				`export const catchUp: typeof readPast = (...asked) =>
	readPast(...asked).catch(() => ({
		epoch: asked[3], heads: asked[2], events: [], gone: [], snapshot: false, more: false
	}));
async function readPast(`
			]
		],
		caughtBy: [{ file: delivery, test: 'a catch-up that cannot read says so' }]
	},
	{
		name: 'errors-swallowed-in-the-browser',
		plant: [[connection, 'this.#askAgain = true; // the next poll or reconnection does', '']],
		caughtBy: [{ file: catchUp, test: 'not answered is asked again' }]
	},
	{
		name: 'delivered-to-whoever-sat-there-before',
		plant: [['src/lib/realtime/delivery.server.ts', '				if (events.length > 0) await this.#seat();\n', '']],
		caughtBy: [{ file: delivery, test: 'who sits where is asked' }]
	},
	{
		name: 'errors-swallowed-in-the-delivery',
		plant: [
			[
				'src/lib/realtime/delivery.server.ts',
				`					this.#deliver(circle, of);
					this.#heads.set(circle, (of.at(-1) as LiveEvent).n);`,
				`					this.#heads.set(circle, (of.at(-1) as LiveEvent).n);
					this.#deliver(circle, of);`
			]
		],
		caughtBy: [{ file: delivery, test: 'the next one hands out' }]
	},
	{
		name: 'find-without-a-lock',
		plant: [['src/lib/events/subjects.server.ts', 'where id = ${id} for update', 'where id = ${id}']],
		caughtBy: [
			{ file: moves, test: 'said in the narrower circle' },
			{ file: edits, test: 'no silent overwrite' }
		]
	},
	{
		name: 'words-left-behind-on-a-move',
		plant: [
			[
				functions,
				`	update words w set circle_id = narrower(w.circle_id, s.circle_id) from subjects s
		where s.id = w.subject_id and w.subject_id = any(ids) and w.circle_id <> s.circle_id;\n`,
				''
			]
		],
		caughtBy: [
			{ file: moves, test: 'past words follow' },
			{ file: world, test: 'nobody reads a word too many' }
		]
	},
	{
		name: 'no-gone-on-widening',
		plant: [
			[
				functions,
				`jsonb_build_object('row', content((m->>'id')::uuid))))) x(part, e)));`,
				`jsonb_build_object('row', content((m->>'id')::uuid))))) x(part, e) where part = 2 or down));`
			]
		],
		caughtBy: [
			{ file: moves, test: 'when it moves wider' },
			{ file: replay, test: 'update.move' },
			{ file: world, test: 'nobody reads a word too many' }
		]
	},
	{
		name: 'delivery-ignores-the-circle-of-the-words',
		plant: [[log, 'and w.n = e.n and w.circle_id = e.circle_id', 'and w.n = e.n']],
		caughtBy: [{ file: moves, test: 'delivered without its words' }]
	},
	{
		name: 'asks-who-cannot-read-silently',
		plant: [
			[
				'src/lib/updates/asked.server.ts',
				'if (asked.length < wanted.length)',
				'if (asked.length > wanted.length)'
			]
		],
		caughtBy: [{ file: answers, test: 'nobody asks who is not in the circle' }]
	},
	{
		name: 'a-second-answer',
		plant: [
			['src/lib/updates/answer-request.server.ts', `request?.state !== 'open'`, `request === undefined`]
		],
		caughtBy: [{ file: answers, test: 'eight of one ministry answer at once' }]
	},
	{
		name: 'search-forgets-the-circle',
		plant: [[found, 'f.circle_id = any(mine) and ', '']],
		caughtBy: [{ file: searching, test: 'finds what a plain query' }]
	},
	{
		name: 'circle-condition-dropped',
		plant: [
			[
				'drizzle/migrations/0001_tables.sql',
				'CREATE POLICY "circle" ON "updates" AS PERMISSIVE FOR ALL TO "hora_app" USING (circle_id = any(array(select my_circles())));',
				'CREATE POLICY "circle" ON "updates" AS PERMISSIVE FOR ALL TO "hora_app" USING (anybody());'
			]
		],
		caughtBy: [
			{ file: rowsSeen, test: 'random queries without any policy' },
			{ file: policies, test: 'shows the insider rows, the outsider nothing' }
		]
	},
	{
		name: 'policy-on-http-only',
		plant: [
			[
				'src/lib/realtime/messages.server.ts',
				'return execute(database, command, actor, input, operation);',
				'return execute(database, { ...command, allow: () => true }, actor, input, operation);'
			]
		],
		caughtBy: [{ file: whoMay, test: 'triples of a member, a thing and an act', build: true }]
	},
	{
		name: 'policy-at-join-only',
		plant: [
			[
				gateway,
				'const left = [...was].filter((circle) => !seat.circles.includes(circle));',
				'const left: string[] = [];'
			]
		],
		caughtBy: [{ file: revoked, test: 'each cut on the other within a second', build: true }]
	},
	{
		name: 'role-kept-stale-on-the-socket',
		plant: [
			[
				gateway,
				'return { database, actor: session.actor,',
				'return { database, actor: socket.data.session.actor,'
			]
		],
		caughtBy: [{ file: revoked, test: 'each cut on the other within a second', build: true }]
	},
	{
		name: 'revocation-by-notify-only',
		plant: [
			[
				gateway,
				`		sweepOnce().catch((error: unknown) => void logUnknown(error, 'sweep'));
		void delivery.run();
	}, sweepEvery);
	const unsubscribe = database.onWake(() => void delivery.run());`,
				`		void delivery.run();
	}, sweepEvery);
	const unsubscribe = database.onWake(() => {
		sweepOnce().catch((error: unknown) => void logUnknown(error, 'sweep'));
		void delivery.run();
	});`
			]
		],
		caughtBy: [{ file: revoked, test: 'so that nothing wakes', build: true }]
	},
	{
		name: 'owner-rights-view',
		plant: [
			[
				people,
				'grant execute on function sits, circles_seen_by,',
				`create view posted as select * from updates;
--> statement-breakpoint
grant select on posted to hora_app;
--> statement-breakpoint
grant execute on function sits, circles_seen_by,`
			]
		],
		caughtBy: [
			{ file: policies, test: 'views read with the rights of whoever asks' },
			{ file: classified, test: 'every table that the application may read', build: true }
		]
	},
	{
		name: 'session-level-setting',
		plant: [
			[
				database,
				`set_config('app.member', \${reader.member ?? ''}, true)`,
				`set_config('app.member', \${reader.member ?? ''}, false)`
			]
		],
		caughtBy: [{ file: policies, test: 'who asks is forgotten with the transaction' }]
	},
	{
		name: 'html-of-a-members-text',
		plant: [
			[
				'src/lib/ui/Prose.svelte',
				'{:else if strong}<strong>{text}</strong>{:else}{text}{/if}',
				'{:else if strong}<strong>{text}</strong>{:else}{@html text}{/if}'
			]
		],
		caughtBy: [{ file: scripts, test: 'no page of another organisation holds markup', build: true }]
	},
	{
		name: 'no-store-missing',
		plant: [
			[
				'src/hooks.server.ts',
				`	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');\n`,
				''
			]
		],
		caughtBy: [
			{ file: doors, test: 'and nothing is stored', build: true },
			{ file: classified, test: 'every route asks who is there', build: true }
		]
	},
	{
		name: 'fsync-off',
		plant: [['src/lib/server/embedded.server.ts', `'fsync=on'`, `'fsync=off'`]],
		caughtBy: [{ file: powerCut, test: 'lose nothing that was acknowledged' }]
	}
];

/** One more of another kind: what must notice it is the run itself. Its other steps take long and are left out. */
export const forgotten = {
	name: 'a-test-file-that-nobody-runs',
	kept: 'src/lib/time.test.ts',
	file: 'tests/elsewhere/forgotten.test.ts',
	content: `import { expect, test } from 'vitest';\ntest('nobody runs this', () => expect(1).toBe(2));\n`,
	/** @type {Bug['plant']} */
	shorten: [
		['tests/run.js', `		await check('all');\n`, ''],
		['tests/run.js', `const built = await step('Build', buildIfDue);\n		await`, 'const built = true;\n		await'],
		['tests/run.js', `if (built) await step('Browser journeys', () => playwright([]));`, '']
	]
};
