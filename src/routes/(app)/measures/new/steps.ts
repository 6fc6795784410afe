/** The rows of steps in the form: `steps.0.titleRo`. Those that were left empty are none. */

export type StepRow = { titleRo: string; titleEn: string; date: string };

export const noStep: StepRow = { titleRo: '', titleEn: '', date: '' };

export function stepsIn(fields: Record<string, string>): StepRow[] {
	const rows: StepRow[] = [];
	for (let i = 0; `steps.${i}.titleRo` in fields; i++) {
		const at = (name: string) => fields[`steps.${i}.${name}`] ?? '';
		const row = { titleRo: at('titleRo'), titleEn: at('titleEn'), date: at('date') };
		if (Object.values(row).some((value) => value.trim())) rows.push(row);
	}
	return rows;
}
