import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';
import { type Asked, type Update, type UpdateKind, updateKinds } from './update.ts';

/** What says how things stand; the other kinds ask, offer or comment. */
const reports: UpdateKind[] = ['progress', 'evidence', 'concern'];

/** Whoever works on the measures reports; embassies and international bodies ask, offer and comment. */
export const canPost = (actor: Actor, kind: UpdateKind) =>
	may(actor, reports.includes(kind) ? 'update.report' : 'update.ask');

/** The kinds that this actor may post. */
export const kindsFor = (actor: Actor) => updateKinds.filter((kind) => canPost(actor, kind));

/** Whoever may write answers what they can read. */
export const canReply = (actor: Actor) => may(actor, 'update.reply');

/** A post is edited by its author's organisation alone, until it is withdrawn; not while it is flagged. */
export const canEdit = (actor: Actor, update: Facts) => stands(update) && may(actor, 'update.edit', update);

/** A post is withdrawn by its author's organisation alone, once. */
export const canWithdraw = (actor: Actor, update: Facts) =>
	stands(update) && may(actor, 'update.withdraw', update);

/** A post is moved by its author's organisation alone; a reply goes where its post goes. */
export const canMove = (actor: Actor, update: Facts & Pick<Update, 'replyTo'>) =>
	stands(update) && !update.replyTo && may(actor, 'update.move', update);

/** Whoever is asked answers, each organisation for itself. */
export const canAnswer = (actor: Actor, asked: Whom) => may(actor, 'request.answer', asked);

/** Whoever is asked may say that it cannot, and why. */
export const canDecline = (actor: Actor, asked: Whom) => may(actor, 'request.decline', asked);

/** Whoever is asked says by when it will answer. */
export const canPromise = (actor: Actor, asked: Whom) => may(actor, 'request.promise', asked);

/** Neither taken back nor waiting for the secretariat's word. */
export const stands = ({ withdrawnAt, flaggedAt }: Pick<Update, 'withdrawnAt' | 'flaggedAt'>) =>
	!withdrawnAt && !flaggedAt;

type Facts = Pick<Update, 'organisationId' | 'withdrawnAt' | 'flaggedAt'>;
type Whom = Pick<Asked, 'organisationId'>;
