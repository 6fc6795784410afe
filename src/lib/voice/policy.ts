import type { Actor } from '#lib/access/actor.ts';
import { speaksAlone } from '#lib/access/approval.ts';
import { may } from '#lib/access/capabilities.ts';
import type { Draft } from './draft.ts';

type Whose = Pick<Draft, 'organisationId'>;

/** Whoever may write keeps an internal version first. */
export const canDraft = (actor: Actor) => may(actor, 'draft.write');

/** In the house everybody who may write edits an internal version, speaks of it, asks for approval, takes it back. */
export const canKeepDraft = (actor: Actor, draft: Whose) => may(actor, 'draft.keep', draft);

/** Whoever speaks for the organisation alone sends an internal version, or gives it back to be done again. */
export const canApprove = (actor: Actor, draft: Whose) =>
	may(actor, 'draft.approve', draft) && speaksAlone(actor);

/** Whether others read contributors only after approval is for the organisation's own coordinators to say. */
export const canSetApproval = (actor: Actor, organisation: { organisationId: string }) =>
	may(actor, 'organisation.approval', organisation);
