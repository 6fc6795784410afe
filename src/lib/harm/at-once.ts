/** The rule on personal numbers in the browser. It comes with the first letter typed: who only reads does not load it. */

import { refuseBefore } from '#lib/ui/sending.svelte.ts';

export function refuseAtOnce() {
	const load = () =>
		void import('./cnp.ts').then(({ containsCnp }) =>
			refuseBefore((what) =>
				[...what].flatMap(([name, words]) =>
					typeof words === 'string' && !name.startsWith('base.') && containsCnp(words) ? [name] : []
				)
			)
		);
	addEventListener('input', load, { once: true, capture: true });
	return () => removeEventListener('input', load, { capture: true });
}
