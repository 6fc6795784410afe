/** How the boxes of a Picker come through a form: `leads.<id>`, and `leads-first` for the one that goes before. */

/** What was chosen, in the order of the page, the first one first; of a conflict without scripts what shall stay. */
export function picked(fields: Record<string, string>, name: string): string[] {
	const ids = Object.keys(fields)
		.filter((field) => field.startsWith(`${name}.`))
		.map((field) => field.slice(name.length + 1));
	const mine = withFirst(ids, fields[`${name}-first`]);
	const theirs = idsIn(fields[`base.${name}`]);
	const keep = fields[`keep.${name}`];
	return keep === 'theirs' ? theirs : keep === 'both' ? bothLists(theirs, mine) : mine;
}

/** As one field holds them. */
export const idsIn = (list = '') => list.split(',').filter(Boolean);

/** Theirs first. */
export const bothLists = (theirs: string[], mine: string[]) => [
	...theirs,
	...mine.filter((id) => !theirs.includes(id))
];

export const withFirst = (ids: string[], first: string | undefined) =>
	first && ids.includes(first) ? [first, ...ids.filter((id) => id !== first)] : ids;
