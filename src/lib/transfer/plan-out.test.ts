import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Organisation } from '#lib/access/directory.ts';
import { type Measure, statuses } from '#lib/strategy/measure.ts';
import type { Objective } from '#lib/strategy/objective.ts';
import { neutral, unneutral } from './cell.ts';
import { toCsv } from './csv.ts';
import { planHeader, planWriter, stepCells, stepHeader } from './plan-out.ts';
import { assign, readPlan, readSteps, type Reading } from './plan.ts';
import { toXlsx } from './xlsx.server.ts';

const organisations = ['Ministerul Exemplu A', 'Agenția Exemplu', 'ONG Exemplu', '=Alianța; „Exemplu”'].map(
	(name, at) => ({
		id: `o${at}`,
		nameRo: name,
		nameEn: `${name} EN`,
		shortRo: `Org ${at}`,
		shortEn: `O${at}`
	})
) as Organisation[];
// Two are called the same for short, so that the whole name has to be written.
organisations.push({ ...organisations[0], id: 'twin', nameRo: 'Geamănul', nameEn: 'Twin' } as Organisation);

const objectives = [
	{ id: 'general', parentId: null, titleRo: 'Protecția', titleEn: 'Protection' },
	{ id: 'specific', parentId: 'general', titleRo: '+Sprijin; pe termen lung', titleEn: '' }
] as Objective[];

/** Words as a person may write them: quotes, semicolons, what a spreadsheet computes, apostrophes before it. */
const words = (least = 1, bar = '') =>
	fc
		.tuple(
			fc.constantFrom('', '', '=', "'=", "''+", '-', '@SUM(', '\u200b=', "'"),
			fc.array(fc.constantFrom('a', 'ț', 'Ș', ' ', ';', '"', ',', "'", '=', '\\', '–', '9', '; ', ...bar), {
				minLength: least,
				maxLength: 20
			})
		)
		.map(([start, letters]) => (start + letters.join('')).trim())
		.filter((text) => text.length >= least);
const day = fc
	.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const dotted = day.map((text) => text.split('-').reverse().join('.'));
const some = fc.uniqueArray(fc.constantFrom(...organisations.map(({ id }) => id)), { minLength: 1 });

const measure = fc
	.record({
		objectiveId: fc.constantFrom('general', 'specific'),
		titleRo: words(),
		titleEn: words(0),
		indicators: words(0),
		resources: words(0, '|'),
		source: words(0, '|'),
		deadline: fc.oneof(dotted, fc.constantFrom('', 'Anual', 'Permanent', 'cinci ani de la 16.09.2024')),
		nextDate: fc.option(day),
		status: fc.constantFrom(...statuses),
		illustrative: fc.boolean(),
		who: some,
		steps: fc.array(
			fc.record({
				titleRo: words(),
				titleEn: words(0),
				date: fc.option(day),
				done: fc.boolean(),
				source: words(0)
			}),
			{ maxLength: 3 }
		)
	})
	.map(({ who, ...made }) => ({ ...made, leads: who.slice(0, 2), partners: who.slice(2) }));
const plans = fc
	.array(measure, { minLength: 1, maxLength: 5 })
	.map((made) => made.map((one, at) => ({ ...one, code: `A${at + 1}` })) as unknown as Measure[]);

function rowsOf<T>(reading: Reading<T>): T[] {
	if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
	return reading.rows;
}

const tablesOf = (plan: Measure[]) => {
	const cells = planWriter(objectives, organisations);
	return {
		measures: [planHeader, ...plan.map((one) => cells(one))],
		steps: [stepHeader, ...plan.flatMap(({ code, steps }) => steps.map((one) => stepCells(code, one)))]
	};
};

function expectSame(plan: Measure[], measures: string, steps: string) {
	const bodies = organisations.map((one) => ({ ...one, aliases: [] }));
	const read = rowsOf(assign(rowsOf(readPlan(measures)), bodies));
	expect(
		read.map(({ row: _, agreed: __, leads, partners, ...one }) => ({
			...one,
			leads: leads.map(({ id }) => id),
			partners: partners.map(({ id }) => id)
		}))
	).toEqual(
		plan.map(({ objectiveId, steps: _, indicators, ...one }) => ({
			...one,
			indicators: indicators.trim(),
			objectiveRo: 'Protecția',
			objectiveEn: 'Protection',
			specificObjective: objectiveId === 'specific' ? objectives[1]?.titleRo : ''
		}))
	);
	const taken = plan.flatMap(({ code, steps }) => steps.map((one) => ({ code, ...one })));
	if (taken.length > 0)
		expect(rowsOf(readSteps(steps, plan)).map(({ row: _, ...one }) => one)).toEqual(taken);
}

test('whatever a plan says, its export reads as the same plan', () => {
	fc.assert(
		fc.property(plans, (plan) => {
			const { measures, steps } = tablesOf(plan);
			expectSame(plan, toCsv(measures), toCsv(steps));
		}),
		{ numRuns: 150 }
	);
});

test('and so it does through the sheets of an XLSX', async () => {
	await fc.assert(
		fc.asyncProperty(plans, async (plan) => {
			const { measures, steps } = tablesOf(plan);
			const file = await toXlsx([
				{ name: 'Măsuri', rows: measures },
				{ name: 'Pași', rows: steps }
			]);
			const csv = async (sheet: string) =>
				(await readSheet(file, sheet))
					.map((row) => row.map((cell) => `"${asText(cell).replaceAll('"', '""')}"`).join(';'))
					.join('\n');
			expectSame(plan, await csv('Măsuri'), await csv('Pași'));
		}),
		{ numRuns: 20 }
	);
});

const asText = (cell: unknown) =>
	typeof cell === 'string' ? cell : cell == null ? '' : JSON.stringify(cell);

test('no cell that leaves is a formula, and each reads back as it was', () => {
	fc.assert(
		fc.property(words(0), (text) => {
			expect(neutral(text)).not.toMatch(/^[=+\-@\t\r]/);
			expect(unneutral(neutral(text))).toBe(text);
		}),
		{ numRuns: 2000 }
	);
	for (const text of ['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '＝1'])
		expect(toCsv([[text]])).toMatch(/^\uFEFF"?'/);
	expect(neutral('Cuvinte')).toBe('Cuvinte');
	expect(unneutral("'Cuvinte")).toBe("'Cuvinte");
});
