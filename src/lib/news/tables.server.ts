import { sql } from 'drizzle-orm';
import { jsonb, pgPolicy, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { members } from '#lib/organisations/tables.server.ts';
import type { Heads } from '#lib/realtime/wire.ts';
import { application, moment } from '#lib/server/columns.server.ts';

const mine = () => pgPolicy('own', { to: application, using: sql`member_id = setting('member')` });
const memberId = () =>
	uuid('member_id')
		.notNull()
		.references(() => members.id);

/** How far a member has seen one measure: the last number of each circle that stood on the page. Nobody else's business. */
export const seen = pgTable(
	'seen',
	{
		memberId: memberId(),
		measureId: uuid('measure_id').notNull(),
		heads: jsonb('heads').$type<Heads>().notNull(),
		at: moment('at').notNull()
	},
	(table) => [primaryKey({ columns: [table.memberId, table.measureId] }), mine()]
);

/** How far a member has seen everything: "mark all seen". */
export const seenAll = pgTable(
	'seen_all',
	{
		memberId: memberId().primaryKey(),
		heads: jsonb('heads').$type<Heads>().notNull(),
		at: moment('at').notNull()
	},
	() => [mine()]
);
