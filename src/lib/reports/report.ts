/** A report as a page holds it: what it is about and for whom, its own words, and what it stands on. */

import type { Day } from '#lib/strategy/measure.ts';
import type { Prose } from '#lib/updates/update.ts';

/** Its author's own words. */
export type Paragraph = {
	id: string;
	/** The objective or measure that it stands under; null at the beginning. */
	placeId: string | null;
	text: string;
	prose: Prose;
};

/** What a statement stands on → which version of it: ids and moments, never words. */
export type Sources = Record<string, string>;

export type Report = {
	id: string;
	/** Whom it is for. */
	circleId: string;
	organisationId: string;
	memberName: string;
	title: string;
	language: 'ro' | 'en';
	from: Day | null;
	to: Day | null;
	objectives: string[];
	sources: Sources;
	madeAt: string;
	retired: boolean;
	paragraphs: Paragraph[];
};
