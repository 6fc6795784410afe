import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';
import type { Update } from '#lib/updates/update.ts';

/** Whoever can read a post may say that it holds personal data, once. */
export const canFlag = (
	actor: Actor,
	{ withdrawnAt, flaggedAt }: Pick<Update, 'withdrawnAt' | 'flaggedAt'>
) => !withdrawnAt && !flaggedAt && may(actor, 'flag.raise');

/** The secretariat puts a flagged post back, or removes its words for good. */
export const canDecideFlags = (actor: Actor) => may(actor, 'flag.decide');

/** The secretariat looks again at what was confirmed against a warning. */
export const canReviewConfirmations = (actor: Actor) => may(actor, 'confirmation.review');
