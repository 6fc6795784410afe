/** One's own next dates: what the organisation holds, what it is asked and what it waits for. */

import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { m } from '#i18n';
import { inLanguage } from '#lib/access/directory.ts';
import { listOrganisations } from '#lib/access/queries.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import type { Measure, Step } from '#lib/strategy/measure.ts';
import { measuresHeldBy } from '#lib/strategy/queries.server.ts';
import type { Locale } from '#lib/time.ts';
import { openRequests } from '#lib/updates/queries.server.ts';
import { asCalendar, type Entry } from './ics.ts';
import { readForLeaving } from './shared.server.ts';

/** A date before it is put into words. */
type Dated = { what: string; subject: string; day: string; says: (locale: Locale) => string; path: string };

/** @param site under which the links lead here */
export async function writeCalendar(
	database: Database,
	site: string,
	{ memberId, organisationId }: App.Actor,
	language: Locale
): Promise<string> {
	const { all, shared } = await readForLeaving(database, memberId, async (tx, mayLeave) => {
		const dates = await readDates(tx, organisationId, mayLeave);
		return { dates, changed: await lastChanges(tx, dates) };
	});
	const said = new Map(shared.dates.map((date) => [date.what, date]));
	const entries = all.dates
		.map(({ what, subject, day }): Entry => {
			const open = said.get(what);
			return {
				uid: `${createHash('sha256').update(what).digest('hex').slice(0, 32)}@hora.invalid`,
				day,
				summary: open ? open.says(language) : m.calendar_narrower({}, { locale: language }),
				href: site + (open ? open.path : '/overview'),
				changedAt: (open ? shared : all).changed[subject] ?? '2024-01-01T00:00:00Z'
			};
		})
		.sort((a, b) => a.day.localeCompare(b.day) || a.uid.localeCompare(b.uid));
	return asCalendar(m.calendar_name({}, { locale: language }), entries);
}

async function readDates(
	tx: Tx,
	organisationId: string,
	mayLeave: (circleId: string) => boolean
): Promise<Dated[]> {
	const organisations = await listOrganisations(tx);
	const named = (id: string, locale: Locale) => {
		const organisation = organisations.find((one) => one.id === id);
		return organisation ? inLanguage(organisation, 'short', locale) : '';
	};
	const held = (await measuresHeldBy(tx, organisationId)).filter(
		({ circleId, status }) => mayLeave(circleId) && status !== 'done' && status !== 'dropped'
	);
	const { ofUs, byUs, measures } = await openRequests(tx, organisationId);
	const requests = [...ofUs, ...byUs].filter(({ update }) => mayLeave(update.circleId));
	return [
		...held.flatMap(datesOf),
		...requests.flatMap(({ update, asked }): Dated[] => {
			const measure = measures[update.measureId];
			if (!asked.due || !measure) return [];
			const ours = asked.organisationId === organisationId;
			const words = ours ? m.calendar_of_us : m.calendar_by_us;
			const other = ours ? update.organisationId : asked.organisationId;
			return [
				{
					what: `request ${update.id} ${asked.organisationId}`,
					subject: update.id,
					day: asked.due,
					says: (locale) =>
						words({ organisation: named(other, locale), measure: titled(measure, locale) }, { locale }),
					path: `/measures/${measure.id}`
				}
			];
		})
	];
}

function datesOf(measure: Measure): Dated[] {
	const path = `/measures/${measure.id}`;
	const about = { subject: measure.id, path };
	const steps = measure.steps.filter(
		(step): step is Step & { date: string } => !step.done && step.date !== null
	);
	return [
		...(measure.nextDate
			? [
					{
						...{ ...about, what: `measure ${measure.id}`, day: measure.nextDate },
						says: (locale: Locale) => m.calendar_measure({ measure: titled(measure, locale) }, { locale })
					}
				]
			: []),
		...steps.map((step) => ({
			...{ ...about, what: `step ${step.id}`, day: step.date },
			says: (locale: Locale) =>
				m.calendar_step({ step: inLanguage(step, 'title', locale), code: measure.code }, { locale })
		}))
	];
}

const titled = (measure: { code: string; titleRo: string; titleEn: string }, locale: Locale) =>
	`${measure.code} ${inLanguage(measure, 'title', locale)}`;

/** When each of these last changed, as the reader may know. */
async function lastChanges(tx: Tx, dates: readonly Dated[]): Promise<Record<string, string>> {
	const subjects = `{${[...new Set(dates.map(({ subject }) => subject))].join(',')}}`;
	const found = await rows<{ id: string; at: string }>(
		tx,
		sql`select subject_id as id, instant(max(at)) as at from events where subject_id = any(${subjects}::uuid[]) group by 1`
	);
	return Object.fromEntries(found.map(({ id, at }) => [id, at]));
}
