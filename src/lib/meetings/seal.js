/**
 * The seal of minutes: over the hashes of all their lines, so that every reader's print carries the same one, whatever
 * it may show. Plain JavaScript, for whoever checks a file without Hora being built. The database makes seals in the same
 * way (`seal_minutes`).
 */

import { createHash } from 'node:crypto';

export const format = 'hora-minutes-1';

/**
 * A print's companion: of the lines that its readers may read what they say and the salt that they were hashed with, of
 * the others the hash alone.
 * @typedef {{ hash: string, salt?: string, said?: string }} SealedLine
 * @typedef {{ format: string, meeting: string, version: number, seal: string, lines: SealedLine[] }} SealedMinutes
 */

/**
 * What is wrong with a file. `not-minutes`: it is none · `line`: a line says something else than was sealed · `seal`: a
 * line is missing, added, or stands elsewhere · `other`: it is whole, and not what was printed.
 * @typedef {{ ok: true, readable: number, hidden: number, seal: string }
 *   | { ok: false, fault: 'not-minutes' | 'line' | 'seal' | 'other', line?: number }} Verdict
 */

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** @param {{ salt: string, said: string }} line */
export const hashOf = ({ salt, said }) => sha256(`${salt}\n${said}`);

/** @param {Pick<SealedMinutes, 'meeting' | 'version'>} minutes @param {string[]} hashes */
export const sealOf = ({ meeting, version }, hashes) =>
	sha256([format, meeting, version, ...hashes].join('\n'));

/**
 * @param {unknown} given a companion file, parsed
 * @param {string} [printed] the seal as it stands on paper; without it a file that was sealed anew passes
 * @returns {Verdict}
 */
export function verify(given, printed) {
	if (!isMinutes(given)) return { ok: false, fault: 'not-minutes' };
	for (const [i, { hash, salt, said }] of given.lines.entries())
		if (salt !== undefined && said !== undefined && hashOf({ salt, said }) !== hash)
			return { ok: false, fault: 'line', line: i + 1 };
	const seal = sealOf(
		given,
		given.lines.map(({ hash }) => hash)
	);
	if (seal !== given.seal) return { ok: false, fault: 'seal' };
	if (printed && printed.trim().toLowerCase() !== seal) return { ok: false, fault: 'other' };
	const readable = given.lines.filter(({ said }) => said !== undefined).length;
	return { ok: true, readable, hidden: given.lines.length - readable, seal };
}

/**
 * @param {unknown} given
 * @returns {given is SealedMinutes}
 */
function isMinutes(given) {
	if (typeof given !== 'object' || given === null) return false;
	const { format: named, meeting, version, seal, lines } = /** @type {Partial<SealedMinutes>} */ (given);
	return (
		named === format &&
		typeof meeting === 'string' &&
		Number.isInteger(version) &&
		typeof seal === 'string' &&
		Array.isArray(lines) &&
		lines.every(isLine)
	);
}

/** Whole or hidden: a line with half of it is neither. @param {unknown} line */
function isLine(line) {
	if (typeof line !== 'object' || line === null) return false;
	const { hash, salt, said } = /** @type {Partial<SealedLine>} */ (line);
	return (
		typeof hash === 'string' && typeof salt === typeof said && ['string', 'undefined'].includes(typeof said)
	);
}
