/**
 * What somebody unfolds before the page's scripts are awake, as on a slow phone: waking, Svelte would fold it again, for
 * nothing told it. Between the first script and the last lie seconds, so what happens meanwhile is followed.
 */

const unfolded = new Set<HTMLDetailsElement>();

function follow({ target }: Event) {
	if (!(target instanceof HTMLDetailsElement)) return;
	if (target.open) unfolded.add(target);
	else unfolded.delete(target);
}

/** With the first script, before the page wakes. */
export function rememberUnfolded() {
	for (const details of document.querySelectorAll<HTMLDetailsElement>('details[open]')) unfolded.add(details);
	document.addEventListener('toggle', follow, { capture: true });
}

/** Once it is awake. */
export function unfoldAgain() {
	document.removeEventListener('toggle', follow, { capture: true });
	for (const details of unfolded) details.open = true;
	unfolded.clear();
}
