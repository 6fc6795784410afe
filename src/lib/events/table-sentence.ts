/** What happened to the table itself: to circles, organisations and strategies. The subject is drawn before it. */

import { m } from '#i18n';
import { quotingWord } from '#lib/access/quoting.ts';
import type { Happened, Speaker } from './sentence.ts';

type Named = { nameRo?: string; nameEn?: string };
type TableData = {
	organisationId?: string;
	organisationIds?: string[];
	circle?: Named;
	old?: Record<string, unknown>;
	new?: Record<string, unknown>;
};

/** Nothing for what is no event of the table. */
export function tablePredicate({ type, data: said }: Happened, by: Speaker): string | undefined {
	const data = said as TableData;
	const { locale } = by;
	const organisation = by.organisation(data.organisationId ?? '');
	const change = {
		from: wordOf(data.old, locale),
		to: wordOf(data.new, locale)
	};

	switch (type) {
		case 'circle.added':
			return data.organisationIds?.length
				? m.history_circle_added_with(
						{ organisations: data.organisationIds.map(by.organisation).join(', ') },
						{ locale }
					)
				: m.history_circle_added({}, { locale });
		case 'circle.renamed':
			return m.history_circle_renamed(change, { locale });
		case 'circle.quoting':
			return m.history_circle_quoting(
				{ from: quotingWord(data.old?.quoting, locale), to: quotingWord(data.new?.quoting, locale) },
				{ locale }
			);
		case 'circle.joined':
			return m.history_circle_joined({ organisation }, { locale });
		case 'circle.succeeded':
			return m.history_circle_succeeded({ organisation }, { locale });
		case 'circle.left':
			return data.circle
				? m.history_circle_left_it({ organisation, circle: wordOf(data.circle, locale) }, { locale })
				: m.history_circle_left({ organisation }, { locale });
		case 'circle.retired':
			return m.history_circle_retired({}, { locale });
		case 'circle.restored':
			return m.history_circle_restored({}, { locale });
		case 'organisation.added':
			return m.history_organisation_added({ organisation: wordOf(data.new, locale) }, { locale });
		case 'organisation.renamed':
			return m.history_organisation_renamed(change, { locale });
		case 'organisation.retired':
			return m.history_organisation_retired({ organisation }, { locale });
		case 'organisation.restored':
			return m.history_organisation_restored({ organisation }, { locale });
		case 'strategy.added':
			return m.history_strategy_added({ title: titleOf(data.new, locale) }, { locale });
		case 'strategy.texts':
			return m.history_strategy_texts({}, { locale });
		case 'strategy.retired':
			return m.history_strategy_retired({}, { locale });
		case 'strategy.restored':
			return m.history_strategy_restored({}, { locale });
		default:
			return undefined;
	}
}

/** The name in the reader's language where that one is at hand, else whichever is. */
function wordOf(names: Record<string, unknown> | undefined, locale: Speaker['locale']): string {
	const { nameRo, nameEn, shortRo, shortEn } = (names ?? {}) as Record<string, string>;
	return (locale === 'en' ? nameEn || nameRo : nameRo || nameEn) || shortRo || shortEn || '';
}

function titleOf(titles: Record<string, unknown> | undefined, locale: Speaker['locale']): string {
	const { titleRo, titleEn } = (titles ?? {}) as Record<string, string>;
	return (locale === 'en' ? titleEn || titleRo : titleRo || titleEn) || '';
}
