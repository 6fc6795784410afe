/** One card under way between the columns of its lane. */

import type { Measure, Status } from '#lib/strategy/measure.ts';

type Place = { objectiveId: string; status: Status };

export class Dragging {
	card: Measure | undefined = $state.raw();
	#over: Place | undefined = $state.raw();
	#mayGo: (card: Measure, to: Status) => boolean;

	constructor(mayGo: (card: Measure, to: Status) => boolean) {
		this.#mayGo = mayGo;
	}

	/** The card that is taken up; nothing: it was let go. */
	take(card: Measure | undefined) {
		this.card = card;
		if (!card) this.#over = undefined;
	}

	over(event: DragEvent, place: Place) {
		if (!this.#takes(place)) return;
		event.preventDefault();
		this.#over = place;
	}

	leave() {
		this.#over = undefined;
	}

	isOver = ({ objectiveId, status }: Place) =>
		this.#over?.objectiveId === objectiveId && this.#over.status === status;

	/** Lets the card go there; says which it was, where it may stay. */
	drop(event: DragEvent, place: Place): Measure | undefined {
		event.preventDefault();
		const card = this.#takes(place) ? this.card : undefined;
		this.take(undefined);
		return card;
	}

	#takes({ objectiveId, status }: Place) {
		const { card } = this;
		return card?.objectiveId === objectiveId && card.status !== status && this.#mayGo(card, status);
	}
}
