/**
 * Reads the log past its own heads, in order, and hands each circle's events on. A wake-up starts a round, a sweep
 * twice a second guarantees one: a wake-up may be lost, the log is not. Who sits where is asked again between the
 * reading and the handing on: whoever has left before something was written never hears it.
 */

import { allHeads, eventsPast, page } from '#lib/events/log.server.ts';
import type { Database } from '#lib/server/database.server.ts';
import { logUnknown } from '#lib/server/log.server.ts';
import type { LiveEvent } from './wire.ts';

export class Delivery {
	#database: Database;
	#deliver: (circle: string, events: LiveEvent[]) => void;
	#seat: () => Promise<void>;
	#heads: Map<string, number>;
	#round: Promise<void> | undefined;
	#again = false;

	private constructor(
		database: Database,
		heads: Map<string, number>,
		deliver: (circle: string, events: LiveEvent[]) => void,
		seat: () => Promise<void>
	) {
		this.#database = database;
		this.#heads = heads;
		this.#deliver = deliver;
		this.#seat = seat;
	}

	/** From now on: what was before, the pages have read. `seat` throws where it cannot tell who sits where. */
	static async open(
		database: Database,
		deliver: (circle: string, events: LiveEvent[]) => void,
		seat: () => Promise<void>
	) {
		return new Delivery(database, await allHeads(database), deliver, seat);
	}

	/** Runs a round; one that is asked for while another runs follows it. */
	run(): Promise<void> {
		this.#again = true;
		return (this.#round ??= this.#rounds());
	}

	async #rounds() {
		while (this.#again) {
			this.#again = false;
			try {
				const events = await eventsPast(this.#database, this.#heads);
				if (events.length > 0) await this.#seat();
				for (const [circle, of] of byCircle(events)) {
					this.#deliver(circle, of);
					this.#heads.set(circle, (of.at(-1) as LiveEvent).n);
				}
				if (events.length === page) this.#again = true;
			} catch (error) {
				logUnknown(error, 'delivery'); // the next sweep tries again from the same heads
			}
		}
		this.#round = undefined; // in the same breath: who asks from here on starts another
	}
}

function byCircle(events: LiveEvent[]): Map<string, LiveEvent[]> {
	const circles = new Map<string, LiveEvent[]>();
	for (const event of events) circles.set(event.circle, [...(circles.get(event.circle) ?? []), event]);
	return circles;
}
