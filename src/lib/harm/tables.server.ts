import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { circles } from '#lib/access/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import { updates } from '#lib/updates/tables.server.ts';

/** Somebody wrote what looks like an identifier and said why it is none: for the secretariat to look at again. */
export const confirmations = pgTable(
	'confirmations',
	{
		id: id(),
		/** The circle Secretariat. */
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		command: text('command').notNull(),
		field: text('field').notNull(),
		/** Kinds of identifier, never what was found. */
		kinds: text('kinds').array().notNull(),
		reason: text('reason').notNull(),
		/** What it stands in. */
		subjectId: uuid('subject_id'),
		at: moment('at')
			.notNull()
			.default(sql`clock_timestamp()`),
		reviewedBy: uuid('reviewed_by').references(() => members.id),
		reviewedAt: moment('reviewed_at')
	},
	(table) => [index().on(table.circleId, table.at), inMyCircles()]
);

/** „Conține date personale”, signed, with a copy of the words, in the circle Secretariat. */
export const flags = pgTable(
	'flags',
	{
		id: id(),
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		updateId: uuid('update_id')
			.notNull()
			.references(() => updates.id),
		/** What the post hangs on. */
		measureId: uuid('measure_id'),
		/** The circle that the post stood in, and those of the replies that went with it: subject → circle. */
		placed: jsonb('placed').$type<Record<string, string>>().notNull(),
		/** The words as they were, until it is decided. */
		words: text('words'),
		flaggedBy: uuid('flagged_by')
			.notNull()
			.references(() => members.id),
		authorOrganisationId: uuid('author_organisation_id')
			.notNull()
			.references(() => organisations.id),
		reason: text('reason').notNull().default(''),
		at: moment('at')
			.notNull()
			.default(sql`clock_timestamp()`),
		state: text('state').$type<'open' | 'restored' | 'removed'>().notNull().default('open'),
		decidedBy: uuid('decided_by').references(() => members.id),
		decidedAt: moment('decided_at'),
		why: text('why').notNull().default('')
	},
	(table) => [index().on(table.updateId), index().on(table.circleId), inMyCircles()]
);
