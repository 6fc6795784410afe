/** A text that is put to the meeting, and what each organisation says to it: pure rules, the same everywhere. */

import type { OrganisationKind } from '#lib/access/actor.ts';
import { type Attendance, type Meeting, present } from './meeting.ts';

export const stances = ['support', 'reservation', 'abstain', 'oppose'] as const;
/** What an organisation says: supports, supports with a reservation, abstains, opposes. */
export type Stance = (typeof stances)[number];

export const votes = ['for', 'against', 'abstain'] as const;
/** What a member of the Commission says, by name. */
export type Vote = (typeof votes)[number];

/** Hands that the chair has counted in the Commission. */
export type Counts = Record<Vote, number>;

export type Position = {
	organisationId: string;
	stance: Stance;
	/** Why; every stance but support says it. */
	reason: string;
	/** Who said it, or noted it. */
	memberName: string;
	/** Said aloud, and entered by whoever keeps the minutes. */
	noted: boolean;
	takenAt: string;
};

export type CastVote = { memberId: string; memberName: string; vote: Vote; noted: boolean; castAt: string };

export type Proposal = {
	subject: 'proposal';
	id: string;
	circleId: string;
	version: number;
	meetingId: string;
	itemId: string;
	/** Who put it. */
	organisationId: string;
	memberName: string;
	textRo: string;
	textEn: string;
	putAt: string;
	closedAt: string | null;
	withdrawnAt: string | null;
	positions: Position[];
	/** Of the Commission's members, named. */
	votes: CastVote[];
	/** In place of named votes. */
	counts: Counts | null;
	/** The Commission's reservation, in its chair's words. */
	reservation: string;
	/** Which of the Commission's members were there when the round was closed. */
	present: string[] | null;
	example: boolean;
};

/** Positions may be taken, and taken anew. */
export const isOpen = (
	proposal: Pick<Proposal, 'closedAt' | 'withdrawnAt'>,
	meeting: Pick<Meeting, 'state'> | undefined
) => meeting?.state === 'open' && proposal.closedAt === null && proposal.withdrawnAt === null;

/** The Commission's position comes from its members' votes; every other organisation takes its own. */
export const votesByMember = (kind: OrganisationKind) => kind === 'parliament';

/** Embassies and international bodies are heard, and counted apart. */
export const isConsultative = (kind: OrganisationKind) => kind === 'embassy' || kind === 'international';

export const votesOf = ({ counts, votes }: Pick<Proposal, 'counts' | 'votes'>): Counts =>
	counts ?? {
		for: votes.filter(({ vote }) => vote === 'for').length,
		against: votes.filter(({ vote }) => vote === 'against').length,
		abstain: votes.filter(({ vote }) => vote === 'abstain').length
	};

/**
 * How many of the Commission's members a majority is counted of: who was there when the round closed, or is there now;
 * whoever has voted is there. Where the chair counted hands, those.
 */
export function presentMembers(
	proposal: Pick<Proposal, 'counts' | 'votes' | 'present'>,
	attendance: Attendance[],
	commission: readonly string[]
): number {
	if (proposal.counts) return Object.values(proposal.counts).reduce((sum, count) => sum + count, 0);
	const here = present({ attendance }).flatMap(({ memberId }) => memberId ?? []);
	const there = proposal.present ?? here.filter((id) => commission.includes(id));
	return new Set([...there, ...proposal.votes.map(({ memberId }) => memberId)]).size;
}

/**
 * The Commission's own position: more than half of those present for it is support, with the chair's reservation where
 * there is one; more than half against, opposition; else it abstains. Nothing while votes that could change it are out.
 * @param present how many of its members are there
 */
export function commissionStance(
	proposal: Pick<Proposal, 'counts' | 'votes' | 'reservation'>,
	present: number,
	open: boolean
): Stance | undefined {
	const cast = votesOf(proposal);
	const all = cast.for + cast.against + cast.abstain;
	if (all === 0) return undefined;
	if (2 * cast.for > present) return proposal.reservation ? 'reservation' : 'support';
	if (2 * cast.against > present) return 'oppose';
	return open && !proposal.counts && all < present ? undefined : 'abstain';
}

/** What an organisation says, and why; nothing before it has said so. */
export type Said = { organisationId: string; stance: Stance | undefined; reason: string; noted: boolean };

export type Round = {
	/** Those who decide, and those who are heard. */
	deciding: Said[];
	consultative: Said[];
	/** How many of those who decide have said something. */
	answered: number;
};

/**
 * A round, organisation by organisation in the order given.
 * @param organisations those of the proposal's circle
 * @param present how many of the Commission's members are there
 */
export function roundOf(
	proposal: Proposal,
	organisations: readonly { id: string; kind: OrganisationKind }[],
	present: number,
	open: boolean
): Round {
	const said = ({ id, kind }: { id: string; kind: OrganisationKind }): Said => {
		if (votesByMember(kind))
			return {
				organisationId: id,
				stance: commissionStance(proposal, present, open),
				reason: proposal.reservation,
				noted: proposal.counts !== null
			};
		const position = proposal.positions.find(({ organisationId }) => organisationId === id);
		return {
			...{ organisationId: id, stance: position?.stance },
			...{ reason: position?.reason ?? '', noted: position?.noted ?? false }
		};
	};
	const deciding = organisations.filter(({ kind }) => !isConsultative(kind)).map(said);
	return {
		deciding,
		consultative: organisations.filter(({ kind }) => isConsultative(kind)).map(said),
		answered: deciding.filter(({ stance }) => stance).length
	};
}

/**
 * Whose word is missing: while the round is open of those who are there, or of everybody where nobody was noted; once it
 * is closed of everybody.
 * @param here organisations that are there
 */
export const waitingIn = ({ deciding }: Round, here: ReadonlySet<string | null>, open: boolean) =>
	deciding.flatMap(({ organisationId, stance }) =>
		stance || (open && here.size > 0 && !here.has(organisationId)) ? [] : organisationId
	);
