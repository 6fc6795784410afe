import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** Whoever may read may take along what they read, and it is written down that they did. */
export const canExport = (actor: Actor) => may(actor, 'export.make');
