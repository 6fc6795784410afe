/** Finds the row of a table that names its columns, and which column is which. */

import { fold } from '#lib/fold.ts';
import type { Problem, Row } from './table.ts';

/**
 * A `key` column stands in every file and every row; a `needed` one in every file; the others may be absent.
 * `also`: what others call it.
 */
export type Column = { header: string; is?: 'key' | 'needed'; max: number; also?: string[] };
export type Columns<Name extends string> = Record<Name, Column>;

/** Field → its place in a row. */
export type Places<Name extends string> = Partial<Record<Name, number>>;

export type Header<Name extends string> = {
	/** Its place in the table; what stands above is a title. */
	at: number;
	row: number;
	titles: string[];
	places: Places<Name>;
	/** Columns that nothing is known of, by their place. */
	unmatched: number[];
	problems: Problem[];
};

/** How far down a header may stand. */
const searched = 25;

export const namesOf = (columns: Columns<string>): ReadonlySet<string> =>
	new Set(Object.values(columns).flatMap(({ header, also = [] }) => [header, ...also].map(fold)));

/**
 * @param remembered folded title → field, as somebody has said before; null for a column to pass over
 */
export function findHeader<Name extends string>(
	table: readonly Row[],
	columns: Columns<Name>,
	remembered: Readonly<Record<string, string | null>> = {}
): Header<Name> {
	const fields = Object.keys(columns) as Name[];
	const fieldOf = new Map<string, Name | null>();
	for (const field of fields)
		for (const name of [columns[field].header, ...(columns[field].also ?? [])])
			fieldOf.set(fold(name), field);
	for (const [title, field] of Object.entries(remembered))
		if (field === null || field in columns) fieldOf.set(title, field as Name | null);

	const known = ({ cells }: Row) => new Set(cells.flatMap((cell) => fieldOf.get(fold(cell)) ?? [])).size;
	const rows = table.slice(0, searched);
	const best = Math.max(0, ...rows.map(known));
	const at = Math.max(
		0,
		rows.findIndex((row) => known(row) === best)
	);
	const { row = 1, cells: titles = [] } = table[at] ?? {};

	const problems: Problem[] = [];
	const places: Places<Name> = {};
	const unmatched: number[] = [];
	for (const [place, title] of titles.entries()) {
		const field = fieldOf.get(fold(title));
		if (field === undefined && title.trim() !== '') unmatched.push(place);
		if (!field) continue;
		if (places[field] === undefined) places[field] = place;
		else problems.push({ row, column: columns[field].header, message: 'plan.repeated_column' });
	}
	for (const field of fields)
		if (columns[field].is && places[field] === undefined)
			problems.push({ row, column: columns[field].header, message: 'plan.missing_column' });
	const order = (problem: Problem) => fields.findIndex((field) => columns[field].header === problem.column);
	return { at, row, titles, places, unmatched, problems: problems.sort((a, b) => order(a) - order(b)) };
}
