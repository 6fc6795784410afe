import { sql } from 'drizzle-orm';
import { date, foreignKey, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';

/**
 * A report for the circle that it lives in. It keeps which posts, steps and changes it stands on and which words of
 * them, by id and moment; the words themselves are read anew each time, for that circle.
 */
export const reports = pgTable(
	'reports',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		/** Whose report it is. */
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		title: text('title').notNull(),
		/** Of its headings and sentences; what was posted stays in the language in which it was. */
		language: text('language').$type<'ro' | 'en'>().notNull(),
		from: date('from_day', { mode: 'string' }),
		to: date('to_day', { mode: 'string' }),
		/** None: all of them. */
		objectives: uuid('objectives').array().notNull().default([]),
		/** What it stands on → which version of it. */
		sources: jsonb('sources').$type<Record<string, string>>().notNull(),
		madeAt: moment('made_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		retiredAt: moment('retired_at')
	},
	(table) => [livesWith(table.id, table.circleId), index().on(table.circleId), inMyCircles()]
);

/** Its author's own words, at the beginning or under an objective or a measure. */
export const reportParagraphs = pgTable(
	'report_paragraphs',
	{
		id: id(),
		reportId: uuid('report_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		/** The objective or measure that it stands under; null at the beginning. */
		placeId: uuid('place_id'),
		position: integer('position').notNull(),
		text: text('text').notNull()
	},
	(table) => [
		livesWith(table.reportId, table.circleId),
		foreignKey({ columns: [table.reportId], foreignColumns: [reports.id] }),
		index().on(table.reportId),
		inMyCircles()
	]
);
