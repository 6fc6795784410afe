import { boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import { forAnybodySet, forMembers, id } from '#lib/server/columns.server.ts';

export const organisations = pgTable(
	'organisations',
	{
		id: id(),
		kind: text('kind').$type<OrganisationKind>().notNull(),
		nameRo: text('name_ro').notNull(),
		nameEn: text('name_en').notNull(),
		shortRo: text('short_ro').notNull(),
		shortEn: text('short_en').notNull(),
		/** Other spellings met in plans. */
		aliases: text('aliases').array().notNull().default([]),
		group: boolean('is_group').notNull().default(false),
		seated: boolean('seated').notNull().default(false),
		example: boolean('example').notNull().default(false),
		source: text('source').notNull().default(''),
		/** The place in the ring among its kind. */
		position: integer('position').notNull().default(0)
	},
	() => [forAnybodySet()]
);

export const members = pgTable(
	'members',
	{
		id: id(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		name: text('name').notNull(),
		functionRo: text('function_ro').notNull().default(''),
		functionEn: text('function_en').notNull().default(''),
		role: text('role').$type<Role>().notNull(),
		active: boolean('active').notNull().default(true)
	},
	(table) => [index().on(table.organisationId), forMembers()]
);
