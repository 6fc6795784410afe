/**
 * What comes through the door of every command: bad characters, personal numbers, absurd dates, other people's ids,
 * fields that are not asked for, the same act twice, and two people at once. The example of each command is given once;
 * the tests find its words, ids and days by themselves.
 */

import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { json, rows } from '#lib/server/database.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

type Input = Record<string, unknown>;

/** What an example is about; made anew for each. */
type On = {
	actor: Actor;
	circles: Table['circle'];
	measureId: string;
	updateId: string;
	/** Another's post that asks the actor's organisation. */
	questionId: string;
	/** An organisation that can be asked. */
	ministry: string;
	stepId: string;
	viewId: string;
	session: string;
};

const texts = {
	titleRo: 'Formular comun',
	titleEn: 'Formular comun',
	descriptionRo: '',
	descriptionEn: '',
	indicators: '',
	resources: '',
	deadline: ''
};
const step = { titleRo: 'Un pas', titleEn: '', date: null as string | null, source: '', done: false };
const newTexts = Object.fromEntries(Object.keys(texts).map((field) => [field, `Altceva ${field}`]));
const newStep = {
	titleRo: 'Alt pas',
	titleEn: 'Another',
	date: '2026-10-01',
	source: 'Monitorul Oficial',
	done: true
};

/** A whole input of each command, every field given, that its actor may send. */
const examples: Record<string, (on: On) => Input> = {
	'session.start': () => ({ sessionId: hex(16), secretHash: hex(32) }),
	'session.end': ({ session }) => ({ sessionId: session }),
	'update.post': ({ measureId, circles, ministry }) => ({
		measureId,
		circleId: circles.national,
		kind: 'question',
		language: 'ro',
		text: 'Când se predă formularul?',
		asks: { organisationIds: [ministry], due: '2099-12-18' }
	}),
	'update.reply': ({ updateId }) => ({ updateId, language: 'ro', text: 'Mulțumim.' }),
	'update.edit': ({ updateId }) => ({ updateId, text: 'Altfel spus.', base: { text: 'Cum s-a spus' } }),
	'update.withdraw': ({ updateId }) => ({ updateId }),
	'update.move': ({ updateId, circles }) => ({
		updateId,
		circleId: circles.national,
		base: { circleId: circles.all }
	}),
	'request.answer': ({ questionId }) => ({ updateId: questionId, language: 'ro', text: 'În martie.' }),
	'request.decline': ({ questionId }) => ({ updateId: questionId, language: 'ro', text: 'Nu avem datele.' }),
	'request.promise': ({ questionId }) => ({
		updateId: questionId,
		due: '2099-12-18',
		base: { due: '2099-12-01' }
	}),
	'measure.status': ({ measureId }) => ({
		measureId,
		status: 'blocked',
		reason: 'Lipsește avizul',
		base: { status: 'in-progress' }
	}),
	'measure.status.undo': ({ measureId }) => ({ measureId, base: { status: 'in-progress' } }),
	'view.keep': ({ measureId }) => ({ name: 'Cele blocate', query: `status=blocked&q=${measureId}` }),
	'view.forget': ({ viewId }) => ({ viewId }),
	'news.seen': ({ measureId, circles }) => ({ measureId, heads: { [circles.all]: 3 } }),
	'news.all-seen': ({ circles, measureId }) => ({ heads: { [circles.all]: 3, [measureId]: 1 } }),
	'measure.date': ({ measureId }) => ({
		measureId,
		nextDate: '2026-12-18',
		reason: 'Convenit',
		base: { nextDate: null }
	}),
	'measure.texts': ({ measureId }) => ({ measureId, texts: newTexts, base: texts }),
	'measure.move': ({ measureId, circles }) => ({
		measureId,
		circleId: circles.national,
		base: { circleId: circles.all }
	}),
	'measure.step.add': ({ measureId }) => ({ measureId, ...newStep }),
	'measure.step.change': ({ measureId, stepId }) => ({ measureId, stepId, changes: newStep, base: step }),
	'measure.step.remove': ({ measureId, stepId }) => ({ measureId, stepId, base: step })
};

const personalNumbers = [
	'1800101700011',
	'1 800101 700011',
	'5000229-70.0012',
	'６９９１２３１７０９９９９',
	'16306\u200b15123457'
];
const digitsOf = (text: string) => text.normalize('NFKC').replace(/[^0-9]/g, '');
const notText = ['a\0b', 'a\ud83d', '\udc4da', 'a\u001b[31m', 'a\u0085b'];
const notIds = [
	'',
	'x',
	'a\0',
	null,
	7,
	[],
	{},
	'\ud800',
	`${'0'.repeat(8)}-0000-4000-8000-00000000000g`,
	'../..',
	"' or 1=1"
];
const notDays = [
	...[
		'275760-09-13',
		'+275760-09-13',
		'0000-00-00',
		'-000001-01-01',
		'1999-12-31',
		'2100-01-01',
		'2026-02-30'
	],
	...['2026-13-01', '2026-1-1', '2026-12-18T00:00:00Z', '2026-12-18\0', 'Infinity', 'now', '']
];
const notInputs = [
	undefined,
	null,
	[],
	'x',
	7,
	true,
	nested(10_000),
	JSON.parse('{"__proto__":{"measureId":"x"}}')
];

/** What a browser never sends; some are columns, some are facts of the actor. */
const foreign = {
	...{ id: crypto.randomUUID(), memberId: crypto.randomUUID(), organisationId: crypto.randomUUID() },
	...{
		author: crypto.randomUUID(),
		actor: { role: 'secretariat' },
		role: 'secretariat',
		ownCircleId: crypto.randomUUID()
	},
	...{
		ownId: null,
		parentId: crypto.randomUUID(),
		version: 99,
		n: 99,
		at: '1990-01-01',
		example: true,
		illustrative: true
	},
	...{ postedAt: '1990-01-01', editedAt: '1990-01-01', withdrawnAt: '1990-01-01', prose: [{ type: 'html' }] },
	...{
		replyTo: crypto.randomUUID(),
		position: -1,
		code: 'X',
		asOf: '1990-01-01',
		objectiveId: crypto.randomUUID()
	},
	...{
		leads: [],
		partners: [],
		steps: [],
		operation: 'x',
		reserved: true,
		member_id: 'x',
		circle_id: 'x',
		own_id: 'x'
	}
};

describe('the examples', () => {
	test('there is one for every command, with every field of its schema', () => {
		expect(Object.keys(examples).sort()).toEqual([...commands.keys()].sort());
		const on = {
			actor: {},
			circles: {},
			measureId: 'x',
			updateId: 'x',
			questionId: 'x',
			ministry: 'x',
			stepId: 'x',
			viewId: 'x',
			session: 'x'
		} as unknown as On;
		for (const [name, example] of Object.entries(examples)) {
			const given = leavesOf(example(on)).map(({ path }) => path.join('.'));
			expect([name, given.sort()]).toEqual([name, fieldsOf((commands.get(name) as AnyCommand).input).sort()]);
		}
	});
});

describe.each(engines)('every command, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	/** Ids of what the examples' actor cannot see. */
	let hidden: string[];
	let printed: string[] = [];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		hidden = await hideThings();
	});
	afterAll(() => database.close());
	beforeEach(() => {
		printed = [];
		for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
			vi.spyOn(console, method).mockImplementation((...said) => void printed.push(JSON.stringify(said)));
	});
	afterEach(() => void vi.restoreAllMocks());

	const names = [...commands.keys()];
	const commandOf = (name: string) => commands.get(name) as AnyCommand;
	const exampleOf = (name: string, on: On) => (examples[name] as (on: On) => Input)(on);

	/** A measure in All partners with a step and a post of the actor's organisation, and a session of the actor's. */
	async function prepare(): Promise<On> {
		const actor = table.member('ong', 'secretariat');
		const measureId = await table.addMeasure({ leads: ['ong'], partners: ['minister'] });
		const { stepId, updateId } = await putUnder(measureId, table.circle.all, actor);
		const ministry = table.organisation.minister;
		const questionId = await putQuestion(measureId, actor);
		const viewId = await moveAndKeep(measureId, actor);
		const session = await putSession(actor);
		return {
			actor,
			circles: table.circle,
			measureId,
			updateId,
			questionId,
			ministry,
			stepId,
			viewId,
			session
		};
	}

	async function putQuestion(measureId: string, asked: Actor) {
		const { result } = await execute(
			database,
			postUpdate,
			table.member('comisia'),
			{
				measureId,
				circleId: table.circle.all,
				kind: 'question',
				text: 'Când?',
				asks: { organisationIds: [asked.organisationId], due: '2099-12-01' }
			},
			crypto.randomUUID()
		);
		return result.id as string;
	}

	function putUnder(measureId: string, circleId: string, author: Actor) {
		const [stepId, updateId] = [crypto.randomUUID(), crypto.randomUUID()];
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into steps (id, measure_id, circle_id, position, title_ro)
				values (${stepId}, ${measureId}, ${circleId}, 1, ${step.titleRo})`);
			await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
				values (${updateId}, ${circleId}, ${measureId}, ${author.ownCircleId})`);
			await tx.execute(sql`insert into updates
					(id, circle_id, measure_id, organisation_id, member_id, kind, language, text, prose)
				values (${updateId}, ${circleId}, ${measureId}, ${author.organisationId}, ${author.memberId},
					'comment', 'ro', 'Cum s-a spus', '[]')`);
			return { stepId, updateId };
		});
	}

	/** The actor has just moved the measure, and keeps a view. */
	function moveAndKeep(measureId: string, actor: Actor) {
		const data = { old: { status: 'proposed', asOf: null }, new: { status: 'in-progress', asOf: null } };
		const viewId = crypto.randomUUID();
		return database.asOwner(async (tx) => {
			await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
			await tx.execute(sql`select append(${json([{ subject: measureId, type: 'measure.status', data }])})`);
			await tx.execute(sql`insert into views (id, member_id, name, query)
				values (${viewId}, ${actor.memberId}, 'Ale noastre', 'mine=yes')`);
			return viewId;
		});
	}

	function putSession(actor: Actor) {
		const id = hex(16);
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into signin.sessions (id, member_id, secret_hash)
				values (${id}, ${actor.memberId}, '\\x00')`);
			return id;
		});
	}

	/** The embassy's own: a measure with what is on it, its post on a common measure, its session, circles of others. */
	async function hideThings() {
		const embassy = table.member('ambasada');
		const secret = await table.addMeasure({ circle: 'own ambasada', leads: ['ambasada'] });
		const under = await putUnder(secret, table.circle['own ambasada'], embassy);
		const common = await table.addMeasure({ leads: ['ambasada'] });
		const { result } = await execute(
			database,
			postUpdate,
			embassy,
			{
				measureId: common,
				circleId: table.circle['own ambasada'],
				kind: 'comment',
				text: 'Numai pentru noi'
			},
			crypto.randomUUID()
		);
		const members = [embassy.memberId, embassy.organisationId];
		const circles = [table.circle['own ambasada'], table.circle.state];
		return [
			secret,
			under.stepId,
			under.updateId,
			result.id as string,
			...circles,
			...members,
			await putSession(embassy)
		];
	}

	/** All that stands in the database, as one text. */
	const dump = () =>
		database.asOwner(async (tx) => {
			const tables = await rows<{ name: string }>(
				tx,
				sql`select format('%I.%I', schemaname, tablename) as name from pg_tables
					where schemaname in ('public', 'signin') order by 1`
			);
			const every = tables
				.map(({ name }) => `select '${name} ' || t::text as row from ${name} t`)
				.join(' union all ');
			const [all] = await rows<{ text: string }>(
				tx,
				sql`select string_agg(row, chr(10) order by row) as text from (${sql.raw(every)}) x`
			);
			return all?.text ?? '';
		});

	/** The refusal, as it goes out on the wire; anything that is no refusal is a bug. */
	async function refusalOf(name: string, on: On, input: unknown, operation = crypto.randomUUID() as string) {
		try {
			await execute(database, commandOf(name), on.actor, input, operation);
		} catch (error) {
			if (error instanceof Refusal) return error.onTheWire();
			throw new Error(`${name} ${JSON.stringify(input)}: ${String(error)}`, { cause: error });
		}
		throw new Error(`${name} was not refused: ${JSON.stringify(input)}`);
	}

	const send = (name: string, on: On, input: unknown, operation = crypto.randomUUID() as string) =>
		execute(database, commandOf(name), on.actor, input, operation);

	test.each(names)('%s refuses what is no input, and nothing is half-written', async (name) => {
		const on = await prepare();
		const before = await dump();
		const input = exampleOf(name, on);

		for (const nothing of notInputs)
			expect(await refusalOf(name, on, nothing)).toMatchObject({ code: 'invalid' });
		for (const { path, value, is } of leavesOf(input)) {
			const field = path.join('.');
			const words = is === 'words' && path[0] !== 'base';
			const wrong: unknown[] = [Number.MAX_VALUE, {}, [[]], nested(1000), ...(is === 'words' ? notText : [])];
			if (is === 'id') wrong.push(...notIds);
			if (is === 'day') wrong.push(...notDays, 20261218, true);
			if (is === 'choice') wrong.push('', 'constructor', '__proto__', 'toString', null, notText[0]);
			for (const bad of wrong) {
				const refusal = await refusalOf(name, on, put(input, path, bad));
				// What an edit was based on is held against what stands, not kept: there any text only differs.
				if (path[0] === 'base' && is === 'words') expect(['invalid', 'conflict']).toContain(refusal.code);
				else if (value !== null || bad !== null) {
					expect([field, bad, refusal.code]).toEqual([field, bad, 'invalid']);
					if (words && typeof bad === 'string') expect(refusal.fields).toEqual({ [field]: 'words.not_text' });
				}
			}
		}
		for (const operation of ['', 'x', 'a\0', `${crypto.randomUUID()}x`, crypto.randomUUID().toUpperCase()])
			expect(await refusalOf(name, on, input, operation)).toEqual({
				code: 'invalid',
				fields: { operation: 'operation.missing' }
			});

		expect(await dump()).toBe(before);
		await send(name, on, input); // and the example itself is good
		expect(await dump()).not.toBe(before);
	});

	test.each(names)('%s refuses a personal number wherever words are, and never repeats it', async (name) => {
		const on = await prepare();
		const before = await dump();
		const input = exampleOf(name, on);
		for (const { path, is } of leavesOf(input))
			for (const number of is === 'words' || is === 'id' ? personalNumbers : []) {
				const refusal = await refusalOf(name, on, put(input, path, `Persoana ${number} așteaptă`));
				if (is === 'words' && path[0] !== 'base')
					expect(refusal).toEqual({ code: 'invalid', fields: { [path.join('.')]: 'words.personal_number' } });
				expect(digitsOf(JSON.stringify(refusal))).not.toContain(digitsOf(number));
			}
		expect(await dump()).toBe(before);
		expect(
			printed.filter((line) => personalNumbers.some((number) => digitsOf(line).includes(digitsOf(number))))
		).toEqual([]);
	});

	test.each(names)('%s writes ș and ț with a comma below', async (name) => {
		const on = await prepare();
		const input = exampleOf(name, on);
		const words = leavesOf(input).filter(({ path, is }) => is === 'words' && path[0] !== 'base');
		let written = input;
		for (const { path } of words) written = put(written, path, '  Şedinţă s\u0327i ţinta ');
		await send(name, on, written);
		const after = await dump();
		expect(after).not.toMatch(/ş|ţ|Ş|Ţ|\u0327/);
		const found = after.split('Ședință și ținta').length - 1;
		expect([name, found >= words.length]).toEqual([name, true]);
	});

	test.each(names)('%s answers the same to what is hidden and what is nowhere', async (name) => {
		const [on, another] = [await prepare(), await prepare()];
		const before = await dump();
		const input = exampleOf(name, on);
		const ids = leavesOf(input).filter(({ is }) => is === 'id');
		if (['view.keep', 'news.all-seen'].includes(name)) return expect(ids).toEqual([]);
		expect(ids.length).toBeGreaterThan(0);
		for (const { path, value } of ids) {
			const isSession = /^[0-9a-f]{32}$/.test(String(value));
			const theirs = hidden.filter((id) => isSession === /^[0-9a-f]{32}$/.test(id));
			expect(theirs.length).toBeGreaterThan(0);
			// A session's id is made by the server: one that is nowhere is a new one, one that is taken is nobody else's.
			if (name === 'session.start') {
				const taken = send(name, on, put(input, path, theirs[0]));
				await expect(taken).rejects.toThrow();
				continue;
			}
			const nowhere = await refusalOf(name, on, put(input, path, isSession ? hex(16) : crypto.randomUUID()));
			expect(['not-found', 'invalid', 'conflict']).toContain(nowhere.code);
			// A step is looked for under its measure: one of another measure that is seen is as good as nowhere.
			if (path.at(-1) === 'stepId') theirs.push(another.stepId);
			for (const id of theirs)
				expect(JSON.stringify(await refusalOf(name, on, put(input, path, id)))).toBe(JSON.stringify(nowhere));
		}
		expect(await dump()).toBe(before);
	});

	test.each(names)('%s passes over fields that it does not ask for', async (name) => {
		const [plain, stuffed] = [await prepare(), await prepare()];
		const input = exampleOf(name, stuffed);
		const { result: expected } = await send(name, plain, exampleOf(name, plain));
		const [was] = await traces(expected, plain);

		const { result } = await send(name, stuffed, { ...foreign, ...input });
		const [is] = await traces(result, stuffed);
		expect(Object.keys(result)).toEqual(Object.keys(expected));
		expect(is).toEqual(was);

		// Within a field that holds fields they are passed over, or refused as a whole.
		for (const [field, inner] of Object.entries(exampleOf(name, await prepare()))) {
			if (typeof inner !== 'object' || inner === null) continue;
			const on = await prepare();
			const example = exampleOf(name, on);
			const before = await dump();
			try {
				const done = await send(
					name,
					on,
					put(example, [field], { ...foreign, ...(example[field] as Input) })
				);
				expect((await traces(done.result, on))[0]).toEqual(was);
			} catch (error) {
				expect(error).toMatchObject({ code: expect.stringMatching(/^(invalid|conflict)$/) });
				expect(await dump()).toBe(before);
			}
		}
	});

	/** What an act left behind, with the ids and times that differ each time taken out. */
	function traces(result: Record<string, string>, on: On) {
		return database.asOwner(async (tx) => {
			const made = result.id ?? null;
			return rows<Input>(
				tx,
				sql`select (select to_jsonb(m) - '{id,code,position,found_by}'::text[] from measures m where id = ${on.measureId}) as measure,
					(select jsonb_agg(to_jsonb(s) - '{id,measure_id}'::text[]) from steps s where measure_id = ${on.measureId}) as steps,
					(select to_jsonb(u) - '{id,measure_id,posted_at,edited_at,withdrawn_at}'::text[] || jsonb_build_object(
							'withdrawn', withdrawn_at is not null, 'edited', edited_at is not null)
						from updates u where id = ${on.updateId}) as post,
					(select to_jsonb(u) - '{id,measure_id,reply_to,posted_at}'::text[] || jsonb_build_object(
							'today', posted_at > now() - interval '1 hour')
						from updates u where id = ${made} and id not in (${on.updateId}, ${on.measureId})) as made,
					(select jsonb_agg(to_jsonb(r) - '{update_id,answer_id,closed_at}'::text[])
						from requests r where update_id in (${on.questionId}, ${made})) as requests,
					(select jsonb_agg(jsonb_build_object('circle', circle_id, 'own', own_id, 'version', version) order by id = ${on.measureId}, id = ${on.updateId})
						from subjects where id in (${on.measureId}, ${on.updateId}, ${made})) as subjects,
					(select jsonb_agg(jsonb_build_object('circle', w.event_circle_id, 'type', type, 'author', author) order by type)
						from words w where subject_id in (${on.measureId}, ${on.updateId}, ${made}) or subject_id = ${on.actor.memberId}
							and (w.event_circle_id, w.n) in (select h.circle_id, h.n from heads h)) as words`
			);
		});
	}

	test.each(names)('%s is done once, however often it is sent', async (name) => {
		const [on, another] = [await prepare(), await prepare()];
		const [input, other] = [exampleOf(name, on), exampleOf(name, another)];
		const operation = crypto.randomUUID();

		// Twice at once, as a browser does that has lost the first answer.
		const [first, second] = await Promise.all([
			send(name, on, input, operation),
			send(name, on, input, operation)
		]);
		expect([first.repeated, second.repeated].sort()).toEqual([false, true]);
		expect(second.result).toEqual(first.result);

		const after = await dump();
		expect(await send(name, on, input, operation)).toEqual({ result: first.result, repeated: true });
		const conflict = { code: 'conflict', fields: { operation: 'operation.other_input' } };
		expect(await refusalOf(name, on, other, operation)).toEqual(conflict);
		for (const elsewhere of names.filter(
			(one) => one !== name && commandOf(one).role === commandOf(name).role
		))
			expect(await refusalOf(elsewhere, another, exampleOf(elsewhere, another), operation)).toEqual(conflict);
		expect(await dump()).toBe(after);

		// An operation is its member's: the same id from somebody else is another act.
		const colleague = { ...another, actor: table.member('comisia', 'secretariat') };
		if (name === 'session.end') colleague.session = await putSession(colleague.actor);
		if (name === 'view.forget' || name === 'measure.status.undo')
			colleague.viewId = await moveAndKeep(colleague.measureId, colleague.actor);
		if (/^(update|request)\./.test(name) && !/post|reply/.test(name)) return; // not theirs to change
		expect(await send(name, colleague, exampleOf(name, colleague), operation)).toMatchObject({
			repeated: false
		});
	});

	const editing = names.filter((name) =>
		fieldsOf(commandOf(name).input).some((field) => field.startsWith('base.'))
	);

	test.each(editing)('%s does not overwrite what its author has not seen', async (name) => {
		const on = await prepare();
		const before = await dump();
		const input = exampleOf(name, on);
		const stands = input.base as Input;
		for (const [field, value] of Object.entries(stands)) {
			const stale = staleOf(field, value, on);
			const refusal = await refusalOf(name, on, put(input, ['base', field], stale));
			expect(refusal).toEqual({
				code: 'conflict',
				fields: { [field]: 'edit.changed_meanwhile' },
				theirs: { [field]: value }
			});
			expect(await dump()).toBe(before);
		}
		// Without what it was based on, an edit is no edit.
		expect(await refusalOf(name, on, { ...input, base: undefined })).toMatchObject({ code: 'invalid' });
		if (name === 'measure.texts' || name === 'measure.step.change')
			for (const field of Object.keys(stands)) {
				const { [field]: _, ...rest } = stands;
				expect(await refusalOf(name, on, { ...input, base: rest })).toEqual({
					code: 'invalid',
					fields: { form: 'edit.base_missing' }
				});
			}
		expect(await dump()).toBe(before);
	});

	/** Another value of the same kind: somebody else's edit has come between. */
	function staleOf(field: string, value: unknown, on: On) {
		if (field === 'circleId') return on.circles.state;
		if (field === 'status') return 'done';
		if (field === 'nextDate' || field === 'date' || field === 'due') return '2026-01-01';
		return typeof value === 'boolean' ? !value : `${String(value)} înainte`;
	}

	test('two people in different fields both win, in the same field the second is shown the first', async () => {
		const on = await prepare();
		const { measureId, stepId } = on;
		const second = { ...on, actor: table.member('comisia') };
		const lead = { ...on, actor: table.member('ong') };

		await send('measure.texts', on, {
			measureId,
			texts: { titleRo: 'Întâi' },
			base: { titleRo: texts.titleRo }
		});
		await send('measure.texts', second, { measureId, texts: { deadline: 'Anual' }, base: { deadline: '' } });
		const late = {
			measureId,
			texts: { titleRo: 'Al doilea', resources: 'Fonduri' },
			base: { titleRo: texts.titleRo, resources: '' }
		};
		expect(await refusalOf('measure.texts', second, late)).toEqual({
			code: 'conflict',
			fields: { titleRo: 'edit.changed_meanwhile' },
			theirs: { titleRo: 'Întâi' }
		});

		await send('measure.date', second, {
			measureId,
			nextDate: '2026-11-30',
			reason: 'Convenit',
			base: { nextDate: null }
		});
		await send('measure.status', lead, {
			measureId,
			status: 'blocked',
			reason: 'Lipsește avizul',
			base: { status: 'in-progress' }
		});
		await send('measure.step.change', on, {
			measureId,
			stepId,
			changes: { done: true },
			base: { done: false }
		});
		await send('measure.step.change', lead, {
			measureId,
			stepId,
			changes: { date: '2026-10-10' },
			base: { date: null }
		});

		const again = { measureId, stepId, changes: { done: false }, base: { done: false } };
		expect(await refusalOf('measure.step.change', lead, again)).toMatchObject({ theirs: { done: true } });

		const [now] = await database.as('hora_app', { member: on.actor.memberId }, (tx) =>
			rows(tx, sql`select measure_row(m) as row from measures m where id = ${measureId}`)
		);
		expect(now).toMatchObject({
			row: {
				titleRo: 'Întâi',
				deadline: 'Anual',
				resources: '',
				nextDate: '2026-11-30',
				status: 'blocked',
				steps: [{ id: stepId, done: true, date: '2026-10-10' }]
			}
		});
	});

	test('eight at once in the same field: one wins, the others see what they would have overwritten', async () => {
		const on = await prepare();
		const { updateId } = on;
		const edits = Array.from({ length: 8 }, (_, i) =>
			send('update.edit', on, { updateId, text: `Varianta ${i}`, base: { text: 'Cum s-a spus' } }).then(
				() => `Varianta ${i}`,
				(error: unknown) => error as Refusal
			)
		);
		const outcomes = await Promise.all(edits);
		const winners = outcomes.filter((outcome) => typeof outcome === 'string');
		expect(winners).toHaveLength(1);
		for (const refusal of outcomes.filter((outcome) => outcome instanceof Refusal))
			expect(refusal.onTheWire()).toMatchObject({ code: 'conflict', theirs: { text: winners[0] } });
		expect(outcomes.filter((outcome) => outcome instanceof Refusal)).toHaveLength(7);
	});
});

type Leaf = { path: string[]; value: unknown; is: 'id' | 'day' | 'choice' | 'words' | 'other' };

const days = ['date', 'nextDate', 'due'];
const choices = ['kind', 'language', 'status', 'secretHash', 'query'];

/** Every field of an input, and what it holds. */
function leavesOf(input: Input, above: string[] = []): Leaf[] {
	return Object.entries(input).flatMap(([name, value]) => {
		const path = [...above, name];
		// What is keyed by ids is one field.
		if (value !== null && typeof value === 'object' && name !== 'heads')
			return leavesOf(value as Input, path);
		// What is in a list is named by the list.
		const is = /Ids?$/.test(Number.isInteger(Number(name)) ? (above.at(-1) ?? '') : name)
			? 'id'
			: days.includes(name)
				? 'day'
				: choices.includes(name)
					? 'choice'
					: typeof value === 'string'
						? 'words'
						: 'other';
		return [{ path, value, is }];
	});
}

/** Every field that a schema takes, from the schema itself. */
function fieldsOf(schema: z.ZodType): string[] {
	type Json = { properties?: Record<string, Json>; propertyNames?: { enum?: string[] }; items?: Json };
	const walk = (json: Json, above: string[]): string[] => {
		if (json.properties)
			return Object.entries(json.properties).flatMap(([name, of]) => walk(of, [...above, name]));
		if (json.items) return walk(json.items, [...above, '0']);
		if (json.propertyNames?.enum) return json.propertyNames.enum.map((name) => [...above, name].join('.'));
		return [above.join('.')];
	};
	return walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, []);
}

/** The same input with one field changed. */
function put(input: Input, [name, ...rest]: string[], value: unknown): Input {
	const key = name as string;
	const changed = rest.length > 0 ? put(input[key] as Input, rest, value) : value;
	if (Array.isArray(input)) return input.with(Number(key), changed) as unknown as Input;
	return { ...input, [key]: changed };
}

function nested(depth: number): unknown {
	let value: unknown = 'x';
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

function hex(bytes: number) {
	return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}
