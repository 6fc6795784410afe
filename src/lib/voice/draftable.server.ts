/** The acts that may stand in the house first: those that others read, and that `alone` speaks of. */

import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, type Context, perform } from '#lib/server/command.server.ts';
import { setDate, setStatus } from '#lib/strategy/edit-measure.server.ts';
import { addStep, changeStep, removeStep } from '#lib/strategy/steps.server.ts';
import { answerRequest, declineRequest, promiseAnswer } from '#lib/updates/answer-request.server.ts';
import { editUpdate, moveUpdate, postUpdate, replyToUpdate } from '#lib/updates/post-update.server.ts';
import { reportMeasure } from './report.server.ts';

const all: AnyCommand[] = [
	postUpdate,
	replyToUpdate,
	editUpdate,
	moveUpdate,
	answerRequest,
	declineRequest,
	promiseAnswer,
	setStatus,
	setDate,
	addStep,
	changeStep,
	removeStep,
	reportMeasure
];

export const draftable: ReadonlyMap<string, AnyCommand> = new Map(all.map((one) => [one.name, one]));
export const draftableNames = all.map(({ name }) => name) as [string, ...string[]];

export const draftableOf = (name: string) => draftable.get(name) as AnyCommand;

/** What an act is about, as its command found it: a measure, something on it, or a step with it. */
export type About = { id: string; measureId?: string; measure?: { id: string } };

export const measureOf = ({ id, measureId, measure }: About) => measureId ?? measure?.id ?? id;

/**
 * Does the act and undoes it: what a coordinator could never send is refused while whoever wrote it is still there.
 * @throws Refusal as the act itself would
 */
export async function rehearse(
	command: AnyCommand,
	context: Omit<Context<Record<string, unknown>, About>, 'subject'>
) {
	const aside = new Refusal('unavailable');
	const quiet = { record: () => {}, tell: () => {} };
	// Not asked whether the actor may speak alone: that is what the internal version is for.
	const rehearsed = { ...command, alone: undefined };
	await context.tx
		.transaction(async (inner) => {
			await perform(rehearsed, { ...context, ...quiet, tx: inner });
			throw aside;
		})
		.catch((thrown: unknown) => {
			if (thrown !== aside) throw thrown;
		});
}
