/** What the palette offers, one line each. */

import { m } from '#i18n';
import { goto } from '$app/navigation';
import type { IconName } from '#lib/ui/icons.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import { type Hit, hrefOf } from './found.ts';
import type { Mark } from './marks.ts';

export type Option = {
	id: string;
	/** The heading under which it stands. */
	group: string;
	/** In front of it stands an icon or a code. */
	icon?: IconName;
	code?: string;
	title: Mark[];
	/** A second, smaller line. */
	detail?: string;
	keys?: string;
	run: () => unknown;
};

export function optionOf(hit: Hit): Option {
	const base = { id: hit.id, run: () => goto(hrefOf(hit)) };
	const text = (marks: Mark[] | undefined) => marks?.map(({ text }) => text).join('');
	switch (hit.kind) {
		case 'measure':
			return {
				...base,
				group: m.search_measures(),
				code: hit.code,
				title: hit.title,
				detail: text(hit.excerpt)
			};
		case 'organisation':
			return {
				...base,
				group: m.search_organisations(),
				icon: 'institution',
				title: hit.title,
				detail: hit.short
			};
		case 'update':
			return {
				...base,
				group: m.search_updates(),
				code: hit.code,
				title: hit.excerpt,
				detail: m.search_post({ kind: kindWord(hit.update), organisation: hit.by })
			};
	}
}
