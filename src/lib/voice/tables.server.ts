import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { members, organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import type { Confirmed } from '#lib/server/command.server.ts';
import { measures } from '#lib/strategy/tables.server.ts';
import type { Prose } from '#lib/updates/update.ts';
import type { DraftState } from './draft.ts';

/** An act that is still in the house: the command and its input, in the organisation's own circle. */
export const drafts = pgTable(
	'drafts',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		measureId: uuid('measure_id')
			.notNull()
			.references(() => measures.id),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		/** Who wrote it. */
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		command: text('command').notNull(),
		/** As the command's schema left it. */
		input: jsonb('input').$type<Record<string, unknown>>().notNull(),
		/** Its words, parsed once, where it has any. */
		prose: jsonb('prose').$type<Prose>(),
		/** What was warned of and confirmed: the secretariat hears of it when others read the words. */
		confirmed: jsonb('confirmed').$type<Confirmed>(),
		state: text('state').$type<DraftState>().notNull(),
		draftedAt: moment('drafted_at').notNull().defaultNow(),
		editedAt: moment('edited_at'),
		/** Who sent it, or gave it back. */
		decidedBy: uuid('decided_by').references(() => members.id),
		decidedAt: moment('decided_at')
	},
	(table) => [
		livesWith(table.id, table.circleId),
		index().on(table.measureId),
		index().on(table.circleId, table.state),
		inMyCircles()
	]
);

/** What is said of it between who wrote it and who approves it. */
export const draftComments = pgTable(
	'draft_comments',
	{
		id: id(),
		draftId: uuid('draft_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		memberId: uuid('member_id')
			.notNull()
			.references(() => members.id),
		text: text('text').notNull(),
		at: moment('at').notNull().defaultNow()
	},
	(table) => [livesWith(table.draftId, table.circleId), index().on(table.draftId), inMyCircles()]
);
