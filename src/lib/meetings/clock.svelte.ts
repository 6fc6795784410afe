/** The database's clock as this browser knows it, ticking: ends are absolute, so that every screen counts to the same. */

import { untrack } from 'svelte';

type Ask = () => Promise<number | undefined>;

const tickEvery = 100;
const askEvery = 300_000;
/** Of so many questions the quickest answer tells the time best. */
const questions = 3;

export class Clock {
	/** Milliseconds since 1970, by the database. */
	now: number;
	#offset = 0;

	/** @param served the time with which the page was made */
	constructor(served: number) {
		this.now = $state(served);
	}

	/**
	 * Ticks until the returned function is called.
	 * @param ask brings the database's time, through whatever is quickest; nothing where it cannot be asked
	 */
	run(ask: Ask) {
		this.#offset = untrack(() => this.now) - Date.now();
		let best = Infinity;
		const set = async () => {
			best = Infinity;
			for (let i = 0; i < questions; i++) {
				const began = performance.now();
				const told = await ask();
				const took = performance.now() - began;
				if (told === undefined || took >= best) continue;
				best = took;
				this.#offset = told + took / 2 - Date.now();
			}
		};
		void set();
		const timers = [
			setInterval(() => (this.now = Date.now() + this.#offset), tickEvery),
			setInterval(() => void set(), askEvery)
		];
		return () => timers.forEach(clearInterval);
	}
}
