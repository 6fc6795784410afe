/** Token buckets: how often somebody may do something. In memory, of this process; refilled evenly. */

export type Limit = { burst: number; perMinute: number };

/** `HORA_LIMITS=off` lifts them where a test needs the speed; the tests of the limits themselves run with them on. */
const lifted = process.env.HORA_LIMITS === 'off';

export class Throttle {
	#limit: Limit;
	#buckets = new Map<string, { tokens: number; at: number }>();

	constructor(limit: Limit) {
		this.#limit = limit;
	}

	/** Takes one; returns 0, or the seconds to wait. */
	take(key: string, now = Date.now()): number {
		if (lifted) return 0;
		const tokens = this.#level(key, now);
		if (tokens < 1) return Math.ceil(((1 - tokens) * 60) / this.#limit.perMinute);
		this.#buckets.set(key, { tokens: tokens - 1, at: now });
		return 0;
	}

	/** What was taken did not count after all. */
	giveBack(key: string, now = Date.now()) {
		const tokens = Math.min(this.#limit.burst, this.#level(key, now) + 1);
		this.#buckets.set(key, { tokens, at: now });
	}

	#level(key: string, now: number) {
		if (this.#buckets.size > 10_000) this.#forgetFull(now);
		const bucket = this.#buckets.get(key) ?? { tokens: this.#limit.burst, at: now };
		return Math.min(this.#limit.burst, bucket.tokens + ((now - bucket.at) * this.#limit.perMinute) / 60_000);
	}

	#forgetFull(now: number) {
		for (const [key, { tokens, at }] of this.#buckets)
			if (tokens + ((now - at) * this.#limit.perMinute) / 60_000 >= this.#limit.burst)
				this.#buckets.delete(key);
	}
}

export const limits = {
	writes: new Throttle({ burst: 20, perMinute: 60 }),
	socketsPerMember: lifted ? Infinity : 6,
	/** Messages over a member's sockets: 20 a second. */
	messages: new Throttle({ burst: 40, perMinute: 1200 }),
	reads: new Throttle({ burst: 300, perMinute: 300 }),
	search: new Throttle({ burst: 30, perMinute: 30 }),
	/** Files taken out, of a member: 5 an hour. */
	exports: new Throttle({ burst: 5, perMinute: 5 / 60 }),
	/** Failures to sign in: 5 in 15 minutes for an account and an address, 30 for an address. */
	signInToAccount: new Throttle({ burst: 5, perMinute: 5 / 15 }),
	signInFromAddress: new Throttle({ burst: 30, perMinute: 30 / 15 }),
	/** Codes typed into an empty workspace, from an address. */
	setUp: new Throttle({ burst: 5, perMinute: 5 / 15 }),
	/** Links that open nothing, from an address, and passwords said to be forgotten. */
	links: new Throttle({ burst: 30, perMinute: 30 / 15 }),
	/** Reads of a member's calendar: programs ask every few hours, or when somebody presses a button. */
	calendar: new Throttle({ burst: 10, perMinute: 2 }),
	/** Codes of a second factor, for an account: whoever tries them has its password already. */
	secondStep: new Throttle({ burst: 5, perMinute: 5 / 15 }),
	/** What a browser is asked to sign, for an address: each is a row for some minutes. */
	challenges: new Throttle({ burst: 60, perMinute: 30 })
};
