/** The three formats a writer may use, put into the text round what is selected. */

export type Written = { text: string; start: number; end: number };

export function bold({ text, start, end }: Written, words: string): Written {
	return around(text, start, end, '**', '**', words);
}

/** A link: its words stay, the address is selected to be typed. */
export function link({ text, start, end }: Written, words: string): Written {
	const chosen = text.slice(start, end) || words;
	const address = start + chosen.length + 3;
	return {
		text: `${text.slice(0, start)}[${chosen}](https://)${text.slice(end)}`,
		start: address,
		end: address + 8
	};
}

/** Every line touched by the selection becomes a point of a list; points become lines again. */
export function list({ text, start, end }: Written): Written {
	const from = text.lastIndexOf('\n', start - 1) + 1;
	const next = text.indexOf('\n', end);
	const to = next < 0 ? text.length : next;
	const lines = text.slice(from, to).split('\n');
	const listed = lines.every((line) => line.startsWith('- '));
	const changed = lines.map((line) => (listed ? line.slice(2) : line.startsWith('- ') ? line : `- ${line}`));
	const put = changed.join('\n');
	return {
		text: text.slice(0, from) + put + text.slice(to),
		start: from + put.length,
		end: from + put.length
	};
}

function around(text: string, start: number, end: number, before: string, after: string, words: string) {
	const chosen = text.slice(start, end) || words;
	return {
		text: text.slice(0, start) + before + chosen + after + text.slice(end),
		start: start + before.length,
		end: start + before.length + chosen.length
	};
}
