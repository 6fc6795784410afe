/** A refusal in words: what happened and what to do, in the reader's language. Said here, so that no page carries it all. */

import { m } from '#i18n';
import { Refusal } from './errors.ts';
import type { RefusalOnTheWire } from './realtime/wire.ts';
import { logUnknown } from './server/log.server.ts';

/** A refusal as a form gets it back. */
export type RefusalInWords = RefusalOnTheWire & {
	says: {
		sentence: string;
		/** Field → what is wrong with it. */
		fields: Record<string, string>;
		/** The kinds of identifier that were warned of. */
		confirm?: string;
	};
};

/**
 * What a form gets back of what was thrown, with its status; an unknown error is logged.
 * @param where names the form in the log
 */
export function refusalOf(thrown: unknown, where: string): { status: number; refusal: RefusalInWords } {
	if (thrown instanceof Refusal) return { status: thrown.status, refusal: inWords(thrown.onTheWire()) };
	return { status: 500, refusal: inWords({ code: 'bug', id: logUnknown(thrown, where) }) };
}

function inWords(refusal: RefusalOnTheWire): RefusalInWords {
	const codes = Object.entries(refusal.fields ?? {});
	const fields = Object.fromEntries(
		codes.map(([field, code]) => [field, (fieldWords[code] ?? m.refusal_form)()])
	);
	const [first] = codes.filter(([, code]) => code in fieldWords).map(([field]) => fields[field]);
	const sentence = first ?? codeWords[refusal.code](refusal);
	return {
		...refusal,
		says: { sentence, fields, confirm: refusal.confirm && kindsInWords(refusal.confirm) }
	};
}

const kindWords: Record<string, () => string> = {
	birth_number: m.kind_birth_number,
	phone: m.kind_phone,
	iban: m.kind_iban,
	email: m.kind_email,
	case_file: m.kind_case_file
};

/** Kinds of identifier, as a person reads them. */
export const kindsInWords = (kinds: readonly string[]) =>
	kinds.map((kind) => kindWords[kind]?.() ?? kind).join(', ');

const fieldWords: Record<string, () => string> = {
	'words.required': m.refusal_words_required,
	'words.not_text': m.refusal_words_not_text,
	'words.too_long': m.refusal_words_too_long,
	'words.personal_number': m.refusal_personal_number,
	'words.plausible_birth_number': m.warning_birth_number,
	'words.plausible_phone': m.warning_phone,
	'words.plausible_iban': m.warning_iban,
	'words.plausible_email': m.warning_email,
	'words.plausible_case_file': m.warning_case_file,
	'confirm.too_short': m.refusal_confirm_short,
	'update.is_flagged': m.refusal_is_flagged,
	'flag.is_decided': m.refusal_flag_decided,
	'confirmation.is_reviewed': m.refusal_confirmation_reviewed,
	'day.not_a_day': m.refusal_not_a_day,
	'time.not_a_time': m.refusal_time_not_a_time,
	'link.not_an_address': m.refusal_link_not_an_address,
	'minutes.out_of_range': m.refusal_minutes_out_of_range,
	'meeting.not_in_circle': m.refusal_meeting_not_in_circle,
	'meeting.not_open': m.refusal_meeting_not_open,
	'meeting.open_already': m.refusal_meeting_open_already,
	'meeting.nothing_taken': m.refusal_meeting_nothing_taken,
	'agenda.not_this_way': m.refusal_agenda_not_this_way,
	'agenda.not_all': m.refusal_agenda_not_all,
	'meeting.not_closed': m.refusal_meeting_not_closed,
	'meeting.day_before': m.refusal_meeting_day_before,
	'meeting.followed_already': m.refusal_meeting_followed_already,
	'quorum.out_of_range': m.refusal_quorum_out_of_range,
	'attendance.already': m.refusal_attendance_already,
	'attendance.left': m.refusal_attendance_left,
	'minutes.say_what_changed': m.refusal_minutes_say_what_changed,
	'proposal.open_already': m.refusal_proposal_open_already,
	'proposal.closed': m.refusal_proposal_closed,
	'proposal.withdrawn': m.refusal_proposal_withdrawn,
	'position.by_votes': m.refusal_position_by_votes,
	'vote.no_commission': m.refusal_vote_no_commission,
	'vote.not_of_commission': m.refusal_vote_not_of_commission,
	'count.out_of_range': m.refusal_count_out_of_range,
	'delegate.not_ours': m.refusal_delegate_not_ours,
	'decision.not_in_circle': m.refusal_decision_not_in_circle,
	'decision.not_this_way': m.refusal_decision_not_this_way,
	'decision.withdrawn': m.refusal_decision_withdrawn,
	'hand.already': m.refusal_hand_already,
	'measure.unknown': m.refusal_measure_unknown,
	'circle.not_inside': m.refusal_circle,
	'edit.changed_meanwhile': m.refusal_changed_meanwhile,
	'edit.too_late_to_undo': m.refusal_too_late_to_undo,
	'view.nothing_to_keep': m.refusal_nothing_to_keep,
	'measure.code_taken': m.refusal_code_taken,
	'import.empty': m.import_refused_empty,
	'import.no_file': m.import_refused_no_file,
	'import.too_large': m.import_refused_too_large,
	'import.is_ods': m.import_refused_ods,
	'import.is_xls': m.import_refused_xls,
	'import.not_xlsx': m.import_refused_not_xlsx,
	'import.not_a_table': m.import_refused_not_a_table,
	'import.no_header': m.import_refused_no_header,
	'import.number_in_name': m.import_refused_number_in_name,
	'import.number_in_cells': m.import_refused_number_in_cells,
	'import.changed_meanwhile': m.import_refused_changed,
	'import.years': m.import_refused_years,
	'plan.not_csv': m.import_refused_not_csv,
	'holders.twice': m.refusal_holders_twice,
	'holders.unknown': m.refusal_holders_unknown,
	'holders.retired': m.refusal_holders_retired,
	'objective.too_deep': m.refusal_too_deep,
	'update.one_level': m.refusal_one_level,
	'update.is_withdrawn': m.refusal_is_withdrawn,
	'circle.is_closed': m.refusal_circle_closed,
	'circle.not_in_outer': m.refusal_circle_not_in_outer,
	'circle.built_in': m.refusal_circle_built_in,
	'circle.nobody': m.refusal_circle_nobody,
	'circle.is_in': m.refusal_circle_is_in,
	'circle.is_not_in': m.refusal_circle_is_not_in,
	'circle.is_ours': m.refusal_circle_is_ours,
	'organisation.is_there': m.refusal_organisation_is_there,
	'strategy.is_retired': m.refusal_strategy_retired,
	'export.one_table': m.refusal_export_one_table,
	'period.ends_before': m.refusal_ends_before,
	'asks.nobody': m.refusal_asks_nobody,
	'asks.cannot_read': m.refusal_asks_cannot_read,
	'asks.not_this_kind': m.refusal_asks_kind,
	'day.is_past': m.refusal_day_is_past,
	'draft.is_closed': m.refusal_draft_closed,
	'each.none': m.refusal_each_none,
	'report.nothing': m.refusal_report_nothing,
	'report.reason_circle': m.refusal_report_circle,
	'request.is_closed': m.refusal_request_closed,
	'signin.wrong': m.refusal_signin,
	'setup.wrong_code': m.refusal_setup_code,
	'organisations.none_ticked': m.refusal_none_ticked,
	'mail.gone': m.refusal_mail_gone,
	'mail.not_an_address': m.refusal_not_an_address,
	'member.no_address': m.refusal_no_address,
	'member.has_account': m.refusal_has_account,
	'member.is_invited': m.refusal_is_invited,
	'member.last_coordinator': m.refusal_last_coordinator,
	'member.last_secretariat': m.refusal_last_secretariat,
	'prove.wrong': m.refusal_prove,
	'passkey.failed': m.refusal_passkey,
	'passkey.too_many': m.refusal_passkey_too_many,
	'ways.last': m.refusal_ways_last,
	'second.not_a_code': m.refusal_second_not_a_code,
	'second.wrong': m.refusal_second_wrong,
	'second.too_late': m.refusal_second_too_late,
	'second.needed': m.refusal_second_needed,
	'password.not_text': m.refusal_words_not_text,
	'password.too_short': m.refusal_password_too_short,
	'password.common': m.refusal_password_common,
	'password.own': m.refusal_password_own,
	'operation.missing': m.refusal_form,
	'operation.other_input': m.refusal_sent_already
};

const codeWords: Record<RefusalOnTheWire['code'], (refusal: RefusalOnTheWire) => string> = {
	invalid: m.refusal_invalid,
	forbidden: m.refusal_forbidden,
	'needs-approval': m.refusal_needs_approval,
	unproved: m.refusal_unproved,
	'not-found': m.refusal_not_found,
	conflict: m.refusal_conflict,
	throttled: ({ after = 1 }) => m.refusal_throttled({ count: after }),
	'signed-out': m.refusal_signed_out,
	unavailable: m.refusal_unavailable,
	bug: ({ id = '' }) => m.refusal_bug({ id })
};
