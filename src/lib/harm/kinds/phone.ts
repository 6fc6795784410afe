/** Telephones of persons and offices. Numbers for everybody (0800 …, 112, 119) are none. */

import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { gap, withoutPublic } from './digits.ts';

/** Whole groups of digits, with what people put between them and round the first: „(+40) 722-123.456”. */
const runs = new RegExp(String.raw`\+?\d(?:[()]?${gap}{0,3}[()]?\d)*`, 'gu');
const parts = new RegExp(String.raw`[()]|${gap}`, 'gu');

const everybodys: NumberType[] = ['TOLL_FREE', 'SHARED_COST', 'PREMIUM_RATE', 'UAN'];

export const hasPhone = (text: string) =>
	(withoutPublic(text).match(runs) ?? []).some((run) => {
		const groups = run.split(parts).filter(Boolean);
		return groups.some((_, start) => startsPhone(groups, start));
	});

/** A number begins and ends with a group: ten digits of a longer run are none. */
function startsPhone(groups: string[], start: number) {
	let digits = '';
	for (let next = start; next < groups.length && digits.length < 15; next++) {
		digits += groups[next];
		if (isPhone(digits)) return true;
	}
	return false;
}

function isPhone(digits: string) {
	if (/^0[237]\d{8}$/.test(digits)) return isOfSomebody(digits);
	if (/^(?:00|\+)?40[237]\d{8}$/.test(digits)) return isOfSomebody(`+${digits.replace(/^(?:00|\+)/, '')}`);
	return /^\+\d{8,15}$/.test(digits) && isOfSomebody(digits);
}

function isOfSomebody(digits: string) {
	const number = parsePhoneNumberFromString(digits, 'RO');
	return number !== undefined && number.isValid() && !everybodys.includes(number.getType());
}
