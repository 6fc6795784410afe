/** A plan's file on its way in: what was read, what somebody has said of it, what it would do. */

import type { Day, Status } from '#lib/strategy/measure.ts';
import type { PlanField, StepField, Warned } from './plan.ts';
import type { Problem, Row } from './table.ts';

export const sheetNames = ['plan', 'steps'] as const;
export type SheetName = (typeof sheetNames)[number];

/** What becomes of a measure of the plan that ends. */
export const endings = ['continues', 'dropped', 'stays'] as const;
export type Ending = (typeof endings)[number];

export type Choices = {
	what: 'correction' | 'new';
	/** The plan that is corrected, or the one that ends. */
	planId: string;
	/** Where new measures are written. */
	circleId: string;
	/** Of a new plan. */
	plan: { titleRo: string; titleEn: string; firstYear: number | null; lastYear: number | null };
	/** By sheet: folded title → field; null passes the column over. */
	columns: Partial<Record<SheetName, Record<string, string | null>>>;
	/** Folded name → organisation; `group`: it stays a class of bodies. */
	organisations: Record<string, string>;
	/** Row → the measure that it is, or `new`. */
	same: Record<string, string>;
	/** Measure of the plan that ends → what becomes of it; `rows` are codes or numbers of rows. */
	endings: Record<string, { ending: Ending; rows: string; reason: string }>;
	/** Rows that are left aside. */
	left: Partial<Record<SheetName, number[]>>;
};

export type Draft = {
	id: string;
	file: string;
	sheets: Partial<Record<SheetName, Row[]>>;
	choices: Choices;
};

/** A column of the file: what it is called, which field it is. */
export type SeenColumn = { title: string; field: PlanField | StepField | null; known: boolean };

/** What is wrong, with what stands in the cell now and where that is; a personal number is not among it. */
export type Fault = Problem & { sheet: SheetName; place: number | null; cell: string };

export type Named = { id: string; code: string; titleRo: string; titleEn: string };

export type Difference = {
	field:
		| 'objective'
		| 'titleRo'
		| 'titleEn'
		| 'indicators'
		| 'resources'
		| 'source'
		| 'deadline'
		| 'nextDate'
		| 'status'
		| 'illustrative'
		| 'leads'
		| 'partners'
		| 'step';
	old: string | Day | Status | boolean | string[] | null;
	new: string | Day | Status | boolean | string[] | null;
};

export type Entry = {
	row: number;
	kind: 'added' | 'changed' | 'same' | 'retired';
	/** As it is, or as it will be. */
	code: string;
	titleRo: string;
	titleEn: string;
	differences: Difference[];
};

/** Is this row that measure? */
export type Asked = { row: number; code: string; titleRo: string; near: Named };

export type Ended = Named & {
	/** Codes or rows that seem to go on from it. */
	suggested: string;
	said?: Choices['endings'][string];
	/** What of it cannot be: a message key. */
	fault?: string;
};

export type Counts = {
	added: number;
	changed: number;
	same: number;
	retired: number;
	/** Measures of the plan that the file does not name: nothing happens to them. */
	missing: number;
	objectives: number;
	steps: number;
	continued: number;
	dropped: number;
};

export type Review = {
	columns: Partial<Record<SheetName, SeenColumn[]>>;
	/** Columns that are missing or there twice. */
	header: (Problem & { sheet: SheetName })[];
	faults: Fault[];
	/** Names that are nobody's, with the rows in which they stand. */
	unknown: { name: string; rows: number[] }[];
	warned: (Warned & { sheet: SheetName })[];
	asked: Asked[];
	ended: Ended[];
	counts: Counts;
	entries: Entry[];
	/** Nothing is left to say. */
	ready: boolean;
};

/** Something would be written. */
export const changesSomething = ({ added, changed, objectives, steps, continued, dropped }: Counts) =>
	added + changed + objectives + steps + continued + dropped > 0;
