import type { Actor } from './actor.ts';
import { type Answerable, may } from './capabilities.ts';

/** The secretariat looks through anybody's eyes, others where something of their own organisation stands. */
export const canLookAs = (actor: Actor, about: Answerable) => may(actor, 'organisation.look', about);
