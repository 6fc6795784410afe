import { bigint, boolean, index, pgSchema, text, uuid } from 'drizzle-orm/pg-core';
import { members } from '#lib/organisations/tables.server.ts';
import { bytea, moment } from '#lib/server/columns.server.ts';

/** A schema of its own, which the application's role cannot use. */
export const signin = pgSchema('signin');

export const accounts = signin.table('accounts', {
	memberId: uuid('member_id')
		.primaryKey()
		.references(() => members.id),
	/** Lower case. */
	email: text('email').notNull().unique(),
	/** Null: a passkey is this member's way in. */
	passwordHash: text('password_hash'),
	/** The second factor's secret; it counts from `totpSince` on. */
	totpSecret: bytea('totp_secret'),
	totpSince: moment('totp_since'),
	/** The last step of time whose code was used: none is used twice. */
	totpStep: bigint('totp_step', { mode: 'number' }),
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
		/** When the member last showed who they are; what changes access asks again after 15 minutes. */
		provedAt: moment('proved_at').notNull().defaultNow(),
		/** The name given to a device that may stay signed in for 30 days; else none. */
		device: text('device'),
		/** The browser, as it calls itself, for the page of sessions. */
		browser: text('browser').notNull().default(''),
		endedAt: moment('ended_at')
	},
	(table) => [index().on(table.memberId)]
);

export const passkeys = signin.table(
	'passkeys',
	{
		/** The credential's id, base64url. */
		id: text('id').primaryKey(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		publicKey: bytea('public_key').notNull(),
		counter: bigint('counter', { mode: 'number' }).notNull().default(0),
		transports: text('transports').array().notNull().default([]),
		name: text('name').notNull(),
		madeAt: moment('made_at').notNull().defaultNow(),
		usedAt: moment('used_at')
	},
	(table) => [index().on(table.memberId)]
);

export const recoveryCodes = signin.table(
	'recovery_codes',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		codeHash: bytea('code_hash').notNull(),
		usedAt: moment('used_at')
	},
	(table) => [index().on(table.memberId)]
);

/** What a browser was asked to sign, or a sign-in that waits for its second factor: once, within minutes. */
export const challenges = signin.table('challenges', {
	id: text('id').primaryKey(),
	purpose: text('purpose').notNull(),
	memberId: uuid('member_id').references(() => members.id),
	challenge: text('challenge').notNull().default(''),
	expiresAt: moment('expires_at').notNull()
});

/** A link that lets a member set a new password: once, within 72 hours. */
export const resets = signin.table(
	'resets',
	{
		id: uuid('id').primaryKey().defaultRandom(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		secretHash: bytea('secret_hash').notNull(),
		/** The coordinator who hands it over; null where the member asked for it by mail. */
		madeBy: uuid('made_by').references(() => members.id),
		madeAt: moment('made_at').notNull().defaultNow(),
		expiresAt: moment('expires_at').notNull(),
		usedAt: moment('used_at')
	},
	(table) => [index().on(table.memberId)]
);

/** The code that whoever reads the server's console types in to begin: the newest counts. */
export const setUp = signin.table('set_up', {
	one: boolean('one').primaryKey().default(true),
	codeHash: bytea('code_hash').notNull(),
	madeAt: moment('made_at').notNull().defaultNow()
});
