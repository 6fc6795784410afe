/** Bank accounts. */

import { countrySpecs, isValidIBAN } from 'ibantools';
import { asRead } from './digits.ts';

const starts = /(?<![\p{L}\d])[a-z]{2}\d{2}(?=[\s.\p{Pd}]{0,3}[a-z\d])/giu;
/** A Romanian one with a wrong digit is still somebody's account. */
const romanian = /^RO\d{2}[A-Z]{4}(?=(?:[A-Z]*\d){8})[A-Z\d]{16}$/;

export function hasIban(text: string) {
	const words = asRead(text).toUpperCase();
	return [...words.matchAll(starts)].some(({ 0: start, index }) => {
		const length = countrySpecs[start.slice(0, 2)]?.chars;
		const account = length && signs(words.slice(index, index + 140), length);
		return typeof account === 'string' && (isValidIBAN(account) || romanian.test(account));
	});
}

/** So many letters and digits from the start on, with spaces, dots or dashes between them; nothing where there are fewer, or more in one piece. */
function signs(words: string, length: number): string | undefined {
	const [found] =
		new RegExp(String.raw`^[A-Z\d](?:[\s.\p{Pd}]{0,3}[A-Z\d]){${length - 1}}(?![A-Z\d])`, 'u').exec(words) ??
		[];
	return found?.replace(/[^A-Z\d]/g, '');
}
