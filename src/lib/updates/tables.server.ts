import {
	type AnyPgColumn,
	boolean,
	date,
	index,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import { measures } from '#lib/strategy/tables.server.ts';
import type { Prose, RequestState, UpdateKind } from './update.ts';

export const updates = pgTable(
	'updates',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		measureId: uuid('measure_id')
			.notNull()
			.references(() => measures.id),
		/** One level: a reply names a post, never another reply. */
		replyTo: uuid('reply_to').references((): AnyPgColumn => updates.id),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		kind: text('kind').$type<UpdateKind>().notNull(),
		language: text('language').$type<'ro' | 'en'>().notNull(),
		text: text('text').notNull(),
		/** The text, parsed once, as what components draw. */
		prose: jsonb('prose').$type<Prose>().notNull(),
		/** In one sentence, in the other language; stale once the text has changed after it. */
		gist: text('gist').notNull().default(''),
		gistStale: boolean('gist_stale').notNull().default(false),
		/** Who approved it for the organisation; null where whoever wrote it spoke for it. */
		approvedBy: uuid('approved_by').references(() => members.id),
		postedAt: moment('posted_at').notNull().defaultNow(),
		editedAt: moment('edited_at'),
		withdrawnAt: moment('withdrawn_at'),
		/** Somebody said that it holds personal data; the secretariat has not decided yet. */
		flaggedAt: moment('flagged_at'),
		/** Its words were removed for good. */
		redactedAt: moment('redacted_at'),
		example: boolean('example').notNull().default(false)
	},
	(table) => [
		livesWith(table.id, table.circleId),
		index().on(table.measureId),
		index().on(table.circleId, table.postedAt),
		inMyCircles()
	]
);

/** Who should answer a question, a concern or an offer, and by when; it moves with the post that asks. */
export const requests = pgTable(
	'requests',
	{
		updateId: uuid('update_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		/** Who should answer. */
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		due: date('due', { mode: 'string' }),
		/** The day that the post itself named; a promise moves the other one. */
		askedDue: date('asked_due', { mode: 'string' }),
		state: text('state').$type<RequestState>().notNull().default('open'),
		/** The reply that closed it. */
		answerId: uuid('answer_id').references(() => updates.id),
		closedAt: moment('closed_at')
	},
	(table) => [
		primaryKey({ columns: [table.updateId, table.organisationId] }),
		livesWith(table.updateId, table.circleId),
		index().on(table.organisationId),
		inMyCircles()
	]
);
