/** Minutes assemble themselves of what happened: pure, the same on the screen and on paper. */

import type { Circle, Organisation } from '#lib/access/directory.ts';
import type { Row } from '#lib/realtime/wire.ts';
import type { Decision, Note } from './decision.ts';
import type { Proposal } from './proposal.ts';
import { agendaOf, type Attendance, type Item, type Meeting, type Slot } from './meeting.ts';

export type MinutesEntry = {
	/** As the agenda numbers it. */
	number: number;
	slot: Slot;
	/** Nothing where the reader may not know what it was. */
	item: Item | undefined;
	notes: Note[];
	proposals: Proposal[];
	decisions: Decision[];
	/** From when it was taken to when it ended. */
	spent: number | null;
};

export type Minutes = {
	/** In the order in which they were taken. */
	taken: MinutesEntry[];
	putOff: MinutesEntry[];
	/** All of them, as they fell. */
	decisions: Decision[];
};

/** Lines that were struck out, and what was withdrawn, do not stand in minutes. */
export function minutesOf(
	meeting: Meeting,
	items: Item[],
	notes: Note[],
	proposals: Proposal[],
	decisions: Decision[]
): Minutes {
	const agenda = agendaOf(meeting);
	const standing = decisions.filter(({ withdrawnAt }) => withdrawnAt === null);
	const entries = agenda.map((slot, i): MinutesEntry => {
		const item = items.find(({ slotId }) => slotId === slot.id);
		return {
			...{ number: i + 1, slot, item },
			notes: notes.filter(({ itemId, text }) => itemId === item?.id && text !== ''),
			proposals: proposals.filter((one) => one.itemId === item?.id && one.withdrawnAt === null),
			decisions: standing.filter(({ itemId }) => itemId === item?.id),
			spent: spentOn(slot)
		};
	});
	return {
		taken: entries
			.filter(({ slot }) => slot.takenAt !== null)
			.sort((one, other) => Date.parse(one.slot.takenAt ?? '') - Date.parse(other.slot.takenAt ?? '')),
		putOff: entries.filter(({ slot }) => slot.takenAt === null && slot.state === 'put-off'),
		decisions: standing
	};
}

/** Who was there, by organisation in the order in which each first came, and the guests. */
export function attendedBy({ attendance }: Pick<Meeting, 'attendance'>) {
	const bodies = new Map<string, Attendance[]>();
	for (const one of attendance)
		if (one.organisationId) bodies.set(one.organisationId, [...(bodies.get(one.organisationId) ?? []), one]);
	return { bodies: [...bodies], guests: attendance.filter(({ organisationId }) => !organisationId) };
}

/** Whole minutes, at least one. */
const spentOn = ({ takenAt, endedAt }: Slot) =>
	takenAt && endedAt ? Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(takenAt)) / 60_000)) : null;

/** What the lines of approved minutes say, as the rows that they were made of: names and circle as they were then. */
export function frozenOf(
	lines: readonly string[],
	{ circles, organisations }: { circles: readonly Circle[]; organisations: readonly Organisation[] }
) {
	const rows = lines.map((said) => JSON.parse(said) as Row);
	const head = rows.find(
		(row): row is Meeting & { organisations: Record<string, ShortNames> } => 'organisations' in row
	);
	const names = head?.organisations ?? {};
	return {
		rows,
		organisations: organisations.map((one) => ({ ...one, ...names[one.id] })),
		circles: circles.map((one) =>
			one.id === head?.circleId ? { ...one, organisationIds: Object.keys(names) } : one
		)
	};
}

type ShortNames = Pick<Organisation, 'shortRo' | 'shortEn'>;
