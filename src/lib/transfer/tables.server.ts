import { sql } from 'drizzle-orm';
import { index, jsonb, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { application, forMembers, id, moment } from '#lib/server/columns.server.ts';
import type { Choices, Review } from './draft.ts';

/** A file that a member has brought and not applied yet: nobody else's, and gone after a day. */
export const imports = pgTable(
	'imports',
	{
		id: id(),
		memberId: uuid('member_id').notNull(),
		madeAt: moment('made_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		file: text('file').notNull(),
		/** The cells as JSON, as they are after mending: the database does not look into them. */
		sheets: text('sheets').notNull(),
		choices: jsonb('choices').$type<Choices>().notNull(),
		/** What the pages show of it. */
		review: jsonb('review').$type<Review>(),
		/** What applying writes, ready for the database; null while something is left to say. */
		writes: jsonb('writes').$type<Record<string, unknown>>()
	},
	(table) => [
		index().on(table.memberId),
		pgPolicy('own', {
			to: application,
			using: sql`member_id = setting('member') and made_at > clock_timestamp() - interval '1 day'`
		})
	]
);

/** What somebody has said a column is: folded title → field, or null to pass it over. */
export const importColumns = pgTable(
	'import_columns',
	{
		/** Of which sheet: the plan or its steps. */
		sheet: text('sheet').notNull(),
		title: text('title').notNull(),
		field: text('field')
	},
	(table) => [index().on(table.sheet, table.title), forMembers()]
);
