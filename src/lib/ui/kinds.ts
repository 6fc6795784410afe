import { m } from '#i18n';
import type { UpdateKind } from '#lib/updates/update.ts';

const words: Record<UpdateKind, () => string> = {
	progress: m.kind_progress,
	evidence: m.kind_evidence,
	concern: m.kind_concern,
	question: m.kind_question,
	offer: m.kind_offer,
	comment: m.kind_comment
};

export const kindWord = (kind: UpdateKind) => words[kind]();
