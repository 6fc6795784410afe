/** Finds Romanian personal numbers (CNP) in what people write, however they are spaced. */

/** What stands between the digits of a number: spaces (in an address a plus), dots, dashes, slashes, any number of them. */
const separator = String.raw`[\s+./\\\p{Pd}\u2212\u2044\u2215]`;
const separators = new RegExp(`${separator}+`, 'u');
const digitsApart = new RegExp(String.raw`\d(?:${separator}*\d)*`, 'gu');

/** Zero-width characters, soft hyphens and their like: there, but not seen. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/** A link within Hora carries such an id: its digits were drawn at random, and name nobody. */
const id = /([\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})/i;

const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];

export function containsCnp(text: string): boolean {
	return betweenIds(text).some((words) =>
		words.match(digitsApart)?.some((run) => hasCnp(run.split(separators)))
	);
}

/** Thirteen digits that begin with a birthday: a personal number with a slip in it looks the same. */
export const hasBirthNumber = (text: string) =>
	betweenIds(text).some((words) =>
		words.match(digitsApart)?.some((run) => {
			const groups = run.split(separators);
			return groups.some((_, start) => {
				const digits = thirteenFrom(groups, start);
				return digits.length === 13 && hasBirthday(digits);
			});
		})
	);

/** The text with the digits of personal numbers covered: it may go back to whoever typed it, the number may not. */
export const coverCnp = (text: string) =>
	ownWords(text)
		.split(id)
		.map((part) => (id.test(part) ? part : part.replace(digitsApart, cover)))
		.join('');

/** What an address asks, with personal numbers covered; nothing where it holds none. */
export function coveredQuery({ searchParams }: URL): string | undefined {
	const asked = [...searchParams];
	if (!asked.some((named) => named.some(containsCnp))) return undefined;
	return `?${new URLSearchParams(asked.map((named) => named.map(coverCnp)))}`;
}

const ownWords = (text: string) => text.normalize('NFKC').replace(unseen, '');
const betweenIds = (text: string) =>
	ownWords(text)
		.split(id)
		.filter((part) => !id.test(part));
const cover = (run: string) => (hasCnp(run.split(separators)) ? run.replace(/\d/g, '•') : run);

/**
 * Thirteen digits that are whole groups: „12/2024 - 1800101 700011” holds a personal number, because digits written
 * apart are not one longer number; thirteen of fourteen digits written together are none.
 */
const hasCnp = (groups: string[]) => groups.some((_, start) => isCnp(thirteenFrom(groups, start)));

function thirteenFrom(groups: string[], start: number) {
	let digits = '';
	for (let next = start; next < groups.length && digits.length < 13; next++) digits += groups[next];
	return digits;
}

/** The county is not looked at: numbers issued since 8 May 2024 carry 70. */
const isCnp = (digits: string) => digits.length === 13 && hasBirthday(digits) && hasChecksum(digits);

/** The century is in the first digit; residents (7, 8) and the contested 9 may be of any, 0 is nobody's. */
const centuries = [
	[],
	[1900],
	[1900],
	[1800],
	[1800],
	[2000],
	[2000],
	[1900, 2000],
	[1900, 2000],
	[1900, 2000]
];

function hasBirthday(digits: string) {
	const [year, month, day] = [1, 3, 5].map((at) => Number(digits.slice(at, at + 2))) as [
		number,
		number,
		number
	];

	// A day that the month does not have would fall into another month.
	return centuries[Number(digits[0])]?.some(
		(century) => new Date(Date.UTC(century + year, month - 1, day)).getUTCMonth() === month - 1
	);
}

function hasChecksum(digits: string) {
	const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0) % 11;
	return Number(digits[12]) === (sum === 10 ? 1 : sum);
}
