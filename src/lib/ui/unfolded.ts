/**
 * What somebody unfolds before the page's scripts are awake, as on a slow phone: waking, Svelte would fold it again, for
 * nothing told it.
 */

const unfolded: HTMLDetailsElement[] = [];

/** Before the page wakes. */
export function rememberUnfolded() {
	unfolded.push(...document.querySelectorAll<HTMLDetailsElement>('details[open]'));
}

/** Once it is awake. */
export function unfoldAgain() {
	for (const details of unfolded.splice(0)) details.open = true;
}
