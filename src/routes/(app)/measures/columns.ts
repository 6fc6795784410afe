/** The columns of the list: how they are sorted, and how they go into a spreadsheet. */

import { m } from '#i18n';
import { isLate, type Measure, overdue, progress, statuses } from '#lib/strategy/measure.ts';
import { neutral } from '#lib/transfer/cell.ts';

/** The title is always there. */
export const columns = ['code', 'title', 'status', 'steps', 'who', 'deadline', 'updated'] as const;
export type Column = (typeof columns)[number];

export const columnWords: Record<Column, () => string> = {
	code: m.measure_code,
	title: m.measure_measure,
	status: m.measure_status,
	steps: m.measure_steps,
	who: m.measure_who,
	deadline: m.measure_deadline,
	updated: m.list_last_update
};

export type Sorting = { by: Column; down: boolean };

/** `-deadline`: the latest first. Nothing: the plan's own order, by objective. */
export function sortingOf(query: string | null): Sorting | undefined {
	const by = columns.find((column) => column === query?.replace(/^-/, ''));
	return by && { by, down: query?.startsWith('-') ?? false };
}

export type Facts = {
	today: string;
	title: (measure: Measure) => string;
	who: (measure: Measure) => string;
	updated: (measure: Measure) => string;
};

/** What has no value comes last, whichever way. */
export function sorted(measures: Measure[], { by, down }: Sorting, facts: Facts, locale: string): Measure[] {
	const { compare } = new Intl.Collator(locale, { numeric: true });
	const key = keyOf(by, facts);
	return measures
		.map((measure) => ({ measure, key: key(measure) }))
		.sort((one, other) => {
			if (one.key === '' || other.key === '') return Number(one.key === '') - Number(other.key === '');
			return (down ? -1 : 1) * compare(one.key, other.key) || one.measure.position - other.measure.position;
		})
		.map(({ measure }) => measure);
}

function keyOf(by: Column, { today, title, who, updated }: Facts): (measure: Measure) => string {
	switch (by) {
		case 'code':
			return ({ code }) => code;
		case 'title':
			return title;
		case 'status':
			// The late ones stand before those that only are in progress.
			return (measure) => `${statuses.indexOf(measure.status)}${isLate(measure, today) ? 0 : 1}`;
		case 'steps':
			return (measure) => {
				const steps = progress(measure);
				return steps ? String(Math.round((1000 * steps.done) / steps.of)) : '';
			};
		case 'who':
			return who;
		case 'deadline':
			return (measure) =>
				(measure.status === 'in-progress' ? overdue(measure, today) : null) ?? measure.nextDate ?? '';
		case 'updated':
			return updated;
	}
}

/** No cell is a formula; what would part cells becomes a space. */
const cell = (text: string) => neutral(text).replace(/[\t\r\n]+/g, ' ');

/** Rows as spreadsheets paste them. */
export const toSheet = (rows: string[][]) => rows.map((row) => row.map(cell).join('\t')).join('\n');
