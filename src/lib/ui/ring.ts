/** The geometry of the ring: one segment for each organisation at the table, clockwise from twelve. */

import type { OrganisationKind } from '#lib/access/actor.ts';

/**
 * How a segment is drawn. full: leads, sees, is present · outline: partner · line: does not see, is absent; in a round
 * of positions what it says, and `waiting` where it is there and has not said it yet.
 */
export type Sign = 'full' | 'outline' | 'line' | 'support' | 'reservation' | 'abstain' | 'oppose' | 'waiting';

export type Seat = {
	id: string;
	kind: OrganisationKind;
	name: string;
	sign: Sign;
	/** The reader's own organisation: the blue segment. */
	own?: boolean;
	/** Has written in the last four weeks. */
	dot?: boolean;
	/** Is heard, and does not decide: a thinner segment. */
	thin?: boolean;
};

/** Size → thickness, gap, stroke. */
const sizes = {
	20: [3.75, 1, 1],
	24: [5, 1.25, 1.2],
	28: [5.75, 1.5, 1.25],
	40: [7, 2, 1.25],
	64: [10, 2, 1.5],
	96: [14, 2.5, 1.5],
	120: [16, 3, 1.5],
	200: [20, 3, 1.5],
	320: [24, 4, 2],
	460: [40, 6, 3]
} as const;

export type RingSize = keyof typeof sizes;

export type Segment = {
	id: string;
	name: string;
	own: boolean;
	sign: Sign;
	path: string;
	/** The middle of the segment, in radians from twelve; places a label. */
	angle: number;
	dot: { x: number; y: number; r: number } | null;
	/** The bar that says no, across a segment that opposes. */
	bar: { path: string; width: number } | null;
};

/** The four groups of kinds, in the order of the table. */
export const kindGroups = ['parliament', 'state', 'ngo', 'foreign'] as const;
export type KindGroup = (typeof kindGroups)[number];

const groupOf: Record<OrganisationKind, KindGroup> = {
	parliament: 'parliament',
	ministry: 'state',
	agency: 'state',
	ngo: 'ngo',
	embassy: 'foreign',
	international: 'foreign'
};

/** Whatever has a kind, parted into the four groups; inside a group the given order stays. */
export const byGroup = <T extends { kind: OrganisationKind }>(list: readonly T[]) =>
	kindGroups
		.map((group) => ({ group, members: list.filter(({ kind }) => groupOf[kind] === group) }))
		.filter(({ members }) => members.length > 0);

/** Between two kinds the gap grows by this much of itself. */
const wider = 1.6;
/** No gap takes more of a segment's share than this. */
const widest = 0.3;
/** Below this many pixels a segment is no longer seen: one arc per kind instead. */
const thinnest = 2.5;
const turn = 2 * Math.PI;

export function ring(seats: readonly Seat[], size: RingSize): { stroke: number; segments: Segment[] } {
	const [thickness, , stroke] = sizes[size];
	const groups = byGroup(seats);
	const crowded = (turn * size) / 2 / seats.length < thinnest || (seats.length > 24 && size <= 28);
	if (seats.length === 0) return { stroke, segments: [] };

	const radius = size / 2;
	const middle = radius - thickness / 2;
	const slots = crowded ? groups.length : seats.length;
	const gap = Math.min(sizes[size][1], (widest * turn * middle) / slots);
	const between = groups.length > 1 ? (wider * gap) / middle : 0;
	const room = turn - between * groups.length;
	const point = at(radius);

	/** From one angle to another, with parallel sides, inset by half the stroke. */
	function shape(from: number, to: number, thin = false) {
		const outer = radius - stroke / 2;
		const inner = radius - (thin ? thickness / 2 : thickness) + stroke / 2;
		const cut = (gap + stroke) / 2;
		const [a, b] = trimmed(from, to, cut / outer);
		const [c, d] = trimmed(from, to, cut / inner);
		return (
			`M${point(outer, a)}A${outer} ${outer} 0 ${b - a > Math.PI ? 1 : 0} 1 ${point(outer, b)}` +
			`L${point(inner, d)}A${inner} ${inner} 0 ${d - c > Math.PI ? 1 : 0} 0 ${point(inner, c)}Z`
		);
	}

	function line(from: number, to: number, trim = (gap + stroke) / 2 / middle) {
		const [a, b] = trimmed(from, to, trim);
		return `M${point(middle, a)}A${middle} ${middle} 0 ${b - a > Math.PI ? 1 : 0} 1 ${point(middle, b)}`;
	}

	function spot(angle: number) {
		const [x, y] = point(radius - 1.42 * thickness, angle)
			.split(' ')
			.map(Number) as [number, number];
		return { x, y, r: Math.max(1.2, size / 60) };
	}

	const segment = (seat: Omit<Seat, 'kind'>, from: number, to: number): Segment => ({
		id: seat.id,
		name: seat.name,
		own: seat.own ?? false,
		sign: seat.sign,
		path: seat.sign === 'line' ? line(from, to) : shape(from, to, seat.thin),
		angle: (from + to) / 2,
		dot: seat.dot && size >= 40 ? spot((from + to) / 2) : null,
		bar:
			seat.sign === 'oppose'
				? { path: line(from, to, 0.28 * (to - from)), width: round(0.16 * thickness) }
				: null
	});

	/** One arc per kind: outlined over its whole length, filled as far as it is full, ours in it. */
	function arc(members: readonly Seat[], from: number, to: number): Segment[] {
		const id = members[0]!.id;
		const name = members.map((seat) => seat.name).join(', ');
		const full = members.filter((seat) => seat.sign === 'full').length;
		const share = (to - from) / members.length;
		const drawn = [segment({ id, name, sign: 'outline' }, from, to)];
		if (full > 0) drawn.push(segment({ id: id + '-full', name, sign: 'full' }, from, from + full * share));

		const ours = members.find((seat) => seat.own);
		if (ours) {
			const ahead = members.filter((seat) => seat.sign === 'full' && !seat.own).length;
			const slot = Math.min(to - from, Math.max(share, (thinnest + gap + stroke) / middle));
			const start = Math.min(to - slot, from + (ours.sign === 'full' ? ahead : full) * share);
			drawn.push(segment({ ...ours, id: ours.id + '-own', dot: false }, start, start + slot));
		}
		return drawn;
	}

	// A kind of one or two is still seen beside a kind of thirty.
	const least = crowded ? (gap + stroke + thinnest) / middle : 0;
	const shares = groups.map(({ members }) => Math.max(least, (room * members.length) / seats.length));
	const whole = shares.reduce((sum, share) => sum + share, 0);

	let angle = between / 2;
	const segments = groups.flatMap(({ members }, index) => {
		const from = angle;
		const length = (shares[index]! * room) / whole;
		const share = length / members.length;
		angle += length + between;
		return crowded
			? arc(members, from, from + length)
			: members.map((seat, place) => segment(seat, from + place * share, from + (place + 1) * share));
	});
	return { stroke, segments };
}

/** Trimmed at both ends; what is too short for that shrinks to its middle and stays visible. */
function trimmed(from: number, to: number, by: number): [number, number] {
	const half = Math.max((to - from) / 2 - by, 0.01);
	const centre = (from + to) / 2;
	return [centre - half, centre + half];
}

/** A point at a radius and an angle, as SVG writes it. */
const at = (centre: number) => (radius: number, angle: number) =>
	`${round(centre + radius * Math.sin(angle))} ${round(centre - radius * Math.cos(angle))}`;

const round = (value: number) => Math.round(value * 100) / 100;

/** Where the name of a segment stands, outside the circle and anchored away from it. */
export function label(angle: number, size: RingSize, em: number) {
	const upright = Math.cos(angle);
	const pole = Math.abs(upright) > 0.9;
	const right = Math.sin(angle) >= 0;
	const radius = size / 2 + 0.75 * em;
	const nearer = pole ? 0.5 * em * (right ? -1 : 1) : 0;
	const drop = pole ? (upright > 0 ? 0 : 0.7 * em) : 0.35 * em;
	return {
		x: round(size / 2 + radius * Math.sin(angle) + nearer),
		y: round(size / 2 - radius * upright + drop),
		anchor: right ? ('start' as const) : ('end' as const)
	};
}
