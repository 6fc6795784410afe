/** What is said of a file that comes in: faults, fields, columns. */

import { m } from '#i18n';
import type { Difference } from './draft.ts';
import { planColumns, stepColumns } from './columns.ts';

const faults: Record<string, () => string> = {
	'words.required': m.import_fault_required,
	'words.not_text': m.refusal_words_not_text,
	'words.too_long': m.refusal_words_too_long,
	'words.personal_number': m.import_fault_number,
	'plan.repeated_code': m.import_fault_repeated_code,
	'plan.unknown_status': m.import_fault_status,
	'plan.unknown_attribution': m.import_fault_attribution,
	'plan.not_a_date': m.import_fault_date,
	'plan.unknown_code': m.import_fault_unknown_code,
	'plan.unknown_state': m.import_fault_state,
	'plan.cell_count': m.import_fault_cell_count,
	'plan.missing_column': m.import_fault_missing_column,
	'plan.repeated_column': m.import_fault_repeated_column,
	'plan.not_csv': m.import_fault_not_csv,
	'import.same_measure': m.import_fault_same_measure,
	'import.no_such_row': m.import_fault_no_such_row
};

/** One sentence that says what is wrong and what to do. */
export const faultWord = (message: string) => (faults[message] ?? m.refusal_form)();

const fields: Record<Difference['field'], () => string> = {
	objective: m.measure_objective,
	titleRo: m.measure_title_ro,
	titleEn: m.measure_title_en,
	indicators: m.measure_indicators,
	resources: m.measure_resources,
	source: m.measure_source,
	deadline: m.measure_deadline_words,
	nextDate: m.edit_date_new,
	status: m.measure_status,
	illustrative: m.import_field_illustrative,
	leads: m.measure_leads,
	partners: m.measure_partners,
	step: m.import_field_step
};

export const fieldWord = (field: Difference['field']) => fields[field]();

/** The columns that a sheet may have, by what the plan calls them. */
export const columnOptions = (sheet: 'plan' | 'steps') =>
	Object.entries(sheet === 'plan' ? planColumns : stepColumns).map(([value, { header }]) => ({
		value,
		label: header
	}));
