/** What every page of a member knows: the organisations at the table and the reader's circles. */

import type { OrganisationKind } from './actor.ts';

export type Organisation = {
	id: string;
	kind: OrganisationKind;
	nameRo: string;
	nameEn: string;
	shortRo: string;
	shortEn: string;
	/** A class of bodies that a plan names („ONG”): a partner without members, circle or rights. */
	group: boolean;
	/** Has members here: takes part in the audience and in the ring of the whole table. */
	seated: boolean;
	example: boolean;
};

export type CircleKind = 'public' | 'all' | 'own' | 'secretariat' | 'made';

/** A circle the reader is in. */
export type Circle = {
	id: string;
	kind: CircleKind;
	nameRo: string;
	nameEn: string;
	/** Seated organisations in it, in the ring's order. */
	organisationIds: string[];
	/** The circles that it lies inside of (itself included). */
	outerIds: string[];
};
