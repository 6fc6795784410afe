/** Event → a sentence with a subject: „Ministerul Exemplu A a mutat termenul de la 30.06.2024 la 30.09.2024: …”. */

import { m } from '#i18n';
import type { Status, Step } from '#lib/strategy/measure.ts';
import { formatDay, type Locale } from '#lib/time.ts';
import type { UpdateKind } from '#lib/updates/update.ts';

export type Happened = {
	circle: string;
	n: number;
	subject: string;
	at: string;
	type: string;
	/** The member's name; null for what nobody did (an import). */
	author: string | null;
	organisationId: string | null;
	/** Of a post: its kind. */
	kind: UpdateKind | '';
	/** The words of a withdrawn post, which its own organisation still reads here. */
	withdrawn: string | null;
	data: {
		old?: Record<string, unknown>;
		new?: Record<string, unknown>;
		reason?: string;
		step?: Partial<Step>;
		changes?: Partial<Step>;
		promise?: { from: string | null; to: string };
	};
};

export type Speaker = {
	locale: Locale;
	status: (status: Status) => string;
	kind: (kind: UpdateKind) => string;
	circle: (id: string) => string;
};

/** The part after the subject; the screen draws the organisation's name before it. */
export function predicate(
	{ type, circle, kind, data, subject }: Happened,
	by: Speaker,
	measureId: string
): string {
	const { locale } = by;
	const step = data.step && ((locale === 'en' && data.step.titleEn) || data.step.titleRo || '');
	const because = (sentence: string) => (data.reason ? `${sentence}: ${data.reason}` : sentence);

	switch (type) {
		case 'measure.added':
			return m.history_measure_added({}, { locale });
		case 'measure.status':
			return because(
				m.history_status(
					{ from: by.status(data.old?.status as Status), to: by.status(data.new?.status as Status) },
					{ locale }
				)
			);
		case 'measure.status.undone':
			return m.history_status_undone({ to: by.status(data.new?.status as Status) }, { locale });
		case 'measure.date':
			return because(dateSentence(data.old?.nextDate, data.new?.nextDate, locale));
		case 'measure.texts':
			return m.history_texts({}, { locale });
		case 'measure.step.added':
			return m.history_step_added({ step: step ?? '' }, { locale });
		case 'measure.step.removed':
			return m.history_step_removed({ step: step ?? '' }, { locale });
		case 'measure.step.changed':
			return data.changes?.done === true
				? m.history_step_done({ step: step ?? '' }, { locale })
				: m.history_step_changed({ step: step ?? '' }, { locale });
		case 'update.posted':
			return m.history_posted({ kind: kind ? by.kind(kind).toLowerCase() : '' }, { locale });
		case 'update.replied':
			return m.history_replied({}, { locale });
		case 'update.edited':
			return m.history_edited({}, { locale });
		case 'update.withdrawn':
			return m.history_withdrawn({}, { locale });
		case 'update.redacted':
			return m.history_redacted({}, { locale });
		case 'request.answered':
			return m.history_request_answered({}, { locale });
		case 'request.declined':
			return m.history_request_declined({}, { locale });
		case 'request.promised':
			return promiseSentence(data.promise, locale);
		case 'request.reopened':
			return m.history_request_reopened({}, { locale });
		case 'arrived':
			return subject === measureId
				? m.history_measure_moved({ circle: by.circle(circle) }, { locale })
				: m.history_update_moved({ circle: by.circle(circle) }, { locale });
		default:
			return type;
	}
}

function dateSentence(from: unknown, to: unknown, locale: Locale) {
	const day = (value: unknown) => (typeof value === 'string' ? formatDay(value, locale) : '');
	if (!day(to)) return m.history_date_removed({ from: day(from) }, { locale });
	if (!day(from)) return m.history_date_set({ to: day(to) }, { locale });
	if (from === to) return m.history_date_kept({ to: day(to) }, { locale });
	return m.history_date({ from: day(from), to: day(to) }, { locale });
}

function promiseSentence(
	{ from, to }: { from: string | null; to: string } = { from: null, to: '' },
	locale: Locale
) {
	const day = to && formatDay(to, locale);
	return from
		? m.history_request_promised_again({ from: formatDay(from, locale), to: day }, { locale })
		: m.history_request_promised({ to: day }, { locale });
}

/** Types of events; a test holds this list against what the commands record. */
export const eventTypes = [
	'measure.added',
	'measure.status',
	'measure.status.undone',
	'measure.date',
	'measure.texts',
	'measure.step.added',
	'measure.step.changed',
	'measure.step.removed',
	'update.posted',
	'update.replied',
	'update.edited',
	'update.withdrawn',
	'update.redacted',
	'request.answered',
	'request.declined',
	'request.promised',
	'request.reopened',
	'arrived',
	'member.signed-in',
	'member.signed-out'
] as const;
