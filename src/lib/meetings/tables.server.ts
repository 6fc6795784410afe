import { sql } from 'drizzle-orm';
import {
	boolean,
	date,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import type { HandKind, MeetingState, QuorumOf, SlotState } from './meeting.ts';

export const meetings = pgTable(
	'meetings',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		/** The one that it follows. */
		previousId: uuid('previous_id'),
		title: text('title').notNull(),
		/** By the clock on the wall in Bucharest, whatever the offset will be on that day. */
		day: date('day', { mode: 'string' }).notNull(),
		time: text('time').notNull(),
		place: text('place').notNull().default(''),
		link: text('link').notNull().default(''),
		chairId: uuid('chair_id')
			.notNull()
			.references(() => members.id),
		secretaryId: uuid('secretary_id').references(() => members.id),
		state: text('state').$type<MeetingState>().notNull().default('planned'),
		openedAt: moment('opened_at'),
		closedAt: moment('closed_at'),
		/** Of the current item: an end while its time runs, what is left of it while it stands still. */
		endsAt: moment('ends_at'),
		leftMs: integer('left_ms'),
		/** Of whom so many in a hundred have to be present. */
		quorumOf: text('quorum_of').$type<QuorumOf>().notNull().default('none'),
		quorumShare: integer('quorum_share').notNull().default(50),
		example: boolean('example').notNull().default(false)
	},
	(table) => [
		livesWith(table.id, table.circleId),
		// One meeting is followed by one.
		uniqueIndex().on(table.previousId),
		foreignKey({ columns: [table.previousId], foreignColumns: [table.id] }),
		index().on(table.day),
		inMyCircles()
	]
);

/** Places on the agenda: structure of the meeting, in its circle. */
export const agendaSlots = pgTable(
	'agenda_slots',
	{
		id: id(),
		meetingId: uuid('meeting_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		position: integer('position').notNull(),
		minutes: integer('minutes').notNull(),
		state: text('state').$type<SlotState>().notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		/** The place from which it was carried over. */
		carriedFrom: uuid('carried_from'),
		takenAt: moment('taken_at'),
		endedAt: moment('ended_at')
	},
	(table) => [
		livesWith(table.meetingId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		foreignKey({ columns: [table.carriedFrom], foreignColumns: [table.id] }),
		index().on(table.meetingId),
		inMyCircles()
	]
);

/** What stands on them, each in a circle of its own. */
export const agendaItems = pgTable(
	'agenda_items',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meetings.id),
		slotId: uuid('slot_id')
			.notNull()
			.references(() => agendaSlots.id),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		titleRo: text('title_ro').notNull(),
		titleEn: text('title_en').notNull().default(''),
		text: text('text').notNull().default(''),
		measures: jsonb('measures').$type<string[]>().notNull().default([]),
		/** Addresses of documents, one a line. */
		links: text('links').notNull().default(''),
		example: boolean('example').notNull().default(false)
	},
	(table) => [livesWith(table.id, table.circleId), index().on(table.meetingId), inMyCircles()]
);

/** Where something was written under an item, and by whom. */
export const underItem = () => ({
	id: id(),
	circleId: uuid('circle_id').notNull(),
	meetingId: uuid('meeting_id')
		.notNull()
		.references(() => meetings.id),
	itemId: uuid('item_id')
		.notNull()
		.references(() => agendaItems.id),
	organisationId: uuid('organisation_id')
		.notNull()
		.references(() => organisations.id),
	memberId: uuid('member_id')
		.notNull()
		.references(() => members.id),
	example: boolean('example').notNull().default(false)
});

/** Who asked to speak, for which organisation, in the order in which they will. */
export const hands = pgTable(
	'hands',
	{
		id: id(),
		meetingId: uuid('meeting_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		kind: text('kind').$type<HandKind>().notNull(),
		position: integer('position').notNull(),
		raisedAt: moment('raised_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		/** When the floor was given. */
		since: moment('since'),
		/** Spoken, or taken back. */
		loweredAt: moment('lowered_at')
	},
	(table) => [
		livesWith(table.meetingId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		index().on(table.meetingId),
		inMyCircles()
	]
);

/** Who was there, from when to when: a member, or a guest who has no account. */
export const attendances = pgTable(
	'attendances',
	{
		id: id(),
		meetingId: uuid('meeting_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		memberId: uuid('member_id').references(() => members.id),
		organisationId: uuid('organisation_id').references(() => organisations.id),
		guestName: text('guest_name').notNull().default(''),
		guestBody: text('guest_body').notNull().default(''),
		arrivedAt: moment('arrived_at')
			.notNull()
			.default(sql`clock_timestamp()`),
		leftAt: moment('left_at'),
		/** Who noted the arrival: the member, or whoever runs the meeting. */
		notedBy: uuid('noted_by')
			.notNull()
			.references(() => members.id)
	},
	(table) => [
		livesWith(table.meetingId, table.circleId),
		foreignKey({ columns: [table.meetingId], foreignColumns: [meetings.id] }),
		index().on(table.meetingId),
		inMyCircles()
	]
);
