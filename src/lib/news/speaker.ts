import { type Circle, circleName, inLanguage, type Organisation } from '#lib/access/directory.ts';
import type { Speaker } from '#lib/events/sentence.ts';
import type { Status } from '#lib/strategy/measure.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import { statusWord } from '#lib/ui/StatusWord.svelte';

/** The words that sentences about events are made of, in the reader's language. */
export const speakerFor = (
	circles: Circle[],
	organisations: Organisation[],
	locale: 'ro' | 'en'
): Speaker => ({
	locale,
	status: (status: Status) => statusWord(status, false, locale).toLowerCase(),
	kind: (kind) => kindWord(kind, locale),
	circle: (id) =>
		circleName(
			circles.find((circle) => circle.id === id),
			locale
		),
	organisation: (id) => {
		const organisation = organisations.find((one) => one.id === id);
		return organisation ? inLanguage(organisation, 'short', locale) : '';
	}
});
