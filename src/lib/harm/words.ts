/** What people write, made sound before it is kept. Messages are keys, and never repeat what was written. */

import { z } from 'zod';
import { containsCnp } from './cnp.ts';
import { type Kind, plausibleIn } from './plausible.ts';

type Limits = {
	max: number;
	/** 0 lets the field stay empty. */
	min?: number;
	multiline?: boolean;
};

/** The one schema helper for words that people write. */
export const text = ({ max, min = 1, multiline = false }: Limits) =>
	z
		.string({ error: ({ input }) => (input == null ? 'words.required' : 'words.not_text') })
		.refine((raw) => raw.isWellFormed(), { error: 'words.not_text', abort: true })
		.transform((raw) => commaBelow(raw).replace(lineEnds, '\n').trim())
		.superRefine((words, context) => {
			const refuse = (message: string) => context.addIssue({ code: 'custom', message });

			if ((multiline ? unwritableInLines : unwritable).test(words)) refuse('words.not_text');
			else if (words.replace(unseen, '').length < min) refuse('words.required');
			else if (words.length > max) refuse('words.too_long');
			else if (containsCnp(words)) refuse('words.personal_number');
			else if (!passing) for (const kind of plausibleIn(words)) refuse(warningOf(kind));
		});

/**
 * A finding that whoever wrote it may confirm is said like a fault, under a key of its own; while warnings pass it is
 * not said at all. A schema parses at once, so nothing of another request comes in between.
 */
const warningOf = (kind: Kind) => `words.plausible_${kind}`;
export const warnedOf = (key: string) => /^words\.plausible_([a-z_]+)$/.exec(key)?.[1];

let passing = false;

export function passWarnings<T>(parse: () => T): T {
	passing = true;
	try {
		return parse();
	} finally {
		passing = false;
	}
}

/** Why what was warned of identifies nobody. It does not repeat it. */
export const confirmation = text({ max: 500, min: 0, multiline: true }).refine(
	(reason) => reason.length >= 10,
	'confirm.too_short'
);

/** For words that may be left out: an empty field is an answer. */
export const optionalText = (limits: Omit<Limits, 'min'>) => text({ ...limits, min: 0 });

const lineEnds = /\r\n?|[\u2028\u2029]/g;
const unwritable = /\p{Cc}/u;
const unwritableInLines = /[^\P{Cc}\n\t]/u;
/** A title of zero-width characters looks empty, so it counts as empty. */
const unseen = /[\p{Default_Ignorable_Code_Point}\s]/gu;

/**
 * ş ţ with cedilla, which many pages carry, become ș ț with comma below. Unicode does not unify them. Taken apart
 * first, so that a letter followed by a combining cedilla is met too; what comes back is in NFC.
 */
export const commaBelow = (words: string) =>
	words
		.normalize('NFD')
		.replace(/[sStT]\p{M}+/gu, (letter) => letter.replaceAll('\u0327', '\u0326'))
		.normalize('NFC');
