/** Report and facts → the one document that screen, paper and Word draw. Pure. */

import { m } from '#i18n';
import { circleName, inLanguage } from '#lib/access/directory.ts';
import { quotingWord } from '#lib/access/quoting.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import { formatLongMoment, type Locale } from '#lib/time.ts';
import { type Facts, periodWords, type Scope } from '#lib/transfer/facts.ts';
import type { Paragraph, Report, Sources } from './report.ts';
import { type Group, groups, type Statement, tellerOf } from './statements.ts';

/** A statement with the number of its footnote; `changed` where its words are others than when it was made. */
export type Told = Statement & { note: number; changed: boolean };

export type Part = {
	/** The objective or measure; null at the beginning. */
	placeId: string | null;
	level: 1 | 2 | 3;
	title: string;
	/** Measures done of an objective's, steps done of a measure's. */
	progress: { done: number; of: number; words: string } | null;
	paragraphs: Paragraph[];
	groups: { title: string; statements: Told[] }[];
};

export type Document = {
	title: string;
	language: Locale;
	/** For whom, of what days, by whom, which version, what may be quoted, where it stands. */
	lines: string[];
	parts: Part[];
	notes: { number: number; source: string; link: string }[];
	/** Since it was made: statements with other words, new ones, and ones that are no longer to be read. */
	changed: number;
	fresh: number;
	gone: number;
};

const headings: Record<Group, typeof m.report_group_said> = {
	status: m.report_group_status,
	said: m.report_group_said,
	steps: m.report_group_steps,
	changes: m.report_group_changes,
	given: m.report_group_given,
	owed: m.report_group_owed
};

type About = { facts: Facts; site: string; today: string };

export const scopeOf = ({ circleId, from, to, objectives }: Scope): Scope => ({
	circleId,
	from,
	to,
	objectives
});

/** What a report would stand on if it were made now. */
export const sourcesOf = (about: About, scope: Scope, locale: Locale, kept: Sources = {}): Sources =>
	Object.fromEntries(
		about.facts.measures
			.flatMap(tellerOf({ ...about, scope, locale, kept: (key) => key in kept }))
			.map(({ key, version }) => [key, version])
	);

export function documentOf(report: Report, about: About): Document {
	const { facts, site } = about;
	const { language: locale, sources } = report;
	const scope = scopeOf(report);
	const statementsOf = tellerOf({ ...about, scope, locale, kept: (key) => key in sources });
	const notes: Document['notes'] = [];
	const found = new Set<string>();
	let fresh = 0;

	const told = (statement: Statement): Told[] => {
		found.add(statement.key);
		const was = sources[statement.key];
		if (was === undefined) {
			fresh++;
			return [];
		}
		const { source, link } = statement;
		const number = notes.push({ number: notes.length + 1, source, link });
		return [{ ...statement, note: number, changed: was !== statement.version }];
	};
	const words = (placeId: string | null) => report.paragraphs.filter((one) => one.placeId === placeId);

	const partOf = (measure: Measure): Part => {
		const statements = statementsOf(measure);
		return {
			...{ placeId: measure.id, level: 3, paragraphs: words(measure.id) },
			title: `${measure.code} ${inLanguage(measure, 'title', locale)}${measure.example ? ` ${m.mark_example({}, { locale })}` : ''}`,
			progress: progressOf(measure, locale),
			// Told in the order of the groups, so that the footnotes count upwards.
			groups: groups.flatMap((group) => {
				const own = statements.filter((one) => one.group === group).flatMap(told);
				return own.length > 0 ? [{ title: headings[group]({}, { locale }), statements: own }] : [];
			})
		};
	};
	const chapters = facts.objectives.flatMap((objective): Part[] => {
		const measures = facts.measures.filter(({ objectiveId }) => objectiveId === objective.id);
		const parts = measures.map(partOf).filter(({ groups }) => groups.length > 0);
		if (parts.length === 0) return [];
		const done = { done: measures.filter(({ status }) => status === 'done').length, of: measures.length };
		return [
			{
				...{ placeId: objective.id, level: 2, groups: [], paragraphs: words(objective.id) },
				title: inLanguage(objective, 'title', locale),
				progress: { ...done, words: m.report_measures_done(done, { locale }) }
			},
			...parts
		];
	});
	const places = new Set(chapters.map(({ placeId }) => placeId));
	const first: Part = {
		...{ placeId: null, level: 1, title: '', progress: null, groups: [] },
		// What it stood under is no longer in the report: its author's words stay.
		paragraphs: report.paragraphs.filter(({ placeId }) => !placeId || !places.has(placeId))
	};
	const parts = [first, ...chapters];
	return {
		title: report.title,
		language: locale,
		lines: linesOf(report, about),
		parts,
		notes,
		changed: parts
			.flatMap(({ groups }) => groups.flatMap(({ statements }) => statements))
			.filter(({ changed }) => changed).length,
		fresh,
		gone: Object.keys(sources).filter((key) => !found.has(key)).length
	};

	function linesOf({ id, circleId, organisationId, memberName, madeAt }: Report, { facts }: About) {
		const circle = facts.circles.find((one) => one.id === circleId);
		const organisation = facts.organisations.find((one) => one.id === organisationId);
		const by = organisation ? inLanguage(organisation, 'name', locale) : '';
		return [
			m.report_for({ circle: circleName(circle, locale) }, { locale }),
			m.report_period({ period: periodWords(scope, locale) }, { locale }),
			m.report_by({ organisation: by, member: memberName }, { locale }),
			m.report_version({ version: formatLongMoment(madeAt, locale) }, { locale }),
			m.print_rule({ rule: quotingWord(circle?.quoting, locale) }, { locale }),
			`${site}/reports/${id}`
		];
	}
}

function progressOf({ steps }: Measure, locale: Locale): Part['progress'] {
	if (steps.length === 0) return null;
	const done = { done: steps.filter((step) => step.done).length, of: steps.length };
	return { ...done, words: m.steps_done(done, { locale }) };
}
