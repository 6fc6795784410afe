/** What a measure is: pure rules, the same on the server, in the browser and in tests. */

export const statuses = ['proposed', 'in-progress', 'blocked', 'done', 'dropped'] as const;
export type Status = (typeof statuses)[number];

/** A calendar day without a time, `YYYY-MM-DD`. It never passes through a date-time formatter. */
export type Day = string;

export type Step = {
	id: string;
	titleRo: string;
	titleEn: string;
	date: Day | null;
	source: string;
	done: boolean;
};

/** A measure as a page holds it: its own row, its steps in order, and who answers for it. */
export type Measure = {
	subject: 'measure';
	id: string;
	circleId: string;
	/** Counts the placements (moves between circles), not the edits. */
	version: number;
	code: string;
	/** The place in the plan. */
	position: number;
	objectiveId: string;
	titleRo: string;
	titleEn: string;
	descriptionRo: string;
	descriptionEn: string;
	indicators: string;
	resources: string;
	source: string;
	/** The plan's own wording: a date, „Anual”, „Permanent”, a phrase, or nothing. */
	deadline: string;
	nextDate: Day | null;
	status: Status;
	/** Organisation ids; the first lead coordinates. */
	leads: string[];
	partners: string[];
	steps: Step[];
	/** Who is responsible is our placement, not the source's. */
	illustrative: boolean;
	/** Invented for the demonstration. */
	example: boolean;
	/** The day on which what stands here was true; nothing later is claimed. */
	asOf: Day | null;
	/** Out of board, lists, counts and search; its page and history stay. */
	retired: boolean;
};

/** Who answers for it: leads, then partners. */
export const holdersIn = ({ leads, partners }: Pick<Measure, 'leads' | 'partners'>) => [
	...leads,
	...partners
];

/** A move there is told in one sentence: what stands in the way, what was reached, why it was given up. */
export const asksReason = (status: Status) => ['blocked', 'done', 'dropped'].includes(status);

/** Late is computed, never set: in progress, and a date that was promised is before today in Bucharest. */
export const isLate = (measure: Pick<Measure, 'status' | 'nextDate' | 'steps'>, today: Day) =>
	measure.status === 'in-progress' && overdue(measure, today) !== null;

/** The earliest promised date that has passed, or null. */
export function overdue(measure: Pick<Measure, 'nextDate' | 'steps'>, today: Day): Day | null {
	const promised = measure.steps.filter((step) => !step.done).map((step) => step.date);
	const passed = [measure.nextDate, ...promised].filter((day): day is Day => day !== null && day < today);
	return passed.sort()[0] ?? null;
}

/** Progress is the steps done; null when no steps are known. */
export const progress = (measure: Pick<Measure, 'steps'>) =>
	measure.steps.length === 0
		? null
		: { done: measure.steps.filter((step) => step.done).length, of: measure.steps.length };

/** On the page of an organisation: what it leads or partners in, and is still in the plan. */
export const isHeldBy = (measure: Pick<Measure, 'leads' | 'partners' | 'retired'>, organisationId: string) =>
	!measure.retired && (measure.leads.includes(organisationId) || measure.partners.includes(organisationId));
