import type { Actor } from './actor.ts';

/**
 * Where an organisation asks for approval, its contributors speak in others' circles through a coordinator alone. In
 * the organisation's own circle nobody waits for anybody.
 */
export const speaksAlone = (actor: Actor, circleId?: string) =>
	!actor.approves || actor.role !== 'contributor' || circleId === actor.ownCircleId;
