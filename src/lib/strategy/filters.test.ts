import { expect, test } from 'vitest';
import type { Organisation } from '#lib/access/directory.ts';
import { filter, filtersOf, isView } from './filters.ts';
import type { Measure } from './measure.ts';

const organisation = (id: string, kind: Organisation['kind'], nameRo: string) =>
	({ id, kind, nameRo, nameEn: nameRo, shortRo: id, shortEn: id }) as Organisation;

const measure = (code: string, more: Partial<Measure>) =>
	({
		id: code,
		code,
		objectiveId: 'o1',
		titleRo: '',
		titleEn: '',
		status: 'in-progress',
		nextDate: null,
		leads: [],
		partners: [],
		steps: [],
		...more
	}) as unknown as Measure;

const measures = [
	measure('E1', { titleRo: 'Broșură pentru consulate', leads: ['Min. A'], nextDate: '2026-11-01' }),
	measure('E2', { titleRo: 'Locuințe protejate', status: 'blocked', leads: ['ONG A'], partners: ['Min. A'] }),
	measure('E3', { titleEn: 'Hotline', status: 'done', objectiveId: 'o2', leads: ['Ag. B'] })
];
const about = {
	organisations: [
		organisation('Min. A', 'ministry', 'Ministerul Exemplu A'),
		organisation('Ag. B', 'agency', 'Agenția Exemplu B'),
		organisation('ONG A', 'ngo', 'Asociația Exemplu A')
	],
	actor: { organisationId: 'ONG A' },
	today: '2026-11-24',
	now: Date.parse('2026-11-24T10:00:00Z'),
	changedAt: { E2: '2026-11-23T12:00:00Z', E3: '2026-11-10T12:00:00Z' }
};
const shown = (query: string) =>
	measures.filter(filter(filtersOf(new URLSearchParams(query)), about)).map(({ code }) => code);

test.each([
	['', ['E1', 'E2', 'E3']],
	['q=brosura', ['E1']],
	['q=ASOCIATIA', ['E2']],
	['q=hotline', ['E3']],
	['q=e2', ['E2']],
	['q=brosura protejate', []],
	['mine=yes', ['E2']],
	['late=yes', ['E1']],
	['status=blocked&status=done', ['E2', 'E3']],
	['organisation=Min. A', ['E1', 'E2']],
	['kind=agency&kind=ngo', ['E2', 'E3']],
	['objective=o2', ['E3']],
	['days=1', ['E2']],
	['days=30', ['E2', 'E3']],
	['status=blocked&mine=yes&q=locuinte', ['E2']],
	['status=nonsense&days=2&kind=constructor', ['E1', 'E2', 'E3']]
])('„%s” shows %j', (query, codes) => expect(shown(query)).toEqual(codes));

test('a view says something that the board understands, and nothing else', () => {
	expect(isView('status=blocked&q=a%26b')).toBe(true);
	for (const query of ['', 'x=1', 'status=done&/move=', 'constructor'])
		expect([query, isView(query)]).toEqual([query, false]);
});
