/** What the day of an answer says on screen: „până la 24.09.2024”, „peste 3 zile”, „depășit cu 2 zile”. */

import { m } from '#i18n';
import type { Day } from '#lib/strategy/measure.ts';
import { daysBetween, formatDay, type Locale, relativeDays } from '#lib/time.ts';
import type { Asked } from './update.ts';

export type Due = {
	/** Empty where no day was named. */
	by: string;
	distance: string;
	late: boolean;
	/** Within three days. */
	soon: boolean;
};

export function dueOf({ due, state }: Pick<Asked, 'due' | 'state'>, today: Day, locale: Locale): Due {
	if (due === null || state !== 'open') return { by: '', distance: '', late: false, soon: false };
	const left = daysBetween(today, due);
	return {
		by: m.asked_by({ day: formatDay(due, locale) }, { locale }),
		distance: left < 0 ? m.deadline_overdue({ count: -left }, { locale }) : relativeDays(due, today, locale),
		late: left < 0,
		soon: left >= 0 && left <= 3
	};
}
