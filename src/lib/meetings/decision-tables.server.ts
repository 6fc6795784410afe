import { sql } from 'drizzle-orm';
import { date, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { inMyCircles, moment } from '#lib/server/columns.server.ts';
import { measures } from '#lib/strategy/tables.server.ts';
import type { Answer } from './decision.ts';
import { underItem } from './tables.server.ts';

/** Lines under an item, in its circle. */
export const notes = pgTable(
	'notes',
	{
		...underItem(),
		/** Empty: struck out. */
		text: text('text').notNull(),
		writtenAt: moment('written_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [livesWith(table.id, table.circleId), index().on(table.meetingId), inMyCircles()]
);

/** What was decided under an item, in its circle. */
export const decisions = pgTable(
	'decisions',
	{
		...underItem(),
		textRo: text('text_ro').notNull(),
		textEn: text('text_en').notNull().default(''),
		dueOn: date('due_on', { mode: 'string' }),
		measureId: uuid('measure_id').references(() => measures.id),
		recordedAt: moment('recorded_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		withdrawnAt: moment('withdrawn_at')
	},
	(table) => [
		livesWith(table.id, table.circleId),
		index().on(table.meetingId),
		index().on(table.measureId),
		inMyCircles()
	]
);

/** Whom a decision names, and what they have said to it. */
export const decisionBodies = pgTable(
	'decision_bodies',
	{
		decisionId: uuid('decision_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		position: integer('position').notNull(),
		answer: text('answer').$type<Answer>().notNull().default('asked'),
		answerOn: date('answer_on', { mode: 'string' }),
		reason: text('reason').notNull().default(''),
		memberId: uuid('member_id').references(() => members.id),
		answeredAt: moment('answered_at')
	},
	(table) => [
		primaryKey({ columns: [table.decisionId, table.organisationId] }),
		livesWith(table.decisionId, table.circleId),
		foreignKey({ columns: [table.decisionId], foreignColumns: [decisions.id] }),
		index().on(table.organisationId),
		inMyCircles()
	]
);
