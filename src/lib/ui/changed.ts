import type { Attachment } from 'svelte/attachments';

/** How long the edge is drawn; the fading itself is in app.css. */
const lasting = 10_000;

/**
 * Draws the edge of a change round a card, a row or a post: `<li {@attach changed(event.n)}>`. A new value draws
 * it anew, nothing draws nothing. Without motion it stays until it was looked at: pointed at, focused, or on the
 * screen and then scrolled away.
 */
export function changed(by: unknown): Attachment<HTMLElement> {
	return (node) => {
		if (!by) return;
		node.classList.add('changed');
		const seen = () => node.classList.remove('changed');

		if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
			const timer = setTimeout(seen, lasting);
			return () => (clearTimeout(timer), seen());
		}

		let shown = false;
		const watch = new IntersectionObserver(([entry]) => {
			if (entry?.isIntersecting) shown = true;
			else if (shown) seen();
		});
		watch.observe(node);
		node.addEventListener('pointerenter', seen);
		node.addEventListener('focusin', seen);
		return () => {
			watch.disconnect();
			node.removeEventListener('pointerenter', seen);
			node.removeEventListener('focusin', seen);
			seen();
		};
	};
}
