import type { Role } from '#lib/access/actor.ts';

/** What a member was from when to when. */
export type Office = {
	role: Role;
	functionRo: string;
	functionEn: string;
	since: string;
	until: string | null;
};

export type Member = {
	id: string;
	organisationId: string;
	name: string;
	role: Role;
	functionRo: string;
	functionEn: string;
	active: boolean;
	since: string;
	until: string | null;
	/** The membership has come to its end. */
	former: boolean;
	/** Newest first. */
	offices: Office[];
};

/** One that waits for its person; the link itself is known to nobody but whoever got it. */
export type Invitation = {
	id: string;
	organisationId: string;
	name: string;
	email: string;
	role: Role;
	functionRo: string;
	functionEn: string;
	invitedBy: string | null;
	madeAt: string;
	expiresAt: string;
	expired: boolean;
};
