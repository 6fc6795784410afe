import { customType, index, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { members } from '#lib/organisations/tables.server.ts';
import { moment } from '#lib/server/columns.server.ts';

/** A schema of its own, which the application's role cannot use. */
export const signin = pgSchema('signin');

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

export const accounts = signin.table('accounts', {
	memberId: uuid('member_id')
		.primaryKey()
		.references(() => members.id),
	/** Lower case. */
	email: text('email').notNull().unique(),
	passwordHash: text('password_hash').notNull(),
	/** Demonstration only: the name of this person's own window (`comisia.localhost`). */
	window: text('demonstration_window')
});

export const sessions = signin.table(
	'sessions',
	{
		id: text('id').primaryKey(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		/** SHA-256 of the secret half of the token; the secret itself is kept nowhere. */
		secretHash: bytea('secret_hash').notNull(),
		createdAt: moment('created_at').notNull().defaultNow(),
		usedAt: moment('used_at').notNull().defaultNow(),
		endedAt: moment('ended_at')
	},
	(table) => [index().on(table.memberId)]
);
