/** Power cuts in a row on one disk: each round opens what the one before has left. */

import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Round } from './power-round.js';

export type Phase = 'opening' | 'checking' | 'writing' | 'closing' | 'closed';
type Left = { phase: Phase; acknowledged: number[] };

const script = fileURLToPath(new URL('power-round.js', import.meta.url));
const roundMayTake = 30_000;

/** Until how many changes the power goes: a first opening makes about so many, a later one, a round's writing. */
const changes = { firstOpening: 4000, opening: 120, writing: 1500 };

/** A disk to cut the power of, in a folder of its own. */
export class Disk {
	/** By writer: how many transactions it was told are saved. */
	acknowledged: number[] = [];
	readonly folder: string;
	/** What the last round saw and made, all pieces included. */
	readonly before: string;

	private constructor(private readonly place: string) {
		this.folder = join(place, 'disk');
		this.before = join(place, 'before');
	}

	static async make() {
		const disk = new Disk(await mkdtemp(join(tmpdir(), 'hora-power-')));
		await mkdir(disk.folder);
		return disk;
	}

	/** Opens, checks, writes; the disk is then as the cut has left it. Throws what is lost, or why nothing opens. */
	async round(round: Pick<Round, 'seed' | 'cut'> & Partial<Round>): Promise<Phase> {
		const after = join(this.place, 'after');
		const scratch = join(this.place, 'scratch');
		const left = await run({
			changes: 0,
			opener: 'hora',
			flushes: true,
			survival: 0.5,
			...round,
			folder: this.folder,
			after,
			scratch,
			acknowledged: this.acknowledged
		});
		this.acknowledged = left.acknowledged;

		await rm(scratch, { recursive: true });
		await rm(this.before, { recursive: true, force: true });
		await rename(this.folder, this.before);
		await rename(after, this.folder);
		return left.phase;
	}

	/** So many cuts, the first two and every fourth while opening, and one more look after the last. */
	async cuts(
		rounds: number,
		seed: number,
		how: Partial<Pick<Round, 'opener' | 'flushes'>> = {}
	): Promise<Phase[]> {
		const phases: Phase[] = [];
		for (let i = 0; i < rounds; i++) {
			const cut = i < 2 || i % 4 === 0 ? 'opening' : 'writing';
			const most = cut === 'opening' && this.acknowledged.length === 0 ? changes.firstOpening : changes[cut];
			phases.push(await this.round({ ...how, seed: seed + i, cut, changes: 1 + (scatter(seed + i) % most) }));
		}
		await this.round({ ...how, seed, cut: 'never' });
		return phases;
	}

	async remove() {
		await rm(this.place, { recursive: true, force: true });
	}
}

/** Far apart for seeds that are neighbours. */
const scatter = (seed: number) => (Math.imul(seed ^ (seed >>> 16), 0x9e3779b1) >>> 8) & 0xffffff;

/** In a process of its own: a broken engine may spin for ever, and cannot hurt who asks. */
function run(round: Round): Promise<Left> {
	return new Promise((done, failed) => {
		const child = spawn(process.execPath, [script, JSON.stringify(round)], {
			stdio: ['ignore', 'pipe', 'pipe']
		});
		const timer = setTimeout(() => child.kill('SIGKILL'), roundMayTake);
		let said = '';
		let complained = '';
		child.stdout.on('data', (part) => (said += part));
		child.stderr.on('data', (part) => (complained += part));
		child.on('close', (code, signal) => {
			clearTimeout(timer);
			if (code === 0) done(JSON.parse(said));
			else failed(new Error(signal ? `nothing within ${roundMayTake / 1000} s` : complained.slice(0, 500)));
		});
	});
}
