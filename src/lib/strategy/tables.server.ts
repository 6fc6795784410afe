import { sql } from 'drizzle-orm';
import {
	boolean,
	date,
	foreignKey,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	uuid
} from 'drizzle-orm/pg-core';
import { livesWith } from '#lib/events/tables.server.ts';
import { organisations } from '#lib/organisations/tables.server.ts';
import { id, inMyCircles, moment } from '#lib/server/columns.server.ts';
import type { Status } from './measure.ts';
import type { Fate, Planned } from './plan.ts';

export const strategies = pgTable(
	'strategies',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		titleRo: text('title_ro').notNull(),
		titleEn: text('title_en').notNull(),
		source: text('source').notNull().default(''),
		retiredAt: moment('retired_at'),
		/** Of several that stand, the newest goes first. */
		madeAt: moment('made_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [livesWith(table.id, table.circleId), inMyCircles()]
);

/** general and specific objectives, a tree; a theme stands in for the general objectives until they are imported. */
export const objectives = pgTable(
	'objectives',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		strategyId: uuid('strategy_id')
			.notNull()
			.references(() => strategies.id),
		parentId: uuid('parent_id'),
		kind: text('kind').$type<'general' | 'specific' | 'theme'>().notNull(),
		code: text('code').notNull().default(''),
		titleRo: text('title_ro').notNull(),
		titleEn: text('title_en').notNull(),
		position: integer('position').notNull()
	},
	(table) => [
		livesWith(table.id, table.circleId),
		foreignKey({ columns: [table.parentId], foreignColumns: [table.id] }),
		index().on(table.strategyId),
		inMyCircles()
	]
);

/** The measures of some years under a strategy's objectives. Each strategy has its first plan from the beginning. */
export const plans = pgTable(
	'plans',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		strategyId: uuid('strategy_id')
			.notNull()
			.references(() => strategies.id),
		titleRo: text('title_ro').notNull().default(''),
		titleEn: text('title_en').notNull().default(''),
		/** From which year to which; null where nobody has said. */
		firstYear: integer('first_year'),
		lastYear: integer('last_year'),
		/** Of several the newest is the one that is carried out. */
		madeAt: moment('made_at')
			.notNull()
			.default(sql`clock_timestamp()`)
	},
	(table) => [livesWith(table.id, table.circleId), index().on(table.strategyId), inMyCircles()]
);

export const measures = pgTable(
	'measures',
	{
		id: id(),
		circleId: uuid('circle_id').notNull(),
		objectiveId: uuid('objective_id')
			.notNull()
			.references(() => objectives.id),
		/** Where nothing is said, the newest plan of its strategy: the database puts it in. */
		planId: uuid('plan_id').references(() => plans.id),
		/** What the plan's file said last: a file that says the same changes nothing of what was agreed since. */
		planned: jsonb('planned').$type<Planned>(),
		code: text('code').notNull(),
		position: integer('position').notNull().default(0),
		titleRo: text('title_ro').notNull(),
		titleEn: text('title_en').notNull(),
		descriptionRo: text('description_ro').notNull().default(''),
		descriptionEn: text('description_en').notNull().default(''),
		indicators: text('indicators').notNull().default(''),
		resources: text('resources').notNull().default(''),
		source: text('source').notNull().default(''),
		deadline: text('deadline').notNull().default(''),
		nextDate: date('next_date', { mode: 'string' }),
		status: text('status').$type<Status>().notNull().default('proposed'),
		illustrative: boolean('illustrative').notNull().default(false),
		example: boolean('example').notNull().default(false),
		asOf: date('as_of', { mode: 'string' }),
		/** Out of board, lists, counts and search; its page and history stay. */
		retiredAt: moment('retired_at')
	},
	(table) => [
		livesWith(table.id, table.circleId),
		index().on(table.circleId),
		index().on(table.objectiveId),
		index().on(table.planId),
		inMyCircles()
	]
);

/** What a measure of a new plan goes on from. Whoever does not read that one finds no name to it. */
export const predecessors = pgTable(
	'predecessors',
	{
		measureId: uuid('measure_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		fromId: uuid('from_id')
			.notNull()
			.references(() => measures.id),
		fate: text('fate').$type<Fate>().notNull(),
		reason: text('reason').notNull().default('')
	},
	(table) => [
		primaryKey({ columns: [table.measureId, table.fromId] }),
		livesWith(table.measureId, table.circleId),
		index().on(table.fromId),
		inMyCircles()
	]
);

/** Who leads a measure (the first coordinates) and who partners in it. */
export const measureOrganisations = pgTable(
	'measure_organisations',
	{
		measureId: uuid('measure_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisations.id),
		part: text('part').$type<'lead' | 'partner'>().notNull(),
		position: integer('position').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.measureId, table.organisationId] }),
		livesWith(table.measureId, table.circleId),
		index().on(table.organisationId),
		inMyCircles()
	]
);

/** A dated stage of a measure; it shares the measure's circle and moves with it. */
export const steps = pgTable(
	'steps',
	{
		id: id(),
		measureId: uuid('measure_id').notNull(),
		circleId: uuid('circle_id').notNull(),
		position: integer('position').notNull(),
		titleRo: text('title_ro').notNull(),
		titleEn: text('title_en').notNull().default(''),
		date: date('date', { mode: 'string' }),
		source: text('source').notNull().default(''),
		done: boolean('done').notNull().default(false)
	},
	(table) => [livesWith(table.measureId, table.circleId), index().on(table.measureId), inMyCircles()]
);
