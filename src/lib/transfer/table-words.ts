/** The tables that go out, and what they are called. */

import { m } from '#i18n';

export const tableNames = ['measures', 'steps', 'updates', 'history', 'answers'] as const;
export type TableName = (typeof tableNames)[number];

export const tableWords: Record<TableName, typeof m.export_measures> = {
	measures: m.export_measures,
	steps: m.export_steps,
	updates: m.export_updates,
	history: m.export_history,
	answers: m.export_answers
};
