/** The plan as the layout of its file says it: what `readPlan` and `readSteps` read. Pure. */

import type { Organisation } from '#lib/access/directory.ts';
import type { Measure, Status, Step } from '#lib/strategy/measure.ts';
import type { Objective } from '#lib/strategy/objective.ts';
import { planColumns, stepColumns } from './columns.ts';
import { list, matcher, readDate } from './plan.ts';

/** The cells of a row, as its header names them. */
const inOrder = <Name extends string>(columns: Record<Name, unknown>, cells: Record<Name, string>) =>
	(Object.keys(columns) as Name[]).map((name) => cells[name]);

const statusWords: Record<Status, string> = {
	proposed: 'propusă',
	'in-progress': 'în curs',
	blocked: 'blocată',
	done: 'realizată',
	dropped: 's-a renunțat'
};

export function planWriter(objectives: Objective[], organisations: Organisation[]) {
	const byId = new Map(organisations.map((one) => [one.id, one]));
	const match = matcher(organisations.map((one) => ({ ...one, aliases: [] })));
	/** The short form in Romanian, unless another organisation is called so as well. */
	const nameOf = (id: string) => {
		const one = byId.get(id);
		if (!one) return '';
		const names = [one.shortRo, one.nameRo, one.nameEn, one.shortEn];
		return names.find((name) => name && match([name]).found[0]?.id === id) ?? one.nameRo;
	};
	const names = (ids: string[]) => ids.map(nameOf).filter(Boolean).join(' | ');

	return (measure: Measure): string[] => {
		const own = objectives.find(({ id }) => id === measure.objectiveId);
		const above = objectives.find(({ id }) => id === own?.parentId);
		const general = above ?? own;
		return inOrder(planColumns, {
			code: measure.code,
			objectiveRo: general?.titleRo ?? '',
			objectiveEn: general?.titleEn ?? '',
			specificObjective: above ? (own?.titleRo ?? '') : '',
			titleRo: measure.titleRo,
			titleEn: measure.titleEn,
			indicators: listed(measure.indicators),
			...datesOf(measure),
			leads: names(measure.leads),
			partners: names(measure.partners),
			resources: measure.resources,
			status: statusWords[measure.status],
			source: measure.source,
			attribution: measure.illustrative ? 'ilustrativă' : 'din sursă'
		});
	};
}

export const stepCells = (code: string, step: Omit<Step, 'id'>) =>
	inOrder(stepColumns, {
		code,
		titleRo: step.titleRo,
		titleEn: step.titleEn,
		date: step.date ? asWritten(step.date) : '',
		state: step.done ? 'făcut' : 'așteptat',
		source: step.source
	});

/** Kept as „a; b”, written as „a | b” where that reads the same again. */
function listed(items: string) {
	const cell = items.split('; ').join(' | ');
	return list(cell).join('; ') === items ? cell : items;
}

/** The wording of the plan, and beside it the day where that is another. */
function datesOf({ deadline, nextDate }: Pick<Measure, 'deadline' | 'nextDate'>) {
	const told = readDate(deadline);
	return { deadline, agreed: told === nextDate ? '' : nextDate ? asWritten(nextDate) : '–' };
}

const asWritten = (day: string) => day.split('-').reverse().join('.');

export const planHeader = Object.values(planColumns).map(({ header }) => header);
export const stepHeader = Object.values(stepColumns).map(({ header }) => header);
