import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, pgPolicy, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { organisations } from '#lib/organisations/tables.server.ts';
import { application, id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import type { CircleKind, Quoting } from './directory.ts';

export const circles = pgTable(
	'circles',
	{
		id: id(),
		kind: text('kind').$type<CircleKind>().notNull().default('made'),
		nameRo: text('name_ro').notNull(),
		nameEn: text('name_en').notNull(),
		inside: uuid('inside').references((): AnyPgColumn => circles.id),
		/** Whose own circle it is. */
		organisationId: uuid('organisation_id').references(() => organisations.id),
		succeededBy: uuid('succeeded_by').references((): AnyPgColumn => circles.id),
		/** Whether what is written in it may be quoted outside. */
		quoting: text('quoting').$type<Quoting>().notNull().default('agreement'),
		/** Nothing new is written in it from then on. */
		retiredAt: moment('retired_at')
	},
	(table) => [
		index().on(table.inside),
		pgPolicy('circle', { to: application, using: sql`id = any(array(select my_circles()))` })
	]
);

/** Who is in a circle. */
export const circleOrganisations = pgTable(
	'circle_organisations',
	{
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		since: moment('since').notNull().defaultNow()
	},
	(table) => [
		primaryKey({ columns: [table.organisationId, table.circleId] }),
		index().on(table.circleId),
		inMyCircles()
	]
);

/** Which circle lies inside which, itself included: recorded, never found by comparing members. */
export const nested = pgTable(
	'nested',
	{
		circleId: uuid('circle_id')
			.notNull()
			.references(() => circles.id),
		outerId: uuid('outer_id')
			.notNull()
			.references(() => circles.id)
	},
	(table) => [
		primaryKey({ columns: [table.circleId, table.outerId] }),
		index().on(table.outerId),
		inMyCircles()
	]
);
