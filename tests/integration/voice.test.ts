/** One voice: what is written in the house first, a coordinator's approval, and a report of several things at once. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { catchUp, readHeads } from '#lib/events/log.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { draftable } from '#lib/voice/draftable.server.ts';
import { countWaiting, draftsOn, listDrafts } from '#lib/voice/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

test('whatever may stand in the house first says of itself when it need not', () => {
	for (const [name, command] of draftable) expect([name, typeof command.alone]).toEqual([name, 'function']);
	const spoken = [...commands.values()].filter(({ alone }) => alone).map(({ name }) => name);
	// Taking back is no new word: only within the minute, by whoever could do it alone.
	const back = ['measure.status.undo', 'measure.report.undo'];
	expect(spoken.filter((name) => !back.includes(name)).sort()).toEqual([...draftable.keys()].sort());
});

describe.each(engines)('one voice, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let irina: Actor;
	let dan: Actor;
	let measureId: string;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		// Irina Exemplu drafts, Dan Exemplu approves: their ministry asks for approval.
		irina = { ...table.member('minister'), approves: true };
		dan = { ...table.member('minister', 'coordinator'), approves: true };
	});
	afterAll(() => database.close());
	beforeEach(
		async () => void (measureId = await table.addMeasure({ leads: ['minister'], partners: ['ong'] }))
	);

	const act = async (name: string, actor: Actor, input: unknown) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const refusal = async (name: string, actor: Actor, input: unknown) => {
		try {
			await act(name, actor, input);
		} catch (error) {
			if (error instanceof Refusal) return error.onTheWire();
			throw error;
		}
		throw new Error(`${name} was not refused`);
	};
	const as = <T>(actor: Actor, read: (tx: Parameters<typeof readMeasure>[0]) => Promise<T>) =>
		database.as('hora_app', { member: actor.memberId }, read);
	const others: Seat[] = ['comisia', 'agentia', 'ong', 'ambasada', 'organismul'];
	const headsOf = (actor: Actor) => as(actor, readHeads);

	const post = (text = 'Formularul e gata') => ({
		measureId,
		circleId: table.circle.all,
		kind: 'progress',
		text
	});
	const draft = async (command: string, input: object, ask = true) =>
		(await act('draft.write', irina, { draft: { command, ask }, ...input })).id as string;
	const approve = (draftId: string, by = dan, editedAt: string | null = null) =>
		act('draft.approve', by, { draftId, base: { editedAt } });
	const onlyDraft = async () => (await as(dan, (tx) => draftsOn(tx, measureId)))[0];

	async function question() {
		const asks = { organisationIds: [table.organisation.minister], due: '2099-12-01' };
		const asked = { ...post('Când?'), kind: 'question', asks };
		return (await act('update.post', table.member('comisia'), asked)).id as string;
	}

	test('a contributor’s post waits in the house; no other circle gets an event or a row until „avizat”', async () => {
		const before = new Map(
			await Promise.all(others.map(async (seat) => [seat, await headsOf(table.member(seat))] as const))
		);
		const id = await draft('update.post', post());
		await act('draft.comment', dan, { draftId: id, text: 'Câte județe?' });
		for (const seat of others) {
			const actor = table.member(seat, 'secretariat');
			expect(await as(actor, (tx) => draftsOn(tx, measureId))).toEqual([]);
			expect(await as(actor, (tx) => listUpdates(tx, measureId))).toEqual([]);
			const { heads, epoch } = before.get(seat) as Awaited<ReturnType<typeof headsOf>>;
			const answer = await catchUp(database, { member: table.member(seat).memberId }, heads, epoch);
			expect(answer.events).toEqual([]);
			expect(await refusal('draft.comment', actor, { draftId: id, text: 'Văd?' })).toEqual({
				code: 'not-found'
			});
			expect(await refusal('draft.approve', actor, { draftId: id, base: { editedAt: null } })).toEqual({
				code: 'not-found'
			});
		}
		expect(await as(dan, countWaiting)).toBe(1);

		const { id: updateId } = await approve(id);
		const [posted] = await as(table.member('ong'), (tx) => listUpdates(tx, measureId));
		expect(posted).toMatchObject({
			id: updateId,
			organisationId: table.organisation.minister,
			memberId: irina.memberId,
			memberName: irina.name,
			approvedBy: dan.name,
			text: 'Formularul e gata'
		});
		const history = await as(table.member('ong'), (tx) => historyOf(tx, measureId));
		expect(history[0]).toMatchObject({ type: 'update.posted', author: dan.name });
		expect(history[0]?.data.drafted?.name).toBe(irina.name);
		expect(await as(dan, countWaiting)).toBe(0);
		expect((await as(irina, (tx) => listDrafts(tx))).find((one) => one.id === id)).toMatchObject({
			state: 'sent',
			decidedBy: dan.name,
			comments: [{ text: 'Câte județe?', memberName: dan.name }]
		});
		expect(JSON.stringify(posted)).not.toContain('Câte județe');
	});

	test('at the server every direct act of a contributor on others’ circles is refused with its own code', async () => {
		const asked = await question();
		const own = (await act('update.post', { ...irina, approves: false }, post())).id as string;
		const { stepId } = await act('measure.step.add', dan, { measureId, titleRo: 'Avizat' });
		const inputs: Record<string, object> = {
			'update.post': post(),
			'update.reply': { updateId: asked, text: 'Da' },
			'update.edit': { updateId: own, text: 'Altfel', base: { text: 'Formularul e gata' } },
			'request.answer': { updateId: asked, text: 'În martie' },
			'request.decline': { updateId: asked, text: 'Nu putem' },
			'request.promise': { updateId: asked, due: '2099-12-18', base: { due: '2099-12-01' } },
			'measure.status': { measureId, status: 'proposed', base: { status: 'in-progress' } },
			'measure.date': { measureId, nextDate: '2099-01-01', reason: 'Convenit', base: { nextDate: null } },
			'measure.step.add': { measureId, titleRo: 'Alt pas' },
			'measure.step.change': { measureId, stepId, changes: { done: true }, base: { done: false } },
			'measure.step.remove': { measureId, stepId, base: { titleRo: 'Avizat' } },
			'measure.report': { measureId, text: 'Merge', circleId: table.circle.all, base: {} }
		};
		const moved = (await act('update.post', irina, { ...post(), circleId: irina.ownCircleId })).id as string;
		inputs['update.move'] = {
			updateId: moved,
			circleId: table.circle.all,
			base: { circleId: irina.ownCircleId }
		};
		expect(Object.keys(inputs).sort()).toEqual([...draftable.keys()].sort());
		for (const [name, input] of Object.entries(inputs))
			expect([name, await refusal(name, irina, input)]).toEqual([name, { code: 'needs-approval' }]);
		// A coordinator's own acts need no approval, and neither does anybody of an organisation that does not ask.
		await act('update.reply', dan, inputs['update.reply']);
		await act('update.post', table.member('ong'), post());
		// Each of them may start in the house, and is then done by a coordinator's word.
		for (const name of [
			'request.promise',
			'request.answer',
			'measure.date',
			'measure.step.change',
			'update.move'
		])
			await approve(await draft(name, inputs[name] as object));
		const measure = await as(irina, (tx) => readMeasure(tx, measureId));
		expect(measure).toMatchObject({ nextDate: '2099-01-01', steps: [{ done: true }] });
		const updates = await as(table.member('comisia'), (tx) => listUpdates(tx, measureId));
		expect(updates.find(({ id }) => id === asked)?.asked).toMatchObject([{ state: 'answered' }]);
		expect(updates.find(({ text }) => text === 'În martie')).toMatchObject({
			memberName: irina.name,
			approvedBy: dan.name
		});
		const history = await as(table.member('comisia'), (tx) => historyOf(tx, measureId));
		for (const type of ['measure.date', 'measure.step.changed', 'request.answered'])
			expect([type, history.find((one) => one.type === type)?.data.drafted?.name]).toEqual([
				type,
				irina.name
			]);
	});

	test('who writes for others asks a coordinator: a contributor and an observer approve nothing', async () => {
		const id = await draft('update.post', post());
		for (const role of ['contributor', 'observer'] as const) {
			const actor = { ...table.member('minister', role), approves: true };
			expect(await refusal('draft.approve', actor, { draftId: id, base: { editedAt: null } })).toEqual({
				code: 'forbidden'
			});
			expect(await refusal('draft.return', actor, { draftId: id, reason: 'Nu' })).toEqual({
				code: 'forbidden'
			});
		}
		await approve(id);
		expect(await refusal('draft.approve', dan, { draftId: id, base: { editedAt: null } })).toMatchObject({
			code: 'invalid',
			fields: { form: 'draft.is_closed' }
		});
		expect(await as(irina, (tx) => listUpdates(tx, measureId))).toHaveLength(1);
	});

	test('what changed meanwhile is a conflict for the approver, and reworded it goes', async () => {
		const status = {
			measureId,
			status: 'blocked',
			reason: 'Lipsește avizul',
			base: { status: 'in-progress' }
		};
		const id = await draft('measure.status', status);
		const secretariat = table.member('comisia', 'secretariat');
		await act('measure.status', secretariat, {
			measureId,
			status: 'proposed',
			base: { status: 'in-progress' }
		});
		expect(await refusal('draft.approve', dan, { draftId: id, base: { editedAt: null } })).toEqual({
			code: 'conflict',
			fields: { status: 'edit.changed_meanwhile' },
			theirs: { status: 'proposed' }
		});
		expect(await onlyDraft()).toMatchObject({ state: 'waiting' });

		const again = { ...status, base: { status: 'proposed' } };
		const draftFacts = { command: 'measure.status', ask: true, draftId: id, editedAt: null };
		await act('draft.edit', irina, { draft: draftFacts, ...again });
		// Nobody sends words that came after those they have read.
		expect(await refusal('draft.approve', dan, { draftId: id, base: { editedAt: null } })).toMatchObject({
			code: 'conflict'
		});
		await approve(id, dan, (await onlyDraft())?.editedAt ?? null);
		expect(await as(dan, (tx) => readMeasure(tx, measureId))).toMatchObject({ status: 'blocked' });
	});

	test('a circle that was left is not there when it is to be sent, and nothing is written', async () => {
		const hidden = await table.addMeasure({ circle: 'state', leads: ['minister'] });
		const id = await draft('update.post', { ...post(), measureId: hidden, circleId: table.circle.state });
		await database.asOwner((tx) =>
			tx.execute(sql`select leave(${table.circle.state}, ${table.organisation.minister})`)
		);
		expect(await refusal('draft.approve', dan, { draftId: id, base: { editedAt: null } })).toEqual({
			code: 'not-found'
		});
		const drafts = await as(dan, (tx) => listDrafts(tx));
		expect(drafts.find((one) => one.id === id)).toMatchObject({ state: 'waiting' });
		await database.asOwner((tx) =>
			tx.execute(sql`insert into circle_organisations (circle_id, organisation_id)
				values (${table.circle.state}, ${table.organisation.minister})`)
		);
	});

	test('„de refăcut, pentru că …” gives it back with its reason, and it may be asked for again or taken back', async () => {
		const id = await draft('update.post', post());
		await act('draft.return', dan, { draftId: id, reason: 'Lipsește cifra' });
		expect(await onlyDraft()).toMatchObject({ state: 'returned', comments: [{ text: 'Lipsește cifra' }] });
		await act('draft.ask', irina, { draftId: id });
		expect(await onlyDraft()).toMatchObject({ state: 'waiting' });
		await act('draft.withdraw', irina, { draftId: id });
		expect(await onlyDraft()).toBeUndefined();
		expect(await refusal('draft.ask', irina, { draftId: id })).toMatchObject({ code: 'invalid' });
	});

	test('what a coordinator could never send is refused at once, and the secretariat hears of a warning only when it is sent', async () => {
		const outside = { ...post(), circleId: table.circle.ngos };
		expect(
			await refusal('draft.write', irina, { draft: { command: 'update.post', ask: true }, ...outside })
		).toMatchObject({ code: 'invalid', fields: { circleId: 'circle.not_inside' } });
		const phone = post('Sunați la 0212 345 678');
		const write = { draft: { command: 'update.post', ask: true }, ...phone };
		expect(await refusal('draft.write', irina, write)).toMatchObject({ confirm: ['phone'] });
		const { id } = await act('draft.write', irina, { ...write, confirmed: 'Este numărul registraturii' });
		const confirmations = () =>
			database.asOwner((tx) =>
				rows<{ command: string; reason: string; subject: string }>(
					tx,
					sql`select command, reason, subject_id as subject from confirmations`
				)
			);
		expect(await confirmations()).toEqual([]);
		const { id: updateId } = await approve(id as string);
		expect(await confirmations()).toEqual([
			{ command: 'draft.approve', reason: 'Este numărul registraturii', subject: updateId }
		]);
		await database.asOwner((tx) => tx.execute(sql`delete from confirmations`));
	});

	test('only its coordinators switch whether an organisation asks for approval, and only the house hears of it', async () => {
		const organisationId = table.organisation.ong;
		const on = { organisationId, approves: true, base: { approves: false } };
		expect(await refusal('organisation.approval', table.member('ong'), on)).toEqual({ code: 'forbidden' });
		expect(await refusal('organisation.approval', table.member('comisia', 'secretariat'), on)).toEqual({
			code: 'not-found'
		});
		await act('organisation.approval', table.member('ong', 'coordinator'), on);
		const told = await database.asOwner((tx) =>
			rows<{ circle: string }>(
				tx,
				sql`select event_circle_id as circle from words where type = 'organisation.approval'`
			)
		);
		expect(told).toEqual([{ circle: table.circle['own ong'] }]);
		await act('organisation.approval', table.member('ong', 'coordinator'), {
			...{ organisationId, approves: false, base: { approves: true } }
		});
	});

	test('a line of the report changes status, date, steps and says a sentence at once; within a minute all is taken back', async () => {
		const { stepId } = await act('measure.step.add', dan, { measureId, titleRo: 'Avizat' });
		const was = await as(dan, (tx) => readMeasure(tx, measureId));
		const report = {
			measureId,
			...{ status: 'blocked', nextDate: '2099-03-31', doneIds: [stepId], text: 'Lipsește avizul' },
			circleId: table.circle.all,
			base: { status: 'in-progress', nextDate: null, doneIds: [] }
		};
		const { reportId, updateId } = await act('measure.report', dan, report);
		expect(await as(dan, (tx) => readMeasure(tx, measureId))).toMatchObject({
			status: 'blocked',
			nextDate: '2099-03-31',
			steps: [{ done: true }]
		});
		expect(await refusal('measure.report', dan, report)).toMatchObject({ code: 'conflict' });
		const narrow = { ...report, circleId: irina.ownCircleId, status: 'done', base: { ...report.base } };
		narrow.base = { status: 'blocked', nextDate: '2099-03-31', doneIds: [stepId] } as never;
		expect(await refusal('measure.report', dan, narrow)).toMatchObject({
			fields: { circleId: 'report.reason_circle' }
		});

		await act('measure.report.undo', dan, { measureId, reportId });
		expect(await as(dan, (tx) => readMeasure(tx, measureId))).toEqual(was);
		const updates = await as(table.member('ong'), (tx) => listUpdates(tx, measureId));
		expect(updates.find(({ id }) => id === updateId)).toMatchObject({ text: '' });
		expect(await refusal('measure.report.undo', dan, { measureId, reportId })).toMatchObject({
			code: 'invalid'
		});
	});

	test('a sentence in the other language is stale once the text changes after it', async () => {
		const said = { ...post(), gist: 'The form is ready.' };
		const { id: updateId } = await act('update.post', dan, said);
		const read = async () => (await as(dan, (tx) => listUpdates(tx, measureId)))[0];
		expect(await read()).toMatchObject({ gist: 'The form is ready.', gistStale: false });
		await act('update.edit', dan, {
			updateId,
			text: 'Formularul pleacă',
			base: { text: 'Formularul e gata' }
		});
		expect(await read()).toMatchObject({ gistStale: true });
		await act('update.edit', dan, {
			...{ updateId, text: 'Formularul pleacă', gist: 'The form leaves.' },
			base: { text: 'Formularul pleacă', gist: 'The form is ready.' }
		});
		expect(await read()).toMatchObject({ gist: 'The form leaves.', gistStale: false });
		await act('update.withdraw', dan, { updateId });
		expect(await read()).toMatchObject({ gist: '', gistStale: false });
	});

	test('an answer and a reply may carry one as well', async () => {
		const asks = { organisationIds: [dan.organisationId], due: null };
		const { id: questionId } = await act('update.post', table.member('comisia'), {
			...{ ...post(), kind: 'question', asks }
		});
		const { id: answerId } = await act('request.answer', dan, {
			...{ updateId: questionId, text: 'În martie', gist: 'In March' }
		});
		const { id: replyId } = await act('update.reply', dan, {
			...{ updateId: questionId, text: 'Sau în aprilie', gist: 'Or in April' }
		});
		const read = await as(table.member('ambasada'), (tx) => listUpdates(tx, measureId));
		const gists = Object.fromEntries(read.map(({ id, gist }) => [id, gist]));
		expect(gists).toMatchObject({ [answerId!]: 'In March', [replyId!]: 'Or in April' });
	});
});
