import { sql } from 'drizzle-orm';
import { index, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { members } from '#lib/organisations/tables.server.ts';
import { application, id } from '#lib/server/columns.server.ts';

/** Filters of the board that a member keeps under a name of their own. */
export const views = pgTable(
	'views',
	{
		id: id(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		name: text('name').notNull(),
		/** The address's query: `status=blocked&mine=yes`. */
		query: text('query').notNull()
	},
	(table) => [
		index().on(table.memberId),
		pgPolicy('own', { to: application, using: sql`member_id = setting('member')` })
	]
);
