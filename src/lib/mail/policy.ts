import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** The secretariat sees to the mail: reads the outbox, has one sent again. */
export const canSeeOutbox = (actor: Actor) => may(actor, 'mail.retry');
