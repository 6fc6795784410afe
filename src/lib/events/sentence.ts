/** Event → a sentence with a subject: „Ministerul Exemplu A a mutat termenul de la 30.06.2024 la 30.09.2024: …”. */

import { m } from '#i18n';
import { roleWord } from '#lib/access/role.ts';
import type { Status, Step } from '#lib/strategy/measure.ts';
import { formatDay, type Locale } from '#lib/time.ts';
import type { UpdateKind } from '#lib/updates/update.ts';
import { meetingPredicate } from './meeting-sentence.ts';
import { outPredicate } from './out-sentence.ts';
import { tablePredicate } from './table-sentence.ts';

export type Happened = {
	circle: string;
	n: number;
	subject: string;
	at: string;
	type: string;
	/** The member's name; null for what nobody did (an import). */
	author: string | null;
	organisationId: string | null;
	/** Of a post: its kind. */
	kind: UpdateKind | '';
	/** The words of a withdrawn post, which its own organisation still reads here. */
	withdrawn: string | null;
	data: {
		old?: Record<string, unknown>;
		new?: Record<string, unknown>;
		reason?: string;
		step?: Partial<Step>;
		changes?: Partial<Step>;
		promise?: { from: string | null; to: string };
		/** Whom it is about. */
		member?: { id?: string; name: string };
		lastDay?: string | null;
		/** Who wrote what a coordinator has sent. */
		drafted?: { name: string };
	};
};

export type Speaker = {
	locale: Locale;
	status: (status: Status) => string;
	kind: (kind: UpdateKind) => string;
	circle: (id: string) => string;
	organisation: (id: string) => string;
};

/**
 * The part after the subject; the screen draws the organisation's name before it. What was approved is signed by both:
 * „(redactat Irina Exemplu, avizat Dan Exemplu)”.
 */
export function predicate(happened: Happened, by: Speaker, measureId: string): string {
	const said = unsigned(happened, by, measureId);
	const { drafted } = happened.data;
	if (!drafted) return said;
	const signed = { drafter: drafted.name, approver: happened.author ?? '' };
	return `${said} (${m.signed_both(signed, { locale: by.locale })})`;
}

function unsigned(happened: Happened, by: Speaker, measureId: string): string {
	const { type, circle, kind, data, subject, organisationId } = happened;
	const { locale } = by;
	const step = data.step && ((locale === 'en' && data.step.titleEn) || data.step.titleRo || '');
	const because = (sentence: string) => (data.reason ? `${sentence}: ${data.reason}` : sentence);

	switch (type) {
		case 'measure.added':
			return organisationId
				? m.history_measure_added_by({}, { locale })
				: m.history_measure_added({}, { locale });
		case 'measure.holders':
			return because(
				m.history_holders({ changes: holderChanges(data.old ?? {}, data.new ?? {}, by) }, { locale })
			);
		case 'measure.retired':
			return because(m.history_retired({}, { locale }));
		case 'measure.succeeded':
			return because(
				m.history_succeeded({ codes: ((data.new?.codes as string[]) ?? []).join(', ') }, { locale })
			);
		case 'plan.imported':
			return importSentence(data.new, locale);
		case 'measure.restored':
			return m.history_restored({}, { locale });
		case 'objective.added':
			return m.history_objective_added({}, { locale });
		case 'objective.texts':
			return m.history_objective_texts({}, { locale });
		case 'measure.status':
			return because(
				m.history_status(
					{ from: by.status(data.old?.status as Status), to: by.status(data.new?.status as Status) },
					{ locale }
				)
			);
		case 'measure.status.undone':
			return m.history_status_undone({ to: by.status(data.new?.status as Status) }, { locale });
		case 'measure.date':
			return because(dateSentence(data.old?.nextDate, data.new?.nextDate, locale));
		case 'measure.texts':
			return because(textsSentence(data, locale));
		case 'measure.step.added':
			return m.history_step_added({ step: step ?? '' }, { locale });
		case 'measure.step.removed':
			return m.history_step_removed({ step: step ?? '' }, { locale });
		case 'measure.step.changed':
			return data.changes?.done === true
				? m.history_step_done({ step: step ?? '' }, { locale })
				: m.history_step_changed({ step: step ?? '' }, { locale });
		case 'organisation.looked':
			return m.history_looked({ organisation: by.organisation(String(data.new?.through)) }, { locale });
		case 'member.signed-in':
			return m.history_signed_in({}, { locale });
		case 'member.signed-out':
			return m.history_signed_out({}, { locale });
		case 'update.posted':
			return m.history_posted({ kind: kind ? by.kind(kind).toLowerCase() : '' }, { locale });
		case 'update.replied':
			return m.history_replied({}, { locale });
		case 'update.edited':
			return m.history_edited({}, { locale });
		case 'update.withdrawn':
			return m.history_withdrawn({}, { locale });
		case 'update.redacted':
			return because(m.history_redacted({}, { locale }));
		case 'update.flagged':
			return because(m.history_flagged({}, { locale }));
		case 'update.restored':
			return m.history_unflagged({}, { locale });
		case 'request.set-aside':
			return m.history_request_set_aside({}, { locale });
		case 'request.put-back':
			return m.history_request_put_back({}, { locale });
		case 'flag.raised':
			return because(m.history_flag_raised({}, { locale }));
		case 'flag.restored':
			return because(m.history_flag_restored({}, { locale }));
		case 'flag.removed':
			return because(m.history_flag_removed({}, { locale }));
		case 'confirmation.made':
			return m.history_confirmation_made({}, { locale });
		case 'confirmation.reviewed':
			return m.history_confirmation_reviewed({}, { locale });
		case 'request.answered':
			return m.history_request_answered({}, { locale });
		case 'request.declined':
			return m.history_request_declined({}, { locale });
		case 'request.promised':
			return promiseSentence(data.promise, locale);
		case 'request.reopened':
			return m.history_request_reopened({}, { locale });
		case 'measure.report.undone':
			return m.history_report_undone({}, { locale });
		case 'draft.written':
			return m.history_draft_written({}, { locale });
		case 'draft.edited':
			return m.history_draft_edited({}, { locale });
		case 'draft.asked':
			return m.history_draft_asked({}, { locale });
		case 'draft.commented':
			return m.history_draft_commented({}, { locale });
		case 'draft.returned':
			return because(m.history_draft_returned({}, { locale }));
		case 'draft.withdrawn':
			return m.history_draft_withdrawn({}, { locale });
		case 'draft.approved':
			return m.history_draft_approved({}, { locale });
		case 'organisation.approval':
			return data.new?.approves
				? m.history_approval_on({}, { locale })
				: m.history_approval_off({}, { locale });
		case 'workspace.begun':
			return m.history_workspace_begun({}, { locale });
		case 'organisations.seated': {
			const seated = (data.new?.organisationIds as string[] | undefined) ?? [];
			return m.history_organisations_seated(
				{ organisations: seated.map(by.organisation).filter(Boolean).join(', ') },
				{ locale }
			);
		}
		case 'mail.retried':
			return m.history_mail_retried({ address: String(data.new?.address ?? '') }, { locale });
		case 'arrived':
			return subject === measureId
				? m.history_measure_moved({ circle: by.circle(circle) }, { locale })
				: m.history_update_moved({ circle: by.circle(circle) }, { locale });
		case 'member.sessions.ended':
			return m.history_sessions_ended({}, { locale });
		case 'member.proved':
			return m.history_proved({}, { locale });
		case 'member.password.set':
			return m.history_password_set({}, { locale });
		case 'member.passkey.added':
			return m.history_passkey_added({ name: String(data.new?.name ?? '') }, { locale });
		case 'member.passkey.renamed':
			return m.history_passkey_renamed(
				{ from: String(data.old?.name ?? ''), to: String(data.new?.name ?? '') },
				{ locale }
			);
		case 'member.passkey.removed':
			return m.history_passkey_removed({ name: String(data.old?.name ?? '') }, { locale });
		case 'member.second.on':
			return m.history_second_on({}, { locale });
		case 'member.second.off':
			return m.history_second_off({}, { locale });
		case 'member.calendar.renewed':
			return m.history_calendar_renewed({}, { locale });
		case 'member.calendar.ended':
			return m.history_calendar_ended({}, { locale });
		case 'member.recovery.renewed':
			return m.history_recovery_renewed({}, { locale });
		default:
			if (type in aboutMembers) return memberSentence(type as keyof typeof aboutMembers, data, locale);
			return (
				tablePredicate(happened, by) ??
				meetingPredicate(happened, by) ??
				outPredicate(happened, locale) ??
				type
			);
	}
}

type Holders = { leads?: string[]; partners?: string[] };

/** „+Min. B, −ONG A”; whoever stays says what they are now, where that is new. */
function holderChanges(was: Holders, is: Holders, { organisation, locale }: Speaker) {
	const [oldLeads, newLeads] = [was.leads ?? [], is.leads ?? []];
	const [before, after] = [
		[...oldLeads, ...(was.partners ?? [])],
		[...newLeads, ...(is.partners ?? [])]
	];
	const part = (id: string) =>
		newLeads.includes(id) ? m.who_lead({}, { locale }) : m.who_partner({}, { locale });
	const changes = [
		...after.filter((id) => !before.includes(id)).map((id) => `+${organisation(id)}`),
		...before.filter((id) => !after.includes(id)).map((id) => `−${organisation(id)}`),
		...after
			.filter((id) => before.includes(id) && oldLeads.includes(id) !== newLeads.includes(id))
			.map((id) => `${organisation(id)} (${part(id)})`)
	];
	const [first] = newLeads;
	if (first && first !== oldLeads[0] && newLeads.length > 1)
		changes.push(m.history_coordinates({ organisation: organisation(first) }, { locale }));
	return changes.join(', ');
}

/** The plan's own words for a deadline are told as they were and are; of other texts, that they changed. */
function textsSentence({ old, new: now }: Happened['data'], locale: Locale) {
	if (typeof now?.deadline !== 'string' || typeof old?.deadline !== 'string')
		return m.history_texts({}, { locale });
	const words = (deadline: string) => deadline || m.deadline_none({}, { locale });
	const change = { from: words(old.deadline), to: words(now.deadline) };
	return Object.keys(now).length > 1
		? m.history_texts_and_deadline(change, { locale })
		: m.history_deadline_words(change, { locale });
}

type Imported = { what?: string; counts?: Record<string, number> };

/** „a importat o rectificare a planului: 12 măsuri noi, 3 schimbate” */
function importSentence(now: Record<string, unknown> | undefined, locale: Locale) {
	const { what, counts = {} } = (now ?? {}) as Imported;
	const parts = [
		counts.added ? m.import_count_added({ count: counts.added }, { locale }) : '',
		counts.changed ? m.import_count_changed({ count: counts.changed }, { locale }) : '',
		counts.continued ? m.import_count_continued({ count: counts.continued }, { locale }) : '',
		counts.dropped ? m.import_count_dropped({ count: counts.dropped }, { locale }) : ''
	];
	const told = { counts: parts.filter(Boolean).join(', ') || m.import_count_steps({}, { locale }) };
	return what === 'new' ? m.history_plan_new(told, { locale }) : m.history_plan_imported(told, { locale });
}

function dateSentence(from: unknown, to: unknown, locale: Locale) {
	const day = (value: unknown) => (typeof value === 'string' ? formatDay(value, locale) : '');
	if (!day(to)) return m.history_date_removed({ from: day(from) }, { locale });
	if (!day(from)) return m.history_date_set({ to: day(to) }, { locale });
	if (from === to) return m.history_date_kept({ to: day(to) }, { locale });
	return m.history_date({ from: day(from), to: day(to) }, { locale });
}

function promiseSentence(
	{ from, to }: { from: string | null; to: string } = { from: null, to: '' },
	locale: Locale
) {
	const day = to && formatDay(to, locale);
	return from
		? m.history_request_promised_again({ from: formatDay(from, locale), to: day }, { locale })
		: m.history_request_promised({ to: day }, { locale });
}

const aboutMembers = {
	'invitation.made': m.history_invited,
	'invitation.renewed': m.history_invited_again,
	'invitation.withdrawn': m.history_invitation_withdrawn,
	'member.joined': m.history_joined,
	'member.role': m.history_role,
	'member.function': m.history_function,
	'member.ended': m.history_ended,
	'member.kept': m.history_kept,
	'member.disabled': m.history_disabled,
	'member.enabled': m.history_enabled,
	'member.reset-made': m.history_reset_made,
	'member.password': m.history_password
};

/** „a schimbat rolul: Ana Exemplu, din colaborator în coordonator” */
function memberSentence(type: keyof typeof aboutMembers, data: Happened['data'], locale: Locale) {
	const { old, new: now, lastDay } = data;
	if (type === 'member.ended' && lastDay)
		return m.history_ends({ name: data.member?.name ?? '', day: formatDay(lastDay, locale) }, { locale });
	const functionOf = (of: Record<string, unknown> = {}) =>
		((locale === 'en' && of.functionEn) || of.functionRo || of.functionEn || '–') as string;
	const words = {
		name: data.member?.name ?? '',
		role: roleWord(now?.role, locale),
		was: type === 'member.function' ? functionOf(old) : roleWord(old?.role, locale),
		function: functionOf(now)
	};
	return aboutMembers[type](words, { locale });
}

/** Types of events; a test holds this list against what the commands record. */
export const eventTypes = [
	'measure.added',
	'measure.holders',
	'measure.retired',
	'measure.restored',
	'measure.succeeded',
	'plan.imported',
	'objective.added',
	'objective.texts',
	'measure.status',
	'measure.status.undone',
	'measure.date',
	'measure.texts',
	'measure.step.added',
	'measure.step.changed',
	'measure.step.removed',
	'measure.report.undone',
	'draft.written',
	'draft.edited',
	'draft.asked',
	'draft.commented',
	'draft.returned',
	'draft.withdrawn',
	'draft.approved',
	'organisation.approval',
	'update.posted',
	'update.replied',
	'update.edited',
	'update.withdrawn',
	'update.redacted',
	'request.answered',
	'request.declined',
	'request.promised',
	'request.reopened',
	'workspace.begun',
	'organisations.seated',
	'circle.added',
	'circle.renamed',
	'circle.quoting',
	'circle.joined',
	'circle.succeeded',
	'circle.left',
	'circle.retired',
	'circle.restored',
	'organisation.added',
	'organisation.renamed',
	'organisation.retired',
	'organisation.restored',
	'strategy.added',
	'strategy.texts',
	'strategy.retired',
	'strategy.restored',
	'arrived',
	'mail.retried',
	'organisation.looked',
	'member.signed-in',
	'member.signed-out',
	'update.flagged',
	'update.restored',
	'request.set-aside',
	'request.put-back',
	'flag.raised',
	'flag.restored',
	'flag.removed',
	'confirmation.made',
	'confirmation.reviewed',
	'invitation.made',
	'invitation.renewed',
	'invitation.withdrawn',
	'member.joined',
	'member.role',
	'member.function',
	'member.ended',
	'member.kept',
	'member.disabled',
	'member.enabled',
	'member.reset-made',
	'member.password',
	'member.sessions.ended',
	'member.proved',
	'member.password.set',
	'member.passkey.added',
	'member.passkey.renamed',
	'member.passkey.removed',
	'member.second.on',
	'member.second.off',
	'member.recovery.renewed',
	'meeting.planned',
	'meeting.edited',
	'meeting.opened',
	'meeting.closed',
	'meeting.taken',
	'meeting.paused',
	'meeting.time.started',
	'meeting.time.stopped',
	'meeting.extended',
	'agenda.added',
	'agenda.item.added',
	'agenda.item.edited',
	'agenda.state',
	'agenda.minutes',
	'agenda.ordered',
	'hand.raised',
	'hand.lowered',
	'hand.ordered',
	'hand.given',
	'hand.ended',
	'attendance.arrived',
	'attendance.left',
	'note.written',
	'note.edited',
	'minutes.approved',
	'proposal.put',
	'proposal.closed',
	'proposal.withdrawn',
	'position.taken',
	'position.delegated',
	'vote.cast',
	'vote.counted',
	'decision.recorded',
	'decision.edited',
	'decision.withdrawn',
	'decision.answered',
	'export.made',
	'report.made',
	'report.edited',
	'report.refreshed',
	'report.retired',
	'report.paragraph.added',
	'report.paragraph.changed',
	'report.paragraph.removed',
	'member.calendar.renewed',
	'member.calendar.ended'
] as const;
