/** Invented personal numbers, written in all the ways that people have found. Apart from the code that finds them. */

import { oneOf, randomFrom } from './results.ts';

const gaps = [
	...['', '', '', ' ', '.', '-', '/', '\u00a0', '\u200b', '\u200d', '\ufeff', '\u2060', '\u2013', '\u2011'],
	...['\u202f', '\u00ad', ' - ', ' \u200b. ', '  ', '. ']
];
const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];

/** So many valid numbers: born on days that every month has, spaced and in full width here and there. */
export function disguisedNumbers(seed: number, count: number): string[] {
	const random = randomFrom(seed);
	const below = (limit: number) => Math.floor(random() * limit);
	const pad = (number: number, width: number) => String(number).padStart(width, '0');

	return Array.from({ length: count }, () => {
		const birth = `${1 + below(8)}${pad(below(100), 2)}${pad(1 + below(12), 2)}${pad(1 + below(28), 2)}`;
		const twelve = birth + pad(below(100_000), 5);
		const sum = weights.reduce((total, weight, place) => total + weight * Number(twelve[place]), 0) % 11;
		const wide = random() < 0.3;
		const spaced = random() < 0.8;
		return [...twelve, String(sum === 10 ? 1 : sum)]
			.map((digit, place) => {
				const shown = wide && random() < 0.5 ? String.fromCharCode(0xff10 + Number(digit)) : digit;
				return place === 12 || !spaced ? shown : shown + oneOf(random, gaps);
			})
			.join('');
	});
}
