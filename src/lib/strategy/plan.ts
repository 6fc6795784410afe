/** What an action plan is: the measures of some years; the next plan continues, splits, merges or drops them. */

import type { Day, Status } from './measure.ts';

export type Plan = {
	id: string;
	strategyId: string;
	circleId: string;
	titleRo: string;
	titleEn: string;
	/** From which year to which; null where nobody has said. */
	firstYear: number | null;
	lastYear: number | null;
};

export const fates = ['continued', 'split', 'merged'] as const;
/** How a measure goes on in the next plan. */
export type Fate = (typeof fates)[number];

/** What the plan's file says of a measure, field by field. */
export type Planned = Partial<{
	objectiveId: string;
	titleRo: string;
	titleEn: string;
	indicators: string;
	resources: string;
	source: string;
	deadline: string;
	nextDate: Day | null;
	status: Status;
	illustrative: boolean;
	leads: string[];
	partners: string[];
}>;

/** „2027–2029”; nothing where nobody has said. */
export const yearsOf = ({ firstYear, lastYear }: Pick<Plan, 'firstYear' | 'lastYear'>) =>
	[firstYear, lastYear === firstYear ? null : lastYear].filter((year) => year !== null).join('–');
