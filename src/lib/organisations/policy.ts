import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** The secretariat alone says who sits at the table. */
export const canAddOrganisation = (actor: Actor) => may(actor, 'organisation.add');
export const canRenameOrganisation = (actor: Actor) => may(actor, 'organisation.rename');

/** The secretariat retires an organisation and restores it, but not its own. */
export const canRetireOrganisation = (actor: Actor, { id }: { id: string }) =>
	id !== actor.organisationId && may(actor, 'organisation.retire');
