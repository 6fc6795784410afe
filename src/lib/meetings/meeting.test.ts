import { describe, expect, test } from 'vitest';
import {
	agendaOf,
	type Attendance,
	clockWords,
	endOf,
	leftAt,
	quorumNow,
	type Slot,
	type SlotState
} from './meeting.ts';

const slot = (id: string, minutes: number, state: SlotState): Slot => ({
	...{ id, minutes, state, organisationId: 'o', carriedFrom: null },
	...{ takenAt: null, endedAt: null }
});
const at = (time: string) => Date.parse(`2026-12-01T${time}:00Z`);
const meeting = {
	startsAt: '2026-12-01T08:00:00.000Z',
	slots: [
		slot('1', 10, 'done'),
		slot('2', 15, 'now'),
		slot('3', 10, 'ahead'),
		slot('4', 20, 'put-off'),
		slot('5', 30, 'proposed'),
		slot('6', 30, 'removed')
	]
};

describe('a meeting ends', () => {
	test('as planned while it is only planned, whatever the clock says', () => {
		const planned = { ...meeting, state: 'planned' as const, endsAt: null, left: null };
		expect(endOf(planned, at('23:00'))).toEqual({ ends: at('08:35'), over: 0 });
	});

	test('when the current item and those ahead have taken their minutes', () => {
		const open = { ...meeting, state: 'open' as const, endsAt: '2026-12-01T08:30:00.000Z', left: null };
		expect(endOf(open, at('08:20'))).toEqual({ ends: at('08:40'), over: 5 });
	});

	test('later with every minute that an item is over, or stands still', () => {
		const over = { ...meeting, state: 'open' as const, endsAt: '2026-12-01T08:30:00.000Z', left: null };
		expect(endOf(over, at('08:35')).ends).toBe(at('08:45'));
		const still = { ...over, endsAt: null, left: 300_000 };
		expect(endOf(still, at('08:20')).ends).toBe(at('08:35'));
		expect(endOf(still, at('08:21')).ends).toBe(at('08:36'));
	});

	test('not later than planned is never told as over', () => {
		const early = { ...meeting, state: 'open' as const, endsAt: null, left: null };
		expect(endOf(early, at('07:00'))).toEqual({ ends: at('07:10'), over: 0 });
	});
});

test('what waits to be accepted and what was taken off has no number', () => {
	expect(agendaOf(meeting).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
});

test('what is left is told from its end, or as it was when it stopped', () => {
	expect(leftAt({ endsAt: '2026-12-01T08:30:00.000Z', left: null }, at('08:29'))).toBe(60_000);
	expect(leftAt({ endsAt: null, left: 1500 }, at('09:00'))).toBe(1500);
	expect(leftAt({ endsAt: null, left: null }, at('09:00'))).toBeNull();
});

test.each([
	[600_000, '10:00'],
	[599_001, '10:00'],
	[599_000, '09:59'],
	[1, '00:01'],
	[0, '00:00'],
	[-999, '00:00'],
	[-1000, '−00:01'],
	[-65_000, '−01:05'],
	[6_000_000, '100:00']
])('%d milliseconds are %s', (milliseconds, words) => {
	expect(clockWords(milliseconds)).toBe(words);
});

describe('a quorum', () => {
	const there = (memberId: string, organisationId: string, leftAt: string | null = null) =>
		({ memberId, organisationId, leftAt }) as Attendance;
	const attendance = [
		there('elena', 'comisia'),
		there('victor', 'comisia', at('10:00').toString()),
		there('ana', 'min-b'),
		there('paul', 'min-b'),
		{ ...there('', ''), memberId: null, organisationId: null }
	];

	test('of the Commission counts its members who are still there', () => {
		const of = { attendance, quorumOf: 'commission' as const, quorumShare: 50 };
		const all = ['elena', 'victor', 'dana'];
		expect(quorumNow(of, all, [])).toEqual({ of: 'commission', present: 1, total: 3, needed: 2, met: false });
		expect(quorumNow({ ...of, quorumShare: 33 }, all, [])).toMatchObject({ needed: 1, met: true });
	});

	test('of the invited counts organisations, each once, and no guest', () => {
		const of = { attendance, quorumOf: 'invited' as const, quorumShare: 60 };
		const invited = ['comisia', 'min-b', 'ong-a', 'ambasada'];
		expect(quorumNow(of, [], invited)).toMatchObject({ present: 2, total: 4, needed: 3, met: false });
	});

	test('that is not asked for is none', () => {
		expect(quorumNow({ attendance, quorumOf: 'none', quorumShare: 50 }, [], [])).toBeUndefined();
	});
});
