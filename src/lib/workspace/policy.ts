import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** The secretariat brings organisations to the table. */
export const canSeatOrganisations = (actor: Actor) => may(actor, 'organisations.seat');

/** The secretariat may pass over a step of the first days, and take it up again. */
export const canSkipStep = (actor: Actor) => may(actor, 'workspace.skip');
