import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { application, id, moment } from '#lib/server/columns.server.ts';

/** What was, is being or could not be sent. The words go once it is sent, for they may hold a link. */
export const mails = pgTable(
	'mails',
	{
		id: id(),
		kind: text('kind').notNull(),
		organisationId: uuid('organisation_id').references(() => organisations.id),
		/** Of a mail that is written when it is sent, from what this member may read then: it holds no words while it waits. */
		memberId: uuid('member_id').references(() => members.id),
		/** And what it is about: ids alone. */
		about: jsonb('about').$type<Record<string, unknown>>(),
		address: text('address').notNull(),
		subject: text('subject').notNull(),
		text: text('text'),
		state: text('state').$type<'waiting' | 'sent' | 'failed'>().notNull().default('waiting'),
		tries: integer('tries').notNull().default(0),
		/** What the server of the addressee said; never the words. */
		trouble: text('trouble').notNull().default(''),
		madeAt: moment('made_at').notNull().defaultNow(),
		nextAt: moment('next_at').notNull().defaultNow(),
		sentAt: moment('sent_at')
	},
	(table) => [
		index().on(table.state, table.nextAt),
		// Who is asked something, and when, is told to nobody else: it may have been in a circle that they do not read.
		pgPolicy('secretariat', { to: application, using: sql`member_id is null and i_am_secretariat()` })
	]
);
