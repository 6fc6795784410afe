import { error, type RequestEvent } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { newToken } from '#lib/auth/token.server.ts';
import { historyOfSubject } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, type Fields, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import {
	disableMember,
	enableMember,
	endMembership,
	keepMember,
	setFunction,
	setRole
} from '#lib/members/change-member.server.ts';
import { makeInvitation, renewInvitation, withdrawInvitation } from '#lib/members/invitations.server.ts';
import { type LinkKind, linkTo } from '#lib/members/links.server.ts';
import { listInvitations, listMembers } from '#lib/members/queries.server.ts';
import { makeReset } from '#lib/members/resets.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { changesOf } from '#lib/ui/edited.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { id } = event.params;
	event.depends(pageData);
	const actor = signedIn(event);
	const { organisations } = await event.parent();
	if (!isUuid(id) || !organisations.some((one) => one.id === id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		live: { ...(await readHeads(tx)), rows: [] },
		organisationId: id,
		members: await listMembers(tx, id),
		invitations: await listInvitations(tx, id),
		history: await historyOfSubject(tx, id),
		operation: crypto.randomUUID() as string
	}));
}

/** Runs a command that lets somebody in, and shows the link of it: this once, for its secret is kept nowhere. */
const withLink =
	(command: AnyCommand, kind: LinkKind, toInput: (fields: Fields, params: { id: string }) => object) =>
	async (event: RequestEvent<{ id: string }>) => {
		const { secret } = newToken();
		const site = app().origin ?? event.url.origin;
		const answer = await submit(event, command, (fields) => ({
			language: event.locals.language,
			...toInput(fields, event.params),
			secret,
			site
		}));
		if (!('ok' in answer) || !answer.ok) return answer;
		const link = linkTo(kind, site, answer.result.id as string, secret);
		return { ...answer, result: { ...answer.result, link } };
	};

export const actions = {
	invite: withLink(
		makeInvitation,
		'invite',
		({ email, name, role, functionRo, functionEn, language }, { id }) => ({
			...{ organisationId: id, email, name, role, functionRo, functionEn, language }
		})
	),
	renew: withLink(renewInvitation, 'invite', ({ invitationId }) => ({ invitationId })),
	withdraw: action(withdrawInvitation),
	role: action(setRole, ({ memberId, role, 'base.role': was }) => ({ memberId, role, base: { role: was } })),
	function: action(setFunction, (fields) => {
		const { now, base } = changesOf(fields, ['functionRo', 'functionEn']);
		return { memberId: fields.memberId, texts: now, base };
	}),
	end: action(endMembership, ({ memberId, lastDay, 'base.until': until }) => ({
		...{ memberId, lastDay: lastDay ?? null, base: { until: until || null } }
	})),
	keep: action(keepMember, ({ memberId, 'base.until': until }) => ({ memberId, base: { until } })),
	disable: action(disableMember, ({ memberId }) => ({ memberId, base: { active: true } })),
	enable: action(enableMember, ({ memberId }) => ({ memberId, base: { active: false } })),
	reset: withLink(makeReset, 'reset', ({ memberId }) => ({ memberId }))
};
