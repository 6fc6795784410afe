/** What a meeting is: pure rules, the same on the server, in the browser and in tests. */

import type { Day } from '#lib/strategy/measure.ts';

export type MeetingState = 'planned' | 'open' | 'closed';

/**
 * `proposed`: waits for the chair or the secretariat · `ahead`: on the agenda · `now` · `done` · `put-off`: not taken
 * this time · `removed`: no longer on the agenda.
 */
export type SlotState = 'proposed' | 'ahead' | 'now' | 'done' | 'put-off' | 'removed';

/** A place on the agenda, which everybody in the meeting's circle sees; what it is about may be narrower. */
export type Slot = {
	id: string;
	minutes: number;
	state: SlotState;
	/** Who proposed it. */
	organisationId: string;
	/** The day of the meeting in which it was put off. */
	carriedFrom: Day | null;
	takenAt: string | null;
	endedAt: string | null;
};

/** `order`: a point of order, which goes first. */
export type HandKind = 'floor' | 'order';

/** A request to speak, of an organisation; `spoken` ones have left the queue. */
export type Hand = {
	id: string;
	organisationId: string;
	memberId: string;
	memberName: string;
	kind: HandKind;
	raisedAt: string;
	/** When the floor was given. */
	since: string | null;
};

/** Somebody's time in the meeting; whoever comes back has another. */
export type Attendance = {
	id: string;
	/** Neither of a guest, who has no account. */
	memberId: string | null;
	organisationId: string | null;
	name: string;
	/** Of a guest: for whom they came. */
	body: string;
	arrivedAt: string;
	leftAt: string | null;
};

/** Of whom a share has to be present: of the Commission's members, of the organisations of its circle, of nobody. */
export type QuorumOf = (typeof quorums)[number];
export const quorums = ['none', 'commission', 'invited'] as const;

/** A meeting as a page holds it, with its agenda in order and whoever waits to speak. */
export type Meeting = {
	subject: 'meeting';
	id: string;
	circleId: string;
	version: number;
	/** The one that it follows. */
	previousId: string | null;
	title: string;
	/** By the clock on the wall in Bucharest. */
	day: Day;
	time: string;
	startsAt: string;
	place: string;
	link: string;
	chairId: string;
	chairName: string;
	/** Who keeps the minutes. */
	secretaryId: string | null;
	secretaryName: string | null;
	state: MeetingState;
	openedAt: string | null;
	closedAt: string | null;
	/** The end of the current item's time, while it runs; absolute, on the database's clock. */
	endsAt: string | null;
	/** What is left of it while it stands still, in milliseconds; below zero when it is over. */
	left: number | null;
	quorumOf: QuorumOf;
	/** In a hundred. */
	quorumShare: number;
	slots: Slot[];
	hands: Hand[];
	attendance: Attendance[];
	/** Whom coordinators have named to take their organisation's positions. */
	delegates: { organisationId: string; memberId: string; memberName: string }[];
	/** The last version of its minutes that was approved. */
	sealed: {
		version: number;
		seal: string;
		/** What has changed since the version before. */
		reason: string;
		memberName: string;
		approvedAt: string;
	} | null;
	example: boolean;
};

/** What stands on a slot, in a circle of its own. */
export type Item = {
	subject: 'item';
	id: string;
	circleId: string;
	version: number;
	meetingId: string;
	slotId: string;
	organisationId: string;
	titleRo: string;
	titleEn: string;
	text: string;
	/** Measures that it is about. */
	measures: string[];
	/** Addresses of documents, one a line. */
	links: string;
	example: boolean;
};

/** What is on the agenda, in order: neither what waits to be accepted nor what was taken off. */
export const agendaOf = ({ slots }: Pick<Meeting, 'slots'>) =>
	slots.filter(({ state }) => state !== 'proposed' && state !== 'removed');

export const currentSlot = ({ slots }: Pick<Meeting, 'slots'>) => slots.find(({ state }) => state === 'now');

/** What is taken after the current one. */
export const nextSlot = ({ slots }: Pick<Meeting, 'slots'>) => slots.find(({ state }) => state === 'ahead');

/** What is left of the current item's time at a moment of the database's clock, in milliseconds. */
export const leftAt = ({ endsAt, left }: Pick<Meeting, 'endsAt' | 'left'>, now: number) =>
	endsAt === null ? left : Date.parse(endsAt) - now;

/**
 * When the meeting ends if everything ahead takes its minutes, and how many minutes that is past what was planned. Once
 * it is open the current item takes what it has left, or is over now.
 */
export function endOf(
	meeting: Pick<Meeting, 'state' | 'startsAt' | 'slots' | 'endsAt' | 'left'>,
	now: number
): { ends: number; over: number } {
	const taking = (...states: SlotState[]) =>
		agendaOf(meeting)
			.filter(({ state }) => states.includes(state))
			.reduce((sum, { minutes }) => sum + minutes * 60_000, 0);
	const planned = Date.parse(meeting.startsAt) + taking('ahead', 'now', 'done');
	if (meeting.state === 'planned') return { ends: planned, over: 0 };
	const ends = now + Math.max(0, leftAt(meeting, now) ?? 0) + taking('ahead');
	return { ends, over: Math.max(0, Math.round((ends - planned) / 60_000)) };
}

/** Who speaks now. */
export const speaker = ({ hands }: Pick<Meeting, 'hands'>) => hands.find(({ since }) => since !== null);

/** Who waits to speak, in order. */
export const queue = ({ hands }: Pick<Meeting, 'hands'>) => hands.filter(({ since }) => since === null);

/** Who is there now. */
export const present = ({ attendance }: Pick<Meeting, 'attendance'>) =>
	attendance.filter(({ leftAt }) => leftAt === null);

export type Quorum = {
	of: Exclude<QuorumOf, 'none'>;
	present: number;
	total: number;
	needed: number;
	met: boolean;
};

/**
 * Whether enough are there, and of whom. Nothing where none is asked for.
 * @param commission the Commission's members, who count one by one
 * @param invited the organisations of the meeting's circle, each of which one person makes present
 */
export function quorumNow(
	meeting: Pick<Meeting, 'attendance' | 'quorumOf' | 'quorumShare'>,
	commission: readonly string[],
	invited: readonly string[]
): Quorum | undefined {
	const { quorumOf: of, quorumShare } = meeting;
	if (of === 'none') return undefined;
	const here = new Set(
		present(meeting).map((one) => (of === 'commission' ? one.memberId : one.organisationId))
	);
	const all = of === 'commission' ? commission : invited;
	const count = all.filter((id) => here.has(id)).length;
	const needed = Math.ceil((all.length * quorumShare) / 100);
	return { of, present: count, total: all.length, needed, met: count >= needed };
}

/** „06:42”, „−01:05”: minutes and seconds, rounded up so that zero means over. */
export function clockWords(milliseconds: number) {
	const seconds = Math.ceil(milliseconds / 1000);
	const two = (number: number) => String(number).padStart(2, '0');
	const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
	return `${seconds < 0 ? '−' : ''}${two(minutes)}:${two(rest)}`;
}
