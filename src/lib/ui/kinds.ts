import { m } from '#i18n';
import type { UpdateKind } from '#lib/updates/update.ts';

const words: Record<UpdateKind, typeof m.kind_progress> = {
	progress: m.kind_progress,
	evidence: m.kind_evidence,
	concern: m.kind_concern,
	question: m.kind_question,
	offer: m.kind_offer,
	comment: m.kind_comment
};

/** In the reader's language, or in the one that is asked for. */
export const kindWord = (kind: UpdateKind, locale?: 'ro' | 'en') => words[kind]({}, locale && { locale });
