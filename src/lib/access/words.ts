/** The capability table in words: what each act is, what each cell says. A row without words is a type error. */

import { m } from '#i18n';
import { type Act, capabilities, type Cell, type Column } from './capabilities.ts';

export const actWords: Record<Act, () => string> = {
	'session.start': m.act_session_start,
	'session.end': m.act_session_end,
	'view.keep': m.act_view_keep,
	'letters.choose': m.act_letters_choose,
	'calendar.keep': m.act_calendar_keep,
	'organisation.look': m.act_organisation_look,
	'news.seen': m.act_news_seen,
	'update.report': m.act_update_report,
	'update.ask': m.act_update_ask,
	'update.reply': m.act_update_reply,
	'update.edit': m.act_update_edit,
	'update.withdraw': m.act_update_withdraw,
	'update.move': m.act_update_move,
	'request.answer': m.act_request_answer,
	'request.decline': m.act_request_decline,
	'request.promise': m.act_request_promise,
	'draft.write': m.act_draft_write,
	'draft.keep': m.act_draft_keep,
	'draft.approve': m.act_draft_approve,
	'organisation.approval': m.act_organisation_approval,
	'measure.status': m.act_measure_status,
	'measure.drop': m.act_measure_drop,
	'measure.date': m.act_measure_date,
	'measure.steps': m.act_measure_steps,
	'measure.add': m.act_measure_add,
	'measure.holders': m.act_measure_holders,
	'measure.retire': m.act_measure_retire,
	'measure.texts': m.act_measure_texts,
	'measure.move': m.act_measure_move,
	'plan.import': m.act_plan_import,
	'objective.add': m.act_objective_add,
	'objective.edit': m.act_objective_edit,
	'meeting.plan': m.act_meeting_plan,
	'meeting.run': m.act_meeting_run,
	'minutes.approve': m.act_minutes_approve,
	'meeting.attend': m.act_meeting_attend,
	'meeting.speak': m.act_meeting_speak,
	'position.take': m.act_position_take,
	'position.delegate': m.act_position_delegate,
	'vote.cast': m.act_vote_cast,
	'decision.answer': m.act_decision_answer,
	'agenda.propose': m.act_agenda_propose,
	'organisations.seat': m.act_organisations_seat,
	'workspace.skip': m.act_workspace_skip,
	'mail.retry': m.act_mail_retry,
	'flag.raise': m.act_flag_raise,
	'flag.decide': m.act_flag_decide,
	'confirmation.review': m.act_confirmation_review,
	'circle.add': m.act_circle_add,
	'circle.rename': m.act_circle_rename,
	'circle.join': m.act_circle_join,
	'circle.leave': m.act_circle_leave,
	'circle.retire': m.act_circle_retire,
	'circle.quoting': m.act_circle_quoting,
	'organisation.add': m.act_organisation_add,
	'organisation.rename': m.act_organisation_rename,
	'organisation.retire': m.act_organisation_retire,
	'strategy.add': m.act_strategy_add,
	'strategy.edit': m.act_strategy_edit,
	'strategy.retire': m.act_strategy_retire,
	'invitation.make': m.act_invitation_make,
	'invitation.keep': m.act_invitation_keep,
	'member.role': m.act_member_role,
	'member.function': m.act_member_function,
	'member.end': m.act_member_end,
	'member.switch': m.act_member_switch,
	'reset.make': m.act_reset_make,
	'export.make': m.act_export_make,
	'report.make': m.act_report_make,
	'report.edit': m.act_report_edit,
	'session.prove': m.act_session_prove,
	'password.set': m.act_password_set,
	'passkey.add': m.act_passkey_add,
	'passkey.change': m.act_passkey_change,
	'second.keep': m.act_second_keep
};

export const columnWords: Record<Column, () => string> = {
	secretariat: m.column_secretariat,
	parliament: m.column_parliament,
	authority: m.column_authority,
	ngo: m.column_ngo,
	embassy: m.column_embassy,
	observer: m.column_observer
};

const cellWords: Record<Cell, () => string> = {
	yes: m.cell_yes,
	no: m.cell_no,
	own: m.cell_own,
	coordinator: m.cell_coordinator,
	lead: m.cell_lead,
	partner: m.cell_partner,
	chair: m.cell_chair,
	delegate: m.cell_delegate
};

/** What is a member's own (a session, a passkey) is not the organisation's. */
const areOnesOwn = /^(session|passkey)\./;

export function cellWord(act: Act, column: Column): string {
	const cell: Cell = capabilities[act][column];
	return cell === 'own' && areOnesOwn.test(act) ? m.cell_ones_own() : cellWords[cell]();
}

/** Rows that belong together, by the first part of their name. */
export const areaWords: Record<string, () => string> = {
	update: m.area_updates,
	request: m.area_requests,
	draft: m.area_drafts,
	measure: m.area_plan,
	objective: m.area_plan,
	plan: m.area_plan,
	strategy: m.area_plan,
	meeting: m.area_meetings,
	minutes: m.area_meetings,
	agenda: m.area_meetings,
	position: m.area_meetings,
	vote: m.area_meetings,
	decision: m.area_meetings,
	circle: m.area_table,
	organisation: m.area_table,
	organisations: m.area_table,
	workspace: m.area_table,
	mail: m.area_table,
	invitation: m.area_people,
	member: m.area_people,
	reset: m.area_people,
	export: m.area_out,
	report: m.area_out,
	flag: m.area_harm,
	confirmation: m.area_harm,
	session: m.area_own,
	password: m.area_own,
	passkey: m.area_own,
	second: m.area_own,
	view: m.area_own,
	letters: m.area_own,
	calendar: m.area_own,
	news: m.area_own
};
