/** The one voice for those who do not see the page change. */

import { m } from '#i18n';

/** What others change is gathered into one message in this many milliseconds. */
const between = 5000;
/** Whoever pressed a key in a field within this time is typing, and is not spoken to. */
const typing = 3000;
/** More changes than this are counted instead of told. */
const most = 3;

export class Announcer {
	message = $state('');

	#waiting: string[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	#told = -Infinity;
	#typed = -Infinity;

	/** What the reader has just done: at once. */
	say(text: string) {
		// The same words again would not be read out: a space makes them others.
		this.message = text === this.message ? text + '\u00a0' : text;
	}

	/** What somebody else has changed: soon, together with what else happens meanwhile. */
	hear(text: string) {
		this.#waiting.push(text);
		this.#plan();
	}

	typed() {
		this.#typed = performance.now();
	}

	#plan() {
		if (this.#timer) return;
		const now = performance.now();
		const due = Math.max(this.#told + between, this.#typed + typing, now);
		this.#timer = setTimeout(() => this.#tell(), due - now);
	}

	#tell() {
		this.#timer = undefined;
		if (performance.now() < this.#typed + typing) return this.#plan();

		const changes = this.#waiting.splice(0);
		this.#told = performance.now();
		this.say(changes.length > most ? m.announcer_changes({ count: changes.length }) : changes.join(' '));
	}
}

/** Used in the browser only. */
export const announcer = new Announcer();
