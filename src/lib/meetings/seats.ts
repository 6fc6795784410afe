/** The ring in a meeting: a full segment is who is there, or has taken on what was decided. */

import { inLanguage, type Organisation } from '#lib/access/directory.ts';
import type { Seat } from '#lib/ui/ring.ts';
import { bodyOf, type Decision } from './decision.ts';

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
