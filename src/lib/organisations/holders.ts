/** Who answers for a measure, as a ring and words show it. */

import type { Actor } from '#lib/access/actor.ts';
import { inLanguage, type Organisation } from '#lib/access/directory.ts';
import type { Holder } from '#lib/ui/Who.svelte';

/** Leads and partners in the order of the ring. `spoke` are organisations that posted in the last four weeks. */
export function holdersOf(
	{ leads, partners }: { leads: string[]; partners: string[] },
	organisations: Organisation[],
	actor: Pick<Actor, 'organisationId'>,
	language: 'ro' | 'en',
	spoke?: ReadonlySet<string>
): Holder[] {
	return organisations
		.filter(({ id }) => leads.includes(id) || partners.includes(id))
		.map((organisation) => ({
			id: organisation.id,
			kind: organisation.kind,
			name: inLanguage(organisation, 'short', language),
			lead: leads.includes(organisation.id),
			own: organisation.id === actor.organisationId,
			dot: spoke?.has(organisation.id)
		}));
}
