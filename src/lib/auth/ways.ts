/** How a member gets in, and what is asked of whom. */

import type { Role } from '#lib/access/actor.ts';

export type Ways = {
	password: boolean;
	totp: boolean;
	passkeys: number;
	recoveryCodes: number;
	/** Of the demonstration: its password is public, so nothing is asked beside it. */
	invented: boolean;
};

/** Whoever decides for others proves with two things who they are; a passkey is both in one. */
export const needsSecond = ({ role }: { role: Role }) => role === 'secretariat' || role === 'coordinator';

/** What is still missing before this member may begin. */
export function lackOf(ways: Ways, member: { role: Role }): 'way' | 'second' | undefined {
	if (!ways.password && ways.passkeys === 0) return 'way';
	if (!ways.invented && needsSecond(member) && !ways.totp && ways.passkeys === 0) return 'second';
	return undefined;
}
