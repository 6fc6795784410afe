/** Whoever works on a card keeps it, wherever it is moved; where it has gone, the next one. */

import { tick, untrack } from 'svelte';

const cards = () => [...document.querySelectorAll<HTMLElement>('[data-measure]')];
const idOf = (card: HTMLElement) => card.dataset.measure ?? '';
const linkOf = (id: string) => document.querySelector<HTMLElement>(`[data-measure="${id}"] h4 a`);
const isLost = () => document.activeElement === document.body;

/** After a card was moved from a dialog: what opened it is gone with the card's old place. */
export const focusCard = (id: string) => void tick().then(() => isLost() && linkOf(id)?.focus());

/** To be called while a component is set up. @param shown what the cards are drawn from */
export function keepFocus(shown: () => unknown) {
	let focused: { id: string; after: string[] } | undefined;
	$effect.pre(() => {
		shown();
		const card = document.activeElement?.closest<HTMLElement>('[data-measure]');
		if (!card) return;
		const all = cards();
		focused = { id: idOf(card), after: all.slice(all.indexOf(card) + 1).map(idOf) };
	});
	$effect(() => {
		shown();
		const was = untrack(() => focused);
		focused = undefined;
		if (!was || !isLost()) return;
		void tick().then(() => {
			const next = [was.id, ...was.after].map(linkOf).find((link) => link !== null);
			(next ?? document.getElementById('content'))?.focus({ preventScroll: next !== undefined });
		});
	});
}
