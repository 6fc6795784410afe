/** What a search finds, the same on the server, in the page and in the palette. */

import type { Status } from '#lib/strategy/measure.ts';
import type { UpdateKind } from '#lib/updates/update.ts';
import type { Mark } from './marks.ts';

export type MeasureHit = {
	kind: 'measure';
	id: string;
	circleId: string;
	code: string;
	title: Mark[];
	/** Where in the rest of its texts the words stand, if not in the title. */
	excerpt?: Mark[];
	status: Status;
	late: boolean;
	/** Steps done, or null when none are known. */
	progress: { done: number; of: number } | null;
	example: boolean;
};

export type OrganisationHit = {
	kind: 'organisation';
	id: string;
	short: string;
	title: Mark[];
	example: boolean;
};

export type UpdateHit = {
	kind: 'update';
	id: string;
	circleId: string;
	measureId: string;
	code: string;
	measure: string;
	/** The short name of the organisation that posted. */
	by: string;
	update: UpdateKind;
	postedAt: string;
	excerpt: Mark[];
	/** In which the excerpt is written. */
	language: 'ro' | 'en';
};

export type Hit = MeasureHit | OrganisationHit | UpdateHit;

/** The first hits of a kind, and how many there are. */
export type Group = { kind: Hit['kind']; total: number; hits: Hit[] };

/** In the order in which they are shown; a kind of which nothing was found is left out. */
export type Found = Group[];

/** Longer than this nobody searches, and the rest is not looked at. */
export const longest = 200;

/** Where a hit opens. An organisation has no page yet: what else bears its name is searched for. */
export function hrefOf(hit: Hit): string {
	switch (hit.kind) {
		case 'measure':
			return `/measures/${hit.id}`;
		case 'organisation':
			return `/organisations/${hit.id}`;
		case 'update':
			return `/measures/${hit.measureId}#${hit.id}`;
	}
}

export const searchHref = (words: string) => `/search?q=${encodeURIComponent(words)}`;
