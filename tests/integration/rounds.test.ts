/** A round of positions, from the proposal to the minutes: who may say what, and what stands at the end. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readProposal, recordsOf } from '#lib/meetings/queries.server.ts';
import type { Proposal } from '#lib/meetings/proposal.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layMeeting } from '../support/meeting.ts';
import { layTable, type CircleName, type Table } from '../support/table.ts';

describe.each(engines)('a round of positions, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const act = async (name: string, actor: Actor, input: unknown) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const refused = (name: string, actor: Actor, input: unknown) =>
		act(name, actor, input).then(
			() => 'done',
			(error: unknown) => (error as Refusal).onTheWire()
		);
	const as = <T>({ memberId }: Actor, work: (tx: Tx) => Promise<T>) =>
		database.as('hora_app', { member: memberId }, work);
	const read = (actor: Actor, id: string) => as(actor, (tx) => readProposal(tx, id)) as Promise<Proposal>;

	/** The Commission's coordinator chairs; nothing is put yet. */
	async function meet(circle: CircleName = 'all') {
		const chair = table.member('comisia', 'coordinator');
		const laid = await layMeeting(database, {
			circleId: table.circle[circle],
			...{ chair, author: table.member('minister'), other: table.member('agentia') }
		});
		const { id } = await act('proposal.put', chair, { itemId: laid.itemId, textRo: 'Se evaluează lunar' });
		return { ...laid, chair, proposalId: id as string };
	}
	const stand = (proposalId: string, stance: string, reason = '', base: string | null = null) => ({
		...{ proposalId, stance, reason, base: { stance: base } }
	});

	test('an organisation has one position, its coordinators’ or of whom they named, taken anew until it is closed', async () => {
		const { chair, meetingId, proposalId } = await meet();
		const coordinator = table.member('ong', 'coordinator');
		const colleague = table.member('ong');
		expect(await refused('position.take', colleague, stand(proposalId, 'support'))).toEqual({
			code: 'forbidden'
		});
		await act('position.take', coordinator, stand(proposalId, 'oppose', 'Prea devreme'));

		const name = { meetingId, memberId: colleague.memberId, base: { memberId: null } };
		await act('position.delegate', coordinator, name);
		// Whoever was named sees what stands before changing it.
		expect(await refused('position.take', colleague, stand(proposalId, 'support'))).toMatchObject({
			...{ code: 'conflict', theirs: { stance: 'oppose' } }
		});
		await act('position.take', colleague, stand(proposalId, 'support', '', 'oppose'));
		expect((await read(chair, proposalId)).positions).toMatchObject([
			{ organisationId: coordinator.organisationId, stance: 'support', memberName: colleague.name }
		]);
		// Every change is kept, with its reason.
		const told = await as(coordinator, (tx) => historyOf(tx, proposalId, { limit: 100 }));
		expect(
			told
				.filter(({ type }) => type === 'position.taken')
				.map(({ data }) => data as Record<string, unknown>)
				.map(({ from, to, reason }) => [from, to, reason])
		).toEqual(
			expect.arrayContaining([
				[null, 'oppose', 'Prea devreme'],
				['oppose', 'support', '']
			])
		);

		await act('position.delegate', coordinator, {
			...{ meetingId, memberId: null, base: { memberId: colleague.memberId } }
		});
		expect(await refused('position.take', colleague, stand(proposalId, 'abstain', 'x', 'support'))).toEqual({
			code: 'forbidden'
		});
		await act('proposal.close', chair, { proposalId });
		expect(
			await refused('position.take', coordinator, stand(proposalId, 'abstain', 'Altfel', 'support'))
		).toMatchObject({ code: 'forbidden' });
	});

	test('only support needs no reason; nobody outside of the organisation is named to speak for it', async () => {
		const { meetingId, proposalId } = await meet();
		const coordinator = table.member('agentia', 'coordinator');
		for (const stance of ['reservation', 'abstain', 'oppose'])
			expect(await refused('position.take', coordinator, stand(proposalId, stance))).toEqual({
				...{ code: 'invalid', fields: { reason: 'words.required' } }
			});
		await act('position.take', coordinator, stand(proposalId, 'support'));
		for (const one of [table.member('ong'), table.member('agentia', 'observer')])
			expect(
				await refused('position.delegate', coordinator, {
					...{ meetingId, memberId: one.memberId, base: { memberId: null } }
				})
			).toEqual({ code: 'invalid', fields: { memberId: 'delegate.not_ours' } });
	});

	test('the Commission’s position is never one member’s: it comes from votes, and the secretary cannot enter it', async () => {
		const { chair, proposalId } = await meet();
		const { organisationId } = chair;
		expect(await refused('position.take', chair, stand(proposalId, 'support'))).toEqual({
			code: 'forbidden'
		});
		expect(
			await refused('position.take', chair, { ...stand(proposalId, 'support'), organisationId })
		).toEqual({ code: 'invalid', fields: { organisationId: 'position.by_votes' } });

		const vote = (vote: string, memberId: string | null = null) => ({
			...{ proposalId, memberId, vote, base: { vote: null } }
		});
		const deputy = table.member('comisia');
		await act('vote.cast', deputy, vote('against'));
		await act('vote.cast', chair, vote('for'));
		for (const one of [table.member('ong'), table.member('comisia', 'secretariat')])
			expect(await refused('vote.cast', chair, vote('for', one.memberId))).toEqual({
				...{ code: 'invalid', fields: { memberId: 'vote.not_of_commission' } }
			});
		await act('vote.cast', chair, { ...vote('for', deputy.memberId), base: { vote: 'against' } });
		expect((await read(chair, proposalId)).votes).toMatchObject([
			{ memberId: chair.memberId, vote: 'for', noted: false },
			{ memberId: deputy.memberId, vote: 'for', noted: true }
		]);
	});

	test('where the Commission does not sit, nobody votes and no hands are counted', async () => {
		const keeper = table.member('ong', 'coordinator');
		const { itemId } = await layMeeting(database, {
			circleId: table.circle.ngos,
			...{ chair: keeper, author: keeper, other: table.member('asociatia') }
		});
		const { id: proposalId } = await act('proposal.put', keeper, { itemId, textRo: 'Între noi' });
		const vote = { proposalId, vote: 'for', base: { vote: null } };
		const { memberId } = table.member('comisia');
		expect(await refused('vote.cast', keeper, { ...vote, memberId })).toEqual({
			...{ code: 'invalid', fields: { memberId: 'vote.not_of_commission' } }
		});
		const none = { for: null, against: null, abstain: null, reservation: '' };
		expect(
			await refused('vote.count', keeper, { proposalId, ...none, for: 1, against: 0, abstain: 0, base: none })
		).toEqual({ code: 'invalid', fields: { form: 'vote.no_commission' } });
	});

	test('what was said aloud is entered by whoever keeps the minutes, and says so', async () => {
		const { chair, proposalId } = await meet('national');
		const { organisationId } = table.member('ong');
		const aloud = { ...stand(proposalId, 'abstain', 'Fără mandat'), organisationId };
		expect(await refused('position.take', table.member('minister', 'coordinator'), aloud)).toEqual({
			code: 'forbidden'
		});
		await act('position.take', chair, aloud);
		expect((await read(chair, proposalId)).positions).toMatchObject([
			{ organisationId, stance: 'abstain', noted: true, memberName: chair.name }
		]);
		// The organisation itself may put it right.
		await act(
			'position.take',
			table.member('ong', 'coordinator'),
			stand(proposalId, 'support', '', 'abstain')
		);
		expect((await read(chair, proposalId)).positions).toMatchObject([{ stance: 'support', noted: false }]);
		// An embassy is not in this circle, so it says nothing and nothing is said for it.
		const outside = table.member('ambasada', 'coordinator');
		expect(await refused('position.take', outside, stand(proposalId, 'support'))).toEqual({
			code: 'not-found'
		});
		expect(
			await refused('position.take', chair, {
				...stand(proposalId, 'support'),
				organisationId: outside.organisationId
			})
		).toEqual({ code: 'invalid', fields: { organisationId: 'decision.not_in_circle' } });
	});

	test('one round at a time under an item; the meeting’s end closes what is open, with who was there', async () => {
		const { chair, meetingId, itemId, proposalId } = await meet();
		expect(await refused('proposal.put', chair, { itemId, textRo: 'Încă una' })).toEqual({
			...{ code: 'invalid', fields: { form: 'proposal.open_already' } }
		});
		await act('proposal.withdraw', chair, { proposalId });
		const { id } = await act('proposal.put', chair, { itemId, textRo: 'Încă una' });
		await act('attendance.arrive', chair, { meetingId });
		await act('attendance.arrive', chair, { meetingId, memberId: table.member('ong').memberId });

		await act('meeting.close', chair, { meetingId, base: { state: 'open' } });
		const records = await as(chair, (tx) => recordsOf(tx, meetingId));
		expect(records.filter((one) => one.id === id || one.id === proposalId)).toMatchObject([
			{ id: proposalId, withdrawnAt: expect.any(String), closedAt: null },
			{ id, closedAt: expect.any(String), present: [chair.memberId] }
		]);
		const told = await as(chair, (tx) => historyOf(tx, id as string, { limit: 10 }));
		expect(told.map(({ type }) => type).sort()).toEqual(['proposal.closed', 'proposal.put']);
	});
});
