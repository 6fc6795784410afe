/** Who will read it, said before it is sent: in words that also name who will not. */

import { m } from '#i18n';
import type { OrganisationKind } from '#lib/access/actor.ts';
import type { CircleKind } from '#lib/access/directory.ts';
import { byGroup, type KindGroup, type Seat } from './ring.ts';

type Locale = 'ro' | 'en';

/** An organisation at the table, and whether it is in the circle. */
export type Seen = { id: string; kind: OrganisationKind; name: string; sees: boolean; own?: boolean };

/** A circle as somebody about to write in it sees it: the whole table in the ring's order. */
export type Audience = { id: string; name: string; kind: CircleKind; organisations: Seen[] };

type Named = Pick<Seen, 'kind' | 'name'>;

/** „Comisia Exemplu, 10 ministere și agenții”: a group of one is named, more are counted. */
export const listed = (organisations: readonly Named[], locale?: Locale) =>
	byGroup(organisations)
		.map(({ group, members }) =>
			members.length === 1 ? members[0]!.name : counted(group, members, { locale })
		)
		.join(', ');

function counted(group: KindGroup, members: readonly Named[], options: { locale?: Locale }) {
	const count = { count: members.length };
	const only = (kind: OrganisationKind) => members.every((member) => member.kind === kind);

	if (group === 'parliament') return m.count_parliament(count, options);
	if (group === 'ngo') return m.count_ngos(count, options);
	if (group === 'state') {
		if (only('ministry')) return m.count_ministries(count, options);
		if (only('agency')) return m.count_agencies(count, options);
		return m.count_state(count, options);
	}
	if (only('embassy')) return m.count_embassies(count, options);
	if (only('international')) return m.count_international(count, options);
	return m.count_foreign(count, options);
}

/** „Văd: Comisia Exemplu, 10 ministere și agenții.” */
export const seesSentence = (inside: readonly Named[], locale?: Locale) =>
	`${m.sees({}, { locale })} ${listed(inside, locale) || m.sees_nobody({}, { locale })}.`;

/** „Nu văd: 6 ONG-uri, Ambasada Exemplu.”, or nothing when nobody is left out. */
export const seesNotSentence = (outside: readonly Named[], locale?: Locale) =>
	outside.length === 0 ? '' : `${m.sees_not({}, { locale })} ${listed(outside, locale)}.`;

/** Both together: „Văd: Comisia Exemplu, 10 ministere și agenții. Nu văd: 6 ONG-uri, Ambasada Exemplu.” */
export const audienceSentence = (inside: readonly Named[], outside: readonly Named[], locale?: Locale) =>
	[seesSentence(inside, locale), seesNotSentence(outside, locale)].filter(Boolean).join(' ');

export const inside = ({ organisations }: Audience) => organisations.filter(({ sees }) => sees);
export const outside = ({ organisations }: Audience) => organisations.filter(({ sees }) => !sees);

/** What is said of a circle: two sentences, the second one maybe empty. Two circles are not made of organisations. */
export function said(audience: Audience, locale?: Locale): { sees: string; seesNot: string } {
	if (audience.kind === 'public')
		return { sees: `${m.sees({}, { locale })} ${m.sees_everyone({}, { locale })}.`, seesNot: '' };
	if (audience.kind === 'secretariat')
		return { sees: `${m.sees({}, { locale })} ${m.sees_secretariat({}, { locale })}.`, seesNot: '' };

	return {
		sees: seesSentence(inside(audience), locale),
		seesNot: seesNotSentence(outside(audience), locale)
	};
}

/** The ring of a circle: full where it is seen, a thin line where it is not. */
export const audienceSeats = ({ kind, organisations }: Audience): Seat[] =>
	organisations.map((organisation) => ({
		...organisation,
		sign: organisation.sees || kind === 'public' ? 'full' : 'line'
	}));
