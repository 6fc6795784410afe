/** Every command by name: a list, no logic. */

import { endSession, startSession } from '#lib/auth/sessions.server.ts';
import { markAllSeen, markSeen } from '#lib/news/mark-seen.server.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { editTexts, moveMeasure, setDate, setStatus, undoStatus } from '#lib/strategy/edit-measure.server.ts';
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

const all: AnyCommand[] = [
	startSession,
	endSession,
	postUpdate,
	replyToUpdate,
	editUpdate,
	withdrawUpdate,
	moveUpdate,
	answerRequest,
	declineRequest,
	promiseAnswer,
	setStatus,
	undoStatus,
	setDate,
	editTexts,
	moveMeasure,
	addStep,
	changeStep,
	removeStep,
	markSeen,
	markAllSeen,
	keepView,
	forgetView
];

export const commands: ReadonlyMap<string, AnyCommand> = new Map(
	all.map((command) => [command.name, command])
);
