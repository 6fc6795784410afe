/** What a form says of its refusal, field by field and above it. */

import type { RefusalInWords } from '#lib/refusals.server.ts';

export type Refusal = Pick<RefusalInWords, 'code' | 'says'>;

/** What is wrong with one field; undefined when nothing is. A field of a list is named in full: `steps.0.date`. */
export const faultOf = (refusal: Refusal | undefined, field: string): string | undefined =>
	Object.entries(refusal?.says.fields ?? {}).find(
		([path]) => path === field || (path.split('.').at(-1) === field && !/\.\d+\./.test(path))
	)?.[1];

/** What is said above the form: nothing where a shown field says it better. */
export const sentenceOf = (refusal: Refusal | undefined, shown: string[] = []): string | undefined =>
	shown.some((field) => faultOf(refusal, field)) ? undefined : refusal?.says.sentence;
