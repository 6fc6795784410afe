/** Asked and answered: pure rules, the same on the server, in the browser and in tests. */

import type { Circle } from '#lib/access/directory.ts';
import type { Asked, Update, UpdateKind } from './update.ts';

/** The kinds that may name who should answer. */
export const askingKinds: UpdateKind[] = ['question', 'concern', 'offer'];
export const mayAsk = (kind: UpdateKind) => askingKinds.includes(kind);

/** What is still open of it for this organisation. */
export const openFor = ({ asked }: Pick<Update, 'asked'>, organisationId: string) =>
	asked.find((one) => one.organisationId === organisationId && one.state === 'open');

/** A question that Parliament itself dated is its request to an authority. */
export const isFormalRequest = (
	{ kind, asked }: Pick<Update, 'kind' | 'asked'>,
	by: { kind: string } | undefined
) => kind === 'question' && by?.kind === 'parliament' && asked.some(({ askedDue }) => askedDue);

/** One organisation of which a post still waits for an answer. */
export type OpenRequest = { update: Update; asked: Asked };

/**
 * What waits for this organisation's answer, and what it waits for: the overdue first, what has no date last. Whoever
 * can no longer read a post is not waited for.
 */
export function openRequestsIn(
	updates: readonly Update[],
	circles: readonly Pick<Circle, 'id' | 'organisationIds'>[],
	organisationId: string
) {
	const readers = new Map(circles.map(({ id, organisationIds }) => [id, organisationIds]));
	const open = updates
		.filter(({ withdrawnAt, flaggedAt }) => !withdrawnAt && !flaggedAt)
		.flatMap((update) =>
			update.asked
				.filter((one) => one.state === 'open' && readers.get(update.circleId)?.includes(one.organisationId))
				.map((asked): OpenRequest => ({ update, asked }))
		)
		.sort(byDue);
	return {
		ofUs: open.filter(({ asked }) => asked.organisationId === organisationId),
		byUs: open.filter(({ update }) => update.organisationId === organisationId)
	};
}

const byDue = (one: OpenRequest, other: OpenRequest) =>
	(one.asked.due ?? '9').localeCompare(other.asked.due ?? '9') ||
	one.update.postedAt.localeCompare(other.update.postedAt);
