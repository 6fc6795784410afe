/** Text in pieces, those that were searched for told apart: a component draws them, and no HTML is made. */

import { fold } from '#lib/fold.ts';

export type Mark = { text: string; found?: true };

const words = /[\p{L}\p{M}\p{N}]+/gu;

/** Whether a word of a text is one that was typed, or another form of it. */
type IsTyped = (word: string) => boolean;

function typedWords(typed: string): IsTyped {
	const wanted = fold(typed).match(words) ?? [];
	return (word) => {
		const folded = fold(word);
		return wanted.some((one, i) => isForm(folded, one, i === wanted.length - 1));
	};
}

/** The database compares stems; endings of a few letters are near enough for drawing. */
function isForm(word: string, typed: string, last: boolean) {
	if (word === typed || (last && typed.length > 1 && word.startsWith(typed))) return true;
	let shared = 0;
	while (shared < typed.length && word[shared] === typed[shared]) shared++;
	const [typedEnd, wordEnd] = [typed.length - shared, word.length - shared];
	return (shared >= 4 && typedEnd <= 3 && wordEnd <= 5) || (shared === 3 && typedEnd <= 2 && wordEnd <= 2);
}

/** The whole text. */
export const marked = (text: string, typed: string): Mark[] => cut(text, typedWords(typed), 0, text.length);

export const hasFound = (marks: Mark[]) => marks.some(({ found }) => found);

const before = 60;

/** A piece of about `length` letters around the first word that was found; from the beginning where none is. */
export function excerpt(text: string, typed: string, length = 200): Mark[] {
	const isTyped = typedWords(typed);
	const first = [...text.matchAll(words)].find(([word]) => isTyped(word))?.index ?? 0;
	const from = first > before && text.length > length ? wordAfter(text, first - before) : 0;
	const to = from + length < text.length ? wordBefore(text, from + length) : text.length;
	const marks = cut(text, isTyped, from, to);
	return [...(from > 0 ? [{ text: '…' }] : []), ...marks, ...(to < text.length ? [{ text: '…' }] : [])];
}

function cut(text: string, isTyped: IsTyped, from: number, to: number): Mark[] {
	const marks: Mark[] = [];
	let at = from;
	for (const { 0: word, index } of text.matchAll(words)) {
		if (index < from || index + word.length > to || !isTyped(word)) continue;
		if (index > at) marks.push({ text: text.slice(at, index) });
		marks.push({ text: word, found: true });
		at = index + word.length;
	}
	if (at < to) marks.push({ text: text.slice(at, to) });
	return marks;
}

/** Where a word begins, from here on; a text without spaces is cut between two letters. */
function wordAfter(text: string, at: number) {
	const space = text.slice(at, at + before).search(/\s\S/);
	return space < 0 ? at : at + space + 1;
}

function wordBefore(text: string, at: number) {
	const space = text.slice(0, at).search(/\s+\S*$/);
	return space < at - before ? at : space;
}
