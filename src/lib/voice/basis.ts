/** What an internal version was based on, held against what stands now: pure, for the page that shows both. */

import type { Measure } from '#lib/strategy/measure.ts';
import type { Update } from '#lib/updates/update.ts';
import { aboutUpdate, type Draft } from './draft.ts';

type Values = Record<string, unknown>;

/** The values that it names as its basis, as they are now; empty where it names none or nothing of it is in sight. */
export function standingNow(
	draft: Draft,
	measure: Measure | undefined,
	updates: readonly Update[],
	organisationId: string
): Values {
	const update = updates.find(({ id }) => id === aboutUpdate(draft));
	const promised = update?.asked.find((one) => one.organisationId === organisationId);
	const step = measure?.steps.find(({ id }) => id === draft.input.stepId);
	const doneIds = measure?.steps.filter((one) => one.done).map(({ id }) => id);
	const now: Values = {
		...measure,
		...(draft.input.stepId ? step : { doneIds }),
		...update,
		...(promised && { due: promised.due })
	};
	const based = (draft.input.base ?? {}) as Values;
	return Object.fromEntries(
		Object.keys(based)
			.filter((field) => field in now)
			.map((field) => [field, now[field] ?? null])
	);
}

/** The fields that somebody has changed since it was written. */
export function changedSince(draft: Draft, now: Values): string[] {
	const based = (draft.input.base ?? {}) as Values;
	return Object.keys(now).filter(
		(field) => JSON.stringify(based[field] ?? null) !== JSON.stringify(now[field])
	);
}

/** The act on what stands now. */
export const rebased = ({ input }: Draft, now: Values): Values =>
	input.base ? { ...input, base: { ...(input.base as Values), ...now } } : input;

/** Where it will be read once it is sent. */
export function circleOf(
	draft: Draft,
	measure: Measure | undefined,
	updates: readonly Update[]
): string | undefined {
	if (typeof draft.input.circleId === 'string') return draft.input.circleId;
	const about = aboutUpdate(draft);
	return about ? updates.find(({ id }) => id === about)?.circleId : measure?.circleId;
}
