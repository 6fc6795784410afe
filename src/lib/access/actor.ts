/** Who acts. Policies are pure functions of these facts; nothing here reads the database. */

export const organisationKinds = [
	'parliament',
	'ministry',
	'agency',
	'ngo',
	'embassy',
	'international'
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const roles = ['secretariat', 'coordinator', 'contributor', 'observer'] as const;
export type Role = (typeof roles)[number];

export type Actor = {
	memberId: string;
	name: string;
	organisationId: string;
	kind: OrganisationKind;
	role: Role;
	/** The circle of the actor's own organisation. */
	ownCircleId: string;
	/** The organisation wants a coordinator's approval before others read what its contributors write. */
	approves: boolean;
	/** Whose approval sends what this actor wrote; only an approval sets it. */
	approvedBy?: string;
	/** Has shown within 15 minutes who they are: what changes access asks for it. */
	proved: boolean;
};
