/** Tells the server that a measure was seen: once its page has been looked at for a moment, and again for what comes. */

import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';
import type { Heads } from '#lib/realtime/wire.ts';
import { pageData } from '#lib/realtime/page-data.ts';

/** Whoever only passes through has not seen it. */
const glance = 1500;

/** To be called in an effect that depends on what the page shows; returns what calls it off. */
export function tellSeen(measureId: string, heads: () => Heads, anythingNew: boolean) {
	if (!anythingNew) return;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const plan = () => {
		clearTimeout(timer);
		if (document.visibilityState === 'visible')
			timer = setTimeout(() => void tell(measureId, heads()), glance);
	};
	plan();
	document.addEventListener('visibilitychange', plan);
	return () => {
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', plan);
	};
}

async function tell(measureId: string, heads: Heads) {
	const body = new FormData();
	body.set('operation', crypto.randomUUID());
	body.set('heads', JSON.stringify(heads));
	// Not told is told the next time: nobody waits for this.
	const headers = { 'x-sveltekit-action': 'true', accept: 'application/json' };
	const answer = await fetch(`/measures/${measureId}?/seen`, { method: 'POST', body, headers }).catch(
		() => undefined
	);
	await answer?.text(); // an answer that nobody reads would stay open
	// Now it would call off the way to another page, which reads it all the same.
	if (answer?.ok && !navigating.to) await invalidate(pageData);
}
