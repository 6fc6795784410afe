import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** Everybody chooses what they are told by mail. */
export const canChooseMail = (actor: Actor) => may(actor, 'letters.choose');

/** Everybody may have their dates in a calendar of their own. */
export const canKeepCalendar = (actor: Actor) => may(actor, 'calendar.keep');
