/** The one table of who may do what: read by the policies, the screens, the help page and the tests. */

import type { Actor } from './actor.ts';

export const columns = ['secretariat', 'parliament', 'authority', 'ngo', 'embassy', 'observer'] as const;
/** Secretariat and observer are roles, whatever their organisation; the others are coordinators and contributors. */
export type Column = (typeof columns)[number];

/** `own`: of one's own organisation; `lead`, `partner`: where one's organisation leads or partners. */
export type Cell = 'yes' | 'no' | 'own' | 'lead' | 'partner';

export const capabilities = {
	'session.start': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
	'session.end': row('own', 'own', 'own', 'own', 'own', 'own'),

	'view.keep': row('yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
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

	'measure.status': row('yes', 'lead', 'lead', 'lead', 'no', 'no'),
	'measure.drop': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.date': row('yes', 'yes', 'lead', 'lead', 'no', 'no'),
	'measure.steps': row('yes', 'lead', 'lead', 'lead', 'no', 'no'),
	'measure.texts': row('yes', 'yes', 'no', 'no', 'no', 'no'),
	'measure.move': row('yes', 'no', 'no', 'no', 'no', 'no')
} as const satisfies Record<string, Record<Column, Cell>>;

export type Act = keyof typeof capabilities;

/** What the cells speak about: whose it is, who leads it, who partners in it. */
export type Answerable = { organisationId?: string; leads?: string[]; partners?: string[] };

/** May the actor do this act here? */
export function may(actor: Actor, act: Act, about: Answerable = {}): boolean {
	switch (capabilities[act][columnOf(actor)] as Cell) {
		case 'yes':
			return true;
		case 'own':
			return about.organisationId === actor.organisationId;
		case 'lead':
			return about.leads?.includes(actor.organisationId) ?? false;
		case 'partner':
			return about.partners?.includes(actor.organisationId) ?? false;
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
