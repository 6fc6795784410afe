/** Sizes, seeds and figures of the tests of reliability: each claim is a number in tests/results. */

import { mkdirSync, writeFileSync } from 'node:fs';

/** Every case of every test, as `HORA_TEST_SIZE=full npm test` asks: hours of a machine, not minutes. */
export const inFull = process.env.HORA_TEST_SIZE === 'full';

/**
 * How many cases a test runs: those that fit into the time of every `npm test`, the full number, or another by
 * `HORA_TEST_<NAME>`.
 */
export function size(name: string, usual: number, full = usual): number {
	const given = process.env[`HORA_TEST_${name}`];
	if (given === undefined) return inFull ? full : usual;
	if (!/^[1-9]\d*$/.test(given)) throw new Error(`HORA_TEST_${name} is "${given}": give a whole number.`);
	return Number(given);
}

/** Of this run; `HORA_TEST_SEED` repeats another. */
export const seed = size('SEED', (Date.now() % 1_000_000) + 1);

/** Numbers from 0 to 1 that the same seed gives again (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export const oneOf = <T>(random: () => number, values: readonly T[]) =>
	values[Math.floor(random() * values.length)] as T;

/** In another order, every order as likely. */
export function shuffled<T>(random: () => number, values: readonly T[]): T[] {
	const mixed = [...values];
	for (let last = mixed.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
	}
	return mixed;
}

export const delay = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** The value below which that share of them lies; of few values the largest. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
}

const kept: Record<string, Record<string, unknown>> = {};

/** Prints the figures of a test and keeps them in `tests/results/<file>.json`, with the seed. */
export function keep(file: string, test: string, figures: Record<string, unknown>) {
	kept[file] = { ...kept[file], seed, [test]: figures };
	mkdirSync('tests/results', { recursive: true });
	writeFileSync(`tests/results/${file}.json`, `${JSON.stringify(kept[file], null, '\t')}\n`);
	const said = Object.entries(figures).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
	console.log(`${file}, ${test}: ${said.join(' · ')} · seed ${seed}`);
}
