/** Every command by name: a list, no logic. */

import { lookAs } from '#lib/access/look-as.server.ts';
import { joinCircle, leaveCircle } from '#lib/circles/join-circle.server.ts';
import {
	addCircle,
	renameCircle,
	restoreCircle,
	retireCircle,
	setQuoting
} from '#lib/circles/keep-circle.server.ts';
import { reviewConfirmation } from '#lib/harm/confirmations.server.ts';
import { raiseFlag, removeFlagged, restoreFlagged } from '#lib/harm/flags.server.ts';
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
import { addPasskey, removePasskey, renamePasskey } from '#lib/auth/passkeys.server.ts';
import { confirmTotp, removeTotp, renewRecovery, startTotp } from '#lib/auth/second.server.ts';
import { endOtherSessions, endSession, proveSession, startSession } from '#lib/auth/sessions.server.ts';
import { setPassword } from '#lib/auth/set-password.server.ts';
import { addItem, editItem, orderAgenda, setMinutes, setSlot } from '#lib/meetings/agenda.server.ts';
import {
	answerDecision,
	editDecision,
	recordDecision,
	withdrawDecision
} from '#lib/meetings/decisions.server.ts';
import { arrive, leave, noteGuest } from '#lib/meetings/attendance.server.ts';
import { approveMinutes } from '#lib/meetings/minutes.server.ts';
import { editNote, writeNote } from '#lib/meetings/notes.server.ts';
import { editMeeting, followMeeting, planMeeting } from '#lib/meetings/plan-meeting.server.ts';
import {
	closeMeeting,
	extendItem,
	openMeeting,
	setTimer,
	takeItem
} from '#lib/meetings/run-meeting.server.ts';
import {
	castVote,
	closeProposal,
	countVotes,
	nameDelegate,
	putProposal,
	takePosition,
	withdrawProposal
} from '#lib/meetings/proposals.server.ts';
import { giveFloor, lowerHand, orderHands, raiseHand } from '#lib/meetings/speak.server.ts';
import { markAllSeen, markSeen } from '#lib/news/mark-seen.server.ts';
import { editReport, makeReport, refreshReport, retireReport } from '#lib/reports/make-report.server.ts';
import { addParagraph, changeParagraph, removeParagraph } from '#lib/reports/paragraphs.server.ts';
import { makeExport } from '#lib/transfer/make-export.server.ts';
import { chooseMail } from '#lib/notifications/choose.server.ts';
import { endCalendar, renewCalendar } from '#lib/notifications/keep-calendar.server.ts';
import { retryMail } from '#lib/mail/outbox.server.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { editTexts, moveMeasure, setDate, setStatus, undoStatus } from '#lib/strategy/edit-measure.server.ts';
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
import { forgetView, keepView } from '#lib/views/keep-view.server.ts';
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
import { skipStep } from '#lib/workspace/first-days.server.ts';
import { seatOrganisations } from '#lib/workspace/seat-organisations.server.ts';
import { importPlan } from './transfer/import-plan.server.ts';

const all: AnyCommand[] = [
	startSession,
	endSession,
	endOtherSessions,
	proveSession,
	setPassword,
	addPasskey,
	renamePasskey,
	removePasskey,
	startTotp,
	confirmTotp,
	removeTotp,
	renewRecovery,
	postUpdate,
	replyToUpdate,
	editUpdate,
	withdrawUpdate,
	moveUpdate,
	answerRequest,
	declineRequest,
	promiseAnswer,
	writeDraft,
	editDraft,
	askApproval,
	commentDraft,
	returnDraft,
	withdrawDraft,
	approveDraft,
	setApproval,
	reportMeasure,
	undoReport,
	addMeasure,
	importPlan,
	setHolders,
	retireMeasure,
	restoreMeasure,
	addObjective,
	editObjective,
	setStatus,
	undoStatus,
	setDate,
	editTexts,
	moveMeasure,
	addStep,
	changeStep,
	removeStep,
	planMeeting,
	followMeeting,
	editMeeting,
	addItem,
	setSlot,
	setMinutes,
	orderAgenda,
	editItem,
	openMeeting,
	takeItem,
	setTimer,
	extendItem,
	closeMeeting,
	raiseHand,
	lowerHand,
	orderHands,
	giveFloor,
	arrive,
	noteGuest,
	leave,
	writeNote,
	editNote,
	recordDecision,
	editDecision,
	withdrawDecision,
	approveMinutes,
	putProposal,
	closeProposal,
	withdrawProposal,
	takePosition,
	castVote,
	countVotes,
	nameDelegate,
	answerDecision,
	markSeen,
	markAllSeen,
	lookAs,
	keepView,
	forgetView,
	seatOrganisations,
	skipStep,
	chooseMail,
	renewCalendar,
	endCalendar,
	retryMail,
	raiseFlag,
	restoreFlagged,
	removeFlagged,
	reviewConfirmation,
	addCircle,
	renameCircle,
	joinCircle,
	leaveCircle,
	retireCircle,
	restoreCircle,
	setQuoting,
	addOrganisation,
	renameOrganisation,
	retireOrganisation,
	restoreOrganisation,
	addStrategy,
	editStrategy,
	retireStrategy,
	restoreStrategy,
	makeInvitation,
	renewInvitation,
	withdrawInvitation,
	setRole,
	setFunction,
	endMembership,
	keepMember,
	disableMember,
	enableMember,
	makeReset,
	makeExport,
	makeReport,
	editReport,
	refreshReport,
	retireReport,
	addParagraph,
	changeParagraph,
	removeParagraph
];

export const commands: ReadonlyMap<string, AnyCommand> = new Map(
	all.map((command) => [command.name, command])
);
