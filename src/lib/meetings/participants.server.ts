/** In the demonstration three invented participants act when asked, through the same commands as anybody. */

import { setTimeout as pause } from 'node:timers/promises';
import { listChairs } from '#lib/auth/demonstration.server.ts';
import { readActor } from '#lib/auth/sessions.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { addDays, today } from '#lib/time.ts';
import { arrive } from './attendance.server.ts';
import { bodyOf } from './decision.ts';
import { answerDecision } from './decisions.server.ts';
import { present, queue } from './meeting.ts';
import { canAnswerDecision, canRaiseHand, canTakePosition } from './policy.ts';
import { takePosition } from './proposals.server.ts';
import { byKind } from './rows.ts';
import { raiseHand } from './speak.server.ts';
import { wholeMeeting } from './whole.server.ts';

/** So many act, always the same, so long after one another that each is seen to happen, in milliseconds. */
const many = 3;
const apart = 600;

type Whole = ReturnType<typeof byKind>;
type Act = { command: AnyCommand; input: Record<string, unknown> };

/**
 * Each of them says that they are there, and takes the next position, decision or hand that waits for their
 * organisation, as far as it is theirs.
 * @returns how many had something to do
 */
export async function letThemAnswer(
	database: Database,
	meetingId: string,
	asker: App.Actor
): Promise<number> {
	const organisations = new Set([asker.organisationId]);
	let acted = 0;
	for (const { memberId, role } of await listChairs(database)) {
		if (organisations.size > many) break;
		if (role !== 'coordinator') continue;
		const person = await database.as('hora_signin', { member: memberId }, (tx) => readActor(tx, memberId));
		if (!person || person.kind === 'parliament' || organisations.has(person.organisationId)) continue;
		const whole = await database.as('hora_app', { member: memberId }, (tx) => wholeMeeting(tx, meetingId));
		if (!whole) continue;
		organisations.add(person.organisationId);
		const acts = actsOf(byKind(whole.rows), person, organisations.size === many);
		if (acts.length === 0) continue;
		if (acted > 0) await pause(apart);
		for (const { command, input } of acts) {
			try {
				await execute(database, command, person, input, crypto.randomUUID());
			} catch (error) {
				// Somebody was quicker, as in any meeting.
				if (!(error instanceof Refusal)) throw error;
			}
		}
		acted++;
	}
	return acted;
}

/** They do not all say the same: one of them has reservations, and needs longer. */
function actsOf({ meeting, proposals, decisions }: Whole, person: App.Actor, hesitates: boolean): Act[] {
	if (!meeting || meeting.state !== 'open') return [];
	const isHere = present(meeting).some((one) => one.memberId === person.memberId);
	const acts: Act[] = isHere ? [] : [{ command: arrive, input: { meetingId: meeting.id } }];

	const proposal = proposals.find(
		(one) =>
			canTakePosition(person, one, meeting) &&
			!one.positions.some(({ organisationId }) => organisationId === person.organisationId)
	);
	const decision = decisions.find(
		(one) =>
			one.meetingId === meeting.id &&
			!one.withdrawnAt &&
			bodyOf(one, person.organisationId)?.answer === 'asked' &&
			canAnswerDecision(person, one)
	);
	const isWaiting = queue(meeting).some(({ organisationId }) => organisationId === person.organisationId);
	if (proposal)
		acts.push({
			command: takePosition,
			input: {
				...{ proposalId: proposal.id, base: { stance: null } },
				...(hesitates
					? { stance: 'reservation', reason: 'Cu un ghid scurt pentru cei noi (exemplu).' }
					: { stance: 'support' })
			}
		});
	else if (decision)
		acts.push({
			command: answerDecision,
			input: {
				...{ decisionId: decision.id, base: { answer: 'asked' } },
				...(hesitates
					? {
							...{ answer: 'other-date', reason: 'Mai avem nevoie de două săptămâni (exemplu).' },
							on: addDays(decision.dueOn ?? today(new Date()), 14)
						}
					: { answer: 'taken' })
			}
		});
	else if (!isWaiting && canRaiseHand(person, meeting))
		acts.push({ command: raiseHand, input: { meetingId: meeting.id } });
	return acts;
}
