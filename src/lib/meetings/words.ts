import { m } from '#i18n';
import { type QuorumOf, quorums } from './meeting.ts';
import type { Stance, Vote } from './proposal.ts';

const words: Record<QuorumOf, () => string> = {
	none: m.quorum_of_none,
	commission: m.quorum_of_commission,
	invited: m.quorum_of_invited
};

/** What a meeting may ask for, to choose from. */
export const quorumWords = () => quorums.map((value) => ({ value, label: words[value]() }));

/** „8 susțin”, „1 se opune”: after a number. */
export const stanceWords: Record<Stance, (count: number) => string> = {
	support: (count) => m.stance_support({ count }),
	reservation: (count) => m.stance_reservation({ count }),
	abstain: (count) => m.stance_abstain({ count }),
	oppose: (count) => m.stance_oppose({ count })
};

/** As an organisation says it of itself. */
export const ourStanceWords: Record<Stance, () => string> = {
	support: m.stance_we_support,
	reservation: m.stance_we_reserve,
	abstain: m.stance_we_abstain,
	oppose: m.stance_we_oppose
};

export const voteWords: Record<Vote, () => string> = {
	for: m.vote_for,
	against: m.vote_against,
	abstain: m.vote_abstain
};
