/** What may identify somebody: a warning, since it may also be a number that everybody knows. Server only, by its libraries. */

import { hasBirthNumber } from './cnp.ts';
import { hasCaseFile } from './kinds/case-file.ts';
import { hasPrivateEmail } from './kinds/email.ts';
import { hasIban } from './kinds/iban.ts';
import { hasPhone } from './kinds/phone.ts';

const finders = {
	/** Thirteen digits with a birthday, of which the last does not fit. */
	birth_number: hasBirthNumber,
	phone: hasPhone,
	iban: hasIban,
	email: hasPrivateEmail,
	case_file: hasCaseFile
};

export type Kind = keyof typeof finders;
export const kinds = Object.keys(finders) as Kind[];

/** The kinds of identifier that these words may hold, never what was found. */
export const plausibleIn = (words: string): Kind[] =>
	/[\d@]|\bat\b/iu.test(words.normalize('NFKC')) ? kinds.filter((kind) => finders[kind](words)) : [];
