import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { OrganisationKind, Role } from '#lib/access/actor.ts';
import { application, bytea, forAnybodySet, forMembers, id, moment } from '#lib/server/columns.server.ts';

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
		/** Others read what its contributors write once a coordinator has approved it. */
		approves: boolean('approves').notNull().default(false),
		/** The place in the ring among its kind. */
		position: integer('position').notNull().default(0),
		/** Out of lists and of the ring from then on; what it wrote stays. */
		retiredAt: moment('retired_at')
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
		/** Switched off for a while; `until` is an end. `sits()` in the database knows both. */
		active: boolean('active').notNull().default(true),
		since: moment('since').notNull().defaultNow(),
		until: moment('until')
	},
	(table) => [index().on(table.organisationId), forMembers()]
);

/** What a member was from when to when: the row without an end is what stands in `members`. */
export const offices = pgTable(
	'offices',
	{
		id: id(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		role: text('role').$type<Role>().notNull(),
		functionRo: text('function_ro').notNull().default(''),
		functionEn: text('function_en').notNull().default(''),
		since: moment('since').notNull().defaultNow(),
		until: moment('until')
	},
	(table) => [index().on(table.memberId), forMembers()]
);

/** Who may bring this person in or has done so; the link itself is known to nobody but whoever got it. */
export const invitations = pgTable(
	'invitations',
	{
		id: id(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		email: text('email').notNull(),
		name: text('name').notNull(),
		role: text('role').$type<Role>().notNull(),
		functionRo: text('function_ro').notNull().default(''),
		functionEn: text('function_en').notNull().default(''),
		language: text('language').$type<'ro' | 'en'>().notNull(),
		invitedBy: uuid('invited_by').references(() => members.id),
		/** SHA-256 of the link's secret. */
		secretHash: bytea('secret_hash').notNull(),
		madeAt: moment('made_at').notNull().defaultNow(),
		expiresAt: moment('expires_at').notNull(),
		withdrawnAt: moment('withdrawn_at'),
		usedAt: moment('used_at'),
		/** Who came of it. */
		memberId: uuid('member_id').references(() => members.id)
	},
	(table) => [
		index().on(table.organisationId),
		pgPolicy('coordinators', { to: application, using: sql`i_coordinate(organisation_id)` })
	]
);
