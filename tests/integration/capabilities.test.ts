/**
 * Every cell of the capability table, through `execute`, against a table of its own that is written here as data from
 * what was agreed: who may, who may not, and what is then written and told.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, organisationKinds, type Role, roles } from '#lib/access/actor.ts';
import { type Act, capabilities } from '#lib/access/capabilities.ts';
import { endSession, startSession } from '#lib/auth/sessions.server.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { eventTypes, predicate } from '#lib/events/sentence.ts';
import { markAllSeen, markSeen } from '#lib/news/mark-seen.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { json, rows } from '#lib/server/database.server.ts';
import { editTexts, moveMeasure, setDate, setStatus, undoStatus } from '#lib/strategy/edit-measure.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { addStep, changeStep, removeStep } from '#lib/strategy/steps.server.ts';
import { answerRequest, declineRequest, promiseAnswer } from '#lib/updates/answer-request.server.ts';
import {
	editUpdate,
	moveUpdate,
	postUpdate,
	replyToUpdate,
	withdrawUpdate
} from '#lib/updates/post-update.server.ts';
import { type Update, updateKinds } from '#lib/updates/update.ts';
import { forgetView, keepView } from '#lib/views/keep-view.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

/** `lead`: where one's organisation leads; `own`: of, or asked of, one's own organisation (a session: one's own). */
type Cell = 'yes' | 'no' | 'lead' | 'own';

/**
 * The secretariat runs the workspace and alone moves a measure. The Commission changes next dates. Members of a lead
 * organisation report status, steps and dates. Only the secretariat and the Commission set dropped, or take it back.
 * Ministries, agencies and NGOs post updates of every kind, lead or not; embassies and international bodies offer, ask
 * and comment, and never change a measure. Observers read. A post is its author's organisation's alone; what is asked of
 * an organisation its members answer, decline or promise for a day, embassies too.
 */
const columns = 'secretariat  parliament  ministry  agency  ngo  embassy  international  observer';
const agreed = {
	report: '  yes        yes         yes       yes     yes  no       no             no',
	ask: '     yes        yes         yes       yes     yes  yes      yes            no',
	reply: '   yes        yes         yes       yes     yes  yes      yes            no',
	post: '    own        own         own       own     own  own      own            no',
	asked: '   own        own         own       own     own  own      own            no',
	status: '  yes        lead        lead      lead    lead no       no             no',
	drop: '    yes        yes         no        no      no   no       no             no',
	date: '    yes        yes         lead      lead    lead no       no             no',
	steps: '   yes        lead        lead      lead    lead no       no             no',
	texts: '   yes        yes         no        no      no   no       no             no',
	move: '    yes        no          no        no      no   no       no             no',
	view: '    yes        yes         yes       yes     yes  yes      yes            yes',
	seen: '    yes        yes         yes       yes     yes  yes      yes            yes',
	start: '   yes        yes         yes       yes     yes  yes      yes            yes',
	end: '     own        own         own       own     own  own      own            own'
} as const;

const words = (line: string) => line.trim().split(/\s+/);

function cell(row: keyof typeof agreed, { role, kind }: Actor): Cell {
	const column = role === 'secretariat' || role === 'observer' ? role : kind;
	return words(agreed[row])[words(columns).indexOf(column)] as Cell;
}

/** What an act is tried on. */
type Try = {
	actor: Actor;
	table: Table;
	measure: Measure;
	/** Of the actor's organisation, or of another. */
	post: Update;
	stepId: string;
	viewId: string;
	session: string;
};

type Told = {
	type: string | null;
	author: string | null;
	subject: string;
	circle: string;
	data: Record<string, unknown>;
};

type Case = {
	command: AnyCommand;
	/** The row of the agreed table, and the row of the product's. */
	row: keyof typeof agreed;
	act: Act;
	/** What is prepared for it. */
	needs?: 'step' | 'post' | 'question' | 'answer' | 'session' | 'move' | 'view' | { status: string };
	input: (on: Try) => unknown;
	/** What then stands, as a part of the measure, the post or the session. */
	stands?: (on: Try, result: Record<string, string>) => Record<string, unknown>;
	tells: (on: Try, result: Record<string, string>) => Partial<Told>[];
	refused?: string;
};

const about = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.measure.id, circle: on.table.circle.all }
];
const aboutPost = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.post.id, circle: on.table.circle.all }
];
/** A shell without words in the old circle, the thing itself in the new one. */
const moved = (id: (on: Try) => string) => (on: Try) => [
	{ type: null, subject: id(on), circle: on.table.circle.all },
	{ type: 'arrived', author: on.actor.memberId, subject: id(on), circle: on.actor.ownCircleId }
];
const aboutMember = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.actor.memberId, circle: on.table.circle.secretariat }
];

/** A reply of one's own in the circle of the question, and what it made of what was asked. */
const answered = (type: string) => (on: Try, result: Record<string, string>) => [
	{ type: 'update.replied', author: on.actor.memberId, subject: result.id, circle: on.table.circle.all },
	{ type, author: on.actor.memberId, subject: on.post.id, circle: on.table.circle.all }
];
const closed =
	(state: 'answered' | 'declined') =>
	({ actor, post }: Try, { id }: Record<string, string>) => ({
		posted: {
			id,
			kind: 'comment',
			text: 'De la noi',
			replyTo: post.id,
			organisationId: actor.organisationId
		},
		post: { asked: [{ organisationId: actor.organisationId, due: null, state, answerId: id }] }
	});

const posts = updateKinds.map((kind): Case => {
	const reports = kind === 'progress' || kind === 'evidence' || kind === 'concern';
	return {
		command: postUpdate,
		row: reports ? 'report' : 'ask',
		act: reports ? 'update.report' : 'update.ask',
		input: ({ measure, table }) => ({
			measureId: measure.id,
			circleId: table.circle.all,
			kind,
			text: `Spune ${kind}`
		}),
		stands: ({ actor, measure }, { id }) => ({
			posted: {
				id,
				kind,
				text: `Spune ${kind}`,
				measureId: measure.id,
				memberId: actor.memberId,
				organisationId: actor.organisationId
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'update.posted', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	};
});

const cases: Case[] = [
	...posts,
	{
		command: replyToUpdate,
		row: 'reply',
		act: 'update.reply',
		needs: 'post',
		input: ({ post }) => ({ updateId: post.id, text: 'Un răspuns' }),
		stands: ({ post, actor }, { id }) => ({
			posted: { id, kind: 'comment', text: 'Un răspuns', replyTo: post.id, memberId: actor.memberId }
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'update.replied', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: editUpdate,
		row: 'post',
		act: 'update.edit',
		needs: 'post',
		input: ({ post }) => ({ updateId: post.id, text: 'Altfel spus', base: { text: post.text } }),
		stands: () => ({ post: { text: 'Altfel spus', withdrawnAt: null } }),
		tells: aboutPost('update.edited')
	},
	{
		command: withdrawUpdate,
		row: 'post',
		act: 'update.withdraw',
		needs: 'post',
		input: ({ post }) => ({ updateId: post.id }),
		stands: () => ({ post: { text: '', prose: [], withdrawnAt: expect.any(String) } }),
		tells: aboutPost('update.withdrawn')
	},
	{
		command: moveUpdate,
		row: 'post',
		act: 'update.move',
		needs: 'post',
		input: ({ post, actor }) => ({
			updateId: post.id,
			circleId: actor.ownCircleId,
			base: { circleId: post.circleId }
		}),
		stands: ({ actor }) => ({ post: { circleId: actor.ownCircleId, version: 2 } }),
		tells: moved(({ post }) => post.id)
	},
	{
		command: answerRequest,
		row: 'asked',
		act: 'request.answer',
		needs: 'question',
		input: ({ post }) => ({ updateId: post.id, text: 'De la noi' }),
		stands: closed('answered'),
		tells: answered('request.answered')
	},
	{
		command: declineRequest,
		row: 'asked',
		act: 'request.decline',
		needs: 'question',
		input: ({ post }) => ({ updateId: post.id, text: 'De la noi' }),
		stands: closed('declined'),
		tells: answered('request.declined')
	},
	{
		command: promiseAnswer,
		row: 'asked',
		act: 'request.promise',
		needs: 'question',
		input: ({ post }) => ({ updateId: post.id, due: '2099-12-18', base: { due: null } }),
		stands: ({ actor }) => ({
			post: {
				asked: [{ organisationId: actor.organisationId, due: '2099-12-18', state: 'open', answerId: null }]
			}
		}),
		tells: aboutPost('request.promised')
	},
	{
		command: withdrawUpdate,
		row: 'post',
		act: 'update.withdraw',
		needs: 'answer',
		input: ({ post }) => ({ updateId: post.id }),
		stands: () => ({ post: { text: '', withdrawnAt: expect.any(String) } }),
		tells: ({ actor, post, table }) => [
			{ type: 'update.withdrawn', author: actor.memberId, subject: post.id, circle: table.circle.all },
			{ type: 'request.reopened', author: actor.memberId, subject: post.replyTo!, circle: table.circle.all }
		]
	},
	{
		command: setStatus,
		row: 'status',
		act: 'measure.status',
		needs: { status: 'in-progress' },
		input: ({ measure }) => ({
			measureId: measure.id,
			status: 'blocked',
			reason: 'Lipsește avizul',
			base: { status: 'in-progress' }
		}),
		stands: () => ({ measure: { status: 'blocked' } }),
		tells: about('measure.status')
	},
	{
		command: setStatus,
		row: 'drop',
		act: 'measure.drop',
		needs: { status: 'in-progress' },
		input: ({ measure }) => ({
			measureId: measure.id,
			status: 'dropped',
			reason: 'Se face în alt plan',
			base: { status: 'in-progress' }
		}),
		stands: () => ({ measure: { status: 'dropped' } }),
		tells: about('measure.status')
	},
	{
		command: setStatus,
		row: 'drop',
		act: 'measure.drop',
		needs: { status: 'dropped' },
		input: ({ measure }) => ({ measureId: measure.id, status: 'in-progress', base: { status: 'dropped' } }),
		stands: () => ({ measure: { status: 'in-progress' } }),
		tells: about('measure.status')
	},
	{
		command: setDate,
		row: 'date',
		act: 'measure.date',
		input: ({ measure }) => ({
			measureId: measure.id,
			nextDate: '2026-12-18',
			reason: 'Convenit în ședință',
			base: { nextDate: measure.nextDate }
		}),
		stands: () => ({ measure: { nextDate: '2026-12-18' } }),
		tells: about('measure.date')
	},
	{
		command: addStep,
		row: 'steps',
		act: 'measure.steps',
		input: ({ measure }) => ({ measureId: measure.id, titleRo: 'Adoptat', date: '2026-10-01' }),
		stands: (_, { stepId }) => ({
			measure: {
				steps: [{ id: stepId, titleRo: 'Adoptat', titleEn: '', date: '2026-10-01', source: '', done: false }]
			}
		}),
		tells: about('measure.step.added')
	},
	{
		command: changeStep,
		row: 'steps',
		act: 'measure.steps',
		needs: 'step',
		input: ({ measure, stepId }) => ({
			measureId: measure.id,
			stepId,
			changes: { done: true },
			base: { done: false }
		}),
		stands: ({ stepId }) => ({ measure: { steps: [expect.objectContaining({ id: stepId, done: true })] } }),
		tells: about('measure.step.changed')
	},
	{
		command: removeStep,
		row: 'steps',
		act: 'measure.steps',
		needs: 'step',
		input: ({ measure, stepId }) => ({ measureId: measure.id, stepId, base: { titleRo: 'Un pas' } }),
		stands: () => ({ measure: { steps: [] } }),
		tells: about('measure.step.removed')
	},
	{
		command: editTexts,
		row: 'texts',
		act: 'measure.texts',
		input: ({ measure }) => ({
			measureId: measure.id,
			texts: { titleRo: 'Un formular comun' },
			base: { titleRo: measure.titleRo }
		}),
		stands: () => ({ measure: { titleRo: 'Un formular comun', titleEn: 'Formular comun' } }),
		tells: about('measure.texts')
	},
	{
		command: moveMeasure,
		row: 'move',
		act: 'measure.move',
		input: ({ measure, actor }) => ({
			measureId: measure.id,
			circleId: actor.ownCircleId,
			base: { circleId: measure.circleId }
		}),
		stands: ({ actor }) => ({ measure: { circleId: actor.ownCircleId, version: 2 } }),
		tells: moved(({ measure }) => measure.id)
	},
	{
		command: undoStatus,
		row: 'status',
		act: 'measure.status',
		needs: 'move',
		input: ({ measure }) => ({ measureId: measure.id, base: { status: 'blocked' } }),
		stands: () => ({ measure: { status: 'in-progress', asOf: null } }),
		tells: about('measure.status.undone')
	},
	{
		command: keepView,
		row: 'view',
		act: 'view.keep',
		input: () => ({ name: 'Cele blocate', query: 'status=blocked' }),
		stands: ({ actor }, { id }) => ({ view: { id, member: actor.memberId, name: 'Cele blocate' } }),
		tells: () => []
	},
	{
		command: forgetView,
		row: 'view',
		act: 'view.keep',
		needs: 'view',
		input: ({ viewId }) => ({ viewId }),
		stands: () => ({ view: null }),
		tells: () => []
	},
	{
		command: markSeen,
		row: 'seen',
		act: 'news.seen',
		input: ({ measure, table }) => ({ measureId: measure.id, heads: { [table.circle.all]: 1 } }),
		stands: ({ table }) => ({ seen: { [table.circle.all]: 1 } }),
		tells: () => []
	},
	{
		command: markAllSeen,
		row: 'seen',
		act: 'news.seen',
		input: ({ table }) => ({ heads: { [table.circle.all]: 2 } }),
		stands: ({ table }) => ({ seenAll: { [table.circle.all]: 2 } }),
		tells: () => []
	},
	{
		command: startSession,
		row: 'start',
		act: 'session.start',
		input: () => ({ sessionId: hex(16), secretHash: hex(32) }),
		stands: ({ actor }, { sessionId }) => ({
			session: { id: sessionId, member: actor.memberId, ended: false }
		}),
		tells: aboutMember('member.signed-in')
	},
	{
		command: endSession,
		row: 'end',
		act: 'session.end',
		needs: 'session',
		input: ({ session }) => ({ sessionId: session }),
		stands: ({ actor, session }) => ({ session: { id: session, member: actor.memberId, ended: true } }),
		tells: aboutMember('member.signed-out'),
		refused: 'not-found'
	}
];

test('no command and no row of the table is left out', () => {
	expect(new Set(cases.map(({ command }) => command.name))).toEqual(new Set(commands.keys()));
	expect(new Set(cases.map(({ act }) => act))).toEqual(new Set(Object.keys(capabilities)));
	expect(new Set(cases.map(({ row }) => row))).toEqual(new Set(Object.keys(agreed)));
	for (const line of Object.values(agreed)) expect(words(line)).toHaveLength(words(columns).length);
	expect(new Set(words(columns))).toEqual(new Set(['secretariat', ...organisationKinds, 'observer']));
});

describe.each(engines)('who may do what, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let tried = { allowed: 0, refused: 0 };

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const seatOf: Record<(typeof organisationKinds)[number], Seat> = {
		parliament: 'comisia',
		ministry: 'minister',
		agency: 'agentia',
		ngo: 'ong',
		embassy: 'ambasada',
		international: 'organismul'
	};
	const people = organisationKinds.flatMap((kind) =>
		roles.map((role): [string, string, Role, Seat] => [kind, role, role, seatOf[kind]])
	);

	test.each(people)('%s, %s', async (_kind, _role, role, seat) => {
		const actor = table.member(seat, role);
		const other: Seat = seat === 'asociatia' ? 'ong' : 'asociatia';
		for (const ours of [true, false]) {
			const add = () => table.addMeasure({ leads: [ours ? seat : other], partners: [ours ? other : seat] });
			const measureId = await add();
			// A measure takes along what was posted on it: the move is of one with nothing on it.
			for (const one of cases)
				await tryOut(one, actor, one.row === 'move' ? await add() : measureId, ours ? seat : other, ours);
		}
	});

	async function tryOut(one: Case, actor: Actor, measureId: string, owner: Seat, ours: boolean) {
		const on = await prepare(one, actor, measureId, owner, ours);
		const verdict = cell(one.row, actor);
		const may = verdict === 'yes' || (verdict !== 'no' && ours);
		const name = `${one.command.name}, ${one.row}, ${ours ? '' : 'not '}${verdict === 'lead' ? 'leading' : 'own'}`;

		const before = await observe(on);
		let result: Record<string, string> | undefined;
		let refusal: string | undefined;
		try {
			({ result } = await execute(database, one.command, actor, one.input(on), crypto.randomUUID()));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			refusal = error.code;
		}
		const after = await observe(on, result, before.heads);

		if (may) {
			expect([name, refusal]).toEqual([name, undefined]);
			expect(after, name).toMatchObject(one.stands?.(on, result as Record<string, string>) ?? {});
			expect(after.told, name).toMatchObject(one.tells(on, result as Record<string, string>));
			expect(after.told, name).toHaveLength(one.tells(on, result as Record<string, string>).length);
			tried.allowed++;
		} else {
			expect([name, refusal]).toEqual([name, one.refused ?? 'forbidden']);
			expect(after, name).toEqual({ ...before, told: [] });
			tried.refused++;
		}
	}

	/** Straight into the tables, so that no act depends on another that is being tried. */
	async function prepare(
		one: Case,
		actor: Actor,
		measureId: string,
		owner: Seat,
		ours: boolean
	): Promise<Try> {
		const [stepId, postId, viewId, session] = [
			...[crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()],
			hex(16)
		] as [string, string, string, string];
		return database.asOwner(async (tx) => {
			const circleId = table.circle.all;
			if (typeof one.needs === 'object')
				await tx.execute(sql`update measures set status = ${one.needs.status} where id = ${measureId}`);
			await tx.execute(sql`delete from steps where measure_id = ${measureId}`);
			if (one.needs === 'step')
				await tx.execute(sql`insert into steps (id, measure_id, circle_id, position, title_ro)
					values (${stepId}, ${measureId}, ${circleId}, 1, 'Un pas')`);
			if (one.needs === 'move') {
				await tx.execute(sql`update measures set status = 'blocked' where id = ${measureId}`);
				await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
				const data = { old: { status: 'in-progress', asOf: null }, new: { status: 'blocked', asOf: null } };
				await tx.execute(sql`select append(${json([{ subject: measureId, type: 'measure.status', data }])})`);
			}
			if (one.needs === 'view')
				await tx.execute(sql`insert into views (id, member_id, name, query)
					values (${viewId}, ${actor.memberId}, 'Ale noastre', 'mine=yes')`);
			if (one.needs === 'session') {
				const whose = ours ? actor : table.member('asociatia', actor.role);
				await tx.execute(sql`insert into signin.sessions (id, member_id, secret_hash)
					values (${session}, ${whose.memberId}, '\\x00')`);
			}
			const put = async (id: string, author: Actor, kind: string, replyTo: string | null = null) => {
				await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
					values (${id}, ${circleId}, ${replyTo ?? measureId}, ${author.ownCircleId})`);
				await tx.execute(sql`insert into updates
						(id, circle_id, measure_id, reply_to, organisation_id, member_id, kind, language, text, prose)
					values (${id}, ${circleId}, ${measureId}, ${replyTo}, ${author.organisationId}, ${author.memberId},
						${kind}, 'ro', 'Cum s-a spus', '[]')`);
			};
			const ask = (post: string, { organisationId }: Actor, state = 'open', answerId: string | null = null) =>
				tx.execute(sql`insert into requests (update_id, circle_id, organisation_id, state, answer_id)
					values (${post}, ${circleId}, ${organisationId}, ${state}, ${answerId})`);
			// By a colleague: a post is the organisation's.
			const author = table.member(owner, actor.role === 'coordinator' ? 'contributor' : 'coordinator');
			if (one.needs === 'post') await put(postId, author, 'comment');
			if (one.needs === 'question') {
				await put(postId, table.member('agentia'), 'question');
				await ask(postId, author);
			}
			if (one.needs === 'answer') {
				const question = crypto.randomUUID();
				await put(question, table.member('agentia'), 'question');
				await put(postId, author, 'comment', question);
				await ask(question, author, 'answered', postId);
			}
			const [found] = await rows<{ measure: Measure; post: Update }>(
				tx,
				sql`select (select measure_row(m) from measures m where id = ${measureId}) as measure,
					(select update_row(u) from updates u where id = ${postId}) as post`
			);
			return { actor, table, stepId, viewId, session, ...(found as { measure: Measure; post: Update }) };
		});
	}

	/** All that an act may touch: the thing itself, what stands under it, what was told since, and the operations. */
	async function observe(
		{ actor, measure, post, session, viewId }: Try,
		result: Record<string, string> = {},
		since = {}
	) {
		return database.asOwner(async (tx) => {
			const [state] = await rows<Record<string, unknown> & { heads: Record<string, number> }>(
				tx,
				sql`select (select measure_row(m) from measures m where id = ${measure.id}) as measure,
					(select update_row(u) from updates u where id = ${post?.id ?? null}) as post,
					(select update_row(u) from updates u where id = ${result.id ?? null}) as posted,
					(select jsonb_build_object('id', id, 'member', member_id, 'ended', ended_at is not null)
						from signin.sessions where id = ${result.sessionId ?? session}) as session,
					(select jsonb_build_object('id', id, 'member', member_id, 'name', name) from views
						where id::text = coalesce(${result.id ?? null}, ${viewId})) as view,
					(select heads from seen where member_id = ${actor.memberId} and measure_id = ${measure.id}) as seen,
					(select heads from seen_all where member_id = ${actor.memberId}) as "seenAll",
					(select count(*)::int from updates) as updates, (select count(*)::int from subjects) as subjects,
					(select count(*)::int from signin.sessions where ended_at is null) as sessions,
					(select count(*)::int from operations) as operations,
					(select jsonb_object_agg(circle_id, n) from heads) as heads`
			);
			const told = await rows<Told>(
				tx,
				sql`select w.type, w.author, e.subject_id as subject, e.circle_id as circle, w.data from events e
					left join words w on w.event_circle_id = e.circle_id and w.n = e.n
					where e.n > coalesce((${json(since)}->>e.circle_id::text)::int, 0) and ${Object.keys(since).length > 0}
					order by w.type is not null, e.n`
			);
			return { ...(state as NonNullable<typeof state>), told };
		});
	}

	test('all were tried, and both answers were seen', () => {
		expect(tried.allowed + tried.refused).toBe(people.length * 2 * cases.length);
		const share = people.flatMap(([, , role, seat]) =>
			cases
				.map(({ row }) => cell(row, table.member(seat, role)))
				.map((verdict) => ({ yes: 2, no: 0, lead: 1, own: 1 })[verdict])
		);
		expect(tried.allowed).toBe(share.reduce<number>((sum, cells) => sum + cells, 0));
		console.log(`capabilities on ${engine}: ${tried.allowed} acts allowed, ${tried.refused} refused`);
		tried = { allowed: 0, refused: 0 };
	});

	test('what was recorded is known and has a sentence', async () => {
		const recorded = await database.asOwner((tx) =>
			rows<{ type: string }>(tx, sql`select distinct type from words`)
		);
		const types = recorded.map(({ type }) => type);
		expect(eventTypes).toEqual(expect.arrayContaining(types));
		// The redaction alone has no command yet.
		expect(new Set([...types, 'update.redacted'])).toEqual(new Set(eventTypes));

		const speaker = { status: String, kind: String, circle: String };
		for (const type of eventTypes.filter((type) => !type.startsWith('member.')))
			for (const locale of ['ro', 'en'] as const) {
				const happened = {
					type,
					circle: '',
					n: 1,
					subject: '',
					at: '',
					author: null,
					organisationId: null,
					withdrawn: null
				};
				const sentence = predicate({ ...happened, kind: 'comment', data: {} }, { locale, ...speaker }, '');
				expect([type, sentence]).not.toEqual([type, type]);
			}
	});
});

const hex = (bytes: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
