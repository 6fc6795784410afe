/** The one table of who may do what: read by the policies, the screens, the help page and the tests. */

import type { Actor } from './actor.ts';

export const columns = ['secretariat', 'parliament', 'authority', 'ngo', 'embassy', 'observer'] as const;
/** Secretariat and observer are roles, whatever their organisation; the others are coordinators and contributors. */
export type Column = (typeof columns)[number];

/**
 * `own`: of one's own organisation; `coordinator`: of one's own, by its coordinators; `lead`, `partner`: where one's
 * organisation leads or partners; `chair`: where one chairs or keeps the minutes; `delegate`: of one's own, by its
 * coordinators and whom they have named.
 */
export type Cell = 'yes' | 'no' | 'own' | 'coordinator' | 'lead' | 'partner' | 'chair' | 'delegate';

export const capabilities = {
	'session.start': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'session.end': row('own', 'own', 'own', 'own', 'own', 'own'),
	'session.prove': row('own', 'own', 'own', 'own', 'own', 'own'),
	'password.set': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'passkey.add': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'passkey.change': row('own', 'own', 'own', 'own', 'own', 'own'),
	'second.keep': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),

	'view.keep': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'letters.choose': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'calendar.keep': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'organisation.look': row('yes', 'own', 'own', 'own', 'own', 'no'),
	'news.seen': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),

	'update.report': row('yes', 'yes', 'yes', 'yes', 'no', 'no'),
	'update.ask': row('yes', 'yes', 'yes', 'yes', 'yes', 'no'),
	'update.reply': row('yes', 'yes', 'yes', 'yes', 'yes', 'no'),
	'update.edit': row('own', 'own', 'own', 'own', 'own', 'no'),
	'update.withdraw': row('own', 'own', 'own', 'own', 'own', 'no'),
	'update.move': row('own', 'own', 'own', 'own', 'own', 'no'),

	'request.answer': row('own', 'own', 'own', 'own', 'own', 'no'),
	'request.decline': row('own', 'own', 'own', 'own', 'own', 'no'),
	'request.promise': row('own', 'own', 'own', 'own', 'own', 'no'),

	'draft.write': row('yes', 'yes', 'yes', 'yes', 'yes', 'no'),
	'draft.keep': row('own', 'own', 'own', 'own', 'own', 'no'),
	'draft.approve': row('own', 'own', 'own', 'own', 'own', 'no'),

	'measure.status': row('yes', 'lead', 'lead', 'lead', 'no', 'no'),
	'measure.drop': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.date': row('yes', 'yes', 'lead', 'lead', 'no', 'no'),
	'measure.steps': row('yes', 'lead', 'lead', 'lead', 'no', 'no'),
	'measure.add': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.holders': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.retire': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.texts': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.move': row('yes', 'no', 'no', 'no', 'no', 'no'),

	'plan.import': row('yes', 'yes', 'no', 'no', 'no', 'no'),

	'objective.add': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'objective.edit': row('yes', 'yes', 'no', 'no', 'no', 'no'),

	'meeting.plan': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'meeting.run': row('yes', 'chair', 'chair', 'chair', 'chair', 'no'),
	'minutes.approve': row('yes', 'chair', 'chair', 'chair', 'chair', 'no'),
	'meeting.attend': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'meeting.speak': row('yes', 'yes', 'yes', 'yes', 'yes', 'no'),
	'position.take': row('no', 'no', 'delegate', 'delegate', 'delegate', 'no'),
	'position.delegate': row('no', 'no', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'vote.cast': row('no', 'yes', 'no', 'no', 'no', 'no'),
	'decision.answer': row('own', 'own', 'own', 'own', 'own', 'no'),
	'agenda.propose': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),

	'organisations.seat': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'workspace.skip': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'mail.retry': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'flag.raise': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'flag.decide': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'confirmation.review': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.add': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.rename': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.join': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.leave': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.retire': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'circle.quoting': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'organisation.add': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'organisation.rename': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'organisation.retire': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'organisation.approval': row('no', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'strategy.add': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'strategy.edit': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'strategy.retire': row('yes', 'no', 'no', 'no', 'no', 'no'),
	'invitation.make': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'invitation.keep': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'member.role': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'member.function': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'member.end': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'member.switch': row('yes', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no'),
	'export.make': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'report.make': row('yes', 'yes', 'yes', 'yes', 'yes', 'no'),
	'report.edit': row('own', 'own', 'own', 'own', 'own', 'no'),
	'reset.make': row('own', 'coordinator', 'coordinator', 'coordinator', 'coordinator', 'no')
} as const satisfies Record<string, Record<Column, Cell>>;

export type Act = keyof typeof capabilities;

/** What the cells speak about: whose it is, who leads it, who partners in it, which members chair it or are named to speak. */
export type Answerable = {
	organisationId?: string;
	leads?: string[];
	partners?: string[];
	chairs?: string[];
	delegates?: string[];
};

/** May the actor do this act here? */
export function may(actor: Actor, act: Act, about: Answerable = {}): boolean {
	switch (capabilities[act][columnOf(actor)] as Cell) {
		case 'yes':
			return true;
		case 'own':
			return about.organisationId === actor.organisationId;
		case 'coordinator':
			return actor.role === 'coordinator' && about.organisationId === actor.organisationId;
		case 'lead':
			return about.leads?.includes(actor.organisationId) ?? false;
		case 'partner':
			return about.partners?.includes(actor.organisationId) ?? false;
		case 'chair':
			return about.chairs?.includes(actor.memberId) ?? false;
		case 'delegate':
			return (
				about.organisationId === actor.organisationId &&
				(actor.role === 'coordinator' || (about.delegates?.includes(actor.memberId) ?? false))
			);
		case 'no':
			return false;
	}
}

/** Where an actor stands in the table. */
export function columnOf(actor: Pick<Actor, 'kind' | 'role'>): Column {
	if (actor.role === 'secretariat' || actor.role === 'observer') return actor.role;
	switch (actor.kind) {
		case 'parliament':
		case 'ngo':
			return actor.kind;
		case 'ministry':
		case 'agency':
			return 'authority';
		case 'embassy':
		case 'international':
			return 'embassy';
	}
}

function row(...cells: [Cell, Cell, Cell, Cell, Cell, Cell]) {
	return Object.fromEntries(columns.map((column, i) => [column, cells[i]])) as Record<Column, Cell>;
}
