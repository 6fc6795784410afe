/** The columns of a plan and of its steps, in the plan's own words. */

import type { Column } from './header.ts';

export const planColumns = {
	code: { header: 'Cod', max: 20, also: ['Code', 'Cod măsură'] },
	objectiveRo: {
		header: 'Obiectiv general',
		is: 'key',
		max: 300,
		also: ['Obiectiv', 'Temă', 'General objective']
	},
	objectiveEn: { header: 'General objective (EN)', max: 300 },
	specificObjective: { header: 'Obiectiv specific', max: 300, also: ['Specific objective'] },
	titleRo: {
		header: 'Activitate',
		is: 'key',
		max: 300,
		also: ['Activități', 'Măsură', 'Acțiune', 'Activity']
	},
	titleEn: { header: 'Activity (EN)', max: 300 },
	indicators: { header: 'Indicatori', max: 1000, also: ['Indicator', 'Indicators'] },
	deadline: {
		header: 'Termen',
		is: 'needed',
		max: 200,
		also: ['Termen de realizare', 'Termene', 'Deadline']
	},
	leads: {
		header: 'Responsabili',
		is: 'key',
		max: 1000,
		also: ['Responsabil', 'Instituții responsabile', 'Instituția responsabilă', 'Responsible']
	},
	partners: { header: 'Parteneri', max: 1000, also: ['Partener', 'Partners'] },
	resources: { header: 'Resurse', max: 1000, also: ['Resurse financiare', 'Buget', 'Resources'] },
	status: { header: 'Stadiu', max: 50, also: ['Status'] },
	source: { header: 'Sursă', max: 1000, also: ['Source'] },
	attribution: { header: 'Atribuire', max: 50 },
	/** Where it is another than the plan's wording says; „–” where there is none. */
	agreed: { header: 'Termen convenit', max: 20 }
} satisfies Record<string, Column>;

export const stepColumns = {
	code: { header: 'Cod', is: 'key', max: 20, also: ['Code', 'Cod măsură'] },
	titleRo: { header: 'Pas', is: 'key', max: 200, also: ['Pași', 'Step'] },
	titleEn: { header: 'Step (EN)', max: 200 },
	date: { header: 'Data', is: 'needed', max: 20, also: ['Date', 'Termen'] },
	state: { header: 'Stare', is: 'key', max: 50, also: ['Stadiu', 'State'] },
	source: { header: 'Sursă', max: 300, also: ['Source'] }
} satisfies Record<string, Column>;

export type PlanField = keyof typeof planColumns;
export type StepField = keyof typeof stepColumns;
