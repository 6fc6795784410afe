/**
 * What was typed and not sent: kept in this browser for whoever typed it, never on the server. It outlives a closed tab
 * and an expired session; signing out, or another member in this browser, leaves nothing of it.
 */

const all = 'hora:draft:';
const keyOf = (memberId: string, place: string) => `${all}${memberId}:${place}`;

/** Field → what was typed there; what it was based on is no word of one's own: `base.titleRo`. */
export type Draft = Record<string, string>;

type Kept = {
	/** The page that it was typed on. */
	at: string;
	fields: Draft;
};

function read(key: string): Kept | undefined {
	try {
		return (JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null) ?? undefined;
	} catch {
		return undefined;
	}
}

export const readDraft = (memberId: string, place: string) => read(keyOf(memberId, place))?.fields;

/** @param fields nothing: it was sent, or taken back */
export function keepDraft(memberId: string, place: string, fields: Draft | undefined) {
	try {
		const key = keyOf(memberId, place);
		if (fields) localStorage.setItem(key, JSON.stringify({ at: location.pathname, fields } satisfies Kept));
		else localStorage.removeItem(key);
	} catch {
		// A browser that keeps nothing keeps no drafts either.
	}
}

export type Unsent = { at: string; words: string };

/** All that this member has typed and not sent, with the page where it waits. */
export function unsentBy(memberId: string): Unsent[] {
	return keysInUse()
		.filter((key) => key.startsWith(keyOf(memberId, '')))
		.flatMap((key) => {
			const { at, fields } = read(key) ?? { at: '', fields: {} };
			const words = Object.entries(fields).find(([name, value]) => !name.startsWith('base.') && value.trim());
			return words ? [{ at, words: words[1].trim() }] : [];
		});
}

/** Called when a member is here: what others left goes. */
export function forgetOthers(memberId: string) {
	for (const key of keysInUse()) if (!key.startsWith(keyOf(memberId, ''))) localStorage.removeItem(key);
}

function keysInUse() {
	try {
		return Object.keys(localStorage).filter((key) => key.startsWith(all));
	} catch {
		return [];
	}
}
