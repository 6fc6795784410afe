/** The plan's own layout to fill in: a sheet for the plan, one for its steps, each with a row that shows how. */

import writeExcel from 'write-excel-file/node';
import { planColumns, stepColumns } from './columns.ts';

const rows: Record<'plan' | 'steps', Record<string, string>> = {
	plan: {
		code: 'X1',
		objectiveRo: '1. Prevenirea traficului de persoane',
		objectiveEn: 'Preventing trafficking in persons',
		specificObjective: '1.1 Informarea publicului',
		titleRo: 'Campanie de informare în școli (exemplu: ștergeți rândul)',
		titleEn: 'Information campaign in schools (example: delete this row)',
		indicators: 'număr de școli | număr de elevi',
		deadline: '30.06.2027',
		leads: 'Ministerul Exemplu A | Ministerul Exemplu B',
		partners: 'ONG',
		resources: 'bugetul propriu',
		status: 'propus',
		source: '',
		attribution: ''
	},
	steps: {
		code: 'X1',
		titleRo: 'Prima școală (exemplu: ștergeți rândul)',
		titleEn: 'First school (example: delete this row)',
		date: '15.01.2027',
		state: 'așteptat',
		source: ''
	}
};

export async function planTemplate(): Promise<Buffer> {
	const sheet = (name: string, columns: Record<string, { header: string }>, row: Record<string, string>) => ({
		sheet: name,
		data: [
			Object.values(columns).map(({ header }) => ({
				value: header,
				type: String,
				fontWeight: 'bold' as const
			})),
			Object.keys(columns).map((field) => ({ value: row[field] ?? '', type: String }))
		],
		columns: Object.keys(columns).map((field) => ({ width: /title|objective/i.test(field) ? 42 : 20 })),
		stickyRowsCount: 1
	});
	return writeExcel([
		sheet('Plan', planColumns, rows.plan),
		sheet('Pași', stepColumns, rows.steps)
	] as never).toBuffer();
}
