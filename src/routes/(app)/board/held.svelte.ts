/**
 * What the board shows while it is held still: paused, while something is dragged, or under a pointer that has just
 * moved. Whatever has gone is gone at once all the same, and one's own moves show at once.
 */

import type { Measure, Status } from '#lib/strategy/measure.ts';
import { countChanged, stillRows } from './still.ts';

/** A pointer that rests longer than this is not about to press. */
const pointing = 1200;

export class Held {
	paused = $state(false);
	/** Moved from here: measure → where it was put, until the rows say so. */
	moved: Record<string, Status> = $state({});

	#pointed = $state(false);
	#resting: ReturnType<typeof setTimeout> | undefined;
	#kept: Measure[] | undefined = $state.raw();
	#current: () => Measure[];
	#dragging: () => boolean;

	/** `current`: the rows as they are now. `dragging`: whether a card is under way. */
	constructor(current: () => Measure[], dragging: () => boolean) {
		this.#current = current;
		this.#dragging = dragging;
	}

	get still() {
		return this.paused || this.#dragging() || this.#pointed;
	}

	/** What to show. */
	rows = $derived.by(() => stillRows(this.#kept, this.#current(), this.moved));

	/** How many cards have changed meanwhile. */
	waiting = $derived.by(() => countChanged(this.#kept, this.#current()));

	/** To be called in an effect: keeps or lets go. */
	settle() {
		const { still } = this;
		if (still) this.#kept ??= this.#current();
		else this.#kept = undefined;
	}

	/** The pointer moves over the cards. */
	point() {
		this.#pointed = true;
		clearTimeout(this.#resting);
		this.#resting = setTimeout(() => (this.#pointed = false), pointing);
	}

	unpoint() {
		clearTimeout(this.#resting);
		this.#pointed = false;
	}
}
