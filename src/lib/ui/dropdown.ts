import type { Attachment } from 'svelte/attachments';

/** A `<details>` that hangs over the page: closes when one leaves it, presses elsewhere, or with Escape. */
export const dropdown: Attachment<HTMLDetailsElement> = (details) => {
	const close = () => (details.open = false);
	const left = ({ relatedTarget }: FocusEvent) => {
		// The page itself takes the focus for a moment when a form was sent from here.
		if (relatedTarget && relatedTarget !== document.body && !details.contains(relatedTarget as Node)) close();
	};
	const pressed = ({ target }: Event) => details.contains(target as Node) || close();
	const escaped = (event: KeyboardEvent) => {
		if (event.key !== 'Escape' || !details.open) return;
		close();
		details.querySelector('summary')?.focus();
	};

	details.addEventListener('focusout', left);
	details.addEventListener('keydown', escaped);
	document.addEventListener('pointerdown', pressed);
	return () => {
		details.removeEventListener('focusout', left);
		details.removeEventListener('keydown', escaped);
		document.removeEventListener('pointerdown', pressed);
	};
};
