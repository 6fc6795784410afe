import type { IconName } from './icons.ts';

/** Where one can go: in the rail on a wide screen, in the bottom bar on a phone. */
export type Place = {
	href: string;
	label: string;
	icon: IconName;
	current?: boolean;
	/** After „g”, the key that leads there. */
	key?: string;
	/** What is unseen there, with the words that say so: „6 nevăzute”. */
	count?: number;
	countLabel?: string;
	/** A button that posts to `href` instead of a link: signing out. */
	post?: boolean;
};
