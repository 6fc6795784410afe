/** The meeting pack: what changed since the last meeting, as what may stand on the agenda. Pure rules. */

import type { Happened } from '#lib/events/sentence.ts';
import { grouped } from '#lib/grouped.ts';
import { type Day, type Measure, overdue } from '#lib/strategy/measure.ts';
import { addDays, today as dayOf } from '#lib/time.ts';
import type { OpenAnswer } from '#lib/updates/latest.server.ts';
import { type Decision, owes } from './decision.ts';
import type { Item, Meeting } from './meeting.ts';

/** What happened to a measure, or a concern that was raised on it. */
export type Told = Happened & {
	measureId: string;
	/** The beginning of a concern, as it stands now. */
	quote: string | null;
	language: 'ro' | 'en' | null;
};

export type PackFacts = {
	/** The moment after which things are new. */
	since: string;
	/** In the plan's order; those that were retired are not among them. */
	measures: Measure[];
	told: Told[];
	/** When anything was last said of a measure or done to it; what nobody ever touched is not there. */
	heard: Record<string, string>;
	/** How often each date was put later, ever. */
	postponed: Record<string, number>;
	open: OpenAnswer[];
	/** Of earlier meetings, and not done. */
	decisions: Decision[];
	items: Item[];
};

export type Reason =
	| { what: 'moved'; happened: Told }
	/** Put later, or taken away; `times`: how often in all. */
	| { what: 'slipped'; happened: Told; times: number }
	/** The day that was promised has gone by since. */
	| { what: 'passed'; day: Day }
	| { what: 'concern'; happened: Told }
	| { what: 'owed'; request: OpenAnswer }
	/** The last day on which anything was heard; null: never. */
	| { what: 'silent'; since: Day | null };

export type Entry = {
	measure: Measure;
	reasons: Reason[];
	/** For how long it may stand on the agenda. */
	minutes: number;
	/** Where it stands on the agenda already. */
	slotId: string | null;
};

export type Pack = {
	/** What asks for a word, what has moved, what is not heard of. */
	discuss: Entry[];
	moved: Entry[];
	silent: Entry[];
	decisions: Decision[];
};

/** Weeks after which a measure is silent. */
export const rhythm = 4;

const toDiscuss: Reason['what'][] = ['slipped', 'passed', 'concern', 'owed'];

export function packOf(facts: PackFacts, meeting: Pick<Meeting, 'day' | 'slots'>): Pack {
	const told = grouped(facts.told, ({ measureId }) => measureId);
	const open = grouped(
		facts.open.filter((one) => isOwed(one, facts.since, meeting.day)),
		({ measureId }) => measureId
	);
	const gone = new Set(meeting.slots.filter(({ state }) => state === 'removed').map(({ id }) => id));
	const items = facts.items.filter(({ slotId }) => !gone.has(slotId));

	const entries = facts.measures.flatMap((measure): Entry[] => {
		const reasons = [
			...netOf(told.get(measure.id) ?? [], facts.postponed[measure.id] ?? 0),
			...passedOf(measure, facts.since, meeting.day),
			...(open.get(measure.id) ?? []).map((request): Reason => ({ what: 'owed', request }))
		];
		if (reasons.length === 0) reasons.push(...silenceOf(measure, facts.heard[measure.id], meeting.day));
		if (reasons.length === 0) return [];
		const slotId = items.find(({ measures }) => measures.includes(measure.id))?.slotId ?? null;
		const minutes = reasons.some(({ what }) => what === 'concern' || what === 'owed') ? 10 : 5;
		return [{ measure, reasons, minutes, slotId }];
	});
	const has = ({ reasons }: Entry, ...whats: Reason['what'][]) =>
		reasons.some(({ what }) => whats.includes(what));
	return {
		discuss: entries.filter((entry) => has(entry, ...toDiscuss)),
		moved: entries.filter((entry) => has(entry, 'moved') && !has(entry, ...toDiscuss)),
		silent: entries.filter((entry) => has(entry, 'silent')),
		decisions: facts.decisions.filter((decision) => isDue(decision, meeting.day))
	};
}

/** From where the first of them found it to where it is after the last; what came back to where it was is nothing. */
function netOf(told: Told[], times: number): Reason[] {
	const between = (types: string[], field: string) => {
		const of = told.filter(({ type }) => types.includes(type));
		const [first, last] = [of[0], of.at(-1)];
		const from = first?.data.old?.[field] ?? null;
		const to = last?.data.new?.[field] ?? null;
		if (!last || from === to) return undefined;
		// What was taken back to another state than the first is told as the move that it left.
		const happened = { ...last, type: types[0] as string, data: { ...last.data, old: { [field]: from } } };
		return { from, to, happened };
	};
	const status = between(['measure.status', 'measure.status.undone'], 'status');
	const date = between(['measure.date'], 'nextDate');
	const later = date && date.from !== null && (date.to === null || date.to > date.from);
	return [
		...told
			.filter(({ type }) => type === 'update.posted')
			.map((happened): Reason => ({ what: 'concern', happened })),
		...(date
			? [
					later
						? { what: 'slipped' as const, happened: date.happened, times }
						: { what: 'moved' as const, happened: date.happened }
				]
			: []),
		...(status ? [{ what: 'moved' as const, happened: status.happened }] : [])
	];
}

const isOpenMeasure = ({ status }: Measure) => status !== 'done' && status !== 'dropped';

/** What has gone by since; what had gone by before was said then. */
function passedOf(measure: Measure, since: string, day: Day): Reason[] {
	const passed = isOpenMeasure(measure) ? overdue(measure, day) : null;
	return passed && passed >= dayOf(new Date(since)) ? [{ what: 'passed', day: passed }] : [];
}

function silenceOf(measure: Measure, heard: string | undefined, day: Day): Reason[] {
	const last = heard === undefined ? null : dayOf(new Date(heard));
	const silent = isOpenMeasure(measure) && (last === null || last < addDays(day, -7 * rhythm));
	return silent ? [{ what: 'silent', since: last }] : [];
}

/** By the day of the meeting; where no day was named, what had been asked before the last one. */
const isOwed = ({ due, postedAt }: OpenAnswer, since: string, day: Day) =>
	due === null ? postedAt < since : due <= day;

/** Somebody has not answered it, or was to be done by the day of the meeting. */
const isDue = (decision: Decision, day: Day) =>
	decision.bodies.some(({ organisationId }) => {
		const owed = owes(decision, organisationId);
		return owed !== undefined && (owed.by === null ? owed.what === 'answer' : owed.by <= day);
	});
