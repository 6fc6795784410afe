import { expect, test } from 'vitest';
import { type Answer, type Decision, dueBy, isTaken, nextAnswers, owes } from './decision.ts';

const decision = (answer: Answer, on: string | null = null, withdrawnAt: string | null = null) =>
	({
		...{ dueOn: '2026-12-15', withdrawnAt },
		bodies: [{ organisationId: 'us', answer, on }]
	}) as unknown as Decision;

test.each([
	['asked', null, { what: 'answer', by: null }],
	['later', '2026-12-05', { what: 'answer', by: '2026-12-05' }],
	['taken', null, { what: 'work', by: '2026-12-15' }],
	['other-date', '2026-12-20', { what: 'work', by: '2026-12-20' }],
	['done', null, undefined]
] as const)('who said „%s” owes what it should', (answer, on, due) => {
	expect(owes(decision(answer, on), 'us')).toEqual(due);
});

test('who is not named owes nothing, nor does anybody once it is withdrawn', () => {
	expect(owes(decision('asked'), 'others')).toBeUndefined();
	expect(owes(decision('asked', null, '2026-12-02T00:00:00.000Z'), 'us')).toBeUndefined();
});

test('the ring counts whoever has promised, by whatever date, and nobody who has not', () => {
	const answers: Answer[] = ['asked', 'later', 'taken', 'other-date', 'done'];
	expect(answers.filter((answer) => isTaken({ answer }))).toEqual(['taken', 'other-date', 'done']);
});

test('a date of one’s own goes before the decision’s', () => {
	expect(dueBy({ dueOn: '2026-12-15' }, { answer: 'other-date', on: '2026-12-20' })).toBe('2026-12-20');
	expect(dueBy({ dueOn: '2026-12-15' }, { answer: 'taken', on: null })).toBe('2026-12-15');
});

test('nothing is done before it was taken on', () => {
	expect(nextAnswers.asked).not.toContain('done');
	expect(nextAnswers.later).not.toContain('done');
	expect(nextAnswers.taken).toContain('done');
});
