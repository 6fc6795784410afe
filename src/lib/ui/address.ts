/** The address of this page with something of its query changed; the form action that a page was sent to is no part of it. */
export function withQuery(url: URL, change: Record<string, string | string[] | undefined>): string {
	const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('/')));
	for (const [name, value] of Object.entries(change)) {
		query.delete(name);
		for (const one of [value ?? []].flat()) query.append(name, one);
	}
	return query.size > 0 ? `${url.pathname}?${query}` : url.pathname;
}
