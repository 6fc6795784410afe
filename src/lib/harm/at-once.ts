/** The rule on personal numbers in the browser. It comes with the first letter typed: who only reads does not load it. */

import { refuseBefore } from '#lib/ui/sending.svelte.ts';

export function refuseAtOnce() {
	const load = () =>
		void import('./cnp.ts').then(
			({ containsCnp }) =>
				refuseBefore((what) =>
					[...what].flatMap(([name, words]) =>
						typeof words === 'string' && !name.startsWith('base.') && containsCnp(words) ? [name] : []
					)
				),
			// Without a network it is tried again; the server knows the rule in any case.
			listen
		);
	const listen = () => addEventListener('input', load, { once: true, capture: true });
	listen();
	return () => removeEventListener('input', load, { capture: true });
}
