import { sql } from 'drizzle-orm';
import {
	boolean,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { inMyCircles, moment } from '#lib/server/columns.server.ts';
import type { Stance, Vote } from './proposal.ts';
import { meetings, underItem } from './tables.server.ts';

/** A text put to the meeting under an item, in its circle. */
export const proposals = pgTable(
	'proposals',
	{
		...underItem(),
		textRo: text('text_ro').notNull(),
		textEn: text('text_en').notNull().default(''),
		putAt: moment('put_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		closedAt: moment('closed_at'),
		withdrawnAt: moment('withdrawn_at'),
		/** What the chair has counted in the Commission, in place of named votes: all three or none. */
		countFor: integer('count_for'),
		countAgainst: integer('count_against'),
		countAbstain: integer('count_abstain'),
		reservation: text('reservation').notNull().default(''),
		/** Which of the Commission's members were there when it closed. */
		present: jsonb('present').$type<string[]>()
	},
	(table) => [livesWith(table.id, table.circleId), index().on(table.meetingId), inMyCircles()]
);

/** What an organisation says to it; what it said before is in the history. */
export const positions = pgTable(
	'positions',
	{
		proposalId: uuid('proposal_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		stance: text('stance').$type<Stance>().notNull(),
		reason: text('reason').notNull().default(''),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		noted: boolean('noted').notNull(),
		takenAt: moment('taken_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [
		primaryKey({ columns: [table.proposalId, table.organisationId] }),
		livesWith(table.proposalId, table.circleId),
		foreignKey({ columns: [table.proposalId], foreignColumns: [proposals.id] }),
		inMyCircles()
	]
);

/** What a member of the Commission says, by name. */
export const votes = pgTable(
	'votes',
	{
		proposalId: uuid('proposal_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		vote: text('vote').$type<Vote>().notNull(),
		noted: boolean('noted').notNull(),
		castAt: moment('cast_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [
		primaryKey({ columns: [table.proposalId, table.memberId] }),
		livesWith(table.proposalId, table.circleId),
		foreignKey({ columns: [table.proposalId], foreignColumns: [proposals.id] }),
		inMyCircles()
	]
);

/** Whom a coordinator has named to take their organisation's positions in a meeting. */
export const delegates = pgTable(
	'delegates',
	{
		meetingId: uuid('meeting_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id)
	},
	(table) => [
		primaryKey({ columns: [table.meetingId, table.organisationId] }),
		livesWith(table.meetingId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		inMyCircles()
	]
);
