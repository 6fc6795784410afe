/** How far the reading of a file is, for whoever waits for it; in this process, and forgotten with it. */

import type { Told } from './slices.ts';

export type Progress = { stage: 'reading' | 'comparing'; done: number; of: number };

const all = new Map<string, Progress>();
const longest = 60_000;

/** @param key the member and the operation: nobody else asks for it */
export function progressOf(key: string): Progress | undefined {
	return all.get(key);
}

export function tell(key: string, stage: Progress['stage']): Told {
	setTimeout(() => all.delete(key), longest).unref();
	return (done, of) => void all.set(key, { stage, done, of });
}
