/** Files of prosecutors and courts: „dosar 1234/3/2024”, „nr. 512/P/2024”. */

import { asRead } from './digits.ts';

const slash = String.raw`\s?/\s?`;
const year = String.raw`(?:19|20)\d\d(?!\d)`;
const first = String.raw`(?<![\p{L}\d./-])\d{1,6}`;

/** With the prosecutor's letter: 512/P/2024, 44/D/P/2019, 12/P/II/2023. */
const prosecutors = new RegExp(
	String.raw`${first}(?:${slash}[A-Z]{1,3}\d?)*${slash}P(?:${slash}[A-Z]{1,3}\d?)*${slash}${year}`,
	'u'
);
/** As the courts number theirs: file, court, year. */
const courts = new RegExp(String.raw`${first}\*?${slash}\d{1,4}${slash}${year}`, 'gu');
/** Named as a file it is one, whatever its number looks like. */
const named = new RegExp(
	String.raw`(?<!\p{L})(?:dosar(?:e|ul|ului|ele|elor)?|cauz[aăe]i?|case|file)(?:\s+(?:penal[eăa]?|civil[eăa]?|criminal|court|file|cu))*` +
		String.raw`[\s:]*(?:(?:nr|no|num[aă]r(?:ul)?)[\s.:]*)?\d{1,6}\*?${slash}(?:[A-Z\d]{1,4}${slash})+${year}`,
	'iu'
);
const penal = new RegExp(
	String.raw`(?<!\p{L})(?:dosar\p{L}*\s+penal\p{L}*|criminal\s+(?:case|file))\s*(?:nr|no)?\.?\s*\d{1,6}${slash}${year}`,
	'iu'
);

export function hasCaseFile(text: string) {
	const words = asRead(text);
	return (
		prosecutors.test(words) ||
		named.test(words) ||
		penal.test(words) ||
		(words.match(courts) ?? []).some((number) => !isDay(number))
	);
}

/** „12/3/2024” by itself is a day. */
function isDay(number: string) {
	const [day, month] = number.replace(/[\s*]/g, '').split('/').map(Number);
	return (day ?? 0) <= 31 && (month ?? 0) <= 12;
}
