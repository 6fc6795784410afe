/** The list that one came from, so that a measure's page leads on to the one before and after. Only in this tab, only until it is read anew. */

type Stop = { id: string; code: string };

class Walk {
	#stops: Stop[] = $state.raw([]);
	/** Where the list is. */
	href = $state('');

	/** Called by a list in an effect: on the server everybody would share it. */
	remember(stops: Stop[], href: string) {
		this.#stops = stops.map(({ id, code }) => ({ id, code }));
		this.href = href;
	}

	around(id: string) {
		const at = this.#stops.findIndex((stop) => stop.id === id);
		if (at < 0) return undefined;
		return { at: at + 1, of: this.#stops.length, before: this.#stops[at - 1], after: this.#stops[at + 1] };
	}
}

export const walk = new Walk();
