/** What happened to a meeting, its agenda and its floor. The subject is drawn before it. */

import { m } from '#i18n';
import type { Answer } from '#lib/meetings/decision.ts';
import type { SlotState } from '#lib/meetings/meeting.ts';
import type { Stance, Vote } from '#lib/meetings/proposal.ts';
import { formatDay } from '#lib/time.ts';
import type { Happened, Speaker } from './sentence.ts';

type Said = {
	number?: number | null;
	from?: unknown;
	to?: unknown;
	minutes?: number;
	version?: number;
	kind?: string;
	organisationId?: string;
	on?: string | null;
	/** Said aloud, and entered by whoever keeps the minutes. */
	noted?: boolean;
	/** Who came or went, where another than the author. */
	name?: string;
	row?: { titleRo?: string; titleEn?: string };
};

/** Nothing for what is no event of these. */
export function meetingPredicate({ type, data }: Happened, by: Speaker): string | undefined {
	const { locale } = by;
	const said = data as Said;
	const number = said.number ?? '–';
	const organisation = by.organisation(said.organisationId ?? '');

	switch (type) {
		case 'meeting.planned':
			return m.history_meeting_planned({}, { locale });
		case 'meeting.edited':
			return m.history_meeting_edited({}, { locale });
		case 'meeting.opened':
			return m.history_meeting_opened({}, { locale });
		case 'meeting.closed':
			return m.history_meeting_closed({}, { locale });
		case 'meeting.taken':
			return m.history_meeting_taken({ number }, { locale });
		case 'meeting.paused':
			return m.history_meeting_paused({}, { locale });
		case 'meeting.time.started':
			return m.history_time_started({}, { locale });
		case 'meeting.time.stopped':
			return m.history_time_stopped({}, { locale });
		case 'meeting.extended':
			return m.history_extended({ minutes: signed(said.minutes ?? 0) }, { locale });
		case 'agenda.added':
			return m.history_agenda_added({}, { locale });
		case 'agenda.item.added':
			return m.history_agenda_item_added({}, { locale });
		case 'agenda.item.edited':
			return m.history_agenda_item_edited({}, { locale });
		case 'agenda.state':
			return slotSentence(said, number, by);
		case 'agenda.minutes':
			return m.history_agenda_minutes({ number, from: Number(said.from), to: Number(said.to) }, { locale });
		case 'agenda.ordered':
			return m.history_agenda_ordered({}, { locale });
		case 'hand.raised':
			return said.kind === 'order'
				? m.history_hand_order({}, { locale })
				: m.history_hand_raised({}, { locale });
		case 'hand.lowered':
			return m.history_hand_lowered({ organisation }, { locale });
		case 'hand.ordered':
			return m.history_hand_ordered({}, { locale });
		case 'hand.given':
			return m.history_hand_given({ organisation }, { locale });
		case 'hand.ended':
			return m.history_hand_ended({ organisation }, { locale });
		case 'attendance.arrived':
			return said.name
				? m.history_attendance_noted({ name: said.name }, { locale })
				: m.history_attendance_arrived({}, { locale });
		case 'attendance.left':
			return said.name
				? m.history_attendance_gone({ name: said.name }, { locale })
				: m.history_attendance_left({}, { locale });
		case 'note.written':
			return m.history_note_written({}, { locale });
		case 'note.edited': {
			const [was, now] = [String(data.old?.text ?? ''), String(data.new?.text ?? '')];
			return now
				? m.history_note_edited({ was, now }, { locale })
				: m.history_note_struck({ was }, { locale });
		}
		case 'minutes.approved':
			return m.history_minutes_approved({ version: said.version ?? '' }, { locale });
		case 'proposal.put':
			return m.history_proposal_put({}, { locale });
		case 'proposal.closed':
			return m.history_proposal_closed({}, { locale });
		case 'proposal.withdrawn':
			return m.history_proposal_withdrawn({}, { locale });
		case 'position.taken':
			return positionSentence(said, organisation, data.reason, by);
		case 'position.delegated':
			return said.name
				? m.history_delegate_named({ name: said.name, organisation }, { locale })
				: m.history_delegate_ended({ organisation }, { locale });
		case 'vote.cast': {
			const vote = votes[said.to as Vote]?.({}, { locale }) ?? '';
			return said.name
				? m.history_vote_noted({ name: said.name, vote }, { locale })
				: m.history_vote_cast({ vote }, { locale });
		}
		case 'vote.counted':
			return m.history_vote_counted({}, { locale });
		case 'decision.recorded':
			return m.history_decision_recorded({}, { locale });
		case 'decision.edited':
			return m.history_decision_edited({}, { locale });
		case 'decision.withdrawn':
			return m.history_decision_withdrawn({}, { locale });
		case 'decision.answered':
			return answerSentence(said, data.reason, by);
		default:
			return undefined;
	}
}

const stances: Partial<Record<Stance, typeof m.stance_we_support>> = {
	support: m.stance_we_support,
	reservation: m.stance_we_reserve,
	abstain: m.stance_we_abstain,
	oppose: m.stance_we_oppose
};
const votes: Partial<Record<Vote, typeof m.vote_for>> = {
	for: m.vote_for,
	against: m.vote_against,
	abstain: m.vote_abstain
};

function positionSentence(
	{ from, to, noted }: Said,
	organisation: string,
	reason: string | undefined,
	{ locale }: Speaker
) {
	const word = (stance: unknown) => stances[stance as Stance]?.({}, { locale }) ?? '';
	const [was, stance] = [word(from), word(to)];
	const sentence = noted
		? m.history_position_noted({ organisation, stance }, { locale })
		: was && was !== stance
			? m.history_position_changed({ was, stance }, { locale })
			: m.history_position_taken({ stance }, { locale });
	return reason ? `${sentence}: ${reason}` : sentence;
}

function answerSentence({ to, on }: Said, reason: string | undefined, { locale }: Speaker) {
	const day = on ? formatDay(on, locale) : '';
	switch (to as Answer) {
		case 'other-date': {
			const sentence = m.history_decision_other_date({ day }, { locale });
			return reason ? `${sentence}: ${reason}` : sentence;
		}
		case 'later':
			return m.history_decision_later({ day }, { locale });
		case 'done':
			return m.history_decision_done({}, { locale });
		default:
			return m.history_decision_taken({}, { locale });
	}
}

function slotSentence({ from, to }: Said, number: number | string, { locale }: Speaker) {
	if (from === 'proposed' && to === 'ahead') return m.history_agenda_accepted({}, { locale });
	const words: Partial<Record<SlotState, typeof m.history_agenda_back>> = {
		ahead: m.history_agenda_back,
		'put-off': m.history_agenda_put_off,
		removed: m.history_agenda_removed
	};
	return (words[to as SlotState] ?? m.history_agenda_back)({ number }, { locale });
}

const signed = (minutes: number) => (minutes > 0 ? `+${minutes}` : `−${-minutes}`);
