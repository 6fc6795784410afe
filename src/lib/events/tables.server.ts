import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	bigint,
	boolean,
	foreignKey,
	index,
	integer,
	jsonb,
	pgPolicy,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { circles } from '#lib/access/tables.server.ts';
import type { EventData } from '#lib/realtime/wire.ts';
import { application, bytea, forAnybodySet, inMyCircles, moment } from '#lib/server/columns.server.ts';

/** Each shared thing, where it is and whose words it holds. Moving it here moves everything. */
export const subjects = pgTable(
	'subjects',
	{
		id: uuid('id').primaryKey(),
		parentId: uuid('parent_id').references((): AnyPgColumn => subjects.id),
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		/** The author's own circle; null for what belongs to its circle (measure, objective). */
		ownId: uuid('own_id').references(() => circles.id),
		/** Counts placements: 1 where it was made, one more with each move. */
		version: integer('version').notNull().default(1)
	},
	(table) => [
		unique().on(table.id, table.circleId),
		index().on(table.parentId),
		index().on(table.circleId),
		inMyCircles()
	]
);

/** A row lives where its subject lives, and moves with it. */
export const livesWith = (subjectId: AnyPgColumn, circleId: AnyPgColumn) =>
	foreignKey({
		columns: [subjectId, circleId],
		foreignColumns: [subjects.id, subjects.circleId]
	}).onUpdate('cascade');

/** The number of the last event of each circle, apart from the circles' own rows so that locks do not meet. */
export const heads = pgTable(
	'heads',
	{
		circleId: uuid('circle_id')
			.primaryKey()
			.references(() => circles.id),
		n: bigint('n', { mode: 'number' }).notNull().default(0)
	},
	() => [inMyCircles()]
);

/** The numbered shells: that something happened to a subject, without gaps, never changed. */
export const events = pgTable(
	'events',
	{
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		n: bigint('n', { mode: 'number' }).notNull(),
		subjectId: uuid('subject_id').notNull(),
		version: integer('version').notNull(),
		at: moment('at').notNull().defaultNow(),
		/** Of many that happened in one act: the number of the last of them, which alone is delivered. */
		together: bigint('together', { mode: 'number' })
	},
	(table) => [
		primaryKey({ columns: [table.circleId, table.n] }),
		index().on(table.subjectId),
		inMyCircles(),
		pgPolicy('delivery', { for: 'select', to: 'hora_delivery', using: sql`true` })
	]
);

/** What was said, beside its shell, in a circle of its own: null where nobody may read it any more. */
export const words = pgTable(
	'words',
	{
		eventCircleId: uuid('event_circle_id').notNull(),
		n: bigint('n', { mode: 'number' }).notNull(),
		circleId: uuid('circle_id').references(() => circles.id),
		subjectId: uuid('subject_id').notNull(),
		type: text('type').notNull(),
		author: uuid('author'),
		data: jsonb('data').$type<EventData>().notNull()
	},
	(table) => [
		primaryKey({ columns: [table.eventCircleId, table.n] }),
		foreignKey({
			columns: [table.eventCircleId, table.n],
			foreignColumns: [events.circleId, events.n]
		}),
		index().on(table.subjectId),
		index().on(table.circleId),
		inMyCircles(),
		pgPolicy('delivery', { for: 'select', to: 'hora_delivery', using: sql`true` })
	]
);

/** What a member's browser has asked for: a repeat does nothing. The answer is never kept, only the ids. */
export const operations = pgTable(
	'operations',
	{
		memberId: uuid('member_id').notNull(),
		id: uuid('id').notNull(),
		command: text('command').notNull(),
		input: bytea('input').notNull(),
		result: jsonb('result').$type<Record<string, unknown>>(),
		at: moment('at').notNull().defaultNow()
	},
	(table) => [
		primaryKey({ columns: [table.memberId, table.id] }),
		pgPolicy('own', { to: application, using: sql`member_id = setting('member')` })
	]
);

/** One row: what this database is. */
export const workspace = pgTable(
	'workspace',
	{
		one: boolean('one').primaryKey().default(true),
		/** Changes when a backup is restored: event numbers seen before prove nothing. */
		epoch: uuid('epoch').notNull().defaultRandom(),
		demonstration: boolean('demonstration').notNull().default(false),
		/** As a subject of All partners: what happens to the whole table is written there. */
		id: uuid('id').notNull().defaultRandom(),
		nameRo: text('name_ro').notNull().default('Hora'),
		nameEn: text('name_en').notNull().default('Hora'),
		/** The steps of the first days that the secretariat has chosen to pass over. */
		skipped: text('skipped').array().notNull().default([])
	},
	() => [
		forAnybodySet(),
		pgPolicy('delivery', { for: 'select', to: 'hora_delivery', using: sql`true` }),
		pgPolicy('signin', { for: 'select', to: 'hora_signin', using: sql`true` })
	]
);
