/** Finds what is nearly worded alike, without holding each against each. */

import { fold } from '#lib/fold.ts';

const enough = 0.6;

/** „linie” and „linia” are one word: endings are left away. */
const stem = (word: string) => word.slice(0, Math.min(6, Math.max(3, word.length - 2)));
const wordsIn = (title: string) => new Set((fold(title).match(/[\p{L}\d]{3,}/gu) ?? []).map(stem));

/** A finder among titles; each answer says how near it is, 1 being the same words. */
export function nearest<T>(among: readonly T[], titleOf: (one: T) => string) {
	const words = among.map((one) => wordsIn(titleOf(one)));
	const holding = new Map<string, number[]>();
	words.forEach((of, at) => of.forEach((word) => holding.set(word, [...(holding.get(word) ?? []), at])));

	return (title: string, free: (one: T) => boolean = () => true): T | undefined => {
		const asked = wordsIn(title);
		const common = new Map<number, number>();
		for (const word of asked)
			for (const at of holding.get(word) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
		let best: { one: T; near: number } | undefined;
		for (const [at, count] of common) {
			const near = (2 * count) / (asked.size + words[at]!.size);
			if (near >= enough && near > (best?.near ?? 0) && free(among[at]!)) best = { one: among[at]!, near };
		}
		return best?.one;
	};
}
