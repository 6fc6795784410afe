import { expect, test } from 'vitest';
import type { Measure } from '#lib/strategy/measure.ts';
import { sorted, sortingOf, toSheet } from './columns.ts';

const measure = (code: string, more: Partial<Measure> = {}) =>
	({
		...{ id: code, code, titleRo: code, position: 0, status: 'in-progress', nextDate: null, steps: [] },
		...more
	}) as unknown as Measure;

const facts = {
	today: '2026-11-24',
	title: ({ titleRo }: Measure) => titleRo,
	who: () => '',
	updated: () => ''
};
const by = (query: string, measures: Measure[]) =>
	sorted(measures, sortingOf(query) as NonNullable<ReturnType<typeof sortingOf>>, facts, 'ro').map(
		({ code }) => code
	);

test('codes are sorted as people count', () => {
	expect(by('code', [measure('E10'), measure('E2'), measure('A3')])).toEqual(['A3', 'E2', 'E10']);
	expect(by('-code', [measure('E10'), measure('E2')])).toEqual(['E10', 'E2']);
});

test('titles are sorted as in a Romanian dictionary', () => {
	const titles = ['Țară', 'Tabel', 'Școală', 'Zi', 'Sat', 'Înțelegere', 'Inel'];
	const measures = titles.map((titleRo) => measure(titleRo, { titleRo }));
	expect(by('title', measures)).toEqual(['Inel', 'Înțelegere', 'Sat', 'Școală', 'Tabel', 'Țară', 'Zi']);
});

test('what has no deadline comes last, whichever way; a step that is overdue counts as one', () => {
	const measures = [
		measure('none'),
		measure('late', { steps: [{ done: false, date: '2026-10-01' }] as Measure['steps'] }),
		measure('soon', { nextDate: '2026-12-01' })
	];
	expect(by('deadline', measures)).toEqual(['late', 'soon', 'none']);
	expect(by('-deadline', measures)).toEqual(['soon', 'late', 'none']);
});

test('an unknown sorting is none', () => {
	for (const query of [null, '', 'constructor', '-x']) expect(sortingOf(query)).toBeUndefined();
});

test('no cell is taken for a formula, and none breaks its row', () => {
	expect(
		toSheet([
			['=1+1', '+40', '-x', '@a', 'a=b'],
			['a\tb', 'c\r\nd']
		])
	).toBe("'=1+1\t'+40\t'-x\t'@a\ta=b\na b\tc d");
});
