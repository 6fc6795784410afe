/** What passes between server and browser, written once for both sides. */

import type { Decision, Note } from '#lib/meetings/decision.ts';
import type { Item, Meeting } from '#lib/meetings/meeting.ts';
import type { Proposal } from '#lib/meetings/proposal.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import type { Objective } from '#lib/strategy/objective.ts';
import type { Draft } from '#lib/voice/draft.ts';
import type { Update } from '#lib/updates/update.ts';

/** A row that a page shows and that events keep true. */
export type Row = Measure | Update | Objective | Draft | Meeting | Item | Note | Proposal | Decision;

/** For each circle the reader is in: the number of the last event that what was read already holds. */
export type Heads = Record<string, number>;

/**
 * What happened, as the wire carries it: the numbered shell, and its words where they are of the same circle.
 * Without words it says only "gone": whoever holds a copy of this circle and not newer drops it.
 */
export type LiveEvent = {
	circle: string;
	n: number;
	subject: string;
	version: number;
	at: string;
	type?: string;
	author?: string | null;
	data?: EventData;
	/** It stands for many of its circle, up to it: the page reads again instead of folding them. */
	together?: true;
};

/** `row` is a whole row (it was made, or it arrived); `new` are the fields that changed, `old` what they were. */
export type EventData = {
	row?: Row;
	old?: Record<string, unknown>;
	new?: Record<string, unknown>;
	reason?: string;
};

/** The answer to a first visit, a reconnection and a noticed gap alike. */
export type CatchUp = {
	/** Changes when the database was restored: numbers before it prove nothing. */
	epoch: string;
	heads: Heads;
	events: LiveEvent[];
	/** Circles that the reader no longer has: everything of them is dropped. */
	gone: string[];
	/** Read the page again: a circle is new, too far behind, or the epoch changed. */
	snapshot: boolean;
	/** Ask again with these heads: there was more than one page of events. */
	more: boolean;
};

export type ServerToClient = {
	events: (events: LiveEvent[]) => void;
	/** The circles this socket is in now; what is of another circle is dropped. */
	circles: (circles: string[]) => void;
	/** The session has ended: nothing of it stays on the screen. */
	ended: () => void;
	/** The server goes down; come back after this many milliseconds. */
	restart: (after: number) => void;
	/** Demonstration only: what was really delivered of one's own post. */
	delivered: (trace: DeliveryTrace) => void;
};

export type Ack<Answer> = (answer: Answer) => void;

export type ClientToServer = {
	command: (message: CommandMessage, ack: Ack<CommandAnswer>) => void;
	/** A person is at this page: at most once a minute. */
	used: (message: Record<string, never>) => void;
	/** What the database's clock shows, in milliseconds since 1970. */
	time: (message: Record<string, never>, ack: Ack<{ ok: true; now: number } | { ok: false }>) => void;
	/** Demonstration only: these events stand on the screen. */
	shown: (message: { circle: string; n: number }) => void;
};

export type CommandMessage = { name: string; operation: string; input: unknown };

export type CommandAnswer =
	{ ok: true; result: Record<string, unknown>; repeated: boolean } | { ok: false; refusal: RefusalOnTheWire };

export type RefusalOnTheWire = {
	code:
		| 'invalid'
		| 'forbidden'
		| 'needs-approval'
		| 'unproved'
		| 'not-found'
		| 'conflict'
		| 'throttled'
		| 'signed-out'
		| 'unavailable'
		| 'bug';
	/** Field → message key; a person reads it in their own language. */
	fields?: Record<string, string>;
	/** Nothing but warnings: the kinds of identifier. Sent again with a reason (`confirmed`), it is done. */
	confirm?: string[];
	/** For a conflict: what the fields are now. */
	theirs?: Record<string, unknown>;
	/** For an unknown error: the id under which it was logged. */
	id?: string;
	/** For throttled: seconds to wait. */
	after?: number;
};

/** Demonstration only: one post, where it arrived and what bodies outside its circle received. */
export type DeliveryTrace = {
	subject: string;
	/** Screens of other members that said "shown". */
	screens: number;
	/** Milliseconds from the commit to the last of them. */
	milliseconds: number;
	/** Organisations with an open page outside the circle, and the bytes sent to them of this post (0). */
	outside: { organisationId: string; bytes: number }[];
};
