/** What an internal version would do, line by line, in the reader's words. */

import { m } from '#i18n';
import { inLanguage } from '#lib/access/directory.ts';
import type { Day, Measure, Status, Step } from '#lib/strategy/measure.ts';
import { formatDay, type Locale } from '#lib/time.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import { statusWord } from '#lib/ui/StatusWord.svelte';
import type { UpdateKind } from '#lib/updates/update.ts';
import type { Draft, DraftState } from './draft.ts';

type Values = Record<string, unknown>;

const stateWords: Record<DraftState, () => string> = {
	kept: m.draft_kept,
	waiting: m.draft_waiting,
	returned: m.draft_returned,
	withdrawn: m.draft_withdrawn,
	sent: m.draft_sent
};
export const draftStateWord = (state: DraftState) => stateWords[state]();

const dayWord = (day: unknown, locale: Locale) =>
	typeof day === 'string' && day ? formatDay(day as Day, locale) : m.draft_no_date();
const statusNow = (status: unknown) => statusWord(status as Status).toLowerCase();

/** „Stadiul: din „în curs” în „blocată””; a report has a line for each thing that it changes. */
export function actLines(draft: Draft, measure: Measure | undefined, locale: Locale): string[] {
	const { input } = draft;
	const base = (input.base ?? {}) as Values;
	const step = measure?.steps.find(({ id }) => id === input.stepId);
	const stepWord = step
		? inLanguage(step, 'title', locale)
		: String(input.titleRo ?? (base.titleRo as string) ?? '');
	switch (draft.command) {
		case 'update.post':
			return [kindWord(input.kind as UpdateKind)];
		case 'update.reply':
			return [m.draft_act_update_reply()];
		case 'update.edit':
			return [m.draft_act_update_edit()];
		case 'update.move':
			return [m.draft_act_update_move()];
		case 'request.answer':
			return [m.draft_act_request_answer()];
		case 'request.decline':
			return [m.draft_act_request_decline()];
		case 'request.promise':
			return [m.draft_act_request_promise({ day: dayWord(input.due, locale) })];
		case 'measure.step.add':
			return [m.draft_act_step_add({ step: stepWord })];
		case 'measure.step.remove':
			return [m.draft_act_step_remove({ step: stepWord })];
		case 'measure.step.change':
			return [
				(input.changes as Partial<Step>).done
					? m.draft_act_step_done({ step: stepWord })
					: m.draft_act_step_change({ step: stepWord })
			];
		default:
			return changeLines(input, base, measure, locale);
	}
}

/** Of a status, a date or a report. */
function changeLines(input: Values, base: Values, measure: Measure | undefined, locale: Locale) {
	const was = new Set((base.doneIds ?? []) as string[]);
	const is = new Set((input.doneIds ?? []) as string[]);
	const named = (ids: Set<string>, without: Set<string>) =>
		(measure?.steps ?? [])
			.filter(({ id }) => ids.has(id) && !without.has(id))
			.map((step) => inLanguage(step, 'title', locale));
	return [
		...('status' in input && input.status !== base.status
			? [m.draft_act_status({ from: statusNow(base.status), to: statusNow(input.status) })]
			: []),
		...('nextDate' in input && input.nextDate !== base.nextDate
			? [m.draft_act_date({ from: dayWord(base.nextDate, locale), to: dayWord(input.nextDate, locale) })]
			: []),
		...named(is, was).map((step) => m.draft_act_step_done({ step })),
		...named(was, is).map((step) => m.draft_act_step_change({ step })),
		...('doneIds' in input || 'status' in input || 'nextDate' in input ? [] : [m.draft_act_report()])
	];
}

/** What stands there now, where somebody was faster. */
export function nowWords(fields: readonly string[], now: Values, locale: Locale): string {
	return fields
		.map((field) =>
			field === 'status'
				? statusNow(now.status)
				: field === 'nextDate' || field === 'due' || field === 'date'
					? dayWord(now[field], locale)
					: typeof now[field] === 'string' && field !== 'circleId'
						? `„${now[field]}”`
						: m.draft_otherwise()
		)
		.join(', ');
}
