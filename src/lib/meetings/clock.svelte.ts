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
	 * Ticks until the returned function is called. In between it goes by the browser's running time, not by its clock,
	 * which may be wrong or be set; that time may stand still while a device sleeps, so it is asked again on waking.
	 * @param ask brings the database's time, through whatever is quickest; nothing where it cannot be asked
	 */
	run(ask: Ask) {
		this.#offset = untrack(() => this.now) - performance.now();
		const set = async () => {
			let best = Infinity;
			for (let i = 0; i < questions; i++) {
				const began = performance.now();
				const told = await ask();
				const took = performance.now() - began;
				if (told === undefined || took >= best) continue;
				best = took;
				this.#offset = told + took / 2 - performance.now();
			}
		};
		const wake = () => document.visibilityState === 'visible' && void set();
		void set();
		document.addEventListener('visibilitychange', wake);
		const timers = [
			setInterval(() => (this.now = performance.now() + this.#offset), tickEvery),
			setInterval(() => void set(), askEvery)
		];
		return () => {
			timers.forEach(clearInterval);
			document.removeEventListener('visibilitychange', wake);
		};
	}
}
