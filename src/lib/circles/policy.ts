import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';

/** The secretariat alone makes circles, says who is in them, and closes them. */
export const canAddCircle = (actor: Actor) => may(actor, 'circle.add');
export const canRenameCircle = (actor: Actor) => may(actor, 'circle.rename');
export const canJoinCircle = (actor: Actor) => may(actor, 'circle.join');
export const canLeaveCircle = (actor: Actor) => may(actor, 'circle.leave');
export const canRetireCircle = (actor: Actor) => may(actor, 'circle.retire');

/** The secretariat writes down what those in a circle agreed about quoting. */
export const canSetQuoting = (actor: Actor) => may(actor, 'circle.quoting');
