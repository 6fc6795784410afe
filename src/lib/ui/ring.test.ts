import { expect, test } from 'vitest';
import type { OrganisationKind } from '#lib/access/actor.ts';
import { label, ring, type RingSize, type Seat, type Sign } from './ring.ts';

const table: [OrganisationKind, number][] = [
	['parliament', 1],
	['ministry', 6],
	['agency', 4],
	['ngo', 6],
	['embassy', 1]
];

const seats = (kinds: [OrganisationKind, number][], sign: Sign = 'full'): Seat[] =>
	kinds.flatMap(([kind, count]) =>
		Array.from({ length: count }, (_, index) => ({
			id: `${kind}${index}`,
			kind,
			name: `${kind} ${index}`,
			sign
		}))
	);

const numbers = (path: string) => path.match(/-?[\d.]+/g)!.map(Number);

/** The same drawing, to three hundredths of a pixel. */
function expectDrawn(path: string, mock: string) {
	expect(path.replace(/[\d.-]+/g, '')).toBe(mock.replace(/[\d.-]+/g, ''));
	const drawn = numbers(path);
	numbers(mock).forEach((value, index) => expect(Math.abs(drawn[index]! - value)).toBeLessThan(0.03));
}

/** Paths as the approved drawings have them. */
test('the whole table of eighteen, at 20 pixels', () => {
	const { segments, stroke } = ring(seats(table), 20);
	expect(stroke).toBe(1);
	expect(segments).toHaveLength(18);
	expectDrawn(
		segments[0]!.path,
		'M11.71 0.66A9.5 9.5 0 0 1 12.79 0.92L11.73 3.47A6.75 6.75 0 0 0 11.48 3.41Z'
	);
	expectDrawn(
		segments[1]!.path,
		'M15.83 2.5A9.5 9.5 0 0 1 16.66 3.23L14.54 5.01A6.75 6.75 0 0 0 14.35 4.84Z'
	);
	expectDrawn(segments[17]!.path, 'M7.21 0.92A9.5 9.5 0 0 1 8.29 0.66L8.52 3.41A6.75 6.75 0 0 0 8.27 3.47Z');
});

test('three who answer for a measure, at 96 pixels, with their dots', () => {
	const three: Seat[] = [
		{ id: 'b', kind: 'ministry', name: 'Min. B', sign: 'full', own: true, dot: true },
		{ id: 'x', kind: 'ngo', name: 'ONG A', sign: 'outline', dot: true },
		{ id: 'y', kind: 'ngo', name: 'ONG B', sign: 'outline' }
	];
	const [lead, partner, silent] = ring(three, 96).segments;
	expectDrawn(
		lead!.path,
		'M52.3 0.95A47.25 47.25 0 0 1 90.23 69.19L79.29 63.11A34.75 34.75 0 0 0 51.69 13.45Z'
	);
	expectDrawn(
		partner!.path,
		'M85.69 76.49A47.25 47.25 0 0 1 7.71 72.68L18.65 66.6A34.75 34.75 0 0 0 75.4 69.37Z'
	);
	expect(lead!.own).toBe(true);
	expect(lead!.dot!.x).toBeCloseTo(72.58, 1);
	expect(lead!.dot!.y).toBeCloseTo(34.34, 1);
	expect(silent!.dot).toBeNull();
});

test('one alone makes a ring with one gap; dots need 40 pixels', () => {
	const alone = seats([['ministry', 1]]).map((seat) => ({ ...seat, dot: true }));
	const [only] = ring(alone, 28).segments;
	expectDrawn(only!.path, 'M15.37 0.7A13.38 13.38 0 1 1 12.63 0.7L12.63 5.23A8.88 8.88 0 1 0 15.37 5.23Z');
	expect(only!.dot).toBeNull();
	expect(ring(alone, 40).segments[0]!.dot).not.toBeNull();
});

test('who does not see is a line in the middle of the ring', () => {
	const some = seats(table).map((seat): Seat => (seat.kind === 'ngo' ? { ...seat, sign: 'line' } : seat));
	const ngo = ring(some, 20).segments.find((segment) => segment.id === 'ngo0')!;
	expectDrawn(ngo.path, 'M4.05 15.54A8.12 8.12 0 0 1 3.61 15.02');
});

test('the order is that of the table, whatever the order given', () => {
	const { segments } = ring(seats([...table].reverse()), 40);
	expect(segments.map(({ id }) => id)).toEqual(
		[
			...seats([['parliament', 1]]),
			...seats([['agency', 4]]),
			...seats([['ministry', 6]]),
			...seats([['ngo', 6]]),
			...seats([['embassy', 1]])
		].map(({ id }) => id)
	);
});

test('a crowd on a small ring becomes one arc per kind, filled as far as it sees, ours still blue', () => {
	const crowd = seats([
		['parliament', 1],
		['ministry', 26],
		['ngo', 10],
		['embassy', 6]
	]).map((seat): Seat => {
		const sign = seat.kind === 'embassy' || (seat.kind === 'ngo' && Number(seat.id.slice(3)) > 1);
		return { ...seat, sign: sign ? 'line' : 'full', own: seat.id === 'ministry3' };
	});
	const { segments } = ring(crowd, 28);
	expect(segments.map(({ sign }) => sign)).toEqual([
		'outline',
		'full',
		'outline',
		'full',
		'full',
		'outline',
		'full',
		'outline'
	]);
	expect(segments.filter(({ own }) => own)).toHaveLength(1);
	expect(segments.at(-1)!.name).toContain('embassy 5');
	expect(ring(crowd, 120).segments).toHaveLength(43);
	expect(ring(crowd.slice(0, 24), 28).segments).toHaveLength(24);
});

test('no number is ever missing, for any size and any table up to two hundred', () => {
	const all: RingSize[] = [20, 24, 28, 40, 64, 96, 120, 200, 320, 460];
	for (const size of all)
		for (let count = 1; count <= 200; count += 7)
			for (const { path } of ring(
				seats(
					[
						['ministry', count],
						['ngo', 1]
					],
					'outline'
				),
				size
			).segments)
				expect(path).not.toMatch(/NaN|Infinity/);
	expect(ring([], 40).segments).toEqual([]);
});

test('labels stand outside, anchored away from the circle', () => {
	const [first, second] = ring(seats(table), 320).segments;
	expect(label(first!.angle, 320, 14)).toEqual({ x: 185.43, y: -7.39, anchor: 'start' });
	const beside = label(second!.angle, 320, 14);
	expect(beside.x).toBeCloseTo(252.59, 1);
	expect(beside.y).toBeCloseTo(21.73, 1);
	expect(label(Math.PI * 1.5, 320, 14).anchor).toBe('end');
});
