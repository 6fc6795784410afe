/** How the kinds look at digits: as people read them, however they were typed. */

/** Zero-width characters, soft hyphens and their like: there, but not seen. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

export const asRead = (text: string) => text.normalize('NFKC').replace(unseen, '');

/** A link and an id of Hora's own hold digits that name nobody; what stands on both sides of one is not one number. */
const links = /https?:\/\/\S+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** A day, or a day of the year before it: without this „02.10.2024 – 05.10.2024” would be a telephone in Bucharest. */
const days = /(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?!\d)/g;

/** Acts and bills: their numbers are public. */
const acts = new RegExp(
	String.raw`(?<![\p{L}\d])(?:leg(?:e|ea|ii)|o\.?\s?u\.?\s?g\.?|o\.?\s?g\.?|h\.?\s?g\.?|h\.?\s?p\.?|hot[aă]r[aâ]r(?:e|ea|ii)` +
		String.raw`|ordonan[tț][aăe]i?(?: de urgen[tț][aă])?|ordin(?:ul)?|decizi[ae]i?|law|decision|ordinance|directiv[aăe]i?` +
		String.raw`|regulament(?:ul)?|regulation|pl-?\s?x|bpi|[ble])\s*(?:nr\.?|no\.?|\((?:ue|eu|ce|ec)\))?\s*\d{1,5}\s*/\s*(?:\d{1,2}\.\d{1,2}\.)?\d{4}`,
	'giu'
);

/** What is left to look at, with a mark that no number reaches across where a link, a day or an act stood. */
export const withoutPublic = (text: string) =>
	asRead(text).replace(links, '|').replace(acts, '|').replace(days, '|');

/** What stands between the digits of one number. */
export const gap = String.raw`[\s./\\\p{Pd}\u2212\u2044\u2215]`;
