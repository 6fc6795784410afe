/**
 * What was typed and not sent: kept in this browser for whoever typed it, never on the server. It outlives a closed tab
 * and an expired session; signing out, or another member in this browser, leaves nothing of it.
 */

const all = 'hora:draft:';
const keyOf = (memberId: string, place: string) => `${all}${memberId}:${place}`;

export type Draft = Record<string, string>;

export function readDraft(memberId: string, place: string): Draft | undefined {
	try {
		return (JSON.parse(localStorage.getItem(keyOf(memberId, place)) ?? 'null') as Draft | null) ?? undefined;
	} catch {
		return undefined;
	}
}

/** @param draft nothing: it was sent, or taken back */
export function keepDraft(memberId: string, place: string, draft: Draft | undefined) {
	try {
		if (draft) localStorage.setItem(keyOf(memberId, place), JSON.stringify(draft));
		else localStorage.removeItem(keyOf(memberId, place));
	} catch {
		// A browser that keeps nothing keeps no drafts either.
	}
}

/** Called when a member is here: what others left goes. */
export function forgetOthers(memberId: string) {
	try {
		for (const key of Object.keys(localStorage))
			if (key.startsWith(all) && !key.startsWith(keyOf(memberId, ''))) localStorage.removeItem(key);
	} catch {
		// As above.
	}
}
