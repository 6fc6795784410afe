/** A refusal as the person reads it: what happened and what to do, in their language. */

import { m } from '#i18n';

type Refusal = { code: string; fields?: Record<string, string>; after?: number; id?: string };

const fieldWords: Record<string, () => string> = {
	'words.required': m.refusal_words_required,
	'words.not_text': m.refusal_words_not_text,
	'words.too_long': m.refusal_words_too_long,
	'words.personal_number': m.refusal_personal_number,
	'day.not_a_day': m.refusal_not_a_day,
	'circle.not_inside': m.refusal_circle,
	'edit.changed_meanwhile': m.refusal_changed_meanwhile,
	'edit.too_late_to_undo': m.refusal_too_late_to_undo,
	'view.nothing_to_keep': m.refusal_nothing_to_keep,
	'update.one_level': m.refusal_one_level,
	'update.is_withdrawn': m.refusal_is_withdrawn,
	'asks.nobody': m.refusal_asks_nobody,
	'asks.cannot_read': m.refusal_asks_cannot_read,
	'asks.not_this_kind': m.refusal_asks_kind,
	'day.is_past': m.refusal_day_is_past,
	'request.is_closed': m.refusal_request_closed,
	'signin.wrong': m.refusal_signin,
	'operation.missing': m.refusal_form,
	'operation.other_input': m.refusal_sent_already
};

const codeWords: Record<string, (refusal: Refusal) => string> = {
	invalid: m.refusal_invalid,
	forbidden: m.refusal_forbidden,
	'not-found': m.refusal_not_found,
	conflict: m.refusal_conflict,
	throttled: ({ after = 1 }) => m.refusal_throttled({ count: after }),
	'signed-out': m.refusal_signed_out,
	unavailable: m.refusal_unavailable,
	bug: ({ id = '' }) => m.refusal_bug({ id })
};

/** What is wrong with one field; undefined when nothing is. */
export function faultOf(refusal: Refusal | undefined, field: string): string | undefined {
	const entry = Object.entries(refusal?.fields ?? {}).find(([path]) => path.split('.').at(-1) === field);
	return entry && (fieldWords[entry[1]] ?? m.refusal_form)();
}

/** What is said above the form: nothing where a shown field says it better. */
export function sentenceOf(refusal: Refusal | undefined, shown: string[] = []): string | undefined {
	if (!refusal) return undefined;
	if (shown.some((field) => faultOf(refusal, field))) return undefined;
	const first = Object.values(refusal.fields ?? {})[0];
	return (first && fieldWords[first]?.()) || codeWords[refusal.code]?.(refusal) || m.refusal_form();
}
