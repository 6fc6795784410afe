/**
 * Whoever works on a card keeps it, wherever it is moved; where it has gone, the next one or the one before; where
 * none is left, the page.
 */

import { tick, untrack } from 'svelte';

const cards = () => [...document.querySelectorAll<HTMLElement>('[data-measure]')];
const idOf = (card: HTMLElement) => card.dataset.measure ?? '';
const cardOf = (id: string) => document.querySelector<HTMLElement>(`[data-measure="${id}"]`);
const linkOf = (card: HTMLElement) => card.querySelector<HTMLElement>('h4 a');
const controlsOf = (card: HTMLElement) => [...card.querySelectorAll<HTMLElement>('a, button')];
const isLost = () => document.activeElement === document.body;

/** After a card was moved: what had the focus may be gone with the card's old place. */
export const focusCard = (id: string) =>
	void tick().then(() => {
		const card = cardOf(id);
		if (card && isLost()) linkOf(card)?.focus();
	});

/** To be called while a component is set up. @param shown what the cards are drawn from */
export function keepFocus(shown: () => unknown) {
	/** The card and which of its controls; and the other cards, the nearest first. */
	let focused: { id: string; control: number; others: string[] } | undefined;
	$effect.pre(() => {
		shown();
		const at = document.activeElement as HTMLElement | null;
		if (!at?.closest('.board')) return;
		const card = at.closest<HTMLElement>('[data-measure]');
		const ofWhich = (position: number) => (one: Node) => at.compareDocumentPosition(one) === position;
		const after = cards().filter(ofWhich(Node.DOCUMENT_POSITION_FOLLOWING));
		const before = cards().filter(ofWhich(Node.DOCUMENT_POSITION_PRECEDING));
		focused = {
			id: card ? idOf(card) : '',
			control: card ? controlsOf(card).indexOf(at) : -1,
			others: [...after, ...before.reverse()].map(idOf)
		};
	});
	$effect(() => {
		shown();
		const was = untrack(() => focused);
		focused = undefined;
		if (!was || !isLost()) return;
		void tick().then(() => {
			const card = cardOf(was.id);
			const next = was.others.map(cardOf).find((one) => one !== null);
			const place = (card && controlsOf(card)[was.control]) ?? (next && linkOf(next));
			(place ?? document.getElementById('content'))?.focus({ preventScroll: place !== undefined });
		});
	});
}
