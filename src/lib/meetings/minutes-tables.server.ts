import { sql } from 'drizzle-orm';
import { foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members } from '#lib/organisations/tables.server.ts';
import { inMyCircles, moment } from '#lib/server/columns.server.ts';
import { meetings } from './tables.server.ts';

/** Minutes as they were approved: the hashes of all their lines, and the seal over those. */
export const minutes = pgTable(
	'minutes',
	{
		meetingId: uuid('meeting_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		version: integer('version').notNull(),
		hashes: jsonb('hashes').$type<string[]>().notNull(),
		seal: text('seal').notNull(),
		/** What has changed since the version before. */
		reason: text('reason').notNull().default(''),
		approvedBy: uuid('approved_by')
			.notNull()
			.references(() => members.id),
		approvedAt: moment('approved_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [
		primaryKey({ columns: [table.meetingId, table.version] }),
		livesWith(table.meetingId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		inMyCircles()
	]
);

/** Their lines, each in the circle of what it says. */
export const minuteLines = pgTable(
	'minute_lines',
	{
		meetingId: uuid('meeting_id').notNull(),
		version: integer('version').notNull(),
		position: integer('position').notNull(),
		/** The meeting itself, an item, or what stands under it. */
		subjectId: uuid('subject_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		/** So that nobody finds a short line by trying. */
		salt: text('salt').notNull(),
		/** What was so when it was approved, letter by letter as it was hashed. */
		said: text('said').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.meetingId, table.version, table.position] }),
		livesWith(table.subjectId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		inMyCircles()
	]
);
