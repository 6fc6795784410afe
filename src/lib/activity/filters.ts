/** What the page of activity was asked for, as its address says it. */

import { m } from '#i18n';
import { isUuid } from '#lib/uuid.ts';

/** Kinds of happening, by the first part of an event's type. */
const areas = {
	posts: ['update', 'request', 'draft'],
	plan: ['measure', 'objective', 'strategy', 'arrived'],
	meetings: [
		'meeting',
		'agenda',
		'hand',
		'attendance',
		'note',
		'minutes',
		'proposal',
		'position',
		'vote',
		'decision'
	],
	people: ['member', 'invitation', 'organisation', 'organisations', 'workspace'],
	circles: ['circle'],
	harm: ['flag', 'confirmation'],
	out: ['export', 'report']
};
export type Area = keyof typeof areas;

export const areaNames: Record<Area, () => string> = {
	posts: m.activity_posts,
	plan: m.activity_plan,
	meetings: m.activity_meetings,
	people: m.activity_people,
	circles: m.activity_circles,
	harm: m.activity_harm,
	out: m.activity_out
};

export const startsOf = (area: Area | undefined) => area && areas[area];

export type Asked = {
	organisationId?: string;
	objectiveId?: string;
	area?: Area;
	/** Days in Bucharest, `2026-11-24`. */
	from?: string;
	to?: string;
	/** The last row of the page before. */
	before?: { at: string; circle: string; n: number };
};

const day = (value: string | null) => (value && isDay(value) ? value : undefined);
const isDay = (value: string) =>
	/^[12]\d{3}-\d\d-\d\d$/.test(value) &&
	new Date(Date.parse(`${value}T00:00Z`) || 0).toISOString().startsWith(value);

/** What an address asks; what is no sense in it is passed over. */
export function askedOf(query: URLSearchParams): Asked {
	const id = (name: string) => {
		const value = query.get(name) ?? '';
		return isUuid(value) ? value : undefined;
	};
	const [at = '', circle = '', n = ''] = (query.get('before') ?? '').split('~');
	return {
		organisationId: id('organisation'),
		objectiveId: id('objective'),
		area: (Object.keys(areas) as Area[]).find((area) => area === query.get('area')),
		from: day(query.get('from')),
		to: day(query.get('to')),
		before:
			/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) && isUuid(circle) && /^\d{1,15}$/.test(n)
				? { at, circle, n: Number(n) }
				: undefined
	};
}
