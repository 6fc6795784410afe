/** What a report says of each measure, statement by statement, each with what it stands on. Pure. */

import { m } from '#i18n';
import { inLanguage } from '#lib/access/directory.ts';
import { type Happened, predicate, type Speaker } from '#lib/events/sentence.ts';
import { speakerFor } from '#lib/news/speaker.ts';
import { grouped } from '#lib/grouped.ts';
import { deadlineOf } from '#lib/strategy/deadline.ts';
import { isLate, type Measure, progress, type Step } from '#lib/strategy/measure.ts';
import { formatDay, formatLongMoment, type Locale, today as dayOf } from '#lib/time.ts';
import { type Facts, isWithin, linkTo, saidAt, type Scope, wasWithin } from '#lib/transfer/facts.ts';
import { circleRule, plainOf, sourceOf } from '#lib/transfer/quote.ts';
import { statusWord } from '#lib/ui/StatusWord.svelte';
import type { Asked, Prose, Update } from '#lib/updates/update.ts';

export const groups = ['status', 'said', 'steps', 'changes', 'given', 'owed'] as const;
export type Group = (typeof groups)[number];

export type Statement = {
	/** What it stands on, and which version of that: ids and moments, never words. */
	key: string;
	version: string;
	group: Group;
	/** Who says it, when; empty where the words are a whole sentence. */
	lead: string;
	words: Prose;
	/** Of the words, where they are another's. */
	language: Locale;
	/** The footnote. */
	source: string;
	link: string;
};

type On = {
	facts: Facts;
	scope: Scope;
	locale: Locale;
	site: string;
	today: string;
	/** What a report already stands on is told on, whenever it was. */
	kept: (key: string) => boolean;
};

/** What is told of each measure; what all share is looked up and sorted once. */
export function tellerOf(on: On): (measure: Measure) => Statement[] {
	const speaker: Speaker = {
		...speakerFor(on.facts.circles, on.facts.organisations, on.locale),
		status: (status) => statusWord(status, false, on.locale).toLowerCase()
	};
	const histories = grouped(on.facts.history, ({ subject }) => subject);
	const threads = grouped(on.facts.updates, ({ measureId }) => measureId);
	return (measure) => {
		const history = histories.get(measure.id) ?? [];
		const updates = threads.get(measure.id) ?? [];
		return [
			statusOf(measure, history, on),
			...updates.flatMap((update) => said(update, measure, on)),
			...measure.steps.flatMap((step) => stepDone(step, measure, history, on)),
			...history.flatMap((happened) => changed(happened, measure, speaker, on)),
			...updates.flatMap((post) => post.asked.flatMap((asked) => answerTo(post, asked, updates, measure, on)))
		];
	};
}

/** Where it stands now: its status, the steps done, its date. */
function statusOf(measure: Measure, history: Happened[], on: On): Statement {
	const { locale, today } = on;
	const steps = progress(measure);
	const deadline = deadlineOf(measure, today, locale);
	const parts = [
		statusWord(measure.status, isLate(measure, today), locale),
		...(steps ? [m.steps_done(steps, { locale })] : []),
		measure.nextDate || measure.deadline
			? m.report_deadline(
					{ deadline: [deadline.text, deadline.late && deadline.distance].filter(Boolean).join(', ') },
					{ locale }
				)
			: deadline.text
	];
	return ours(`measure:${measure.id}`, 'status', `${parts.join('; ')}.`, history.at(-1), measure, on);
}

/** What whoever leads said in the period. */
function said(update: Update, measure: Measure, on: On): Statement[] {
	const key = `update:${update.id}`;
	if (update.replyTo || !measure.leads.includes(update.organisationId)) return [];
	if (!wasWithin(update.postedAt, on.scope) && !on.kept(key)) return [];
	return [theirs(key, 'said', update, saidAt(update), leadOf(update, on), measure, on)];
}

function stepDone(step: Step, measure: Measure, history: Happened[], on: On): Statement[] {
	const key = `step:${step.id}`;
	const told = history.findLast(({ data }) => data.step?.id === step.id);
	const within = step.date ? isWithin(step.date, on.scope) : told && wasWithin(told.at, on.scope);
	if (!step.done || (!within && !on.kept(key))) return [];
	const title = inLanguage(step, 'title', on.locale);
	const sentence = step.date
		? m.report_step_on({ step: title, day: formatDay(step.date, on.locale) }, { locale: on.locale })
		: m.report_step({ step: title }, { locale: on.locale });
	return [ours(key, 'steps', sentence, told, measure, on)];
}

/** A date that was re-agreed, a status that was set: by whom, from what to what, why. */
function changed(happened: Happened, measure: Measure, speaker: Speaker, on: On): Statement[] {
	const key = `event:${happened.circle}:${happened.n}`;
	if (!['measure.date', 'measure.status', 'measure.status.undone'].includes(happened.type)) return [];
	if (!wasWithin(happened.at, on.scope) && !on.kept(key)) return [];
	const who = nameOf(happened.organisationId, on);
	const sentence = `${formatDay(dayOf(new Date(happened.at)), on.locale)}: ${who} ${predicate(happened, speaker, measure.id)}.`;
	return [ours(key, 'changes', sentence, happened, measure, on)];
}

/** What was asked and answered in the period, or asked before its end and not answered. */
function answerTo(post: Update, asked: Asked, updates: Update[], measure: Measure, on: On): Statement[] {
	const { locale, scope } = on;
	const key = `asked:${post.id}:${asked.organisationId}`;
	const answer = updates.find(({ id }) => id === asked.answerId);
	const due = asked.due && formatDay(asked.due, locale);
	const names = { asker: nameOf(post.organisationId, on), asked: nameOf(asked.organisationId, on) };
	const version = [asked.state, asked.due, saidAt(post), answer && saidAt(answer)].join('|');

	if (asked.state === 'open') {
		if (!isWithin(dayOf(new Date(post.postedAt)), { from: null, to: scope.to }) && !on.kept(key)) return [];
		const lead = due
			? m.report_owed_by({ ...names, day: due }, { locale })
			: m.report_owed(names, { locale });
		return [theirs(key, 'owed', post, version, lead, measure, on)];
	}
	if (!answer || (!wasWithin(answer.postedAt, scope) && !on.kept(key))) return [];
	const question = plainOf(post.prose);
	const day = formatDay(dayOf(new Date(answer.postedAt)), locale);
	const lead =
		asked.state === 'answered'
			? m.report_given({ ...names, question, day }, { locale })
			: m.report_declined({ ...names, question, day }, { locale });
	return [theirs(key, 'given', answer, version, lead, measure, on)];
}

const nameOf = (id: string | null, { facts, locale }: On) => {
	const found = facts.organisations.find((one) => one.id === id);
	return found ? inLanguage(found, 'name', locale) : '';
};

const leadOf = (update: Update, on: On) =>
	m.report_said(
		{
			organisation: nameOf(update.organisationId, on),
			day: formatDay(dayOf(new Date(update.postedAt)), on.locale)
		},
		{ locale: on.locale }
	);

/** Words of a post, as they are now. */
function theirs(
	key: string,
	group: Group,
	post: Update,
	version: string,
	lead: string,
	measure: Measure,
	on: On
): Statement {
	const circle = on.facts.circles.find(({ id }) => id === post.circleId);
	const source = sourceOf(
		{ post, organisation: nameOf(post.organisationId, on), code: measure.code, circle },
		on.locale
	);
	return {
		...{ key, version, group, lead, source, words: post.prose, language: post.language },
		link: linkTo(on.site, measure.id, post.id)
	};
}

/** A sentence of Hora's own, from what is written down of the measure. */
function ours(
	key: string,
	group: Group,
	sentence: string,
	last: Happened | undefined,
	measure: Measure,
	on: On
): Statement {
	const { locale } = on;
	const circle = on.facts.circles.find(({ id }) => id === (last?.circle ?? measure.circleId));
	const when = last
		? m.quote_version({ version: formatLongMoment(last.at, locale) }, { locale })
		: m.report_as_planned({}, { locale });
	const by = last?.organisationId ? `${nameOf(last.organisationId, on)}, ` : '';
	return {
		...{ key, group, lead: '', language: locale },
		version: last ? `${last.circle}:${last.n}` : 'plan',
		words: [{ type: 'paragraph', spans: [{ text: sentence }] }],
		source: `${by}${m.quote_measure({ code: measure.code }, { locale })}; ${when}; ${circleRule(circle, locale)}`,
		link: linkTo(on.site, measure.id)
	};
}
