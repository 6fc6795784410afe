/** A circle as somebody about to write in it sees it: the whole table, and who of it is in the circle. */

import type { Actor } from '#lib/access/actor.ts';
import { type Circle, circleName, inLanguage, type Organisation } from '#lib/access/directory.ts';
import type { Audience } from '#lib/ui/audience.ts';

export const audienceOf = (
	circle: Pick<Circle, 'id' | 'kind' | 'nameRo' | 'nameEn' | 'organisationIds'>,
	organisations: Organisation[],
	actor: Pick<Actor, 'organisationId'>,
	language: 'ro' | 'en'
): Audience => ({
	id: circle.id,
	kind: circle.kind,
	name: circleName(circle, language),
	organisations: organisations
		.filter(({ seated }) => seated)
		.map((organisation) => ({
			id: organisation.id,
			kind: organisation.kind,
			name: inLanguage(organisation, 'name', language),
			sees: circle.organisationIds.includes(organisation.id),
			own: organisation.id === actor.organisationId
		}))
});
