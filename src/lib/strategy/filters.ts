/** What the board and the list show, as the address says it: `?status=blocked&mine=yes&q=consulate`. */

import { type Actor, type OrganisationKind, organisationKinds } from '#lib/access/actor.ts';
import type { Organisation } from '#lib/access/directory.ts';
import { fold } from '#lib/fold.ts';
import { holdersIn, isLate, type Measure, type Status, statuses } from './measure.ts';

export type Filters = {
	/** Words of the title, the code, or of an organisation that answers; without case and diacritics. */
	words: string;
	/** Those that the reader's own organisation leads or partners in. */
	mine: boolean;
	late: boolean;
	statuses: Status[];
	organisations: string[];
	/** Of an organisation that answers. */
	kinds: OrganisationKind[];
	objectives: string[];
	/** Changed in so many days; 0 means whenever. */
	days: number;
};

/** Everything that an address of the board or the list may say. */
const names = ['q', 'mine', 'late', 'status', 'organisation', 'kind', 'objective', 'days'];
const looks = ['dropped', 'column', 'sort', 'hide'];

/** Does this query say something, and nothing else than what the board and the list understand? */
export function isView(query: string): boolean {
	const said = [...new URLSearchParams(query).keys()];
	return said.length > 0 && said.every((name) => names.includes(name) || looks.includes(name));
}

export const spans = [1, 7, 30];

export function filtersOf(query: URLSearchParams): Filters {
	const among = <Value extends string>(name: string, values: readonly Value[]) =>
		query.getAll(name).filter((value): value is Value => (values as readonly string[]).includes(value));
	const days = Number(query.get('days'));
	return {
		words: (query.get('q') ?? '').slice(0, 100),
		mine: query.has('mine'),
		late: query.has('late'),
		statuses: among('status', statuses),
		organisations: query.getAll('organisation'),
		kinds: among('kind', organisationKinds),
		objectives: query.getAll('objective'),
		days: spans.includes(days) ? days : 0
	};
}

/** How many of the filters are on, the words apart. */
export const countOf = ({ mine, late, statuses, organisations, kinds, objectives, days }: Filters) =>
	Number(mine) +
	Number(late) +
	Number(days > 0) +
	[statuses, organisations, kinds, objectives].filter(({ length }) => length > 0).length;

export type About = {
	organisations: Organisation[];
	actor: Pick<Actor, 'organisationId'>;
	today: string;
	/** Milliseconds. */
	now: number;
	/** Measure → when it last changed. */
	changedAt: Record<string, string>;
};

/** Says of each measure whether the filters let it through. */
export function filter(filters: Filters, about: About): (measure: Measure) => boolean {
	const byId = new Map(about.organisations.map((organisation) => [organisation.id, organisation]));
	const words = fold(filters.words).split(' ').filter(Boolean);
	const since = about.now - filters.days * 24 * 60 * 60 * 1000;

	return (measure) => {
		const holders = holdersIn(measure);
		const { mine, late, statuses, organisations, kinds, objectives, days } = filters;
		return (
			(!mine || holders.includes(about.actor.organisationId)) &&
			(!late || isLate(measure, about.today)) &&
			(statuses.length === 0 || statuses.includes(measure.status)) &&
			(organisations.length === 0 || organisations.some((id) => holders.includes(id))) &&
			(kinds.length === 0 || holders.some((id) => kinds.some((kind) => byId.get(id)?.kind === kind))) &&
			(objectives.length === 0 || objectives.includes(measure.objectiveId)) &&
			(days === 0 || Date.parse(about.changedAt[measure.id] ?? '') >= since) &&
			(words.length === 0 || hasAll(words, measure, holders, byId))
		);
	};
}

function hasAll(words: string[], measure: Measure, holders: string[], byId: Map<string, Organisation>) {
	const names = holders.flatMap((id) => {
		const { nameRo, nameEn, shortRo, shortEn } = byId.get(id) ?? { nameRo: '' };
		return [nameRo, nameEn, shortRo, shortEn];
	});
	const text = fold([measure.code, measure.titleRo, measure.titleEn, ...names].join(' '));
	return words.every((word) => text.includes(word));
}
