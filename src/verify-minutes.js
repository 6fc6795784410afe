/** `npm run minutes:verify FILE [SEAL]`: does a print's companion file say what was sealed? */

import { readFileSync } from 'node:fs';
import { verify } from './lib/meetings/seal.js';

const [file, printed] = process.argv.slice(2);
if (!file) end('Usage: npm run minutes:verify FILE [SEAL]');

const faults = {
	'not-minutes': () => 'It is no file of minutes.',
	line: (/** @type {number} */ line) => `Line ${line} says something else than what was sealed.`,
	seal: () => 'A line is missing, was added, or stands elsewhere.',
	other: () => 'It is whole, but it is not what was printed with that seal.'
};

const verdict = verify(read(file), printed);
if (!verdict.ok) end(faults[verdict.fault](verdict.line ?? 0));
else {
	const { seal, readable, hidden } = verdict;
	console.log(`As sealed: ${readable} lines can be read, ${hidden} are restricted.\nSeal ${seal}`);
	if (!printed) console.log('Compare it with the seal that stands on the print.');
}

/** @param {string} path */
function read(path) {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
}

/** @param {string} words @returns {never} */
function end(words) {
	console.error(words);
	process.exit(1);
}
