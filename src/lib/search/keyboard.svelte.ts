/** Keys that lead somewhere from anywhere. Those of a single sign can be switched off (WCAG 2.1.4). */

/** Kept in this browser; it goes with everything else at sign-out. */
const kept = 'hora.letters';

class Letters {
	#on = $state(true);

	/** Only in the browser, and only once it runs: a page is served as if they were on. */
	recall() {
		try {
			this.#on = localStorage.getItem(kept) !== 'off';
		} catch {
			// A browser that keeps nothing: they are on.
		}
	}

	get on() {
		return this.#on;
	}

	set on(on: boolean) {
		this.#on = on;
		try {
			if (on) localStorage.removeItem(kept);
			else localStorage.setItem(kept, 'off');
		} catch {
			// It holds until the page is left.
		}
	}
}

export const letters = new Letters();

/** Ctrl+K, on a Mac ⌘K: also while typing. */
export const isPaletteKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
	key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey && !shiftKey;

/** A key that would write a sign, were there a field to write it in. */
export function isLetter(event: KeyboardEvent): boolean {
	const { key, ctrlKey, metaKey, altKey, isComposing, repeat, defaultPrevented, target } = event;
	if (key.length !== 1 || ctrlKey || metaKey || altKey || isComposing || repeat || defaultPrevented)
		return false;
	return !(target instanceof Element && target.closest('input, textarea, select, [contenteditable]'));
}

export const paletteKeys = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl+K');
