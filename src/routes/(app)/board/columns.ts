import { m } from '#i18n';
import type { Status } from '#lib/strategy/measure.ts';

const words: Record<Status, () => string> = {
	proposed: m.column_proposed,
	'in-progress': m.column_in_progress,
	blocked: m.column_blocked,
	done: m.column_done,
	dropped: m.column_dropped
};

/** What the measures of a column are called together: „Propuse”. */
export const columnWord = (status: Status) => words[status]();
