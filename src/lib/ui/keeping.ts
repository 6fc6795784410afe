import type { Attachment } from 'svelte/attachments';
import { type Draft, keepDraft, readDraft } from './drafts.ts';

type Written = HTMLInputElement | HTMLTextAreaElement;
const written = 'textarea, input:is([type="text"], [type="date"], :not([type]))';
const baseOf = (name: string) => `base.${name}`;

/**
 * Keeps what is written in a form until it is sent, and unfolds the form with it when the page comes again:
 * `<form {@attach keeping(memberId, place)}>`. With a field that is edited goes what it was based on, so that words
 * that wait for days still cannot overwrite what others have written meanwhile.
 */
export const keeping =
	(memberId: string, place: string): Attachment<HTMLFormElement> =>
	(form) => {
		const fieldOf = (name: string) => form.elements.namedItem(name) as Written | null;
		const touched = () =>
			[...form.querySelectorAll<Written>(written)].filter(
				({ name, value }) => value !== (fieldOf(baseOf(name))?.value ?? '')
			);

		const draft = readDraft(memberId, place);
		if (draft) {
			if (touched().length === 0) restore(draft);
			const details = form.closest('details');
			// Sent after all, and only the answer was lost: it stands there, and waits no more.
			if (touched().length === 0) keepDraft(memberId, place, undefined);
			else if (details) details.open = true;
		}

		function restore(draft: Draft) {
			for (const name of Object.keys(draft)) {
				const field = fieldOf(name);
				if (!field?.matches(written) || field.value === draft[name]) continue;
				for (const one of [name, baseOf(name)]) {
					const element = fieldOf(one);
					if (!element) continue;
					element.value = draft[one] ?? '';
					element.dispatchEvent(new InputEvent('input', { bubbles: true }));
				}
			}
		}

		function keep() {
			const fields = touched();
			const bases = fields.flatMap(({ name }) => fieldOf(baseOf(name)) ?? []);
			keepDraft(memberId, place, fields.length > 0 ? valuesOf([...fields, ...bases]) : undefined);
		}
		// Of a conflict's texts one is chosen by a button, which the page answers when the click has left the form.
		const keepSoon = ({ target }: Event) => {
			if ((target as Element).closest('[type="button"]')) setTimeout(keep);
		};
		form.addEventListener('input', keep);
		form.addEventListener('click', keepSoon);
		return () => {
			form.removeEventListener('input', keep);
			form.removeEventListener('click', keepSoon);
		};
	};

const valuesOf = (fields: Written[]): Draft =>
	Object.fromEntries(fields.map(({ name, value }) => [name, value]));
