/** What a form has found wrong by itself, before it was sent: its fields say so. */

import { getContext, setContext } from 'svelte';

type Faults = (field: string) => string | undefined;

const key = Symbol('faults');
export const provideFaults = (faults: Faults) => setContext(key, faults);
export const useFaults = () => getContext<Faults | undefined>(key) ?? (() => undefined);
