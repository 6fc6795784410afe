import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { roles } from '#lib/access/actor.ts';
import { hashSecret } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { optionalText, text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { findHost, findInvitation } from './find.server.ts';
import { linkHours, linkTo } from './links.server.ts';
import { mailInvitation } from './mails.server.ts';
import { canInvite, canKeepInvitation } from './policy.ts';

/** The server's own, made for this act: whoever invites is shown the link once, the database never holds the secret. */
const link = { secret: z.string().regex(/^[0-9a-f]{64}$/), site: z.url() };

/** Through `text()`, so that no personal number passes for an address. */
const email = text({ max: 200 })
	.transform((words) => words.toLowerCase())
	.refine((words) => z.email().safeParse(words).success, 'member.no_address');

export const makeInvitation = command({
	name: 'invitation.make',
	act: 'invitation.make',
	role: 'hora_signin',
	proved: true,

	input: z.object({
		organisationId: z.uuid(),
		email,
		name: text({ max: 120 }),
		role: z.enum(roles),
		functionRo: optionalText({ max: 200 }).default(''),
		functionEn: optionalText({ max: 200 }).default(''),
		language: z.enum(['ro', 'en']),
		...link
	}),

	find: (tx, { organisationId }, actor) => findHost(tx, organisationId, actor),

	allow: (actor, { id }, { role }) => canInvite(actor, { organisationId: id, role }),

	async run({ tx, actor, input, subject: host, record }) {
		const { secret, site, ...person } = input;
		const elsewhere = await hasAccount(tx, actor, person);
		const [made] = await rows<{ id: string; until: string }>(
			tx,
			sql`insert into invitations (organisation_id, email, name, role, function_ro, function_en, language, invited_by,
					secret_hash, expires_at)
				values (${host.id}, ${person.email}, ${person.name}, ${person.role}, ${person.functionRo},
					${person.functionEn}, ${person.language}, ${actor.memberId}, decode(${hashSecret(secret)}, 'hex'),
					now() + make_interval(hours => ${linkHours}))
				returning id, instant(expires_at) as until`
		);
		const { id, until } = made as { id: string; until: string };
		const addressed = {
			...person,
			organisationRo: host.nameRo,
			organisationEn: host.nameEn,
			invitedBy: actor.name
		};
		await mailInvitation(tx, addressed, linkTo('invite', site, id, secret), until, elsewhere);

		record(happened('invitation.made', { ...person, organisationId: host.id }));
		return { id };
	}
});

/** A new link by a new mail; the old one is dead. */
export const renewInvitation = command({
	name: 'invitation.renew',
	act: 'invitation.keep',
	role: 'hora_signin',
	proved: true,

	input: z.object({ invitationId: z.uuid(), ...link }),

	find: (tx, { invitationId }, actor) => findInvitation(tx, invitationId, actor),

	allow: (actor, invitation) => canKeepInvitation(actor, invitation),

	async run({ tx, actor, input: { secret, site }, subject: invitation, record }) {
		const { id } = invitation;
		const [renewed] = await rows<{ until: string }>(
			tx,
			sql`update invitations set secret_hash = decode(${hashSecret(secret)}, 'hex'), invited_by = ${actor.memberId},
					expires_at = now() + make_interval(hours => ${linkHours})
				where id = ${id} returning instant(expires_at) as until`
		);
		const elsewhere = await hasAccount(tx, actor, invitation, id);
		const addressed = { ...invitation, invitedBy: actor.name };
		await mailInvitation(tx, addressed, linkTo('invite', site, id, secret), renewed?.until ?? '', elsewhere);

		record(happened('invitation.renewed', invitation));
		return { id };
	}
});

export const withdrawInvitation = command({
	name: 'invitation.withdraw',
	act: 'invitation.keep',
	role: 'hora_signin',
	proved: true,

	input: z.object({ invitationId: z.uuid() }),

	find: (tx, { invitationId }, actor) => findInvitation(tx, invitationId, actor),

	allow: (actor, invitation) => canKeepInvitation(actor, invitation),

	async run({ tx, subject: invitation, record }) {
		await tx.execute(
			sql`update invitations set withdrawn_at = clock_timestamp() where id = ${invitation.id}`
		);
		record(happened('invitation.withdrawn', invitation));
		return { id: invitation.id };
	}
});

type Person = { organisationId: string; name: string; role: string };

/** In the organisation's own circle. The address is nobody's business there. */
const happened = (type: string, { organisationId, name, role }: Person) => ({
	subject: organisationId,
	type,
	data: { member: { name }, new: { role } }
});

/**
 * An address that has an account or waits for one. Whoever may know is told: the secretariat, and for their own
 * organisation its coordinators. Of another organisation's account nothing is said: the invitation is made like any
 * other, its mail tells the owner of the address, and its link opens nothing.
 * @returns whether there is an account elsewhere
 */
async function hasAccount(
	tx: Tx,
	actor: App.Actor,
	{ email, organisationId }: { email: string; organisationId: string },
	but?: string
) {
	const [found] = await rows<{ here: boolean; elsewhere: boolean; waiting: boolean }>(
		tx,
		sql`select coalesce(bool_or(m.organisation_id = ${organisationId}), false) as here,
				coalesce(bool_or(m.organisation_id <> ${organisationId}), false) as elsewhere,
				exists (select from invitations i where i.email = ${email} and i.organisation_id = ${organisationId}
					and i.used_at is null and i.withdrawn_at is null and i.id is distinct from ${but ?? null}) as waiting
			from signin.accounts a join members m on m.id = a.member_id
			where a.email = ${email} and (m.until is null or m.until > clock_timestamp())`
	);
	const { here, elsewhere, waiting } = found as { here: boolean; elsewhere: boolean; waiting: boolean };
	const refuse = (why: string) => new Refusal('invalid', { fields: { email: why } });
	if (here || (elsewhere && actor.role === 'secretariat')) throw refuse('member.has_account');
	if (waiting) throw refuse('member.is_invited');
	return elsewhere;
}
