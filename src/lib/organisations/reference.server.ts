/** The bodies and the strategy that are known before anybody has typed a word, from the reference file. */

import institutions from '../../../drizzle/seed/institutions.json';
import type { OrganisationKind } from '#lib/access/actor.ts';
import { fold } from '#lib/fold.ts';

/** What a page shows of one. */
export type Body = {
	key: string;
	kind: OrganisationKind;
	nameRo: string;
	nameEn: string;
	shortRo: string;
	shortEn: string;
	/** A class of bodies („ONG”): plans name it, but it has no seat. */
	group: boolean;
};

/** As `seat_organisations` takes them, in the order of the file, which becomes the order in the ring. */
const known = institutions.institutions.map((one, position) => ({
	...one,
	kind: one.kind as OrganisationKind,
	position
}));

export const bodies: Body[] = known.map(({ key, kind, nameRo, nameEn, shortRo, shortEn, group }) => ({
	...{ key, kind, nameRo, nameEn, shortRo, shortEn, group }
}));

export const bodyKeys = known.map(({ key }) => key);

export const bodyOf = (key: string) => known.find((one) => one.key === key);

/** The body of this name in the file, for its other spellings and where they come from. */
export const bodyNamed = (nameRo: string) => known.find((one) => fold(one.nameRo) === fold(nameRo));

const { titleRo, titleEn, source } = institutions.strategy;
export const knownStrategy = { titleRo, titleEn, source };
