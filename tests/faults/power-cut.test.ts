import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Disk } from '../support/power-cut.ts';
import { seed, size } from '../support/results.ts';

const rounds = size('POWER_CUTS', 6, 25);
const mayTake = 60_000 + rounds * 30_000;

async function insertDisk() {
	const disk = await Disk.make();
	onTestFinished(() => disk.remove());
	return disk;
}

test('the disk of this test misses no change', async () => {
	const disk = await insertDisk();

	await disk.round({ seed, cut: 'writing', changes: 400, survival: 1 });
	expect(filesOf(disk.folder)).toEqual(filesOf(disk.before));
}, 60_000);

test(
	`${rounds} power cuts lose nothing that was acknowledged`,
	async () => {
		const disk = await insertDisk();

		const phases = await disk.cuts(rounds, seed);
		const saved = disk.acknowledged.reduce((sum, n) => sum + n, 0);
		const writing = phases.filter((phase) => phase === 'writing' || phase === 'closing').length;
		console.log(
			`B2: ${phases.length} power cuts, ${writing} of them while writing: ${saved} acknowledged transactions, ` +
				`0 lost, 0 failed openings (HORA_TEST_SEED=${seed})`
		);
		expect(phases).toHaveLength(rounds);
		expect(writing).toBeGreaterThanOrEqual(Math.floor(rounds / 2));
		expect(saved).toBeGreaterThan(rounds * 10);
	},
	mayTake
);

test.each([
	['PGlite as it comes', { opener: 'pglite' }],
	['a disk that ignores fsync', { flushes: false }]
] as const)(
	'the same with %s loses or does not open',
	async (name, how) => {
		const disk = await insertDisk();
		await disk.round({ seed, cut: 'never' });
		await disk.round({ ...how, seed, cut: 'never', survival: 1 }); // without a power cut it works

		const failure: unknown = await disk.cuts(12, seed, how).catch((error: unknown) => error);
		console.log(`B2, ${name}: ${String(failure)} (HORA_TEST_SEED=${seed})`);
		expect(failure).toBeInstanceOf(Error);
	},
	mayTake
);

/** Every file below a folder, with a hash of what is in it. */
function filesOf(folder: string): Record<string, string> {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
	return Object.fromEntries(
		names.map((name) => {
			const path = join(folder, name);
			return [
				name,
				statSync(path).isDirectory() ? '' : createHash('sha256').update(readFileSync(path)).digest('hex')
			];
		})
	);
}
