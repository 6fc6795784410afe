/** The ring in a meeting: who is there, who has taken on what was decided, what each says to a proposal. */

import { inLanguage, type Organisation } from '#lib/access/directory.ts';
import type { Seat } from '#lib/ui/ring.ts';
import { bodyOf, type Decision } from './decision.ts';
import { isConsultative, type Round } from './proposal.ts';

/** @param own the reader's organisation, where there is a reader: the wall has none */
export const seatsOf = (
	organisations: readonly Organisation[],
	isFull: (id: string) => boolean,
	language: 'ro' | 'en',
	own?: string
): Seat[] =>
	organisations.map((one) => ({
		...{ id: one.id, kind: one.kind, name: inLanguage(one, 'short', language), own: one.id === own },
		sign: isFull(one.id) ? 'full' : 'line'
	}));

/** Those whom a decision names. */
export const bodiesAmong = (organisations: readonly Organisation[], decision: Decision) =>
	organisations.filter(({ id }) => bodyOf(decision, id));

/** A round: what each says; of those who say nothing yet, who is there. */
export const seatsInRound = (
	organisations: readonly Organisation[],
	{ deciding, consultative }: Round,
	isHere: (id: string) => boolean,
	language: 'ro' | 'en',
	own?: string
): Seat[] => {
	const stances = new Map([...deciding, ...consultative].map((said) => [said.organisationId, said.stance]));
	return organisations
		.filter(({ id }) => stances.has(id))
		.map((one) => ({
			...{ id: one.id, kind: one.kind, name: inLanguage(one, 'short', language), own: one.id === own },
			sign: stances.get(one.id) ?? (isHere(one.id) ? 'waiting' : 'line'),
			thin: isConsultative(one.kind)
		}));
};
