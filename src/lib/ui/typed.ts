/** What stands typed in a form, kept over the way to another page and back. Neither passwords nor hidden fields. */

import { keepDraft, readDraft } from './drafts.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const controls = (form: HTMLFormElement) =>
	[...form.elements].filter(
		(one): one is Control =>
			(one instanceof HTMLInputElement && !['hidden', 'password', 'file'].includes(one.type)) ||
			one instanceof HTMLTextAreaElement ||
			one instanceof HTMLSelectElement
	);
const isTicked = (control: Control): control is HTMLInputElement =>
	control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);

/** Where the draft of a form lies, by page and name, while it is confirmed who its member is. */
const placeOf = (name: string) => `proof:${location.pathname} ${name}`;

export function keepTyped(memberId: string, name: string, form: HTMLFormElement) {
	const values = controls(form).map((one) => (isTicked(one) ? one.checked : one.value));
	keepDraft(memberId, placeOf(name), { typed: JSON.stringify(values) });
}

/** Puts it back, once, and says whether there was something. */
export function restoreTyped(memberId: string, name: string, form: HTMLFormElement): boolean {
	const kept = readDraft(memberId, placeOf(name))?.typed;
	if (!kept) return false;
	keepDraft(memberId, placeOf(name), undefined);
	const values = JSON.parse(kept) as (string | boolean)[];
	const found = controls(form);
	if (found.length !== values.length) return false;
	for (const [i, control] of found.entries()) {
		const value = values[i] as string | boolean;
		if (isTicked(control)) control.checked = value === true;
		else control.value = String(value);
		for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
	}
	const details = form.closest('details');
	if (details) details.open = true;
	return true;
}
