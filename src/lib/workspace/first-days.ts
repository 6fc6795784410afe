/** What a new workspace needs, in the order in which it makes sense. */

export const steps = ['organisations', 'circles', 'plan', 'invitations'] as const;
export type Step = (typeof steps)[number];

export type FirstDays = {
	/** What the database holds already. */
	done: Record<Step, boolean>;
	/** What the secretariat has passed over. */
	skipped: Step[];
};

/** Until all is done or passed over. */
export const isUnfinished = ({ done, skipped }: FirstDays) =>
	steps.some((step) => !done[step] && !skipped.includes(step));
