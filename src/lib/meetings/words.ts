import { m } from '#i18n';
import { type QuorumOf, quorums } from './meeting.ts';

const words: Record<QuorumOf, () => string> = {
	none: m.quorum_of_none,
	commission: m.quorum_of_commission,
	invited: m.quorum_of_invited
};

/** What a meeting may ask for, to choose from. */
export const quorumWords = () => quorums.map((value) => ({ value, label: words[value]() }));
