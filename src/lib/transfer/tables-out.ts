/** Facts → tables that go out, each row with its date, organisation, circle, quoting rule and link. Pure. */

import { m } from '#i18n';
import { circleName, inLanguage } from '#lib/access/directory.ts';
import type { Happened } from '#lib/events/sentence.ts';
import { quotingWord } from '#lib/access/quoting.ts';
import type { Measure, Status, Step } from '#lib/strategy/measure.ts';
import { formatDay, formatTime, type Locale, today as dayOf } from '#lib/time.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import { statusWord } from '#lib/ui/StatusWord.svelte';
import { type Facts, isWithin, linkTo, saidAt, type Scope, wasWithin } from './facts.ts';
import { planHeader, planWriter, stepCells, stepHeader } from './plan-out.ts';
import type { TableName } from './table-words.ts';

/** The first row is the header. */
export type Table = { name: TableName; rows: string[][] };

export function tablesOf(
	facts: Facts,
	scope: Scope,
	wanted: readonly TableName[],
	site: string,
	locale: Locale
) {
	const make: Record<TableName, () => string[][]> = {
		measures: () => measureRows(facts, words),
		steps: () => stepRows(facts, scope, words),
		updates: () => updateRows(facts, scope, words),
		history: () => historyRows(facts, scope, words),
		answers: () => answerRows(facts, scope, words)
	};
	const words = wordsOf(facts, site, locale);
	return wanted.map((name): Table => ({ name, rows: make[name]() }));
}

type Words = ReturnType<typeof wordsOf>;

function wordsOf({ organisations, circles, measures }: Facts, site: string, locale: Locale) {
	const organisation = new Map(organisations.map((one) => [one.id, inLanguage(one, 'name', locale)]));
	const circle = new Map(circles.map((one) => [one.id, one]));
	const measure = new Map(measures.map((one) => [one.id, one]));
	return {
		locale,
		measure: (id: string) => measure.get(id),
		title: (one: Measure) => inLanguage(one, 'title', locale),
		organisation: (id: string | null) => (id && organisation.get(id)) || '',
		moment: (iso: string | null) => (iso ? `${dayOf(new Date(iso))} ${formatTime(iso)}` : ''),
		/** The last cells of every row: who may read it, what of it may be quoted, where it stands. */
		end: (circleId: string, measureId: string, updateId?: string) => {
			const one = circle.get(circleId);
			return [
				circleName(one, locale),
				one ? quotingWord(one.quoting, locale) : '',
				linkTo(site, measureId, updateId)
			];
		},
		endHeader: () => [m.export_circle, m.export_quoting, m.export_link].map((word) => word({}, { locale })),
		header: (...names: (typeof m.export_circle)[]) => names.map((word) => word({}, { locale }))
	};
}

function measureRows({ measures, objectives, organisations, history }: Facts, words: Words) {
	const cellsOf = planWriter(objectives, organisations);
	return [
		[...planHeader, ...words.header(m.export_by, m.export_changed), ...words.endHeader()],
		...measures.map((measure) => [
			...cellsOf(measure),
			...lastChange(history, words, ({ subject }) => subject === measure.id),
			...words.end(measure.circleId, measure.id)
		])
	];
}

function stepRows({ measures, history }: Facts, scope: Scope, words: Words) {
	const within = ({ date }: Step) => (!scope.from && !scope.to) || (date !== null && isWithin(date, scope));
	return [
		[...stepHeader, ...words.header(m.export_by, m.export_changed), ...words.endHeader()],
		...measures.flatMap((measure) =>
			measure.steps
				.filter(within)
				.map((step) => [
					...stepCells(measure.code, step),
					...lastChange(history, words, ({ data }) => data.step?.id === step.id),
					...words.end(measure.circleId, measure.id)
				])
		)
	];
}

/** Who wrote it last, and when; nothing where it came with the plan and nobody did. */
function lastChange(history: Happened[], words: Words, about: (one: Happened) => boolean) {
	const last = history.findLast(about);
	return last ? [words.organisation(last.organisationId), words.moment(last.at)] : ['', ''];
}

function updateRows({ updates }: Facts, scope: Scope, words: Words) {
	const { locale, header } = words;
	return [
		[
			...header(m.measure_code, m.measure_measure, m.export_by, m.export_author, m.export_kind),
			...header(m.export_date, m.export_version, m.export_language, m.export_text),
			...words.endHeader()
		],
		...updates
			.filter(({ postedAt }) => wasWithin(postedAt, scope))
			.flatMap((update) => {
				const measure = words.measure(update.measureId);
				if (!measure) return [];
				const kind = update.replyTo ? m.print_reply({}, { locale }) : kindWord(update.kind, locale);
				return [
					[
						...[measure.code, words.title(measure), words.organisation(update.organisationId)],
						...[update.memberName, kind.toLowerCase(), words.moment(update.postedAt)],
						...[words.moment(saidAt(update)), update.language, update.text],
						...words.end(update.circleId, measure.id, update.id)
					]
				];
			})
	];
}

/** Where a measure stood, and by which day something was promised, each change with its reason. */
function historyRows({ history }: Facts, scope: Scope, words: Words) {
	const { locale, header } = words;
	const day = (value: unknown) => (typeof value === 'string' ? formatDay(value, locale) : '');
	const status = (value: unknown) => (value ? statusWord(value as Status, false, locale).toLowerCase() : '');
	return [
		[
			...header(m.measure_code, m.measure_measure, m.export_date, m.export_by, m.export_what),
			...header(m.export_from, m.export_to, m.export_reason),
			...words.endHeader()
		],
		...history
			.filter(({ type, at }) => changes.has(type) && wasWithin(at, scope))
			.flatMap(({ subject, type, at, circle, organisationId, data }) => {
				const measure = words.measure(subject);
				if (!measure) return [];
				const [what, was, is] =
					type === 'measure.date'
						? [m.measure_deadline, day(data.old?.nextDate), day(data.new?.nextDate)]
						: [m.measure_status, status(data.old?.status), status(data.new?.status)];
				return [
					[
						...[measure.code, words.title(measure), words.moment(at), words.organisation(organisationId)],
						...[what({}, { locale }), was, is, data.reason ?? ''],
						...words.end(circle, measure.id)
					]
				];
			})
	];
}

const changes = new Set(['measure.status', 'measure.status.undone', 'measure.date']);

/** A row for each organisation that was asked in the period, or answered in it. */
function answerRows({ updates }: Facts, scope: Scope, words: Words) {
	const { locale, header } = words;
	const byId = new Map(updates.map((update) => [update.id, update]));
	const state = {
		open: m.export_answer_open,
		answered: m.export_answer_answered,
		declined: m.export_answer_declined
	};
	return [
		[
			...header(m.measure_code, m.measure_measure, m.export_asker, m.export_kind, m.export_date),
			...header(m.export_text, m.export_asked, m.export_due, m.export_state, m.export_answered),
			...header(m.export_answer),
			...words.endHeader()
		],
		...updates.flatMap((post) =>
			post.asked.flatMap(({ organisationId, due, state: is, answerId }) => {
				const measure = words.measure(post.measureId);
				const answer = byId.get(answerId ?? '');
				if (!measure || ![post, answer].some((one) => one && wasWithin(one.postedAt, scope))) return [];
				return [
					[
						...[measure.code, words.title(measure), words.organisation(post.organisationId)],
						...[kindWord(post.kind, locale).toLowerCase(), words.moment(post.postedAt), post.text],
						...[words.organisation(organisationId), due ? formatDay(due, locale) : ''],
						...[state[is]({}, { locale }), words.moment(answer?.postedAt ?? null), answer?.text ?? ''],
						...words.end(post.circleId, measure.id, post.id)
					]
				];
			})
		)
	];
}

/** Objects by the header's names; JSON has no formulas. */
export const toObjects = ({ rows: [header = [], ...rows] }: Table) =>
	rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
