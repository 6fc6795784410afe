import { m } from '#i18n';
import type { Quoting } from './directory.ts';

const quotingWords: Record<Quoting, typeof m.quoting_freely> = {
	freely: m.quoting_freely,
	agreement: m.quoting_agreement,
	never: m.quoting_never
};

/** What may be done with words of a circle outside it: „liber”, „cu acordul autorului”, „nu”. */
export const quotingWord = (quoting: unknown, locale?: 'ro' | 'en') =>
	(quotingWords[quoting as Quoting] ?? quotingWords.agreement)({}, { locale });
