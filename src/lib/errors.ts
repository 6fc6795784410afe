/** The few ways in which Hora says no. Everything else is a bug and is logged with an id. */

import type { RefusalOnTheWire } from './realtime/wire.ts';

export type RefusalCode = Exclude<RefusalOnTheWire['code'], 'bug'>;

export const statusOf: Record<RefusalOnTheWire['code'], number> = {
	invalid: 422,
	'not-found': 404,
	forbidden: 403,
	'needs-approval': 403,
	unproved: 403,
	conflict: 409,
	throttled: 429,
	'signed-out': 401,
	unavailable: 503,
	bug: 500
};

/** A refusal that a person reads: the program gets the code, the screen a sentence in their language. */
export class Refusal extends Error {
	code: RefusalCode;
	details: Omit<RefusalOnTheWire, 'code'>;

	constructor(code: RefusalCode, details: Omit<RefusalOnTheWire, 'code'> = {}) {
		super(code);
		this.code = code;
		this.details = details;
	}

	get status() {
		return statusOf[this.code];
	}

	onTheWire(): RefusalOnTheWire {
		return { code: this.code, ...this.details };
	}
}
