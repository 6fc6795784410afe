/** For comparing: without case, diacritics, kinds of dashes and doubled spaces. */
export const fold = (words: string) =>
	words
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/\p{Pd}/gu, '-')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase();
