import { describe, expect, test } from 'vitest';
import {
	addDays,
	daysBetween,
	formatDay,
	formatLongDay,
	formatLongMoment,
	formatMoment,
	relativeDays,
	today
} from './time.ts';

const now = new Date('2024-10-01T11:10:00Z');

describe('today is the day in Bucharest', () => {
	test.each([
		['a summer evening', '2024-07-15T20:59:59Z', '2024-07-15'],
		['23:30 UTC in summer', '2024-07-15T23:30:00Z', '2024-07-16'],
		['23:30 UTC in winter', '2024-01-15T23:30:00Z', '2024-01-16'],
		['midnight of New Year', '2024-12-31T22:00:00Z', '2025-01-01'],
		['the second before', '2024-12-31T21:59:59Z', '2024-12-31'],
		['the start of the 25-hour day', '2024-10-26T21:00:00Z', '2024-10-27'],
		['3:30 for the first time', '2024-10-27T00:30:00Z', '2024-10-27'],
		['3:30 for the second time', '2024-10-27T01:30:00Z', '2024-10-27'],
		['its last minute, an hour later than in summer', '2024-10-27T21:59:00Z', '2024-10-27'],
		['the day after it', '2024-10-27T22:00:00Z', '2024-10-28'],
		['the start of the 23-hour day', '2024-03-30T22:00:00Z', '2024-03-31'],
		['the end of the 23-hour day', '2024-03-31T20:59:00Z', '2024-03-31'],
		['the day after it', '2024-03-31T21:00:00Z', '2024-04-01']
	])('%s', (_, moment, day) => {
		expect(today(new Date(moment))).toBe(day);
	});
});

describe('days are counted, never hours', () => {
	test.each([
		['2024-09-24', '2024-09-24', 0],
		['2024-09-24', '2024-09-23', -1],
		['2024-03-30', '2024-04-01', 2],
		['2024-10-26', '2024-10-28', 2],
		['2024-02-28', '2024-03-01', 2],
		['2023-12-31', '2024-12-31', 366]
	])('from %s to %s', (from, to, days) => {
		expect(daysBetween(from, to)).toBe(days);
		expect(addDays(from, days)).toBe(to);
	});

	test('one by one through two years, over four changes of the clock', () => {
		let day = '2024-01-01';
		for (let count = 0; count < 731; count++) {
			const next = addDays(day, 1);
			expect(next > day && daysBetween(day, next) === 1 && daysBetween('2024-01-01', day) === count).toBe(
				true
			);
			day = next;
		}
		expect(day).toBe('2026-01-01');
	});
});

test('a day is written as it stands, in any time zone of the reader', () => {
	expect(formatDay('2024-09-24', 'ro')).toBe('24.09.2024');
	expect(formatDay('2024-09-24', 'en')).toBe('24 Sep 2024');
	expect(formatDay('2024-01-01', 'ro')).toBe('01.01.2024');
	expect(formatDay('2024-01-01', 'en')).toBe('1 Jan 2024');
	expect(formatLongDay('2024-09-24', 'ro')).toBe('marți, 24 septembrie 2024');
	expect(formatLongDay('2024-09-24', 'en')).toBe('Tuesday, 24 September 2024');
});

describe('a moment is said as people say it', () => {
	test.each([
		['2024-10-01T11:05:00Z', 'azi, 14:05', 'today, 14:05'],
		['2024-09-30T21:00:00Z', 'azi, 00:00', 'today, 00:00'],
		['2024-09-30T20:59:00Z', 'ieri, 23:59', 'yesterday, 23:59'],
		['2024-09-30T13:48:00Z', 'ieri, 16:48', 'yesterday, 16:48'],
		['2024-10-02T07:00:00Z', 'mâine, 10:00', 'tomorrow, 10:00'],
		['2024-09-27T13:05:00Z', 'vineri, 27 septembrie, 16:05', 'Friday, 27 September, 16:05'],
		['2024-09-29T08:20:00Z', 'duminică, 29 septembrie, 11:20', 'Sunday, 29 September, 11:20'],
		['2023-12-31T22:00:00Z', 'luni, 1 ianuarie, 00:00', 'Monday, 1 January, 00:00'],
		['2023-12-31T21:59:00Z', 'duminică, 31 decembrie 2023, 23:59', 'Sunday, 31 December 2023, 23:59']
	])('%s', (iso, ro, en) => {
		expect(formatMoment(iso, now, 'ro')).toBe(ro);
		expect(formatMoment(iso, now, 'en')).toBe(en);
	});

	test('on the nights of the clock change', () => {
		const autumn = new Date('2024-10-27T10:00:00Z');
		expect(formatMoment('2024-10-27T00:30:00Z', autumn, 'ro')).toBe('azi, 03:30');
		expect(formatMoment('2024-10-27T01:30:00Z', autumn, 'ro')).toBe('azi, 03:30');
		expect(formatMoment('2024-10-26T20:59:00Z', autumn, 'ro')).toBe('ieri, 23:59');

		const spring = new Date('2024-03-31T10:00:00Z');
		expect(formatMoment('2024-03-31T00:59:00Z', spring, 'ro')).toBe('azi, 02:59');
		expect(formatMoment('2024-03-31T01:00:00Z', spring, 'ro')).toBe('azi, 04:00');
	});

	test('the day before yesterday is not yesterday, though fewer than 48 hours ago', () => {
		const early = new Date('2024-10-02T22:30:00Z');
		expect(formatMoment('2024-09-30T23:30:00Z', early, 'ro')).toBe('marți, 1 octombrie, 02:30');
	});

	test('in full', () => {
		expect(formatLongMoment('2024-10-01T11:02:00Z', 'ro')).toBe('marți, 1 octombrie 2024, 14:02');
		expect(formatLongMoment('2024-10-01T11:02:00Z', 'en')).toBe('Tuesday, 1 October 2024, 14:02');
	});
});

describe('distances have the three Romanian plurals', () => {
	test.each([
		[0, 'azi', 'today'],
		[1, 'mâine', 'tomorrow'],
		[-1, 'ieri', 'yesterday'],
		[2, 'peste 2 zile', 'in 2 days'],
		[-2, 'acum 2 zile', '2 days ago'],
		[-3, 'acum 3 zile', '3 days ago'],
		[19, 'peste 19 zile', 'in 19 days'],
		[20, 'peste 20 de zile', 'in 20 days'],
		[-20, 'acum 20 de zile', '20 days ago'],
		[100, 'peste 100 de zile', 'in 100 days'],
		[101, 'peste 101 zile', 'in 101 days'],
		[120, 'peste 120 de zile', 'in 120 days']
	])('%i', (days, ro, en) => {
		expect(relativeDays(addDays('2024-10-01', days), '2024-10-01', 'ro')).toBe(ro);
		expect(relativeDays(addDays('2024-10-01', days), '2024-10-01', 'en')).toBe(en);
	});
});
