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
	/** No longer at the table: out of pickers, ring and lists; its name stays where it stood. */
	retired: boolean;
};

export type CircleKind = 'public' | 'all' | 'own' | 'secretariat' | 'made';

/** May what is written in a circle be quoted outside it: freely, with agreement, not at all. */
export type Quoting = 'freely' | 'agreement' | 'never';

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
	/** A successor has taken its place, or it was retired: what was written stays, nothing new is. */
	closed: boolean;
	/** Retired: not even a reply. */
	retired: boolean;
	/** Whether what is written in it may be quoted outside. */
	quoting: Quoting;
};

/** The words of a row in the reader's language; where they are missing, in the other. */
export function inLanguage<Name extends string>(
	row: { [field in `${Name}Ro` | `${Name}En`]: string },
	name: Name,
	language: 'ro' | 'en'
): string {
	const words = row as Record<string, string>;
	return (language === 'en' && words[`${name}En`]) || words[`${name}Ro`] || words[`${name}En`] || '';
}

/** An organisation of the table by its short name; nothing for one that is not there. */
export function shortName(organisations: readonly Organisation[], id: string | null, language: 'ro' | 'en') {
	const organisation = organisations.find((one) => one.id === id);
	return organisation ? inLanguage(organisation, 'short', language) : '';
}

/** What a circle is called: an organisation's own is „Doar [organizația]”. */
export const circleName = (circle: Pick<Circle, 'nameRo' | 'nameEn'> | undefined, language: 'ro' | 'en') =>
	circle ? inLanguage(circle, 'name', language) : '';

/** The circles that something inside this one may be written in: it and those inside it, and one's own. */
export const circlesWithin = (circles: Circle[], outerId: string, ownCircleId: string) =>
	circles.filter(
		({ id, kind, outerIds, closed }) =>
			id === ownCircleId || (outerIds.includes(outerId) && !closed && kind !== 'public')
	);

/** The circles that something may be moved to: narrower or wider than where it is. */
export const circlesBeside = (circles: Circle[], fromId: string) => {
	const from = circles.find(({ id }) => id === fromId);
	return circles.filter(
		({ id, kind, outerIds, closed }) =>
			id !== fromId &&
			!closed &&
			kind !== 'public' &&
			(outerIds.includes(fromId) || kind === 'own' || from?.kind === 'own' || from?.outerIds.includes(id))
	);
};
