/**
 * How much the tests of safety try, and where they say so. `SAFETY_SIZE=full` (npm run test:safety) takes the sizes
 * of a commit and a seed of the day; else each tries a small part with one seed, so that it stays quick.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { seed as seedOfTheDay } from './results.ts';

export const full = process.env.SAFETY_SIZE === 'full';
export const seed = full ? seedOfTheDay : 5;

/** Cases of each test: [full, small]. A test that runs fewer has failed. */
const sizes = {
	A1: [10_000, 160],
	A3: [600, 60],
	A4: [200, 20],
	A5: [200, 10],
	A6: [900, 300],
	A7: [2000, 80],
	A8: [6000, 60],
	D1: [40_000, 800],
	D2: [1200, 100],
	D3: [300, 60],
	D5: [10_000, 160],
	E1: [1000, 20]
} as const;

export const casesOf = (test: keyof typeof sizes): number => sizes[test][full ? 0 : 1];

/** What a test has tried: a row of the table that the command prints. Fewer cases than were due is a failure. */
export function tried(
	test: string,
	what: string,
	{ cases, due = 1, ...figures }: { cases: number; due?: number; [figure: string]: unknown }
) {
	const file = `${test} ${what}`.replace(/[^\w]+/g, '-');
	mkdirSync('tests/results/safety', { recursive: true });
	writeFileSync(
		`tests/results/safety/${file}.json`,
		`${JSON.stringify({ test, what, cases, due, seed, figures, failed: cases < due }, null, '\t')}\n`
	);
	expect(cases, `${test}: cases that ran`).toBeGreaterThanOrEqual(due);
}
