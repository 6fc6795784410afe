/** What a meeting leaves behind: what was noted under an item, and what was decided, with who took it on. */

import type { Day } from '#lib/strategy/measure.ts';

/** A line that was noted under an item while the meeting ran; it becomes a line of the minutes. */
export type Note = {
	subject: 'note';
	id: string;
	circleId: string;
	version: number;
	meetingId: string;
	itemId: string;
	organisationId: string;
	memberName: string;
	text: string;
	writtenAt: string;
	example: boolean;
};

/**
 * What a body that a decision names has said to it. `asked`: nothing yet · `taken`: „ne asumăm” · `other-date`: by
 * another date, because … · `later`: answers by a date · `done`: what was taken on is done.
 */
export type Answer = 'asked' | 'taken' | 'other-date' | 'later' | 'done';

export type Body = {
	organisationId: string;
	answer: Answer;
	/** The date it names itself: by when instead, or by when it answers. */
	on: Day | null;
	reason: string;
	/** Who answered, and when. */
	memberName: string | null;
	answeredAt: string | null;
};

export type Decision = {
	subject: 'decision';
	id: string;
	circleId: string;
	version: number;
	meetingId: string;
	/** The day of the meeting in which it fell. */
	decidedOn: Day;
	itemId: string;
	organisationId: string;
	memberName: string;
	textRo: string;
	textEn: string;
	dueOn: Day | null;
	/** The measure that it is about. */
	measureId: string | null;
	bodies: Body[];
	recordedAt: string;
	withdrawnAt: string | null;
	example: boolean;
};

/** What a body may say now: whoever has said when it answers still answers, and what was taken on gets done. */
export const nextAnswers: Record<Answer, Exclude<Answer, 'asked'>[]> = {
	asked: ['taken', 'other-date', 'later'],
	later: ['taken', 'other-date', 'later'],
	taken: ['done', 'other-date'],
	'other-date': ['done', 'taken', 'other-date'],
	done: ['taken']
};

export const bodyOf = ({ bodies }: Pick<Decision, 'bodies'>, organisationId: string) =>
	bodies.find((body) => body.organisationId === organisationId);

/** It has been promised: as it was decided, or by another date that the body named. */
export const isTaken = (body: Pick<Body, 'answer'> | undefined) =>
	body !== undefined && ['taken', 'other-date', 'done'].includes(body.answer);

/** By when a body is to be done: its own date, where it named another. */
export const dueBy = ({ dueOn }: Pick<Decision, 'dueOn'>, { answer, on }: Pick<Body, 'answer' | 'on'>) =>
	answer === 'other-date' ? on : dueOn;

/** What a body still owes: an answer, or what it took on; nothing once that is done or the decision withdrawn. */
export function owes(
	decision: Decision,
	organisationId: string
): { what: 'answer' | 'work'; by: Day | null } | undefined {
	const body = bodyOf(decision, organisationId);
	if (!body || body.answer === 'done' || decision.withdrawnAt) return undefined;
	return isTaken(body)
		? { what: 'work', by: dueBy(decision, body) }
		: { what: 'answer', by: body.answer === 'later' ? body.on : null };
}
