/** The circle one is writing in, which a page's composer knows and the line above every page shows. */

import { getContext, setContext } from 'svelte';
import type { Audience } from './audience.ts';

export class Writing {
	audience: Audience | undefined = $state.raw();
}

const key = Symbol('writing');
export const provideWriting = () => setContext(key, new Writing());
export const useWriting = () => getContext<Writing>(key);
