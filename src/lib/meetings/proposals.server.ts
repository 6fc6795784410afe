/** Proposals put to the meeting, the round of positions on them, and the Commission's own from its members' votes. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { type Item, type Meeting, present } from './meeting.ts';
import { canDelegate, canRecord, canTakePosition, canVote } from './policy.ts';
import { delegates, positions, proposals, votes } from './proposal-tables.server.ts';
import {
	isOpen,
	type Proposal,
	type Stance,
	stances,
	type Vote,
	votes as voteKinds,
	votesByMember
} from './proposal.ts';
import {
	commissionMembers,
	contributorsOf,
	findInMeeting,
	findMeeting,
	readItem,
	readProposal
} from './queries.server.ts';
import { differences, whatChanged } from './told.server.ts';

type InMeeting = Proposal & { meeting: Meeting };

export const putProposal = command({
	name: 'proposal.put',
	act: 'meeting.run',

	input: z.object({
		itemId: z.uuid(),
		textRo: text({ max: 1000 }),
		textEn: text({ max: 1000, min: 0 }).default('')
	}),

	find: (tx, { itemId }) => findInMeeting(tx, itemId, readItem),

	allow: (actor, { meeting }: Item & { meeting: Meeting }) => canRecord(actor, meeting),

	async run({ tx, actor, input, subject: { circleId, meetingId }, record }) {
		// Two at once would be answered in each other's place.
		const open = await rows(
			tx,
			sql`select from proposals where item_id = ${input.itemId} and closed_at is null and withdrawn_at is null`
		);
		if (open.length > 0) throw new Refusal('invalid', { fields: { form: 'proposal.open_already' } });

		const id: string = crypto.randomUUID();
		const { organisationId, memberId } = actor;
		await placeSubject(tx, { id, circleId, parentId: input.itemId, ownId: actor.ownCircleId });
		await tx.insert(proposals).values({ ...input, id, circleId, meetingId, organisationId, memberId });

		record({ subject: id, type: 'proposal.put', data: { row: await readProposal(tx, id) } });
		return { id };
	}
});

const proposalId = z.uuid();

/** From here on positions and votes stand as they are. */
export const closeProposal = command({
	name: 'proposal.close',
	act: 'meeting.run',

	input: z.object({ proposalId }),

	find: (tx, { proposalId }) => findInMeeting(tx, proposalId, readProposal),

	allow: (actor, { meeting }: InMeeting) => canRecord(actor, meeting),

	async run({ tx, subject: proposal, record }) {
		refuseClosed(proposal);
		record(await closeRound(tx, proposal, proposal.meeting));
		return { id: proposal.id };
	}
});

/** One that was put by mistake, or given up: it stands in the history, not in the minutes. */
export const withdrawProposal = command({
	name: 'proposal.withdraw',
	act: 'meeting.run',

	input: z.object({ proposalId }),

	find: (tx, { proposalId }) => findInMeeting(tx, proposalId, readProposal),

	allow: (actor, { meeting }: InMeeting) => canRecord(actor, meeting),

	async run({ tx, subject: proposal, record }) {
		if (proposal.withdrawnAt) throw new Refusal('invalid', { fields: { form: 'proposal.withdrawn' } });
		await tx
			.update(proposals)
			.set({ withdrawnAt: sql`clock_timestamp()` })
			.where(eq(proposals.id, proposal.id));

		record(await changed(tx, proposal, 'proposal.withdrawn'));
		return { id: proposal.id };
	}
});

/** One position for each organisation, taken anew until the round is closed. */
export const takePosition = command({
	name: 'position.take',
	act: 'position.take',

	/**
	 * Without an organisation it is one's own; with one, whoever keeps the minutes enters what was said aloud. `base`:
	 * what it had said before.
	 */
	input: z
		.object({
			proposalId,
			organisationId: z.uuid().nullable().default(null),
			stance: z.enum(stances),
			reason: text({ max: 500, min: 0 }).default(''),
			base: z.object({ stance: z.enum(stances).nullable() })
		})
		.refine(({ stance, reason }) => reason || stance === 'support', {
			path: ['reason'],
			error: 'words.required'
		}),

	async find(tx, { proposalId, organisationId }, actor) {
		const proposal = await findInMeeting(tx, proposalId, readProposal);
		const of = organisationId ?? actor.organisationId;
		const said = proposal?.positions.find((one) => one.organisationId === of);
		return proposal && { ...proposal, stance: said?.stance ?? null };
	},

	allow: (actor, proposal: InMeeting & { stance: Stance | null }, { organisationId }) =>
		organisationId === null
			? canTakePosition(actor, proposal, proposal.meeting)
			: canRecord(actor, proposal.meeting),

	async run({ tx, actor, input, subject: proposal, record }) {
		refuseClosed(proposal);
		const organisationId = input.organisationId ?? actor.organisationId;
		await refuseOutsider(tx, proposal.circleId, organisationId);

		const { stance, reason } = input;
		const { memberId } = actor;
		const noted = input.organisationId !== null;
		const { id: proposalId, circleId } = proposal;
		const taken = { proposalId, circleId, organisationId, stance, reason, memberId, noted };
		await tx
			.insert(positions)
			.values(taken)
			.onConflictDoUpdate({
				target: [positions.proposalId, positions.organisationId],
				set: { stance, reason, memberId, noted, takenAt: sql`clock_timestamp()` }
			});

		const about = { organisationId, from: proposal.stance, to: stance, reason, noted };
		record(await changed(tx, proposal, 'position.taken', about));
		return { id: proposal.id };
	}
});

/** A member of the Commission votes by name; the Commission's position is what their votes come to. */
export const castVote = command({
	name: 'vote.cast',
	act: 'vote.cast',

	/** Without a member it is one's own; with one, whoever keeps the minutes enters what was said aloud. */
	input: z.object({
		proposalId,
		memberId: z.uuid().nullable().default(null),
		vote: z.enum(voteKinds),
		base: z.object({ vote: z.enum(voteKinds).nullable() })
	}),

	async find(tx, { proposalId, memberId }, actor) {
		const proposal = await findInMeeting(tx, proposalId, readProposal);
		const cast = proposal?.votes.find((one) => one.memberId === (memberId ?? actor.memberId));
		return proposal && { ...proposal, vote: cast?.vote ?? null };
	},

	allow: (actor, proposal: InMeeting & { vote: Vote | null }, { memberId }) =>
		memberId === null ? canVote(actor, proposal, proposal.meeting) : canRecord(actor, proposal.meeting),

	async run({ tx, actor, input, subject: proposal, record }) {
		refuseClosed(proposal);
		const memberId = input.memberId ?? actor.memberId;
		const member = (await commissionMembers(tx)).find(({ id }) => id === memberId);
		if (!member || !(await hasCommission(tx, proposal.circleId)))
			throw new Refusal('invalid', { fields: { memberId: 'vote.not_of_commission' } });

		const { vote } = input;
		const noted = input.memberId !== null;
		const cast = { proposalId: proposal.id, circleId: proposal.circleId, memberId, vote, noted };
		await tx
			.insert(votes)
			.values(cast)
			.onConflictDoUpdate({
				target: [votes.proposalId, votes.memberId],
				set: { vote, noted, castAt: sql`clock_timestamp()` }
			});

		const about = { from: proposal.vote, to: vote, ...(noted && { name: member.name }) };
		record(await changed(tx, proposal, 'vote.cast', about));
		return { id: proposal.id };
	}
});

const count = z
	.number()
	.int('count.out_of_range')
	.min(0, 'count.out_of_range')
	.max(600, 'count.out_of_range')
	.nullable();
/** No counts: the named votes stand. */
const counted = { for: count, against: count, abstain: count, reservation: text({ max: 500, min: 0 }) };

/** The hands that the chair has counted in the Commission, and its reservation in the chair's words. */
export const countVotes = command({
	name: 'vote.count',
	act: 'meeting.run',

	input: z
		.object({ proposalId, ...counted, base: z.object(counted) })
		.refine((input) => new Set(voteKinds.map((vote) => input[vote] === null)).size === 1, {
			path: ['for'],
			error: 'count.out_of_range'
		}),

	async find(tx, { proposalId }) {
		const proposal = await findInMeeting(tx, proposalId, readProposal);
		return proposal && { ...proposal, ...(proposal.counts ?? { for: null, against: null, abstain: null }) };
	},

	allow: (actor, { meeting }: InMeeting) => canRecord(actor, meeting),

	async run({ tx, input, subject: proposal, record }) {
		refuseClosed(proposal);
		if (!(await hasCommission(tx, proposal.circleId)))
			throw new Refusal('invalid', { fields: { form: 'vote.no_commission' } });
		const { for: countFor, against: countAgainst, abstain: countAbstain, reservation } = input;
		await tx
			.update(proposals)
			.set({ countFor, countAgainst, countAbstain, reservation })
			.where(eq(proposals.id, proposal.id));

		record(await changed(tx, proposal, 'vote.counted'));
		return { id: proposal.id };
	}
});

/** Whom a coordinator names to take their organisation's positions in a meeting; nobody: coordinators alone. */
export const nameDelegate = command({
	name: 'position.delegate',
	act: 'position.delegate',

	input: z.object({
		meetingId: z.uuid(),
		memberId: z.uuid().nullable(),
		base: z.object({ memberId: z.uuid().nullable() })
	}),

	async find(tx, { meetingId }, actor) {
		const meeting = await findMeeting(tx, meetingId);
		const named = meeting?.delegates.find((one) => one.organisationId === actor.organisationId);
		return meeting && { ...meeting, memberId: named?.memberId ?? null };
	},

	allow: (actor, meeting: Meeting & { memberId: string | null }) => canDelegate(actor, meeting),

	async run({ tx, actor, input: { memberId }, subject: meeting, record }) {
		const { organisationId } = actor;
		if (memberId === meeting.memberId) return { id: meeting.id };
		const named = (await contributorsOf(tx, organisationId)).find(({ id }) => id === memberId);
		if (memberId && !named) throw new Refusal('invalid', { fields: { memberId: 'delegate.not_ours' } });
		if (memberId)
			await tx
				.insert(delegates)
				.values({ meetingId: meeting.id, circleId: meeting.circleId, organisationId, memberId })
				.onConflictDoUpdate({
					target: [delegates.meetingId, delegates.organisationId],
					set: { memberId }
				});
		else
			await tx.execute(sql`delete from delegates
				where meeting_id = ${meeting.id} and organisation_id = ${organisationId}`);

		const about = { organisationId, ...(named && { name: named.name }) };
		record(await whatChanged(tx, meeting, 'position.delegated', about));
		return { id: meeting.id };
	}
});

/** Closes a round, with who of the Commission was there; what happened, to be recorded. */
export async function closeRound(tx: Tx, proposal: Proposal, meeting: Meeting) {
	const there = new Set(present(meeting).map(({ memberId }) => memberId));
	const commission = (await commissionMembers(tx)).map(({ id }) => id);
	await tx
		.update(proposals)
		.set({ closedAt: sql`clock_timestamp()`, present: commission.filter((id) => there.has(id)) })
		.where(eq(proposals.id, proposal.id));
	return changed(tx, proposal, 'proposal.closed');
}

function refuseClosed(proposal: InMeeting) {
	if (!isOpen(proposal, proposal.meeting))
		throw new Refusal('invalid', { fields: { form: 'proposal.closed' } });
}

/** Where the Commission does not read the proposal it has no position. */
const hasCommission = async (tx: Tx, circleId: string) =>
	(
		await rows(
			tx,
			sql`select from circle_organisations c join organisations o on o.id = c.organisation_id
				where c.circle_id = ${circleId} and o.kind = 'parliament' and o.retired_at is null`
		)
	).length > 0;

/** Positions are of organisations that read the proposal; the Commission's comes from its votes. */
async function refuseOutsider(tx: Tx, circleId: string, organisationId: string) {
	const [found] = await rows<{ kind: Parameters<typeof votesByMember>[0] }>(
		tx,
		sql`select o.kind from circle_organisations c join organisations o on o.id = c.organisation_id
			where c.circle_id = ${circleId} and o.id = ${organisationId} and o.retired_at is null`
	);
	if (!found) throw new Refusal('invalid', { fields: { organisationId: 'decision.not_in_circle' } });
	if (votesByMember(found.kind))
		throw new Refusal('invalid', { fields: { organisationId: 'position.by_votes' } });
}

/**
 * What has become of a proposal since it was read. Lists are told as they are now: what each said before stands beside
 * it in its own event.
 */
async function changed(tx: Tx, was: Proposal, type: string, about: Record<string, unknown> = {}) {
	const { old, new: now } = differences<Proposal>(was, (await readProposal(tx, was.id)) as Proposal);
	for (const list of ['positions', 'votes', 'present']) delete old[list];
	return { subject: was.id, type, data: { old, new: now, ...about } };
}
