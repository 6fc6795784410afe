/** A circle as its own page shows it: who is in it since when, where it lies, what of it may be quoted. */

import type { CircleKind, Quoting } from '#lib/access/directory.ts';

export const quotings = ['freely', 'agreement', 'never'] as const satisfies readonly Quoting[];

export type CircleFacts = {
	id: string;
	kind: CircleKind;
	nameRo: string;
	nameEn: string;
	/** The circle around it, as it stands today. */
	insideId: string | null;
	quoting: Quoting;
	retired: boolean;
	retiredAt: string | null;
	/** Its successor, which took over what belonged to it, and the circle that it succeeds. */
	succeededBy: string | null;
	succeedsId: string | null;
	organisations: { id: string; since: string }[];
};

/** What the secretariat keeps, also where it reads nothing. */
export type KeptCircle = CircleFacts & {
	/** The secretariat's own organisation is in it, or it is everybody's. */
	read: boolean;
	/** Whoever joins starts its successor: something was written in it. */
	succeeds: boolean;
};

/** Something new may be written in it, somebody may join. */
export const isOpen = ({ retired, succeededBy }: Pick<CircleFacts, 'retired' | 'succeededBy'>) =>
	!retired && !succeededBy;

/** As the audience line takes it. */
export const asCircle = ({ organisations, ...circle }: CircleFacts) => ({
	...circle,
	organisationIds: organisations.map(({ id }) => id)
});
