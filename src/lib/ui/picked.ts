/** How the boxes of a Picker come through a form: `leads.<id>`, and `leads-first` for the one that goes before. */

/** What was chosen, in the order of the page, the first one first. */
export function picked(fields: Record<string, string>, name: string): string[] {
	const ids = Object.keys(fields)
		.filter((field) => field.startsWith(`${name}.`))
		.map((field) => field.slice(name.length + 1));
	return withFirst(ids, fields[`${name}-first`]);
}

export const withFirst = (ids: string[], first: string | undefined) =>
	first && ids.includes(first) ? [first, ...ids.filter((id) => id !== first)] : ids;
