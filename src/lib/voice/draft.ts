/** An internal version („variantă internă”): what somebody in the house has written and nobody outside has read. */

import type { Prose } from '#lib/updates/update.ts';

export const draftStates = ['kept', 'waiting', 'returned', 'withdrawn', 'sent'] as const;
/** `kept`: nobody was asked yet; `waiting`: for a coordinator's word; `returned`: to be done again. */
export type DraftState = (typeof draftStates)[number];

export type DraftComment = { id: string; memberName: string; text: string; at: string };

export type Draft = {
	subject: 'draft';
	id: string;
	/** The organisation's own. */
	circleId: string;
	version: number;
	measureId: string;
	organisationId: string;
	memberId: string;
	memberName: string;
	command: string;
	input: Record<string, unknown>;
	prose: Prose | null;
	state: DraftState;
	draftedAt: string;
	editedAt: string | null;
	/** The name of whoever sent it or gave it back. */
	decidedBy: string | null;
	decidedAt: string | null;
	comments: DraftComment[];
};

/** Neither sent nor taken back. */
export const isOpen = ({ state }: Pick<Draft, 'state'>) => state !== 'sent' && state !== 'withdrawn';

/** The post or reply that it answers or changes. */
export const aboutUpdate = ({ input }: Pick<Draft, 'input'>) =>
	typeof input.updateId === 'string' ? input.updateId : undefined;
