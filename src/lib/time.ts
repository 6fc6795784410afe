/** Days and moments as people in Bucharest say them. Pure: whoever asks brings the time. */

import type { Day } from '#lib/strategy/measure.ts';

export type Locale = 'ro' | 'en';

const dayLength = 86_400_000;

/** What a clock on a wall in Bucharest shows. */
const bucharest = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Europe/Bucharest',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit',
	hourCycle: 'h23'
});

function wallClock(moment: Date): { day: Day; time: string } {
	const parts = Object.fromEntries(bucharest.formatToParts(moment).map(({ type, value }) => [type, value]));

	return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

export const today = (now: Date): Day => wallClock(now).day;

/** A day as midnight UTC: days there are equally long, whatever the clocks at home do. */
const utc = (day: Day) => Date.parse(`${day}T00:00:00Z`);

export const daysBetween = (from: Day, to: Day) => (utc(to) - utc(from)) / dayLength;

export const addDays = (day: Day, days: number): Day =>
	new Date(utc(day) + days * dayLength).toISOString().slice(0, 10);

/** „24.09.2024”, "24 Sep 2024". */
export function formatDay(day: Day, locale: Locale) {
	const [year, month, date] = day.split('-');

	return locale === 'ro'
		? `${date}.${month}.${year}`
		: `${Number(date)} ${shortMonth.format(utc(day))} ${year}`;
}

/** „marți, 24 septembrie 2024”, "Tuesday, 24 September 2024". */
export const formatLongDay = (day: Day, locale: Locale) =>
	`${weekdayAndMonth(day, locale)} ${day.slice(0, 4)}`;

/** „azi, 14:05”, „ieri, 16:48”, „luni, 30 septembrie, 11:20”, with the year when it is another. */
export function formatMoment(iso: string, now: Date, locale: Locale) {
	const { day, time } = wallClock(new Date(iso));
	const current = today(now);

	if (Math.abs(daysBetween(current, day)) <= 1) return `${relativeDays(day, current, locale)}, ${time}`;

	const sameYear = day.slice(0, 4) === current.slice(0, 4);
	return `${sameYear ? weekdayAndMonth(day, locale) : formatLongDay(day, locale)}, ${time}`;
}

/** „14:05”. */
export const formatTime = (iso: string) => wallClock(new Date(iso)).time;

/** The whole moment, for a hover and for paper: „marți, 1 octombrie 2024, 14:02”. */
export function formatLongMoment(iso: string, locale: Locale) {
	const { day, time } = wallClock(new Date(iso));

	return `${formatLongDay(day, locale)}, ${time}`;
}

/** „peste 20 de zile”, „acum 3 zile”, „ieri”, „azi”, „mâine”. */
export function relativeDays(day: Day, today: Day, locale: Locale) {
	const days = daysBetween(today, day);

	// „poimâine” and „alaltăieri” are right, but beside a date a number is quicker to read.
	return (Math.abs(days) <= 1 ? named : counted)[locale].format(days, 'day');
}

function weekdayAndMonth(day: Day, locale: Locale) {
	const parts = weekdays[locale].formatToParts(utc(day));
	const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value;

	// Put together by hand, because ICU's English commas differ from one Node to the next.
	return `${part('weekday')}, ${part('day')} ${part('month')}`;
}

const inBoth = <T>(make: (locale: Locale) => T): Record<Locale, T> => ({ ro: make('ro'), en: make('en') });

const shortMonth = new Intl.DateTimeFormat('en-US', { month: 'short', timeZone: 'UTC' });
const weekdays = inBoth(
	(locale) =>
		new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
);
const named = inBoth((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const counted = inBoth((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
