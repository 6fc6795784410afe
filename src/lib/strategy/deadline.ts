/** What a deadline says on screen: „24.09.2024 (peste 20 de zile)”, or the plan's own words. */

import { m } from '#i18n';
import { daysBetween, formatDay, type Locale, relativeDays } from '#lib/time.ts';
import { type Day, type Measure, overdue } from './measure.ts';

export type Deadline = {
	/** The date, or the plan's words, or that there is none. */
	text: string;
	/** „peste 20 de zile”; for a late one „depășit cu 11 zile”. */
	distance: string;
	late: boolean;
	/** The plan's own words where a date stands beside them. */
	words: string;
};

export function deadlineOf(measure: Measure, today: Day, locale: Locale): Deadline {
	const open = measure.status !== 'done' && measure.status !== 'dropped';
	const passed = measure.status === 'in-progress' ? overdue(measure, today) : null;
	const day = passed ?? measure.nextDate;
	if (!day)
		return {
			text: measure.deadline || m.deadline_none({}, { locale }),
			distance: '',
			late: false,
			words: ''
		};

	const distance = passed
		? m.deadline_overdue({ count: daysBetween(passed, today) }, { locale })
		: open
			? relativeDays(day, today, locale)
			: '';
	const words = /^\d{2}\.\d{2}\.\d{4}$/.test(measure.deadline) ? '' : measure.deadline;
	return { text: formatDay(day, locale), distance, late: passed !== null, words };
}
