import { sql } from 'drizzle-orm';
import {
	boolean,
	date,
	index,
	integer,
	jsonb,
	pgPolicy,
	pgTable,
	primaryKey,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { signin } from '#lib/auth/tables.server.ts';
import { members } from '#lib/organisations/tables.server.ts';
import type { Heads } from '#lib/realtime/wire.ts';
import { application, bytea, moment } from '#lib/server/columns.server.ts';
import { updates } from '#lib/updates/tables.server.ts';
import type { AskedChoice } from './choices.ts';

const memberId = () =>
	uuid('member_id')
		.notNull()
		.references(() => members.id);
const mine = () => pgPolicy('own', { to: application, using: sql`member_id = setting('member')` });
const door = () => pgPolicy('signin', { to: 'hora_signin', using: sql`true` });

/** What a member has chosen; where nothing was, `mail_choice()` in the database says what holds. */
export const mailChoices = pgTable(
	'mail_choices',
	{
		memberId: memberId().primaryKey(),
		asked: text('asked').$type<AskedChoice>(),
		/** 1 is Monday; 0: no weekly mail. */
		weekday: integer('weekday'),
		hour: integer('hour'),
		language: text('language').$type<'ro' | 'en'>()
	},
	() => [mine(), door()]
);

/** Posts that ask the member's organisation and of which the member has still to hear, from when on. */
export const mailAsked = pgTable(
	'mail_asked',
	{
		memberId: memberId(),
		updateId: uuid('update_id')
			.notNull()
			.references(() => updates.id),
		askedAt: moment('asked_at').notNull(),
		dueAt: moment('due_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.memberId, table.updateId] }),
		index().on(table.dueAt),
		mine(),
		door()
	]
);

/** The weekly mail: the day for which it was last made, and how far the last one that arrived had read. */
export const mailWeeks = pgTable(
	'mail_weeks',
	{
		memberId: memberId().primaryKey(),
		day: date('day', { mode: 'string' }).notNull(),
		heads: jsonb('heads').$type<Heads>()
	},
	() => [mine(), door()]
);

/** The private address of a member's calendar. */
export const calendars = signin.table('calendars', {
	memberId: memberId().primaryKey(),
	/** The half of the address by which it is found. */
	id: text('id').notNull().unique(),
	/** SHA-256 of the other half, which is shown once. */
	secretHash: bytea('secret_hash').notNull(),
	madeAt: moment('made_at').notNull().defaultNow(),
	readAt: moment('read_at')
});

/** What the links that end a mail are signed with. */
export const mailKey = signin.table('mail_key', {
	one: boolean('one').primaryKey().default(true),
	key: bytea('key').notNull()
});
