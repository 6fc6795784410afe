/** What went out of Hora, and what happened to reports. The subject is drawn before it. */

import { m } from '#i18n';
import type { Locale } from '#lib/time.ts';
import type { Happened } from './sentence.ts';

const whats: Record<string, typeof m.export_measures> = {
	all: m.export_all,
	measures: m.export_measures,
	steps: m.export_steps,
	updates: m.export_updates,
	history: m.export_history,
	answers: m.export_answers,
	report: m.export_report
};

/** Nothing for what is no event of these. */
export function outPredicate({ type, data }: Happened, locale: Locale): string | undefined {
	const now = (data.new ?? {}) as Record<string, unknown>;
	switch (type) {
		case 'export.made': {
			const {
				what = '',
				format = '',
				circle = { nameRo: '', nameEn: '' }
			} = now as {
				what?: string;
				format?: string;
				circle?: { nameRo: string; nameEn: string };
			};
			return m.history_exported(
				{
					what: (whats[what]?.({}, { locale }) ?? what).toLowerCase(),
					format: format.toUpperCase(),
					circle: (locale === 'en' && circle.nameEn) || circle.nameRo
				},
				{ locale }
			);
		}
		case 'report.made':
			return m.history_report_made({ title: String(now.title ?? '') }, { locale });
		case 'report.edited':
			return m.history_report_edited({ title: String(now.title ?? '') }, { locale });
		case 'report.refreshed':
			return m.history_report_refreshed({}, { locale });
		case 'report.retired':
			return m.history_report_retired({}, { locale });
		case 'report.paragraph.added':
			return m.history_report_paragraph_added({}, { locale });
		case 'report.paragraph.changed':
			return m.history_report_paragraph_changed({}, { locale });
		case 'report.paragraph.removed':
			return m.history_report_paragraph_removed({}, { locale });
		default:
			return undefined;
	}
}
