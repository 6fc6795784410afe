/** A long loop that lets others in: all of this process shares one thread. */

const longest = 12;

/** Told how far it is, of how many. */
export type Told = (done: number, of: number) => void;

/** Does something with each, for some milliseconds at a time. */
export async function inSlices<T>(
	items: readonly T[],
	each: (item: T, at: number) => void,
	told: Told = () => {}
): Promise<void> {
	let since = performance.now();
	for (const [at, item] of items.entries()) {
		each(item, at);
		if (performance.now() - since < longest) continue;
		told(at + 1, items.length);
		await breathe();
		since = performance.now();
	}
	told(items.length, items.length);
}

/** Whatever waits is done first. */
export const breathe = () => new Promise<void>((go) => setImmediate(go));
