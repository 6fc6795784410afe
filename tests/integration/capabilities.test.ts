/**
 * Every cell of the capability table, through `execute`, against a table of its own that is written here as data from
 * what was agreed: who may, who may not, and what is then written and told.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, organisationKinds, type Role, roles } from '#lib/access/actor.ts';
import { type Act, capabilities } from '#lib/access/capabilities.ts';
import { joinCircle, leaveCircle } from '#lib/circles/join-circle.server.ts';
import {
	addCircle,
	renameCircle,
	restoreCircle,
	retireCircle,
	setQuoting
} from '#lib/circles/keep-circle.server.ts';
import { addOrganisation } from '#lib/organisations/add-organisation.server.ts';
import {
	renameOrganisation,
	restoreOrganisation,
	retireOrganisation
} from '#lib/organisations/keep-organisation.server.ts';
import {
	addStrategy,
	editStrategy,
	restoreStrategy,
	retireStrategy
} from '#lib/strategy/strategies.server.ts';
import { addPasskey, removePasskey, renamePasskey } from '#lib/auth/passkeys.server.ts';
import { confirmTotp, removeTotp, renewRecovery, startTotp } from '#lib/auth/second.server.ts';
import { endOtherSessions, endSession, proveSession, startSession } from '#lib/auth/sessions.server.ts';
import { setPassword } from '#lib/auth/set-password.server.ts';
import { lookAs } from '#lib/access/look-as.server.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { eventTypes, type Happened, predicate } from '#lib/events/sentence.ts';
import { editReport, makeReport, refreshReport, retireReport } from '#lib/reports/make-report.server.ts';
import { addParagraph, changeParagraph, removeParagraph } from '#lib/reports/paragraphs.server.ts';
import { makeExport } from '#lib/transfer/make-export.server.ts';
import { retryMail } from '#lib/mail/outbox.server.ts';
import { reviewConfirmation } from '#lib/harm/confirmations.server.ts';
import { raiseFlag, removeFlagged, restoreFlagged } from '#lib/harm/flags.server.ts';
import {
	disableMember,
	enableMember,
	endMembership,
	keepMember,
	setFunction,
	setRole
} from '#lib/members/change-member.server.ts';
import { makeInvitation, renewInvitation, withdrawInvitation } from '#lib/members/invitations.server.ts';
import { makeReset } from '#lib/members/resets.server.ts';
import {
	answerDecision,
	editDecision,
	recordDecision,
	withdrawDecision
} from '#lib/meetings/decisions.server.ts';
import { arrive, leave, noteGuest } from '#lib/meetings/attendance.server.ts';
import {
	castVote,
	closeProposal,
	countVotes,
	nameDelegate,
	putProposal,
	takePosition,
	withdrawProposal
} from '#lib/meetings/proposals.server.ts';
import { approveMinutes } from '#lib/meetings/minutes.server.ts';
import { editNote, writeNote } from '#lib/meetings/notes.server.ts';
import { addItem, editItem, orderAgenda, setMinutes, setSlot } from '#lib/meetings/agenda.server.ts';
import { editMeeting, followMeeting, planMeeting } from '#lib/meetings/plan-meeting.server.ts';
import {
	closeMeeting,
	extendItem,
	openMeeting,
	setTimer,
	takeItem
} from '#lib/meetings/run-meeting.server.ts';
import { giveFloor, lowerHand, orderHands, raiseHand } from '#lib/meetings/speak.server.ts';
import { markAllSeen, markSeen } from '#lib/news/mark-seen.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { json, rows } from '#lib/server/database.server.ts';
import { importPlan } from '#lib/transfer/import-plan.server.ts';
import { editTexts, moveMeasure, setDate, setStatus, undoStatus } from '#lib/strategy/edit-measure.server.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { addMeasure } from '#lib/strategy/add-measure.server.ts';
import { setHolders } from '#lib/strategy/holders.server.ts';
import { addObjective, editObjective } from '#lib/strategy/objectives.server.ts';
import { restoreMeasure, retireMeasure } from '#lib/strategy/retire-measure.server.ts';
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
import { chooseMail } from '#lib/notifications/choose.server.ts';
import { endCalendar, renewCalendar } from '#lib/notifications/keep-calendar.server.ts';
import { setApproval } from '#lib/voice/approval.server.ts';
import {
	approveDraft,
	askApproval,
	commentDraft,
	editDraft,
	returnDraft,
	withdrawDraft,
	writeDraft
} from '#lib/voice/drafts.server.ts';
import { reportMeasure, undoReport } from '#lib/voice/report.server.ts';
import { forgetView, keepView } from '#lib/views/keep-view.server.ts';
import { skipStep } from '#lib/workspace/first-days.server.ts';
import { seatOrganisations } from '#lib/workspace/seat-organisations.server.ts';
import { engines, openTestDatabase, sharedOut, type TestDatabase } from '../support/database.ts';
import { layDraft } from '../support/importing.ts';
import { type LaidMeeting, layMeeting } from '../support/meeting.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';
import { codeOf, type LaidWays, layWays, origin, passwordHash, tenHashes } from '../support/ways.ts';

/**
 * `lead`: where one's organisation leads; `own`: of, or asked of, one's own organisation (a session: one's own);
 * `head`: of one's own organisation, by its coordinators; `heads`: by coordinators, of whichever.
 */
type Cell = 'yes' | 'no' | 'lead' | 'own' | 'head' | 'heads';

/**
 * The secretariat runs the workspace and alone moves a measure. The Commission changes next dates. Members of a lead
 * organisation report status, steps and dates. Only the secretariat and the Commission set dropped, or take it back.
 * They also write measures and objectives into the plan, reword them, say who answers, retire and restore.
 * Ministries, agencies and NGOs post updates of every kind, lead or not; embassies and international bodies offer, ask
 * and comment, and never change a measure. Observers read. A post is its author's organisation's alone; what is asked of
 * an organisation its members answer, decline or promise for a day, embassies too, and what a decision asks of it. Whoever reads a post may flag it; the
 * secretariat decides what was flagged, and looks again at what was confirmed. It alone keeps circles, organisations and
 * strategies. Coordinators see to the members of their own organisation, the secretariat to everybody's; but a link for a
 * new password is made within an organisation. Through another's eyes the secretariat looks at anything,
 * and is told on; others where something of their own stands. Whoever may write begins in the house, where everybody of
 * it who may write goes on; here no organisation asks for approval. That it does is switched by its coordinators alone.
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
	plan: '    yes        yes         no        no      no   no       no             no',
	move: '    yes        no          no        no      no   no       no             no',
	setup: '   yes        no          no        no      no   no       no             no',
	keep: '    yes        no          no        no      no   no       no             no',
	view: '    yes        yes         yes       yes     yes  yes      yes            yes',
	look: '    yes        own         own       own     own  own      own            no',
	house: '   no         head        head      head    head head     head           no',
	seen: '    yes        yes         yes       yes     yes  yes      yes            yes',
	start: '   yes        yes         yes       yes     yes  yes      yes            yes',
	end: '     own        own         own       own     own  own      own            own',
	flag: '    yes        yes         yes       yes     yes  yes      yes            yes',
	decide: '  yes        no          no        no      no   no       no             no',
	// Whoever chairs a meeting runs it, besides the secretariat; and whoever waits to speak steps back.
	run: '     yes        own         own       own     own  own      own            no',
	propose: ' yes        heads       heads     heads   heads heads   heads          no',
	// An organisation's position is its coordinators' word; the Commission's comes from its members' votes.
	stand: '   no         no          heads     heads   heads heads   heads          no',
	vote: '    no         yes         no        no      no   no       no             no',
	people: '  yes        head        head      head    head head     head           no',
	reset: '   own        head        head      head    head head     head           no',
	proof: '   own        own         own       own     own  own      own            own',
	ways: '    yes        yes         yes       yes     yes  yes      yes            yes',
	key: '     own        own         own       own     own  own      own            own'
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
	mailId: string;
	flagId: string;
	/** The own circle of the post's author. */
	authorsOwn: string;
	/** A circle, an organisation or a strategy that was made for it. */
	keptId: string;
	/** Of all at the table the one that is not in that circle. */
	newcomer: string;
	/** A member of the actor's organisation, or of another, and one who is invited there. */
	colleagueId: string;
	invitationId: string;
	host: { organisationId: string; ownCircleId: string };
	ways: LaidWays;
	/** A file that waits to be applied. */
	draft: { importId: string; seen: string };
	meeting: LaidMeeting;
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
	needs?:
		| 'step'
		| 'post'
		| 'question'
		| 'answer'
		| 'flag'
		| 'flagged answer'
		| 'confirmation'
		| 'session'
		| 'ways'
		| 'move'
		| 'view'
		| 'retired'
		| 'objective'
		| 'unseated'
		| 'mail'
		| 'circle'
		| 'written circle'
		| 'seat'
		| 'retired seat'
		| 'retired circle'
		| 'retired strategy'
		| 'strategy'
		| 'report'
		| 'leaving'
		| 'suspended'
		| 'draft'
		| 'reported'
		| 'meeting'
		| 'planned meeting'
		| 'paused meeting'
		| 'closed meeting'
		| 'meeting of others'
		| { status: string };
	input: (on: Try) => unknown;
	/** What then stands, as a part of the measure, the post or the session. */
	stands?: (on: Try, result: Record<string, string>) => Record<string, unknown>;
	tells: (on: Try, result: Record<string, string>) => Partial<Told>[];
	refused?: string | ((actor: Actor, ours: boolean) => string);
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

/** A circle is a subject of itself; of an organisation at the table everybody hears; a strategy is everybody's. */
const aboutCircle =
	(type: string, data: Record<string, unknown>) =>
	({ actor, keptId }: Try) => [{ type, author: actor.memberId, subject: keptId, circle: keptId, data }];
const aboutSeat =
	(type: string) =>
	({ actor, table }: Try, { id }: Record<string, string>) => [
		{ type, author: actor.memberId, circle: table.circle.all, data: { organisationId: id } }
	];
const aboutStrategy =
	(type: string) =>
	({ actor, table }: Try, { id }: Record<string, string>) => [
		{ type, author: actor.memberId, subject: id, circle: table.circle.all }
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
		post: {
			asked: [{ organisationId: actor.organisationId, due: null, askedDue: null, state, answerId: id }]
		}
	});

/** Of another organisation nobody but the secretariat finds anything to change. */
const within = (actor: Actor, ours: boolean) =>
	ours || actor.role === 'secretariat' ? 'forbidden' : 'not-found';
const inOwnCircle = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.host.organisationId, circle: on.host.ownCircleId }
];
const midnight = '2099-12-31T22:00:00.000Z';
const link = () => ({ secret: hex(32), site: 'https://hora.example.org' });
const person = { name: 'Maria Exemplu', role: 'coordinator' };
const address = ({ colleagueId }: Try) => `beside-${colleagueId}@ex.example`;

const aboutReport = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.keptId, circle: on.table.circle.all }
];

const aboutMeeting = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.meeting.meetingId, circle: on.table.circle.all }
];
const aboutDecision = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.meeting.decisionId, circle: on.table.circle.all }
];
const aboutProposal = (type: string) => (on: Try) => [
	{ type, author: on.actor.memberId, subject: on.meeting.proposalId, circle: on.table.circle.all }
];
/** Somebody of the actor's organisation who contributes. */
const contributorOf = ({ organisation, member }: Table, { organisationId }: Actor) =>
	member((Object.keys(organisation) as Seat[]).find((seat) => organisation[seat] === organisationId) as Seat);

const ofMeetings: Case[] = [
	{
		command: planMeeting,
		row: 'keep',
		act: 'meeting.plan',
		input: ({ table, actor }) => ({
			...{ circleId: table.circle.all, title: 'Ședința', day: '2099-12-01', time: '10:00' },
			chairId: actor.memberId
		}),
		stands: ({ actor }) => ({
			meeting: {
				...{ title: 'Ședința', startsAt: '2099-12-01T08:00:00.000Z', state: 'planned' },
				chairId: actor.memberId,
				quorumOf: 'none'
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'meeting.planned', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: followMeeting,
		row: 'keep',
		act: 'meeting.plan',
		needs: 'closed meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, day: '2099-12-08', time: '11:00' }),
		stands: ({ meeting: { meetingId, chairId } }) => ({
			followed: {
				...{ previousId: meetingId, state: 'planned', startsAt: '2099-12-08T09:00:00.000Z', chairId },
				// Of what was put off, what stands on it comes along.
				slots: [{ state: 'ahead', carriedFrom: '2026-12-01', minutes: 10 }]
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'meeting.planned', author: actor.memberId, subject: id, circle: table.circle.all },
			{ type: 'agenda.item.added', author: actor.memberId, circle: table.circle.all }
		]
	},
	{
		command: editMeeting,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId } }) => ({
			...{ meetingId, changes: { time: '11:00' } },
			base: { time: '10:00' }
		}),
		stands: () => ({ meeting: { time: '11:00', startsAt: '2026-12-01T09:00:00.000Z' } }),
		tells: aboutMeeting('meeting.edited')
	},
	{
		command: openMeeting,
		row: 'run',
		act: 'meeting.run',
		needs: 'planned meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, base: { state: 'planned' } }),
		stands: () => ({ meeting: { state: 'open', openedAt: expect.any(String) } }),
		tells: aboutMeeting('meeting.opened')
	},
	{
		command: closeMeeting,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, base: { state: 'open' } }),
		stands: ({ meeting: { nowId, aheadId, laterId, proposedId } }) => ({
			meeting: {
				...{ state: 'closed', endsAt: null, left: null, hands: [] },
				slots: [
					{ id: nowId, state: 'done', endedAt: expect.any(String) },
					{ id: aheadId, state: 'put-off' },
					{ id: laterId, state: 'put-off' },
					{ id: proposedId, state: 'proposed' }
				]
			}
		}),
		tells: (on) => [...aboutProposal('proposal.closed')(on), ...aboutMeeting('meeting.closed')(on)]
	},
	{
		command: takeItem,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, nowId, aheadId } }) => ({
			...{ meetingId, slotId: aheadId },
			base: { current: nowId }
		}),
		stands: ({ meeting: { nowId, aheadId } }) => ({
			meeting: {
				endsAt: expect.any(String),
				slots: [{ id: nowId, state: 'done' }, { id: aheadId, state: 'now' }, {}, {}]
			}
		}),
		tells: aboutMeeting('meeting.taken')
	},
	{
		command: takeItem,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, nowId } }) => ({ meetingId, slotId: null, base: { current: nowId } }),
		stands: ({ meeting: { nowId } }) => ({
			meeting: { endsAt: null, slots: [{ id: nowId, state: 'done' }, {}, {}, {}] }
		}),
		tells: aboutMeeting('meeting.paused')
	},
	{
		command: setTimer,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, running: false, base: { running: true } }),
		stands: () => ({ meeting: { endsAt: null, left: expect.any(Number) } }),
		tells: aboutMeeting('meeting.time.stopped')
	},
	{
		command: setTimer,
		row: 'run',
		act: 'meeting.run',
		needs: 'paused meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, running: true, base: { running: false } }),
		stands: () => ({ meeting: { endsAt: expect.any(String), left: null } }),
		tells: aboutMeeting('meeting.time.started')
	},
	{
		command: giveFloor,
		row: 'run',
		act: 'meeting.run',
		needs: 'paused meeting',
		input: ({ meeting: { meetingId, handId } }) => ({ meetingId, handId: null, base: { speaker: handId } }),
		stands: ({ meeting: { otherHandId } }) => ({ meeting: { hands: [{ id: otherHandId, since: null }] } }),
		tells: aboutMeeting('hand.ended')
	},
	{
		command: extendItem,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, minutes: 2 }),
		stands: () => ({ meeting: { endsAt: expect.any(String), left: null } }),
		tells: aboutMeeting('meeting.extended')
	},
	{
		command: addItem,
		row: 'propose',
		act: 'agenda.propose',
		needs: 'meeting of others',
		input: ({ meeting: { meetingId }, table }) => ({
			...{ meetingId, circleId: table.circle.all, minutes: 5, titleRo: 'Vouchere' }
		}),
		stands: ({ actor }, { slotId }) => ({
			meeting: {
				slots: [
					...[{}, {}, {}, {}],
					{ id: slotId, minutes: 5, state: actor.role === 'secretariat' ? 'ahead' : 'proposed' }
				]
			}
		}),
		tells: ({ actor, table, meeting }, { id }) => [
			{ type: 'agenda.added', author: actor.memberId, subject: meeting.meetingId, circle: table.circle.all },
			{ type: 'agenda.item.added', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: editItem,
		row: 'people',
		act: 'agenda.propose',
		needs: 'meeting of others',
		input: ({ meeting: { itemId } }) => ({
			...{ itemId, changes: { titleRo: 'Altfel' } },
			base: { titleRo: 'Un punct' }
		}),
		stands: () => ({ item: { titleRo: 'Altfel' } }),
		tells: ({ actor, table, meeting: { itemId } }) => [
			{ type: 'agenda.item.edited', author: actor.memberId, subject: itemId, circle: table.circle.all }
		]
	},
	{
		command: setSlot,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, proposedId } }) => ({
			...{ meetingId, slotId: proposedId, state: 'ahead' },
			base: { state: 'proposed' }
		}),
		stands: () => ({ meeting: { slots: [{}, {}, {}, { state: 'ahead' }] } }),
		tells: aboutMeeting('agenda.state')
	},
	{
		command: setMinutes,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, laterId } }) => ({
			...{ meetingId, slotId: laterId, minutes: 25 },
			base: { minutes: 10 }
		}),
		stands: () => ({ meeting: { slots: [{}, {}, { minutes: 25 }, {}] } }),
		tells: aboutMeeting('agenda.minutes')
	},
	{
		command: orderAgenda,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, nowId, aheadId, laterId, proposedId } }) => ({
			...{ meetingId, order: [nowId, laterId, aheadId, proposedId] },
			base: { order: [nowId, aheadId, laterId, proposedId] }
		}),
		stands: ({ meeting: { nowId, aheadId, laterId, proposedId } }) => ({
			meeting: { slots: [{ id: nowId }, { id: laterId }, { id: aheadId }, { id: proposedId }] }
		}),
		tells: aboutMeeting('agenda.ordered')
	},
	{
		command: raiseHand,
		row: 'reply',
		act: 'meeting.speak',
		needs: 'meeting of others',
		input: ({ meeting: { meetingId } }) => ({ meetingId }),
		stands: ({ actor }) => ({
			meeting: { hands: [{}, {}, { organisationId: actor.organisationId, memberName: actor.name }] }
		}),
		tells: aboutMeeting('hand.raised')
	},
	{
		command: lowerHand,
		row: 'run',
		act: 'meeting.speak',
		needs: 'meeting of others',
		input: ({ meeting: { meetingId, handId } }) => ({ meetingId, handId }),
		stands: ({ meeting: { otherHandId } }) => ({ meeting: { hands: [{ id: otherHandId }] } }),
		tells: aboutMeeting('hand.lowered')
	},
	{
		command: orderHands,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, handId, otherHandId } }) => ({
			...{ meetingId, order: [otherHandId, handId] },
			base: { order: [handId, otherHandId] }
		}),
		stands: ({ meeting: { handId, otherHandId } }) => ({
			meeting: { hands: [{ id: otherHandId }, { id: handId }] }
		}),
		tells: aboutMeeting('hand.ordered')
	},
	{
		command: giveFloor,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId, handId } }) => ({ meetingId, handId, base: { speaker: null } }),
		stands: ({ meeting: { handId } }) => ({
			meeting: { hands: [{ id: handId, since: expect.any(String) }, {}] }
		}),
		tells: aboutMeeting('hand.given')
	},
	{
		command: arrive,
		row: 'seen',
		act: 'meeting.attend',
		needs: 'meeting of others',
		input: ({ meeting: { meetingId } }) => ({ meetingId }),
		stands: ({ actor }) => ({
			meeting: {
				attendance: expect.arrayContaining([
					expect.objectContaining({ memberId: actor.memberId, name: actor.name, leftAt: null })
				])
			}
		}),
		tells: aboutMeeting('attendance.arrived')
	},
	{
		command: noteGuest,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { meetingId } }) => ({
			...{ meetingId, guestName: 'Vasile Exemplu', guestBody: 'Direcția Exemplu' }
		}),
		stands: () => ({
			meeting: { attendance: [{}, { name: 'Vasile Exemplu', body: 'Direcția Exemplu', memberId: null }] }
		}),
		tells: aboutMeeting('attendance.arrived')
	},
	{
		command: leave,
		row: 'run',
		act: 'meeting.attend',
		needs: 'meeting',
		input: ({ meeting: { meetingId, attendanceId } }) => ({ meetingId, attendanceId }),
		stands: () => ({ meeting: { attendance: [{ leftAt: expect.any(String) }] } }),
		tells: aboutMeeting('attendance.left')
	},
	{
		command: writeNote,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { itemId } }) => ({ itemId, text: 'Alt rând' }),
		stands: ({ actor, meeting: { itemId } }) => ({
			noted: { text: 'Alt rând', itemId, memberName: actor.name }
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'note.written', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: editNote,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { noteId } }) => ({ noteId, text: 'Altfel', base: { text: 'Un rând' } }),
		stands: () => ({ note: { text: 'Altfel' } }),
		tells: ({ actor, table, meeting: { noteId } }) => [
			{ type: 'note.edited', author: actor.memberId, subject: noteId, circle: table.circle.all }
		]
	},
	{
		command: approveMinutes,
		row: 'run',
		act: 'minutes.approve',
		needs: 'closed meeting',
		input: ({ meeting: { meetingId } }) => ({ meetingId, base: { approved: 0 } }),
		stands: ({ actor }) => ({
			meeting: {
				sealed: { version: 1, memberName: actor.name, seal: expect.stringMatching(/^[0-9a-f]{64}$/) }
			}
		}),
		tells: aboutMeeting('minutes.approved')
	},
	{
		command: putProposal,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { itemId } }) => ({ itemId, textRo: 'Se evaluează anual' }),
		stands: ({ actor, meeting: { itemId } }) => ({
			put: { textRo: 'Se evaluează anual', itemId, memberName: actor.name, positions: [], closedAt: null }
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'proposal.put', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: closeProposal,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { proposalId } }) => ({ proposalId }),
		stands: () => ({ proposal: { closedAt: expect.any(String), present: expect.any(Array) } }),
		tells: aboutProposal('proposal.closed')
	},
	{
		command: withdrawProposal,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { proposalId } }) => ({ proposalId }),
		stands: () => ({ proposal: { withdrawnAt: expect.any(String) } }),
		tells: aboutProposal('proposal.withdrawn')
	},
	{
		command: takePosition,
		row: 'stand',
		act: 'position.take',
		needs: 'meeting of others',
		input: ({ meeting: { proposalId } }) => ({
			...{ proposalId, stance: 'reservation', reason: 'Din martie', base: { stance: null } }
		}),
		stands: ({ actor }) => ({
			proposal: {
				positions: [
					{
						...{ organisationId: actor.organisationId, stance: 'reservation', reason: 'Din martie' },
						...{ memberName: actor.name, noted: false }
					}
				]
			}
		}),
		tells: aboutProposal('position.taken')
	},
	{
		command: nameDelegate,
		row: 'stand',
		act: 'position.delegate',
		needs: 'meeting of others',
		input: ({ meeting: { meetingId }, table, actor }) => ({
			...{ meetingId, memberId: contributorOf(table, actor).memberId, base: { memberId: null } }
		}),
		stands: ({ actor, table }) => ({
			meeting: {
				delegates: [
					{
						organisationId: actor.organisationId,
						memberId: contributorOf(table, actor).memberId,
						memberName: contributorOf(table, actor).name
					}
				]
			}
		}),
		tells: aboutMeeting('position.delegated')
	},
	{
		command: castVote,
		row: 'vote',
		act: 'vote.cast',
		needs: 'meeting of others',
		input: ({ meeting: { proposalId } }) => ({ proposalId, vote: 'against', base: { vote: null } }),
		stands: ({ actor }) => ({
			proposal: { votes: [{ memberId: actor.memberId, vote: 'against', noted: false }] }
		}),
		tells: aboutProposal('vote.cast')
	},
	{
		command: countVotes,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { proposalId } }) => ({
			...{ proposalId, for: 4, against: 1, abstain: 0, reservation: 'Din martie' },
			base: { for: 1, against: 0, abstain: 0, reservation: '' }
		}),
		stands: () => ({
			proposal: { counts: { for: 4, against: 1, abstain: 0 }, reservation: 'Din martie' }
		}),
		tells: aboutProposal('vote.counted')
	},
	{
		command: recordDecision,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { itemId }, table, measure }) => ({
			...{ itemId, textRo: 'Se evaluează', organisations: [table.organisation.minister] },
			...{ dueOn: '2026-12-31', measureId: measure.id }
		}),
		stands: ({ actor, table, measure }) => ({
			decided: {
				...{ textRo: 'Se evaluează', dueOn: '2026-12-31', measureId: measure.id, memberName: actor.name },
				bodies: [{ organisationId: table.organisation.minister, answer: 'asked', answeredAt: null }]
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'decision.recorded', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: editDecision,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { decisionId } }) => ({
			...{ decisionId, changes: { dueOn: '2026-12-20' } },
			base: { dueOn: '2026-12-15' }
		}),
		stands: () => ({ decision: { dueOn: '2026-12-20' } }),
		tells: aboutDecision('decision.edited')
	},
	{
		command: withdrawDecision,
		row: 'run',
		act: 'meeting.run',
		needs: 'meeting',
		input: ({ meeting: { decisionId } }) => ({ decisionId }),
		stands: () => ({ decision: { withdrawnAt: expect.any(String) } }),
		tells: aboutDecision('decision.withdrawn')
	},
	{
		command: answerDecision,
		row: 'asked',
		act: 'decision.answer',
		needs: 'meeting of others',
		input: ({ meeting: { decisionId } }) => ({
			...{ decisionId, answer: 'other-date', on: '2026-12-20', reason: 'Întâi instruirea' },
			base: { answer: 'asked' }
		}),
		stands: ({ actor }) => ({
			decision: {
				bodies: expect.arrayContaining([
					expect.objectContaining({
						...{ organisationId: actor.organisationId, answer: 'other-date', on: '2026-12-20' },
						...{ reason: 'Întâi instruirea', memberName: actor.name }
					})
				])
			}
		}),
		tells: aboutDecision('decision.answered')
	}
];

const ofReports: Case[] = [
	{
		command: makeReport,
		row: 'reply',
		act: 'report.make',
		input: ({ table }) => ({ circleId: table.circle.all, title: 'Raportul' }),
		stands: ({ actor }) => ({ report: { title: 'Raportul', organisation_id: actor.organisationId } }),
		tells: ({ actor, table }, { id }) => [
			{ type: 'report.made', author: actor.memberId, subject: id, circle: table.circle.all }
		]
	},
	{
		command: editReport,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId }) => ({ reportId: keptId, title: 'Altul', base: { title: 'Raport' } }),
		stands: () => ({ report: { title: 'Altul' } }),
		tells: aboutReport('report.edited')
	},
	{
		command: refreshReport,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId }) => ({ reportId: keptId }),
		stands: ({ measure }) => ({
			report: { sources: expect.objectContaining({ [`measure:${measure.id}`]: expect.any(String) }) }
		}),
		tells: aboutReport('report.refreshed')
	},
	{
		command: retireReport,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId }) => ({ reportId: keptId, base: { retired: false } }),
		stands: () => ({ report: { retired_at: expect.any(String) } }),
		tells: aboutReport('report.retired')
	},
	{
		command: addParagraph,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId }) => ({ reportId: keptId, text: 'Doi' }),
		stands: () => ({ paragraphs: ['Unu', 'Doi'] }),
		tells: aboutReport('report.paragraph.added')
	},
	{
		command: changeParagraph,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId, flagId }) => ({
			...{ reportId: keptId, paragraphId: flagId, text: 'Altfel', base: { text: 'Unu' } }
		}),
		stands: () => ({ paragraphs: ['Altfel'] }),
		tells: aboutReport('report.paragraph.changed')
	},
	{
		command: removeParagraph,
		row: 'post',
		act: 'report.edit',
		needs: 'report',
		input: ({ keptId, flagId }) => ({ reportId: keptId, paragraphId: flagId, base: { text: 'Unu' } }),
		stands: () => ({ paragraphs: [] }),
		tells: aboutReport('report.paragraph.removed')
	}
];

const ofPeople: Case[] = [
	{
		command: makeInvitation,
		row: 'people',
		act: 'invitation.make',
		input: (on) => ({
			...{ ...person, email: address(on), organisationId: on.host.organisationId, language: 'ro' },
			...link()
		}),
		stands: (on) => ({
			invited: { ...person, email: address(on), by: on.actor.memberId, open: true },
			mails: 1
		}),
		tells: inOwnCircle('invitation.made')
	},
	{
		command: renewInvitation,
		row: 'people',
		act: 'invitation.keep',
		input: ({ invitationId }) => ({ invitationId, ...link() }),
		stands: ({ actor }) => ({ invited: { by: actor.memberId, open: true }, mails: 1 }),
		tells: inOwnCircle('invitation.renewed')
	},
	{
		command: withdrawInvitation,
		row: 'people',
		act: 'invitation.keep',
		input: ({ invitationId }) => ({ invitationId }),
		stands: () => ({ invited: { open: false } }),
		tells: inOwnCircle('invitation.withdrawn')
	},
	{
		command: setRole,
		row: 'people',
		act: 'member.role',
		input: ({ colleagueId }) => ({ memberId: colleagueId, role: 'observer', base: { role: 'contributor' } }),
		stands: () => ({ colleague: { role: 'observer' }, colleagueSessions: 0 }),
		tells: inOwnCircle('member.role')
	},
	{
		command: setFunction,
		row: 'people',
		act: 'member.function',
		input: ({ colleagueId }) => ({
			memberId: colleagueId,
			texts: { functionRo: 'consilieră' },
			base: { functionRo: '' }
		}),
		stands: () => ({ colleague: { function_ro: 'consilieră', function_en: '' }, colleagueSessions: 1 }),
		tells: inOwnCircle('member.function')
	},
	{
		command: endMembership,
		row: 'people',
		act: 'member.end',
		input: ({ colleagueId }) => ({ memberId: colleagueId, lastDay: null, base: { until: null } }),
		stands: () => ({ colleague: { until: expect.any(String) }, colleagueSessions: 0 }),
		tells: inOwnCircle('member.ended')
	},
	{
		command: keepMember,
		row: 'people',
		act: 'member.end',
		needs: 'leaving',
		input: ({ colleagueId }) => ({ memberId: colleagueId, base: { until: midnight } }),
		stands: () => ({ colleague: { until: null } }),
		tells: inOwnCircle('member.kept')
	},
	{
		command: disableMember,
		row: 'people',
		act: 'member.switch',
		input: ({ colleagueId }) => ({ memberId: colleagueId, base: { active: true } }),
		stands: () => ({ colleague: { active: false }, colleagueSessions: 0 }),
		tells: inOwnCircle('member.disabled')
	},
	{
		command: enableMember,
		row: 'people',
		act: 'member.switch',
		needs: 'suspended',
		input: ({ colleagueId }) => ({ memberId: colleagueId, base: { active: false } }),
		stands: () => ({ colleague: { active: true } }),
		tells: inOwnCircle('member.enabled')
	},
	{
		command: makeReset,
		row: 'reset',
		act: 'reset.make',
		input: ({ colleagueId }) => ({ memberId: colleagueId, secret: hex(32), language: 'ro' }),
		stands: () => ({ resets: 1, mails: 1, colleagueSessions: 1 }),
		tells: inOwnCircle('member.reset-made')
	}
];
const people = ofPeople.map((one): Case => ({ ...one, refused: within }));

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

/** In the house: of another's nobody finds anything. */
const ofHouse = (_actor: Actor, ours: boolean) => (ours ? 'forbidden' : 'not-found');
const aboutDraft =
	(type: string) =>
	({ actor, flagId }: Try) => [{ type, author: actor.memberId, subject: flagId, circle: actor.ownCircleId }];
const ofDrafts: Case[] = [
	{
		command: editDraft,
		row: 'post',
		act: 'draft.keep',
		input: ({ flagId, measure, table }) => ({
			draft: { command: 'update.post', ask: true, draftId: flagId, editedAt: null },
			...{ measureId: measure.id, circleId: table.circle.all, kind: 'comment', text: 'Altfel' }
		}),
		stands: () => ({ draft: { state: 'waiting', input: expect.objectContaining({ text: 'Altfel' }) } }),
		tells: aboutDraft('draft.edited')
	},
	{
		command: askApproval,
		row: 'post',
		act: 'draft.keep',
		input: ({ flagId }) => ({ draftId: flagId }),
		stands: () => ({ draft: { state: 'waiting' } }),
		tells: aboutDraft('draft.asked')
	},
	{
		command: commentDraft,
		row: 'post',
		act: 'draft.keep',
		input: ({ flagId }) => ({ draftId: flagId, text: 'De ce?' }),
		stands: () => ({ draft: { state: 'kept', comments: [expect.objectContaining({ text: 'De ce?' })] } }),
		tells: aboutDraft('draft.commented')
	},
	{
		command: returnDraft,
		row: 'post',
		act: 'draft.approve',
		input: ({ flagId }) => ({ draftId: flagId, reason: 'Lipsește cifra' }),
		stands: ({ actor }) => ({ draft: { state: 'returned', decidedBy: actor.name } }),
		tells: aboutDraft('draft.returned')
	},
	{
		command: withdrawDraft,
		row: 'post',
		act: 'draft.keep',
		input: ({ flagId }) => ({ draftId: flagId }),
		stands: ({ actor }) => ({ draft: { state: 'withdrawn', decidedBy: actor.name } }),
		tells: aboutDraft('draft.withdrawn')
	},
	{
		command: approveDraft,
		row: 'post',
		act: 'draft.approve',
		input: ({ flagId }) => ({ draftId: flagId, base: { editedAt: null } }),
		stands: ({ actor }, { id }) => ({
			draft: { state: 'sent', decidedBy: actor.name },
			posted: { id, text: 'În casă', approvedBy: actor.name, organisationId: actor.organisationId }
		}),
		tells: (on, { id }) => [
			{ type: 'update.posted', author: on.actor.memberId, subject: id, circle: on.table.circle.all },
			...aboutDraft('draft.approved')(on)
		]
	}
];
const drafting: Case[] = [
	...ofDrafts.map((one): Case => ({ ...one, needs: 'draft', refused: ofHouse })),
	{
		command: writeDraft,
		row: 'ask',
		act: 'draft.write',
		input: ({ measure, table }) => ({
			draft: { command: 'update.post', ask: true },
			...{ measureId: measure.id, circleId: table.circle.all, kind: 'comment', text: 'În casă' }
		}),
		stands: ({ actor }, { id }) => ({
			written: { id, circleId: actor.ownCircleId, state: 'waiting', memberId: actor.memberId }
		}),
		tells: ({ actor }, { id }) => [
			{ type: 'draft.written', author: actor.memberId, subject: id, circle: actor.ownCircleId }
		]
	},
	{
		command: setApproval,
		row: 'house',
		act: 'organisation.approval',
		input: ({ host: { organisationId } }) => ({ organisationId, approves: true, base: { approves: false } }),
		stands: ({ host: { organisationId } }) => ({ house: { id: organisationId, approves: true } }),
		tells: inOwnCircle('organisation.approval'),
		refused: ofHouse
	}
];

/** Somebody else than whoever looks. */
const lookedAtBy = ({ actor }: Try): Seat => (actor.kind === 'embassy' ? 'minister' : 'ambasada');

const cases: Case[] = [
	...posts,
	...ofReports,
	...ofMeetings,
	...people,
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
				asked: [
					{
						organisationId: actor.organisationId,
						due: '2099-12-18',
						askedDue: null,
						state: 'open',
						answerId: null
					}
				]
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
	...drafting,
	{
		command: reportMeasure,
		row: 'report',
		act: 'update.report',
		input: ({ measure, table }) => ({
			measureId: measure.id,
			...{ text: 'Merge', circleId: table.circle.all, base: {} }
		}),
		stands: ({ actor }, { updateId }) => ({
			reported: { id: updateId, kind: 'progress', text: 'Merge', memberId: actor.memberId }
		}),
		tells: ({ actor, table }, { updateId }) => [
			{ type: 'update.posted', author: actor.memberId, subject: updateId, circle: table.circle.all }
		]
	},
	{
		command: reportMeasure,
		row: 'status',
		act: 'measure.status',
		needs: { status: 'in-progress' },
		input: ({ measure, table }) => ({
			measureId: measure.id,
			...{ status: 'proposed', circleId: table.circle.all, base: { status: 'in-progress' } }
		}),
		stands: () => ({ measure: { status: 'proposed' } }),
		tells: about('measure.status')
	},
	{
		command: undoReport,
		row: 'report',
		act: 'update.report',
		needs: 'reported',
		input: ({ measure, flagId }) => ({ measureId: measure.id, reportId: flagId }),
		stands: () => ({ post: { text: '', withdrawnAt: expect.any(String) } }),
		tells: ({ actor, post, measure, table }) => [
			{ type: 'update.withdrawn', author: actor.memberId, subject: post.id, circle: table.circle.all },
			{ type: 'measure.report.undone', author: actor.memberId, subject: measure.id, circle: table.circle.all }
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
		command: importPlan,
		row: 'plan',
		act: 'plan.import',
		needs: 'draft',
		input: ({ draft: { importId, seen } }) => ({ importId, base: { seen } }),
		tells: ({ actor, table }) =>
			['measure.added', 'plan.imported'].map((type) => ({
				...{ type, author: actor.memberId, circle: table.circle.all }
			}))
	},
	{
		command: addMeasure,
		row: 'plan',
		act: 'measure.add',
		input: ({ table }) => ({
			objectiveId: table.objectiveId,
			circleId: table.circle.all,
			titleRo: 'Linie telefonică',
			leads: [table.organisation.agentia, table.organisation.minister],
			partners: [table.organisation.ong],
			steps: [{ titleRo: 'Caietul de sarcini', date: '2027-01-15' }]
		}),
		stands: ({ table: { objectiveId, circle, organisation } }, { id }) => ({
			made: {
				id,
				objectiveId,
				code: expect.stringMatching(/^M\d+$/),
				circleId: circle.all,
				titleRo: 'Linie telefonică',
				status: 'proposed',
				leads: [organisation.agentia, organisation.minister],
				partners: [organisation.ong],
				steps: [{ titleRo: 'Caietul de sarcini', date: '2027-01-15', done: false }],
				retired: false
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{
				type: 'measure.added',
				author: actor.memberId,
				subject: id,
				circle: table.circle.all,
				data: { row: expect.objectContaining({ id, titleRo: 'Linie telefonică' }) }
			}
		]
	},
	{
		command: setHolders,
		row: 'plan',
		act: 'measure.holders',
		input: ({ measure: { id, leads, partners } }) => ({
			measureId: id,
			holders: { leads: partners, partners: leads },
			base: { leads, partners }
		}),
		stands: ({ measure }) => ({ measure: { leads: measure.partners, partners: measure.leads } }),
		tells: about('measure.holders')
	},
	{
		command: retireMeasure,
		row: 'plan',
		act: 'measure.retire',
		input: ({ measure }) => ({ measureId: measure.id, reason: 'Cuprinsă în alta', base: { retired: false } }),
		stands: () => ({ measure: { retired: true } }),
		tells: about('measure.retired')
	},
	{
		command: restoreMeasure,
		row: 'plan',
		act: 'measure.retire',
		needs: 'retired',
		input: ({ measure }) => ({ measureId: measure.id, base: { retired: true } }),
		stands: () => ({ measure: { retired: false } }),
		tells: about('measure.restored')
	},
	{
		command: addObjective,
		row: 'plan',
		act: 'objective.add',
		input: ({ table }) => ({ underId: table.objectiveId, code: '1.1', titleRo: 'Sprijin pe termen lung' }),
		stands: ({ table: { objectiveId, circle } }, { id }) => ({
			objective: {
				id,
				circle_id: circle.all,
				parent_id: objectiveId,
				kind: 'specific',
				code: '1.1',
				title_ro: 'Sprijin pe termen lung'
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{
				type: 'objective.added',
				author: actor.memberId,
				subject: id,
				circle: table.circle.all,
				data: { row: expect.objectContaining({ id, subject: 'objective', version: 1 }) }
			}
		]
	},
	{
		command: editObjective,
		row: 'plan',
		act: 'objective.edit',
		needs: 'objective',
		input: ({ table }) => ({
			objectiveId: table.objectiveId,
			texts: { titleRo: 'Sprijinul' },
			base: { titleRo: 'Protecția' }
		}),
		stands: ({ table }) => ({ objective: { id: table.objectiveId, title_ro: 'Sprijinul' } }),
		tells: ({ actor, table }) => [
			{
				type: 'objective.texts',
				author: actor.memberId,
				subject: table.objectiveId,
				circle: table.circle.all,
				data: { old: { titleRo: 'Protecția' }, new: { titleRo: 'Sprijinul' } }
			}
		]
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
		command: chooseMail,
		row: 'view',
		act: 'letters.choose',
		input: () => ({ choice: { weekday: 3 }, base: { weekday: 1 } }),
		stands: () => ({ choice: { weekday: 3, asked: null } }),
		tells: () => []
	},
	{
		command: renewCalendar,
		row: 'ways',
		act: 'calendar.keep',
		input: () => ({ secret: hex(32) }),
		stands: (_, { calendar }) => ({ calendar }),
		tells: aboutMember('member.calendar.renewed')
	},
	{
		command: endCalendar,
		row: 'ways',
		act: 'calendar.keep',
		input: () => ({ base: { calendar: true } }),
		stands: () => ({ calendar: null }),
		tells: aboutMember('member.calendar.ended')
	},
	{
		command: lookAs,
		row: 'look',
		act: 'organisation.look',
		needs: 'post',
		input: (on) => ({ measureId: on.measure.id, organisationId: on.table.organisation[lookedAtBy(on)] }),
		tells: (on) =>
			on.actor.role === 'secretariat'
				? Array.from({ length: 2 }, () => ({
						type: 'organisation.looked',
						author: on.actor.memberId,
						// In its own and in that of whoever was looked through, in either order.
						circle: expect.any(String)
					}))
				: []
	},
	{
		command: makeExport,
		row: 'view',
		act: 'export.make',
		input: ({ table }) => ({ what: 'updates', format: 'xlsx', circleId: table.circle.all }),
		tells: ({ actor, table }) =>
			[actor.ownCircleId, table.circle.secretariat].map((circle) => ({
				...{ type: 'export.made', author: actor.memberId, circle },
				data: {
					new: {
						...{ what: 'updates', format: 'xlsx', from: null, to: null },
						circle: { nameRo: 'all', nameEn: 'all' }
					}
				}
			}))
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
		command: replyToUpdate,
		row: 'reply',
		act: 'update.reply',
		needs: 'post',
		input: ({ post }) => ({
			updateId: post.id,
			text: 'Sunați la 0212 345 678',
			confirmed: 'Este numărul registraturii'
		}),
		stands: ({ post, actor }, { id }) => ({
			posted: { id, text: 'Sunați la 0212 345 678', replyTo: post.id, memberId: actor.memberId },
			confirmed: {
				member_id: actor.memberId,
				circle_id: expect.any(String),
				command: 'update.reply',
				field: 'text',
				kinds: ['phone'],
				reason: 'Este numărul registraturii',
				subject_id: id
			}
		}),
		tells: ({ actor, table }, { id }) => [
			{ type: 'update.replied', author: actor.memberId, subject: id, circle: table.circle.all },
			{
				type: 'confirmation.made',
				author: actor.memberId,
				circle: table.circle.secretariat,
				data: { command: 'update.reply', field: 'text', kinds: ['phone'] }
			}
		]
	},
	{
		command: raiseFlag,
		row: 'flag',
		act: 'flag.raise',
		needs: 'post',
		input: ({ post }) => ({ updateId: post.id, reason: 'Un nume' }),
		stands: ({ authorsOwn, post, actor, table }) => ({
			post: { circleId: authorsOwn, version: 2, text: post.text, flaggedAt: expect.any(String) },
			flag: {
				circle_id: table.circle.secretariat,
				flagged_by: actor.memberId,
				words: post.text,
				state: 'open',
				placed: { [post.id]: table.circle.all }
			}
		}),
		tells: ({ actor, post, table, authorsOwn }, { flagId }) => [
			{ type: null, subject: post.id, circle: table.circle.all },
			{ type: 'arrived', author: actor.memberId, subject: post.id, circle: authorsOwn },
			{ type: 'update.flagged', author: actor.memberId, subject: post.id, circle: authorsOwn },
			{ type: 'flag.raised', author: actor.memberId, subject: flagId, circle: table.circle.secretariat }
		]
	},
	{
		command: raiseFlag,
		row: 'flag',
		act: 'flag.raise',
		needs: 'answer',
		input: ({ post }) => ({ updateId: post.id }),
		stands: ({ authorsOwn }) => ({ post: { circleId: authorsOwn } }),
		tells: ({ post, table, authorsOwn }, { flagId }) => [
			{ type: null, subject: post.id, circle: table.circle.all },
			{ type: 'request.set-aside', subject: post.replyTo!, circle: table.circle.all },
			{ type: 'arrived', subject: post.id, circle: authorsOwn },
			{ type: 'update.flagged', subject: post.id, circle: authorsOwn },
			{ type: 'flag.raised', subject: flagId, circle: table.circle.secretariat }
		]
	},
	{
		command: restoreFlagged,
		row: 'decide',
		act: 'flag.decide',
		needs: 'flag',
		input: ({ flagId }) => ({ flagId, why: 'Nu numește pe nimeni' }),
		stands: ({ table, post, actor }) => ({
			post: { circleId: table.circle.all, version: 3, text: post.text, flaggedAt: null },
			flag: { state: 'restored', words: null, decided_by: actor.memberId, why: 'Nu numește pe nimeni' }
		}),
		tells: ({ actor, post, table, authorsOwn, flagId }) => [
			{ type: null, subject: post.id, circle: authorsOwn },
			{ type: 'arrived', author: actor.memberId, subject: post.id, circle: table.circle.all },
			{ type: 'update.restored', author: actor.memberId, subject: post.id, circle: table.circle.all },
			{ type: 'flag.restored', author: actor.memberId, subject: flagId, circle: table.circle.secretariat }
		],
		refused: 'not-found'
	},
	{
		command: restoreFlagged,
		row: 'decide',
		act: 'flag.decide',
		needs: 'flagged answer',
		input: ({ flagId }) => ({ flagId, why: 'Nu numește pe nimeni' }),
		stands: ({ table }) => ({ post: { circleId: table.circle.all, flaggedAt: null } }),
		tells: ({ post, table, authorsOwn, flagId }) => [
			{ type: null, subject: post.id, circle: authorsOwn },
			{ type: 'arrived', subject: post.id, circle: table.circle.all },
			{ type: 'update.restored', subject: post.id, circle: table.circle.all },
			{ type: 'request.put-back', subject: post.replyTo!, circle: table.circle.all },
			{ type: 'flag.restored', subject: flagId, circle: table.circle.secretariat }
		],
		refused: 'not-found'
	},
	{
		command: removeFlagged,
		row: 'decide',
		act: 'flag.decide',
		needs: 'flag',
		input: ({ flagId }) => ({ flagId, why: 'Numea o persoană' }),
		stands: ({ authorsOwn, actor }) => ({
			post: { circleId: authorsOwn, text: '', prose: [], flaggedAt: null, redactedAt: expect.any(String) },
			flag: { state: 'removed', words: null, decided_by: actor.memberId, why: 'Numea o persoană' }
		}),
		tells: ({ actor, post, table, authorsOwn, flagId }) => [
			{
				type: 'update.redacted',
				author: actor.memberId,
				subject: post.id,
				circle: authorsOwn,
				data: {
					row: expect.objectContaining({ id: post.id, text: '', prose: [] }),
					reason: 'Numea o persoană'
				}
			},
			{ type: 'flag.removed', author: actor.memberId, subject: flagId, circle: table.circle.secretariat }
		],
		refused: 'not-found'
	},
	{
		command: removeFlagged,
		row: 'decide',
		act: 'flag.decide',
		needs: 'flagged answer',
		input: ({ flagId }) => ({ flagId, why: 'Numea o persoană' }),
		stands: () => ({ post: { text: '', withdrawnAt: expect.any(String) } }),
		tells: ({ post, table, authorsOwn, flagId }) => [
			{
				type: 'request.reopened',
				subject: post.replyTo!,
				circle: table.circle.all,
				data: { new: { asked: [expect.objectContaining({ state: 'open', answerId: null })] } }
			},
			{ type: 'update.redacted', subject: post.id, circle: authorsOwn },
			{ type: 'flag.removed', subject: flagId, circle: table.circle.secretariat }
		],
		refused: 'not-found'
	},
	{
		command: reviewConfirmation,
		row: 'decide',
		act: 'confirmation.review',
		needs: 'confirmation',
		input: ({ flagId }) => ({ confirmationId: flagId }),
		stands: ({ actor }) => ({ reviewed: { reviewed_by: actor.memberId } }),
		tells: ({ actor, table, flagId }) => [
			{
				type: 'confirmation.reviewed',
				author: actor.memberId,
				subject: flagId,
				circle: table.circle.secretariat
			}
		],
		refused: 'not-found'
	},
	{
		command: addCircle,
		row: 'keep',
		act: 'circle.add',
		input: ({ table }) => ({
			insideId: table.circle.all,
			nameRo: 'Linia telefonică',
			organisationIds: [table.organisation.agentia, table.organisation.ong]
		}),
		stands: ({ table }, { id }) => ({
			circle: { id, nameRo: 'Linia telefonică', insideId: table.circle.all, quoting: 'agreement' }
		}),
		tells: ({ actor, table }, { id }) => [
			{
				type: 'circle.added',
				author: actor.memberId,
				subject: id,
				circle: id,
				data: {
					new: { nameRo: 'Linia telefonică', nameEn: '' },
					organisationIds: [table.organisation.agentia, table.organisation.ong]
				}
			}
		]
	},
	{
		command: renameCircle,
		row: 'keep',
		act: 'circle.rename',
		needs: 'circle',
		input: ({ keptId }) => ({ circleId: keptId, names: { nameRo: 'Nou' }, base: { nameRo: 'Cerc' } }),
		stands: ({ keptId }) => ({ circle: { id: keptId, nameRo: 'Nou', nameEn: 'Circle' } }),
		tells: aboutCircle('circle.renamed', { old: { nameRo: 'Cerc' }, new: { nameRo: 'Nou' } })
	},
	{
		command: setQuoting,
		row: 'keep',
		act: 'circle.quoting',
		needs: 'circle',
		input: ({ keptId }) => ({ circleId: keptId, quoting: 'freely', base: { quoting: 'agreement' } }),
		stands: ({ keptId }) => ({ circle: { id: keptId, quoting: 'freely' } }),
		tells: aboutCircle('circle.quoting', { old: { quoting: 'agreement' }, new: { quoting: 'freely' } })
	},
	{
		command: joinCircle,
		row: 'keep',
		act: 'circle.join',
		needs: 'circle',
		input: ({ keptId, newcomer }) => ({ circleId: keptId, organisationId: newcomer }),
		stands: ({ keptId, newcomer }) => ({
			circle: {
				id: keptId,
				organisations: expect.arrayContaining([expect.objectContaining({ id: newcomer })])
			}
		}),
		tells: (on) => aboutCircle('circle.joined', { organisationId: on.newcomer })(on)
	},
	{
		command: joinCircle,
		row: 'keep',
		act: 'circle.join',
		needs: 'written circle',
		input: ({ keptId, newcomer }) => ({ circleId: keptId, organisationId: newcomer }),
		stands: ({ keptId }, { id }) => ({ circle: { id, succeedsId: keptId, nameRo: 'Cerc' } }),
		tells: ({ actor, keptId, newcomer }, { id }) => [
			{ type: 'circle.joined', author: actor.memberId, subject: id, circle: id },
			{
				type: 'circle.succeeded',
				author: actor.memberId,
				subject: keptId,
				circle: keptId,
				data: { organisationId: newcomer, successorId: id }
			}
		]
	},
	{
		command: leaveCircle,
		row: 'keep',
		act: 'circle.leave',
		needs: 'circle',
		input: ({ keptId, table }) => ({ circleId: keptId, organisationId: table.organisation.agentia }),
		stands: ({ keptId, table }) => ({
			circle: {
				id: keptId,
				organisations: expect.not.arrayContaining([
					expect.objectContaining({ id: table.organisation.agentia })
				])
			}
		}),
		tells: ({ actor, keptId, table }) => [
			{ type: 'circle.left', author: actor.memberId, subject: keptId, circle: keptId },
			{
				type: 'circle.left',
				author: actor.memberId,
				subject: table.organisation.agentia,
				circle: table.circle['own agentia'],
				data: { organisationId: table.organisation.agentia, circle: { nameRo: 'Cerc', nameEn: 'Circle' } }
			}
		]
	},
	{
		command: retireCircle,
		row: 'keep',
		act: 'circle.retire',
		needs: 'circle',
		input: ({ keptId }) => ({ circleId: keptId, base: { retired: false } }),
		stands: ({ keptId }) => ({ circle: { id: keptId, retired: true } }),
		tells: aboutCircle('circle.retired', {})
	},
	{
		command: restoreCircle,
		row: 'keep',
		act: 'circle.retire',
		needs: 'retired circle',
		input: ({ keptId }) => ({ circleId: keptId, base: { retired: true } }),
		stands: ({ keptId }) => ({ circle: { id: keptId, retired: false } }),
		tells: aboutCircle('circle.restored', {})
	},
	{
		command: addOrganisation,
		row: 'keep',
		act: 'organisation.add',
		input: () => ({ kind: 'ngo', nameRo: `Fundația ${crypto.randomUUID()}`, shortRo: 'Fundația' }),
		stands: (_, { id }) => ({
			organisation: { id, kind: 'ngo', short_ro: 'Fundația', short_en: 'Fundația', seated: true }
		}),
		tells: aboutSeat('organisation.added')
	},
	{
		command: renameOrganisation,
		row: 'keep',
		act: 'organisation.rename',
		needs: 'seat',
		input: ({ keptId }) => ({
			organisationId: keptId,
			names: { shortRo: 'Alta' },
			base: { shortRo: 'Una' }
		}),
		stands: ({ keptId }) => ({ organisation: { id: keptId, short_ro: 'Alta', aliases: ['Una'] } }),
		tells: aboutSeat('organisation.renamed')
	},
	{
		command: retireOrganisation,
		row: 'keep',
		act: 'organisation.retire',
		needs: 'seat',
		input: ({ keptId }) => ({ organisationId: keptId, base: { retired: false } }),
		stands: ({ keptId }) => ({ organisation: { id: keptId, retired_at: expect.any(String) } }),
		tells: aboutSeat('organisation.retired')
	},
	{
		command: restoreOrganisation,
		row: 'keep',
		act: 'organisation.retire',
		needs: 'retired seat',
		input: ({ keptId }) => ({ organisationId: keptId, base: { retired: true } }),
		stands: ({ keptId }) => ({ organisation: { id: keptId, retired_at: null } }),
		tells: aboutSeat('organisation.restored')
	},
	{
		command: addStrategy,
		row: 'keep',
		act: 'strategy.add',
		input: () => ({ titleRo: 'Strategia 2029–2033' }),
		stands: (_, { id }) => ({ strategy: { id, title_ro: 'Strategia 2029–2033', retired_at: null } }),
		tells: aboutStrategy('strategy.added')
	},
	{
		command: editStrategy,
		row: 'keep',
		act: 'strategy.edit',
		needs: 'strategy',
		input: ({ keptId }) => ({
			strategyId: keptId,
			texts: { source: 'HG 1/2029' },
			base: { source: '' }
		}),
		stands: ({ keptId }) => ({ strategy: { id: keptId, source: 'HG 1/2029' } }),
		tells: aboutStrategy('strategy.texts')
	},
	{
		command: retireStrategy,
		row: 'keep',
		act: 'strategy.retire',
		needs: 'strategy',
		input: ({ keptId }) => ({ strategyId: keptId, base: { retired: false } }),
		stands: ({ keptId }) => ({ strategy: { id: keptId, retired_at: expect.any(String) } }),
		tells: aboutStrategy('strategy.retired')
	},
	{
		command: restoreStrategy,
		row: 'keep',
		act: 'strategy.retire',
		needs: 'retired strategy',
		input: ({ keptId }) => ({ strategyId: keptId, base: { retired: true } }),
		stands: ({ keptId }) => ({ strategy: { id: keptId, retired_at: null } }),
		tells: aboutStrategy('strategy.restored')
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
	},
	{
		command: seatOrganisations,
		row: 'setup',
		act: 'organisations.seat',
		needs: 'unseated',
		input: () => ({ keys: ['inst-mai'] }),
		stands: () => ({ seated: { kind: 'ministry', seated: true, circles: 2 } }),
		tells: ({ actor, table }) => [
			{ type: 'organisations.seated', author: actor.memberId, circle: table.circle.all }
		]
	},
	{
		command: skipStep,
		row: 'setup',
		act: 'workspace.skip',
		input: () => ({ step: 'plan', skipped: true }),
		stands: () => ({ skipped: ['plan'] }),
		tells: () => []
	},
	{
		command: retryMail,
		row: 'setup',
		act: 'mail.retry',
		needs: 'mail',
		input: ({ mailId }) => ({ mailId }),
		stands: () => ({ mail: { state: 'waiting', tries: 0, trouble: '' } }),
		tells: aboutMember('mail.retried'),
		refused: 'not-found'
	},
	{
		command: endOtherSessions,
		row: 'end',
		act: 'session.end',
		needs: 'session',
		input: ({ session }) => ({ sessionId: session }),
		stands: ({ actor, session }) => ({ session: { id: session, member: actor.memberId, ended: false } }),
		tells: aboutMember('member.sessions.ended'),
		refused: 'not-found'
	},
	{
		command: proveSession,
		row: 'proof',
		act: 'session.prove',
		needs: 'session',
		input: ({ session }) => ({ sessionId: session }),
		stands: ({ actor, session }) => ({ session: { id: session, member: actor.memberId, ended: false } }),
		tells: aboutMember('member.proved'),
		refused: 'not-found'
	},
	{
		command: setPassword,
		row: 'ways',
		act: 'password.set',
		needs: 'ways',
		input: () => ({ passwordHash }),
		stands: () => ({ account: { hash: passwordHash } }),
		tells: aboutMember('member.password.set')
	},
	{
		command: addPasskey,
		row: 'ways',
		act: 'passkey.add',
		needs: 'ways',
		input: ({ ways: { challengeId, response } }) => ({ challengeId, origin, response, name: 'Tableta' }),
		stands: ({ ways }) => ({
			account: { passkeys: expect.objectContaining({ [ways.passkey]: 'Telefonul' }) }
		}),
		tells: aboutMember('member.passkey.added')
	},
	{
		command: renamePasskey,
		row: 'key',
		act: 'passkey.change',
		needs: 'ways',
		input: ({ ways: { passkey } }) => ({ passkey, name: 'Telefonul vechi', base: { name: 'Telefonul' } }),
		stands: ({ ways }) => ({
			account: { passkeys: expect.objectContaining({ [ways.passkey]: 'Telefonul vechi' }) }
		}),
		tells: aboutMember('member.passkey.renamed'),
		refused: 'not-found'
	},
	{
		command: removePasskey,
		row: 'key',
		act: 'passkey.change',
		needs: 'ways',
		input: ({ ways: { passkey } }) => ({ passkey }),
		stands: ({ ways }) => ({
			account: { passkeys: expect.not.objectContaining({ [ways.passkey]: expect.anything() }) }
		}),
		tells: aboutMember('member.passkey.removed'),
		refused: 'not-found'
	},
	{
		command: startTotp,
		row: 'ways',
		act: 'second.keep',
		needs: 'ways',
		input: () => ({ challenge: hex(16) }),
		stands: () => ({ account: { totp: false } }),
		tells: () => []
	},
	{
		command: confirmTotp,
		row: 'ways',
		act: 'second.keep',
		needs: 'ways',
		input: ({ ways: { totpId, secret } }) => ({
			challengeId: totpId,
			digits: codeOf(secret),
			codeHashes: tenHashes()
		}),
		stands: () => ({ account: { totp: true, codes: 10 } }),
		tells: aboutMember('member.second.on')
	},
	{
		command: removeTotp,
		row: 'ways',
		act: 'second.keep',
		needs: 'ways',
		input: () => ({ base: { totp: false } }),
		stands: () => ({ account: { totp: false } }),
		tells: aboutMember('member.second.off')
	},
	{
		command: renewRecovery,
		row: 'ways',
		act: 'second.keep',
		needs: 'ways',
		input: () => ({ codeHashes: tenHashes() }),
		stands: () => ({ account: { codes: 10 } }),
		tells: aboutMember('member.recovery.renewed')
	}
];

test('no command and no row of the table is left out', () => {
	expect(new Set(cases.map(({ command }) => command.name))).toEqual(new Set(commands.keys()));
	expect(new Set(cases.map(({ act }) => act))).toEqual(new Set(Object.keys(capabilities)));
	expect(new Set(cases.map(({ row }) => row))).toEqual(new Set(Object.keys(agreed)));
	for (const line of Object.values(agreed)) expect(words(line)).toHaveLength(words(columns).length);
	expect(new Set(words(columns))).toEqual(new Set(['secretariat', ...organisationKinds, 'observer']));
});

/** Types of events, on whichever engine. */
const recorded = new Set<string>();

describe.each(engines)('who may do what, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let tried = { allowed: 0, refused: 0 };

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		await database.asOwner((tx) => tx.execute(sql.raw(observed)));
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
	const everybody = sharedOut(
		engine,
		organisationKinds.flatMap((kind) =>
			roles.map((role): [string, string, Role, Seat] => [kind, role, role, seatOf[kind]])
		)
	);

	test.each(everybody)('%s, %s', { timeout: 120_000 }, async (_kind, _role, role, seat) => {
		const actor = table.member(seat, role);
		const other: Seat = seat === 'asociatia' ? 'ong' : 'asociatia';
		for (const ours of [true, false]) {
			const add = () => table.addMeasure({ leads: [ours ? seat : other], partners: [ours ? other : seat] });
			const measureId = await add();
			// A measure takes along what was posted on it: the move is of one with nothing on it.
			for (const one of cases.filter(({ row }) => isTried(cell(row, actor), ours)))
				await tryOut(
					one,
					actor,
					one.row === 'move' || one.row === 'look' || one.command === setHolders ? await add() : measureId,
					ours ? seat : other,
					ours
				);
		}
	});

	/** Who always may is tried on what others hold, and who never may on their own: the harder of the two. */
	const isTried = (verdict: Cell, ours: boolean) =>
		verdict === 'yes' || verdict === 'heads' ? !ours : verdict === 'no' ? ours : true;

	const isAllowed = (verdict: Cell, role: Role, ours: boolean) => {
		const coordinates = role === 'coordinator';
		switch (verdict) {
			case 'yes':
				return true;
			case 'no':
				return false;
			case 'heads':
				return coordinates;
			case 'head':
				return ours && coordinates;
			default:
				return ours;
		}
	};

	async function tryOut(one: Case, actor: Actor, measureId: string, owner: Seat, ours: boolean) {
		const on = await prepare(one, actor, measureId, owner, ours);
		const verdict = cell(one.row, actor);
		const may = isAllowed(verdict, actor.role, ours);
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
			const because = typeof one.refused === 'function' ? one.refused(actor, ours) : one.refused;
			expect([name, refusal]).toEqual([name, because ?? 'forbidden']);
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
		const [stepId, postId, viewId, mailId, flagId, keptId, session] = [
			...Array.from({ length: 6 }, () => crypto.randomUUID()),
			hex(16)
		] as [string, string, string, string, string, string, string];
		const [colleagueId, invitationId] = [crypto.randomUUID() as string, crypto.randomUUID() as string];
		const { organisationId, ownCircleId } = table.member(owner);
		const host = { organisationId, ownCircleId };
		const ways =
			one.needs === 'ways'
				? await layWays(database, one.row === 'key' && !ours ? table.member('asociatia', actor.role) : actor)
				: ({} as LaidWays);
		const draft =
			one.needs === 'draft' ? await layDraft(database, actor, table) : { importId: measureId, seen: '' };
		// In the chair is whoever it is about, or somebody of another organisation.
		const involved = [organisationId, actor.organisationId];
		const others = (['agentia', 'minister', 'comisia'] as const)
			.map((seat) => table.member(seat, 'coordinator'))
			.find((one) => !involved.includes(one.organisationId)) as Actor;
		const ofOwner = table.member(owner, actor.role === 'coordinator' ? 'contributor' : 'coordinator');
		const meeting =
			typeof one.needs === 'string' && one.needs.includes('meeting')
				? await layMeeting(database, {
						circleId: table.circle.all,
						chair: one.needs === 'meeting of others' ? others : ours ? actor : others,
						// Whose item and whose hand; for a hand that is raised, nobody's of the actor's.
						author: one.command === raiseHand ? table.member('asociatia') : ofOwner,
						other: table.member(
							one.command !== raiseHand ? 'asociatia' : actor.kind === 'agency' ? 'minister' : 'agentia'
						),
						state: (['planned', 'paused', 'closed'] as const).find(
							(state) => one.needs === `${state} meeting`
						),
						ids: { meetingId: keptId, itemId: flagId }
					})
				: ({} as LaidMeeting);
		return database.asOwner(async (tx) => {
			const circleId = table.circle.all;
			const newcomer = table.organisation[actor.kind === 'embassy' ? 'organismul' : 'ambasada'];
			if (typeof one.needs === 'object')
				await tx.execute(sql`update measures set status = ${one.needs.status} where id = ${measureId}`);
			// What an act before has left goes.
			await tx.execute(sql`with gone as (delete from steps where measure_id = ${measureId}),
					shown as (update workspace set skipped = '{}' where skipped <> '{}')
				update measures set retired_at = case when ${one.needs === 'retired'} then now() end where id = ${measureId}`);
			if (one.needs === 'objective')
				await tx.execute(sql`update objectives set title_ro = 'Protecția' where id = ${table.objectiveId}`);
			if (one.needs === 'step')
				await tx.execute(sql`insert into steps (id, measure_id, circle_id, position, title_ro)
					values (${stepId}, ${measureId}, ${circleId}, 1, 'Un pas')`);
			if (one.needs === 'move') {
				await tx.execute(sql`update measures set status = 'blocked' where id = ${measureId}`);
				await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
				const data = { old: { status: 'in-progress', asOf: null }, new: { status: 'blocked', asOf: null } };
				await tx.execute(sql`select append(${json([{ subject: measureId, type: 'measure.status', data }])})`);
			}
			if (one.needs === 'unseated')
				await tx.execute(
					sql`update organisations set name_ro = id::text where name_ro = 'Ministerul Afacerilor Interne'`
				);
			if (one.needs === 'mail')
				await tx.execute(sql`insert into mails (id, kind, address, subject, text, state, tries, trouble)
					values (${mailId}, 'invitation', 'ana@a.example', 'Invitație', 'Cuvinte', 'failed', 5, '550 No')`);
			if (one.needs === 'view')
				await tx.execute(sql`insert into views (id, member_id, name, query)
					values (${viewId}, ${actor.memberId}, 'Ale noastre', 'mine=yes')`);
			if (one.needs === 'session') {
				const whose = ours ? actor : table.member('asociatia', actor.role);
				await tx.execute(sql`insert into signin.sessions (id, member_id, secret_hash)
					values (${session}, ${whose.memberId}, '\\x00')`);
			}
			if (one.needs === 'circle' || one.needs === 'written circle' || one.needs === 'retired circle') {
				await tx.execute(sql`insert into circles (id, kind, name_ro, name_en, inside)
					values (${keptId}, 'made', 'Cerc', 'Circle', ${circleId})`);
				if (one.needs === 'retired circle')
					await tx.execute(sql`update circles set retired_at = now() where id = ${keptId}`);
				await tx.execute(sql`insert into circle_organisations (circle_id, organisation_id)
					select ${keptId}, organisation_id from circle_organisations
						where circle_id = ${circleId} and organisation_id = any(array[${sql.join(
							Object.values(table.organisation).map((id) => sql`${id}`),
							sql`, `
						)}]::uuid[]) and organisation_id <> ${newcomer}`);
			}
			if (one.needs === 'written circle') {
				await tx.execute(sql`insert into subjects (id, circle_id, own_id)
					values (${crypto.randomUUID()}, ${keptId}, ${actor.ownCircleId})`);
				await tx.execute(sql`update heads set n = 5 where circle_id = ${keptId}`);
			}
			if (one.needs === 'seat' || one.needs === 'retired seat')
				await tx.execute(sql`insert into organisations (id, kind, name_ro, name_en, short_ro, short_en, retired_at)
					values (${keptId}, 'ngo', 'Una', 'One', 'Una', 'One', case when ${one.needs === 'retired seat'} then now() end)`);
			if (one.needs === 'strategy' || one.needs === 'retired strategy') {
				await tx.execute(sql`insert into subjects (id, circle_id) values (${keptId}, ${circleId})`);
				await tx.execute(sql`insert into strategies (id, circle_id, title_ro, title_en, retired_at)
					values (${keptId}, ${circleId}, 'Alta', 'Another',
						case when ${one.needs === 'retired strategy'} then now() end)`);
			}
			if (one.needs === 'report') {
				const whose = table.member(owner, actor.role === 'coordinator' ? 'contributor' : 'coordinator');
				await tx.execute(sql`insert into subjects (id, circle_id, own_id)
					values (${keptId}, ${circleId}, ${whose.ownCircleId})`);
				await tx.execute(sql`insert into reports (id, circle_id, organisation_id, member_id, title, language, objectives, sources)
					values (${keptId}, ${circleId}, ${whose.organisationId}, ${whose.memberId}, 'Raport', 'ro',
						array[${table.objectiveId}]::uuid[], '{}')`);
				await tx.execute(sql`insert into report_paragraphs (id, report_id, circle_id, position, text)
					values (${flagId}, ${keptId}, ${circleId}, 1, 'Unu')`);
			}
			if (one.row === 'people' || one.row === 'reset') {
				await tx.execute(sql`with member as (insert into members (id, organisation_id, name, role, active, until) values
						(${colleagueId}, ${organisationId}, 'Coleg Exemplu', 'contributor', ${one.needs !== 'suspended'},
							${one.needs === 'leaving' ? midnight : null})),
					account as (insert into signin.accounts (member_id, email) values (${colleagueId}, ${`${colleagueId}@ex.example`})),
					session as (insert into signin.sessions (id, member_id, secret_hash) values (${hex(16)}, ${colleagueId}, '\\x00'))
					insert into invitations (id, organisation_id, email, name, role, language, secret_hash, expires_at)
						values (${invitationId}, ${organisationId}, ${`${invitationId}@ex.example`}, 'Invitat Exemplu', 'observer',
							'ro', '\\x00', now() + interval '1 day')`);
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
			if (one.needs === 'post' || one.needs === 'flag' || one.needs === 'reported')
				await put(postId, author, 'comment');
			if (one.needs === 'reported') {
				await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
				const said = { subject: postId, type: 'update.posted', data: { report: flagId } };
				await tx.execute(sql`select append(${json([said])})`);
			}
			if (one.row === 'house')
				await tx.execute(sql`update organisations set approves = false where id = ${organisationId}`);
			if (one.needs === 'draft') {
				const input = { measureId, circleId, kind: 'comment', language: 'ro', text: 'În casă' };
				await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
					values (${flagId}, ${ownCircleId}, ${measureId}, ${ownCircleId})`);
				await tx.execute(sql`insert into drafts
						(id, circle_id, measure_id, organisation_id, member_id, command, input, state)
					values (${flagId}, ${ownCircleId}, ${measureId}, ${organisationId}, ${author.memberId}, 'update.post',
						${json(input)}, 'kept')`);
			}
			if (one.needs === 'question') {
				await put(postId, table.member('agentia'), 'question');
				await ask(postId, author);
			}
			if (one.needs === 'answer' || one.needs === 'flagged answer') {
				const question = crypto.randomUUID();
				await put(question, table.member('agentia'), 'question');
				await put(postId, author, 'comment', question);
				await ask(question, author, 'answered', postId);
			}
			if (one.needs === 'flag' || one.needs === 'flagged answer') {
				await tx.execute(sql`select set_config('app.member', ${table.member('agentia').memberId}, true)`);
				await tx.execute(sql`select raise_flag(${postId}, ${flagId}, 'De ce')`);
			}
			if (one.needs === 'confirmation') {
				await tx.execute(
					sql`insert into subjects (id, circle_id) values (${flagId}, ${table.circle.secretariat})`
				);
				await tx.execute(sql`insert into confirmations (id, circle_id, member_id, command, field, kinds, reason)
					values (${flagId}, ${table.circle.secretariat}, ${author.memberId}, 'update.post', 'text', '{phone}', 'De ce')`);
			}
			const [found] = await rows<{ measure: Measure; post: Update }>(
				tx,
				sql`select (select m.row from measure_rows m where id = ${measureId}) as measure,
					(select u.row from update_rows u where id = ${postId}) as post`
			);
			const authorsOwn = author.ownCircleId;
			const people = { colleagueId, invitationId, host };
			return {
				actor,
				table,
				stepId,
				viewId,
				mailId,
				session,
				flagId,
				authorsOwn,
				keptId,
				newcomer,
				...people,
				ways,
				draft,
				meeting,
				...(found as { measure: Measure; post: Update })
			};
		});
	}

	/** All that an act may touch: the thing itself, what stands under it, what was told since, and the operations. */
	async function observe(
		{
			actor,
			measure,
			post,
			session,
			table,
			viewId,
			mailId,
			flagId,
			keptId,
			colleagueId,
			invitationId,
			host,
			meeting
		}: Try,
		result: Record<string, string> = {},
		since: Record<string, number> = {}
	) {
		const tried = {
			...{ member: actor.memberId, measure: measure.id, post: post?.id, objective: table.objectiveId },
			...{ view: viewId, mail: mailId, confirmation: flagId, kept: keptId, colleague: colleagueId },
			...{ note: meeting.noteId, decision: meeting.decisionId, proposal: meeting.proposalId },
			...{
				invitation: invitationId,
				since,
				result: result.id,
				updateId: result.updateId,
				house: host.organisationId
			},
			session: result.sessionId ?? session,
			flag: result.flagId ?? flagId
		};
		return database.asOwner(async (tx) => {
			const [found] = await rows<{ observed: Observed }>(tx, sql`select observed(${json(tried)})`);
			return (found as NonNullable<typeof found>).observed;
		});
	}

	test('all were tried, and both answers were seen', async () => {
		const types = await database.asOwner((tx) =>
			rows<{ type: string }>(tx, sql`select distinct type from words`)
		);
		for (const { type } of types) recorded.add(type);

		const due = everybody.flatMap(([, , role, seat]) =>
			cases.flatMap(({ row }) => {
				const verdict = cell(row, table.member(seat, role));
				const may = (ours: boolean) => isAllowed(verdict, role, ours);
				return [true, false].filter((ours) => isTried(verdict, ours)).map(may);
			})
		);
		expect(tried).toEqual({
			allowed: due.filter(Boolean).length,
			refused: due.filter((may) => !may).length
		});
		console.log(`capabilities on ${engine}: ${tried.allowed} acts allowed, ${tried.refused} refused`);
		tried = { allowed: 0, refused: 0 };
	});
});

test('what was recorded is known and has a sentence', () => {
	const types = [...recorded];
	expect(eventTypes).toEqual(expect.arrayContaining(types));
	// What goes on in a new plan is told in import.test.ts.
	// Nobody who is a member begins a workspace, and a link that was opened is no member's act.
	expect(
		new Set([...types, 'workspace.begun', 'member.joined', 'member.password', 'measure.succeeded'])
	).toEqual(new Set(eventTypes));

	const speaker = { status: String, kind: String, circle: String, organisation: String };
	const happened: Omit<Happened, 'type'> = {
		...{ circle: '', n: 1, subject: '', at: '', author: null, organisationId: null, withdrawn: null },
		kind: 'comment',
		data: {}
	};
	for (const type of eventTypes.filter((type) => !type.startsWith('member.signed')))
		for (const locale of ['ro', 'en'] as const) {
			const sentence = predicate({ ...happened, type }, { locale, ...speaker }, '');
			expect([type, sentence]).not.toEqual([type, type]);
		}
});

type Observed = Record<string, unknown> & { heads: Record<string, number>; told: Told[] };

/**
 * A function, so that what is asked before and after thousands of tries is planned once: left to itself the database
 * would plan it anew each time, which takes longer than the asking.
 */
const observed = `create function observed(tried jsonb) returns jsonb
	language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
	member uuid := tried->>'member'; measure uuid := tried->>'measure'; post uuid := tried->>'post';
	result uuid := tried->>'result'; kept uuid := tried->>'kept'; colleague uuid := tried->>'colleague';
begin
	return jsonb_build_object(
		'measure', (select m.row from measure_rows m where id = measure),
		'post', (select u.row from update_rows u where id = post),
		'draft', (select d.row from draft_rows d where id = (tried->>'flag')::uuid),
		'written', (select d.row from draft_rows d where id = result),
		'reported', (select u.row from update_rows u where id = (tried->>'updateId')::uuid),
		'house', (select jsonb_build_object('id', id, 'approves', approves) from organisations where id = (tried->>'house')::uuid),
		'posted', (select u.row from update_rows u where id = result),
		'made', (select m.row from measure_rows m where id = result),
		'objective', (select to_jsonb(o) from objectives o where id = coalesce(
			(select id from objectives where id = result), (tried->>'objective')::uuid)),
		'session', (select jsonb_build_object('id', id, 'member', member_id, 'ended', ended_at is not null)
			from signin.sessions where id = tried->>'session'),
		'account', (select jsonb_build_object('hash', password_hash, 'totp', totp_since is not null,
				'passkeys', (select coalesce(jsonb_object_agg(id, name), '{}') from signin.passkeys p where p.member_id = a.member_id),
				'codes', (select count(*) from signin.recovery_codes r where r.member_id = a.member_id))
			from signin.accounts a where member_id = member),
		'view', (select jsonb_build_object('id', id, 'member', member_id, 'name', name) from views
			where id = coalesce(result, (tried->>'view')::uuid)),
		'choice', (select to_jsonb(c) from mail_choices c where member_id = member),
		'calendar', (select id from signin.calendars where member_id = member),
		'flag', (select to_jsonb(f) from flags f where id = (tried->>'flag')::uuid),
		'meeting', (select m.row from meeting_rows m where id in (result, kept) order by id = kept limit 1),
		'followed', (select m.row from meeting_rows m where id = result and previous_id is not null),
		'item', (select i.row from item_rows i where id = (tried->>'flag')::uuid),
		'note', (select n.row from note_rows n where n.id = (tried->>'note')::uuid),
		'noted', (select n.row from note_rows n where n.id = result),
		'proposal', (select p.row from proposal_rows p where p.id = (tried->>'proposal')::uuid),
		'put', (select p.row from proposal_rows p where p.id = result),
		'decision', (select d.row from decision_rows d where d.id = (tried->>'decision')::uuid),
		'decided', (select d.row from decision_rows d where d.id = result),
		'reviewed', (select to_jsonb(c) from confirmations c where id = (tried->>'confirmation')::uuid),
		'confirmed', (select to_jsonb(c) from confirmations c where subject_id = result),
		'seen', (select s.heads from seen s where member_id = member and measure_id = measure),
		'seated', (select jsonb_build_object('kind', kind, 'seated', seated,
				'circles', (select count(*) from circle_organisations where organisation_id = o.id))
			from organisations o where name_ro = 'Ministerul Afacerilor Interne'),
		'skipped', (select skipped from workspace),
		'mail', (select jsonb_build_object('state', state, 'tries', tries, 'trouble', trouble)
			from mails where id = (tried->>'mail')::uuid),
		'seenAll', (select s.heads from seen_all s where member_id = member),
		'circle', (select circle_facts(c) from circles c where id in (result, kept) order by id = kept limit 1),
		'organisation', (select to_jsonb(o) - 'found_by' from organisations o where id in (result, kept)),
		'strategy', (select to_jsonb(s) from strategies s where id in (result, kept)),
		'report', (select to_jsonb(r) from reports r where id in (result, kept)),
		'paragraphs', (select coalesce(jsonb_agg(p.text order by p.position), '[]') from report_paragraphs p where report_id = kept),
		'colleague', (select to_jsonb(m) from members m where id = colleague),
		'colleagueSessions', (select count(*) from signin.sessions where member_id = colleague and ended_at is null),
		'resets', (select count(*) from signin.resets where member_id = colleague),
		'invited', (select jsonb_build_object('name', name, 'email', email, 'role', role, 'by', invited_by,
				'open', withdrawn_at is null and used_at is null)
			from invitations where id = coalesce(result, (tried->>'invitation')::uuid)),
		'mails', (select count(*) from mails
			where address like '%' || colleague || '%' or address like '%' || (tried->>'invitation') || '%'),
		'seats', (select count(*) from circle_organisations),
		'updates', (select count(*) from updates), 'subjects', (select count(*) from subjects),
		'sessions', (select count(*) from signin.sessions where ended_at is null),
		'operations', (select count(*) from operations),
		'heads', (select jsonb_object_agg(circle_id, n) from heads),
		'told', (select coalesce(jsonb_agg(jsonb_build_object('type', w.type, 'author', w.author,
					'subject', e.subject_id, 'circle', e.circle_id, 'data', w.data)
				order by w.type is not null, array_position(array['all', 'made', 'own', 'secretariat'], c.kind), e.n,
					e.subject_id = e.circle_id desc), '[]')
			from events e left join words w on w.event_circle_id = e.circle_id and w.n = e.n
				join circles c on c.id = e.circle_id
			where tried->'since' <> '{}' and e.n > coalesce((tried->'since'->>e.circle_id::text)::int, 0)));
end $$`;

const hex = (bytes: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
