import { expect, test } from 'vitest';
import type { Measure } from '#lib/strategy/measure.ts';
import type { Decision } from './decision.ts';
import type { Slot } from './meeting.ts';
import { type PackFacts, packOf, type Told } from './pack.ts';

const measure = (id: string, rest: Partial<Measure> = {}) =>
	({ id, code: id, status: 'in-progress', nextDate: null, steps: [], ...rest }) as unknown as Measure;
const told = (measureId: string, type: string, from: unknown, to: unknown, rest: Partial<Told> = {}) => {
	const field = type === 'measure.date' ? 'nextDate' : 'status';
	const data = { old: { [field]: from }, new: { [field]: to } };
	return { measureId, type, data, subject: measureId, ...rest } as Told;
};
const facts = (rest: Partial<PackFacts>): PackFacts => ({
	...{ since: '2026-11-24T08:00:00Z', measures: [], told: [], heard: {}, postponed: {}, open: [] },
	...{ decisions: [], items: [] },
	...rest
});
const meeting = { day: '2026-12-01', slots: [] as Slot[] };
const heard = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, '2026-11-25T08:00:00Z']));

test('moves are told from where the first found it to where the last left it', () => {
	const pack = packOf(
		facts({
			measures: [measure('A1'), measure('A2'), measure('A3')],
			heard: heard('A1', 'A2', 'A3'),
			told: [
				told('A1', 'measure.status', 'proposed', 'in-progress'),
				told('A1', 'measure.status', 'in-progress', 'blocked'),
				told('A2', 'measure.status', 'proposed', 'done'),
				told('A2', 'measure.status.undone', 'done', 'proposed'),
				told('A3', 'measure.date', '2026-12-10', '2026-12-05')
			]
		}),
		meeting
	);
	expect(pack.moved.map(({ measure, reasons }) => [measure.id, reasons])).toMatchObject([
		[
			'A1',
			[{ what: 'moved', happened: { data: { old: { status: 'proposed' }, new: { status: 'blocked' } } } }]
		],
		['A3', [{ what: 'moved', happened: { type: 'measure.date' } }]]
	]);
	expect([pack.discuss, pack.silent]).toEqual([[], []]);
});

test('a date that was put later, or that has gone by, asks for a word; each later one is counted', () => {
	const pack = packOf(
		facts({
			measures: [
				measure('A1', { nextDate: '2027-03-01' }),
				measure('A2', { nextDate: '2026-11-26' }),
				// Gone by before the last meeting, which was told then.
				measure('A3', { nextDate: '2026-11-10' }),
				measure('A4', { nextDate: '2026-11-26', status: 'done' })
			],
			heard: heard('A1', 'A2', 'A3', 'A4'),
			told: [told('A1', 'measure.date', '2026-12-10', '2027-03-01')],
			postponed: { A1: 3 }
		}),
		meeting
	);
	expect(pack.discuss.map(({ measure, reasons }) => [measure.id, reasons])).toMatchObject([
		['A1', [{ what: 'slipped', times: 3 }]],
		['A2', [{ what: 'passed', day: '2026-11-26' }]]
	]);
});

test('who owes an answer by the day of the meeting is told, and a question without a day once it is a meeting old', () => {
	const request = (due: string | null, postedAt: string) =>
		({ measureId: 'A1', due, postedAt }) as PackFacts['open'][number];
	const of = (...open: PackFacts['open']) =>
		packOf(facts({ measures: [measure('A1')], heard: heard('A1'), open }), meeting).discuss;

	expect(of(request('2026-12-01', '2026-11-30T08:00:00Z'))).toMatchObject([{ minutes: 10 }]);
	expect(of(request('2026-12-02', '2026-11-01T08:00:00Z'))).toEqual([]);
	expect(of(request(null, '2026-11-20T08:00:00Z'))).toHaveLength(1);
	expect(of(request(null, '2026-11-25T08:00:00Z'))).toEqual([]);
});

test('after four weeks without a sign a measure is silent, unless it is done', () => {
	const { silent } = packOf(
		facts({
			measures: [measure('A1'), measure('A2'), measure('A3'), measure('A4', { status: 'done' })],
			heard: { A1: '2026-11-03T08:00:00Z', A2: '2026-11-02T08:00:00Z' }
		}),
		meeting
	);
	expect(silent.map(({ measure, reasons }) => [measure.id, reasons])).toEqual([
		['A2', [{ what: 'silent', since: '2026-11-02' }]],
		['A3', [{ what: 'silent', since: null }]]
	]);
});

test('what stands on the agenda is not proposed again; what was taken off it is', () => {
	const slots = [
		{ id: 's1', state: 'ahead' },
		{ id: 's2', state: 'removed' }
	] as Slot[];
	const items = [
		{ slotId: 's1', measures: ['A1'] },
		{ slotId: 's2', measures: ['A2'] }
	] as PackFacts['items'];
	const { silent } = packOf(facts({ measures: [measure('A1'), measure('A2')], items }), {
		...meeting,
		slots
	});
	expect(silent.map(({ slotId }) => slotId)).toEqual(['s1', null]);
});

test('a decision is due when somebody has not answered it, or what they took on was to be done', () => {
	const decision = (answer: string, dueOn: string | null) =>
		({
			dueOn,
			withdrawnAt: null,
			bodies: [{ organisationId: 'o', answer, on: null }]
		}) as unknown as Decision;
	const due = (of: Decision) => packOf(facts({ decisions: [of] }), meeting).decisions.length === 1;

	expect(due(decision('asked', '2027-01-01'))).toBe(true);
	expect(due(decision('taken', '2026-12-01'))).toBe(true);
	expect(due(decision('taken', '2026-12-02'))).toBe(false);
	expect(due(decision('taken', null))).toBe(false);
	expect(due(decision('done', '2026-11-01'))).toBe(false);
});
