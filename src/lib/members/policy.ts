import { type Actor, type Role, roles } from '#lib/access/actor.ts';
import { type Act, may } from '#lib/access/capabilities.ts';

/** What these rules look at of a member. */
export type MemberFacts = { id: string; organisationId: string; role: Role };

/** Nobody gives, or changes for others, what is above their own role. */
const isAbove = (role: Role, { role: own }: Pick<Actor, 'role'>) => roles.indexOf(role) < roles.indexOf(own);

const mayOf = (actor: Actor, act: Act, { organisationId, role }: Omit<MemberFacts, 'id'>) =>
	may(actor, act, { organisationId }) && !isAbove(role, actor);

/** Coordinators do not lower or end themselves: another one does, or the secretariat. */
const mayOfOthers = (actor: Actor, act: Act, member: MemberFacts) =>
	mayOf(actor, act, member) && (actor.role === 'secretariat' || actor.memberId !== member.id);

/**
 * Coordinators invite into their own organisation; the secretariat into its own, and coordinators into every other,
 * who then see to the rest.
 */
export const canInvite = (actor: Actor, invitation: Omit<MemberFacts, 'id'>) =>
	mayOf(actor, 'invitation.make', invitation) &&
	(actor.role !== 'secretariat' ||
		invitation.organisationId === actor.organisationId ||
		invitation.role === 'coordinator');

export const canKeepInvitation = (actor: Actor, invitation: Omit<MemberFacts, 'id'>) =>
	mayOf(actor, 'invitation.keep', invitation);

/** The secretariat gives every role, a coordinator those up to coordinator. */
export const canSetRole = (actor: Actor, member: MemberFacts, to: Role) =>
	mayOfOthers(actor, 'member.role', member) && !isAbove(to, actor);

export const canSetFunction = (actor: Actor, member: MemberFacts) => mayOf(actor, 'member.function', member);

export const canEnd = (actor: Actor, member: MemberFacts) => mayOfOthers(actor, 'member.end', member);

export const canSwitch = (actor: Actor, member: MemberFacts) => mayOfOthers(actor, 'member.switch', member);

/** A link for a new password is handed over within one's own organisation, never by another's. */
export const canMakeReset = (actor: Actor, member: MemberFacts) => mayOf(actor, 'reset.make', member);

/** The roles that the actor may give in an organisation, the highest first. */
export const rolesToInvite = (actor: Actor, organisationId: string): Role[] =>
	roles.filter((role) => canInvite(actor, { organisationId, role }));

export const rolesToSet = (actor: Actor, member: MemberFacts): Role[] =>
	roles.filter((role) => canSetRole(actor, member, role));
