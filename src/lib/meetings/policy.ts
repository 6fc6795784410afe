import type { Actor } from '#lib/access/actor.ts';
import { speaksAlone } from '#lib/access/approval.ts';
import { may } from '#lib/access/capabilities.ts';
import { bodyOf, type Decision } from './decision.ts';
import type { Item, Meeting } from './meeting.ts';
import { isOpen, type Proposal } from './proposal.ts';

type Run = Pick<Meeting, 'chairId' | 'secretaryId' | 'state'>;

const office = ({ chairId, secretaryId }: Run) => ({ chairs: [chairId, secretaryId ?? ''] });

/** The secretariat plans meetings. */
export const canPlan = (actor: Actor) => may(actor, 'meeting.plan');

/** The secretariat, the chair and the secretary of a meeting run it and keep its agenda, until it is closed. */
export const canRun = (actor: Actor, meeting: Run) =>
	meeting.state !== 'closed' && may(actor, 'meeting.run', office(meeting));

/** Coordinators propose an item, and whoever runs the meeting adds one, until it is closed. */
export const canPropose = (actor: Actor, meeting: Run) =>
	meeting.state !== 'closed' &&
	(canRun(actor, meeting) || may(actor, 'agenda.propose', { organisationId: actor.organisationId }));

/** An item's words are its organisation's, and of whoever runs the meeting, until it is closed. */
export const canReword = (actor: Actor, meeting: Run, item: Pick<Item, 'organisationId'>) =>
	meeting.state !== 'closed' && (canRun(actor, meeting) || may(actor, 'agenda.propose', item));

/** Whoever may write raises a hand for their organisation while the meeting is open. */
export const canRaiseHand = (actor: Actor, meeting: Pick<Meeting, 'state'>) =>
	meeting.state === 'open' && may(actor, 'meeting.speak');

/** Whoever runs a meeting notes what is said, and puts a line right once it is over. */
export const canNote = (actor: Actor, meeting: Run) =>
	meeting.state !== 'planned' && may(actor, 'meeting.run', office(meeting));

/** The chair of a meeting that is over approves its minutes, or the secretariat does. */
export const canApproveMinutes = (actor: Actor, { state, chairId }: Run) =>
	state === 'closed' && may(actor, 'minutes.approve', { chairs: [chairId] });

/** Whoever runs an open meeting records what is put and decided. */
export const canRecord = (actor: Actor, meeting: Run) => meeting.state === 'open' && canRun(actor, meeting);

/**
 * Members answer for their organisation where a decision names it, in the meeting and after it; where the organisation
 * asks for approval, its coordinators.
 */
export const canAnswerDecision = (actor: Actor, decision: Pick<Decision, 'bodies' | 'circleId'>) =>
	speaksAlone(actor, decision.circleId) &&
	may(actor, 'decision.answer', {
		organisationId: bodyOf(decision, actor.organisationId)?.organisationId
	});

type OpenProposal = Pick<Proposal, 'closedAt' | 'withdrawnAt'>;

/**
 * Coordinators, and whomever they named for this meeting, take their organisation's position while the round is open;
 * the Commission's comes from its members' votes.
 */
export const canTakePosition = (
	actor: Actor,
	proposal: OpenProposal,
	meeting: Pick<Meeting, 'state' | 'delegates'>
) =>
	isOpen(proposal, meeting) &&
	may(actor, 'position.take', {
		organisationId: actor.organisationId,
		delegates: meeting.delegates.map(({ memberId }) => memberId)
	});

/** The Commission's members vote while the round is open. */
export const canVote = (actor: Actor, proposal: OpenProposal, meeting: Pick<Meeting, 'state'>) =>
	isOpen(proposal, meeting) && may(actor, 'vote.cast');

/** Coordinators name who takes their organisation's positions, until the meeting is closed. */
export const canDelegate = (actor: Actor, meeting: Pick<Meeting, 'state'>) =>
	meeting.state !== 'closed' && may(actor, 'position.delegate', { organisationId: actor.organisationId });

/** Whoever reads a meeting says that they are there, until it is closed. */
export const canAttend = (actor: Actor, meeting: Pick<Meeting, 'state'>) =>
	meeting.state !== 'closed' && may(actor, 'meeting.attend');
