/**
 * What comes through the door of every command: bad characters, personal numbers, absurd dates, other people's ids,
 * fields that are not asked for, the same act twice, and two people at once. The example of each command is given once;
 * the tests find its words, ids and days by themselves.
 */

import { type SQL, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { steps } from '#lib/workspace/first-days.ts';
import { bodyKeys } from '#lib/organisations/reference.server.ts';
import { engines, openTestDatabase, sharedOut, type TestDatabase } from '../support/database.ts';
import { disguisedNumbers } from '../support/identifiers.ts';
import { layDraft } from '../support/importing.ts';
import { type LaidMeeting, layMeeting } from '../support/meeting.ts';
import { inFull, keep, seed, size } from '../support/results.ts';
import { layTable, type Table } from '../support/table.ts';
import { codeOf, type LaidWays, layWays, origin, passwordHash, tenHashes } from '../support/ways.ts';

type Input = Record<string, unknown>;

/** What an example is about; made anew for each. */
type On = {
	actor: Actor;
	circles: Table['circle'];
	measureId: string;
	updateId: string;
	/** Another's post that asks the actor's organisation. */
	questionId: string;
	/** An organisation that can be asked. */
	ministry: string;
	stepId: string;
	viewId: string;
	session: string;
	ways: LaidWays;
	retiredId: string;
	/** Of the actor's post, not decided yet. */
	flagId: string;
	confirmationId: string;
	objectiveId: string;
	reportId: string;
	paragraphId: string;
	organisation: Table['organisation'];
	mailId: string;
	/** Differs from one preparation to the next. */
	turn: number;
	/** A circle inside All partners, with the agency in it. */
	keptId: string;
	retiredCircleId: string;
	/** Organisations with a name and nothing else; the second one is retired. */
	seatId: string;
	retiredSeatId: string;
	strategyId: string;
	retiredStrategyId: string;
	/** Members of the actor's organisation: one who works, one who is about to leave, one who is switched off. */
	colleagueId: string;
	leavingId: string;
	suspendedId: string;
	invitationId: string;
	/** A file that waits to be applied, and the look at it. */
	importId: string;
	seen: string;
	/** In the house, of the actor's organisation: a post that waits. */
	draftId: string;
	doneStepId: string;
	/** What the actor has just reported. */
	reportedId: string;
} & LaidMeeting;

const midnight = '2099-12-31T22:00:00.000Z';
let invitees = 0;
const link = () => ({ secret: hex(32), site: 'https://hora.example.org' });

const texts = {
	titleRo: 'Formular comun',
	titleEn: 'Formular comun',
	descriptionRo: '',
	descriptionEn: '',
	indicators: '',
	resources: '',
	deadline: ''
};
const step = { titleRo: 'Un pas', titleEn: '', date: null as string | null, source: '', done: false };
const newTexts = Object.fromEntries(Object.keys(texts).map((field) => [field, `Altceva ${field}`]));
const newStep = {
	titleRo: 'Alt pas',
	titleEn: 'Another',
	date: '2026-10-01',
	source: 'Monitorul Oficial',
	done: true
};

/** The meeting is in the national circle, where the embassy is not. */
const meetingFamilies = [
	...[
		'meeting',
		'agenda',
		'hand',
		'attendance',
		'note',
		'minutes',
		'proposal',
		'position',
		'vote',
		'decision'
	]
];
const meetingExamples: Record<string, (on: On) => Input> = {
	'meeting.plan': ({ circles, actor }) => ({
		circleId: circles.national,
		title: 'Ședința săptămânală',
		day: '2099-12-01',
		time: '10:00',
		place: 'Sala de la parter',
		link: 'https://exemplu.example/apel',
		chairId: actor.memberId,
		secretaryId: actor.memberId,
		...{ quorumOf: 'invited', quorumShare: 60 }
	}),
	'meeting.edit': ({ meetingId, chairId, actor }) => ({
		meetingId,
		changes: {
			...{ title: 'Alt titlu', day: '2099-12-02', time: '11:30', place: 'Sala de sus' },
			...{ link: 'https://exemplu.example/altul', chairId: actor.memberId, secretaryId: actor.memberId },
			...{ quorumOf: 'commission', quorumShare: 66 }
		},
		base: {
			...{ title: 'Ședința săptămânală', day: '2026-12-01', time: '10:00', place: '', link: '' },
			...{ chairId, secretaryId: null, quorumOf: 'none', quorumShare: 50 }
		}
	}),
	'meeting.follow': ({ meetingId }) => ({ meetingId, day: '2099-12-08', time: '10:00' }),
	'meeting.open': ({ meetingId }) => ({ meetingId, base: { state: 'planned' } }),
	'meeting.close': ({ meetingId }) => ({ meetingId, base: { state: 'open' } }),
	'meeting.take': ({ meetingId, aheadId, nowId }) => ({
		...{ meetingId, slotId: aheadId },
		base: { current: nowId }
	}),
	'meeting.timer': ({ meetingId }) => ({ meetingId, running: false, base: { running: true } }),
	'meeting.extend': ({ meetingId }) => ({ meetingId, minutes: 2 }),
	'agenda.add': ({ meetingId, circles, measureId }) => ({
		...{ meetingId, circleId: circles.national, minutes: 10, titleRo: 'Alt punct', titleEn: 'Another' },
		...{ text: 'Despre ce este', measures: [measureId], links: 'https://exemplu.example/document' }
	}),
	'agenda.state': ({ meetingId, aheadId }) => ({
		...{ meetingId, slotId: aheadId, state: 'put-off' },
		base: { state: 'ahead' }
	}),
	'agenda.minutes': ({ meetingId, aheadId }) => ({
		...{ meetingId, slotId: aheadId, minutes: 20 },
		base: { minutes: 10 }
	}),
	'agenda.order': ({ meetingId, nowId, aheadId, laterId, proposedId }) => ({
		...{ meetingId, order: [laterId, nowId, aheadId, proposedId] },
		base: { order: [nowId, aheadId, laterId, proposedId] }
	}),
	'agenda.item.edit': ({ itemId, measureId }) => ({
		itemId,
		changes: {
			...{ titleRo: 'Altfel', titleEn: 'Otherwise', text: 'Altceva', measures: [measureId] },
			links: 'https://exemplu.example/document'
		},
		base: { titleRo: 'Un punct', titleEn: '', text: '', measures: [measureId], links: '' }
	}),
	'hand.raise': ({ meetingId }) => ({ meetingId, kind: 'order' }),
	'hand.lower': ({ meetingId, handId }) => ({ meetingId, handId }),
	'hand.order': ({ meetingId, handId, otherHandId }) => ({
		...{ meetingId, order: [otherHandId, handId] },
		base: { order: [handId, otherHandId] }
	}),
	'hand.give': ({ meetingId, handId }) => ({ meetingId, handId, base: { speaker: null } }),
	'attendance.arrive': ({ meetingId, actor }) => ({ meetingId, memberId: actor.memberId }),
	'attendance.guest': ({ meetingId }) => ({
		...{ meetingId, guestName: 'Vasile Exemplu', guestBody: 'Direcția Exemplu' }
	}),
	'attendance.leave': ({ meetingId, attendanceId }) => ({ meetingId, attendanceId }),
	'note.write': ({ itemId }) => ({ itemId, text: 'Alt rând' }),
	'note.edit': ({ noteId }) => ({ noteId, text: 'Altfel', base: { text: 'Un rând' } }),
	'minutes.approve': ({ meetingId }) => ({ meetingId, reason: 'Un rând', base: { approved: 0 } }),
	'proposal.put': ({ itemId }) => ({ itemId, textRo: 'Se evaluează anual', textEn: 'Evaluated each year' }),
	'proposal.close': ({ proposalId }) => ({ proposalId }),
	'proposal.withdraw': ({ proposalId }) => ({ proposalId }),
	'position.take': ({ proposalId, organisation }) => ({
		...{ proposalId, organisationId: organisation.agentia, stance: 'reservation', reason: 'Din martie' },
		base: { stance: null }
	}),
	'position.delegate': ({ meetingId, colleagueId }) => ({
		...{ meetingId, memberId: colleagueId },
		base: { memberId: null }
	}),
	'vote.cast': ({ proposalId, colleagueId }) => ({
		...{ proposalId, memberId: colleagueId, vote: 'for' },
		base: { vote: null }
	}),
	'vote.count': ({ proposalId }) => ({
		...{ proposalId, for: 4, against: 1, abstain: 2, reservation: 'Din martie' },
		base: { for: 1, against: 0, abstain: 0, reservation: '' }
	}),
	'decision.record': ({ itemId, organisation, measureId }) => ({
		...{ itemId, textRo: 'Se evaluează', textEn: 'It is evaluated', organisations: [organisation.minister] },
		...{ dueOn: '2026-12-31', measureId }
	}),
	'decision.edit': ({ decisionId, organisation, measureId }) => ({
		decisionId,
		changes: {
			...{ textRo: 'Altfel', textEn: 'Otherwise', organisations: [organisation.agentia] },
			...{ dueOn: '2026-12-20', measureId }
		},
		base: {
			...{ textRo: 'Formularul pleacă în județe', textEn: '', dueOn: '2026-12-15', measureId },
			organisations: [organisation.ong, organisation.agentia]
		}
	}),
	'decision.withdraw': ({ decisionId }) => ({ decisionId }),
	'decision.answer': ({ decisionId }) => ({
		...{ decisionId, answer: 'other-date', on: '2026-12-20', reason: 'Întâi instruirea' },
		base: { answer: 'asked' }
	})
};

/** A whole input of each command, every field given, that its actor may send. */
const examples: Record<string, (on: On) => Input> = {
	...(meetingExamples satisfies Record<string, (on: On) => Input>),
	'session.start': () => ({
		sessionId: hex(16),
		secretHash: hex(32),
		device: 'Laptopul meu',
		browser: 'Firefox, Linux'
	}),
	'session.end': ({ session }) => ({ sessionId: session }),
	'session.end.others': ({ session }) => ({ sessionId: session }),
	'session.prove': ({ session }) => ({ sessionId: session }),
	'password.set': () => ({ passwordHash: `${passwordHash}${hex(4)}` }),
	'passkey.add': ({ ways: { challengeId, response } }) => ({
		challengeId,
		origin,
		response,
		name: 'Telefonul meu'
	}),
	'passkey.rename': ({ ways: { passkey } }) => ({ passkey, name: 'Tableta', base: { name: 'Telefonul' } }),
	'passkey.remove': ({ ways: { passkey } }) => ({ passkey }),
	'totp.start': () => ({ challenge: hex(16) }),
	'totp.confirm': ({ ways: { totpId, secret } }) => ({
		challengeId: totpId,
		digits: codeOf(secret),
		codeHashes: tenHashes()
	}),
	'totp.remove': () => ({ base: { totp: false } }),
	'recovery.renew': () => ({ codeHashes: tenHashes() }),
	'update.post': ({ measureId, circles, ministry }) => ({
		measureId,
		circleId: circles.national,
		kind: 'question',
		language: 'ro',
		text: 'Când se predă formularul?',
		gist: 'When is the form due?',
		asks: { organisationIds: [ministry], due: '2099-12-18' }
	}),
	'update.reply': ({ updateId }) => ({ updateId, language: 'ro', text: 'Mulțumim.', gist: 'Thanks.' }),
	'update.edit': ({ updateId }) => ({
		...{ updateId, text: 'Altfel spus.', gist: 'In other words.' },
		base: { text: 'Cum s-a spus', gist: '' }
	}),
	'draft.write': ({ measureId, circles, ministry }) => ({
		draft: { command: 'update.post', ask: true },
		...{ measureId, circleId: circles.national, kind: 'question', language: 'ro' },
		...{ text: 'Când se predă formularul?', gist: 'When is the form due?' },
		asks: { organisationIds: [ministry], due: '2099-12-18' }
	}),
	'draft.edit': ({ draftId, measureId, circles, ministry }) => ({
		draft: { command: 'update.post', ask: true, draftId, editedAt: null },
		...{ measureId, circleId: circles.national, kind: 'question', language: 'ro' },
		...{ text: 'Când se predă, de fapt?', gist: 'When is it due, really?' },
		asks: { organisationIds: [ministry], due: '2099-12-18' }
	}),
	'draft.ask': ({ draftId }) => ({ draftId }),
	'draft.comment': ({ draftId }) => ({ draftId, text: 'Câte județe?' }),
	'draft.return': ({ draftId }) => ({ draftId, reason: 'Lipsește cifra' }),
	'draft.withdraw': ({ draftId }) => ({ draftId }),
	'draft.approve': ({ draftId }) => ({ draftId, base: { editedAt: null } }),
	'organisation.approval': ({ organisation }) => ({
		organisationId: organisation.ong,
		approves: true,
		base: { approves: false }
	}),
	'measure.report': ({ measureId, circles, stepId, doneStepId }) => ({
		...{ measureId, status: 'blocked', nextDate: '2099-12-18', doneIds: [stepId] },
		...{ text: 'Lipsește avizul', language: 'ro', circleId: circles.all },
		base: { status: 'in-progress', nextDate: null, doneIds: [doneStepId] }
	}),
	'measure.report.undo': ({ measureId, reportedId }) => ({ measureId, reportId: reportedId }),
	'update.withdraw': ({ updateId }) => ({ updateId }),
	'update.move': ({ updateId, circles }) => ({
		updateId,
		circleId: circles.national,
		base: { circleId: circles.all }
	}),
	'request.answer': ({ questionId }) => ({
		...{ updateId: questionId, language: 'ro', text: 'În martie.', gist: 'In March.' }
	}),
	'request.decline': ({ questionId }) => ({
		...{ updateId: questionId, language: 'ro', text: 'Nu avem datele.', gist: 'We lack the data.' }
	}),
	'request.promise': ({ questionId }) => ({
		updateId: questionId,
		due: '2099-12-18',
		base: { due: '2099-12-01' }
	}),
	'measure.status': ({ measureId }) => ({
		measureId,
		status: 'blocked',
		reason: 'Lipsește avizul',
		base: { status: 'in-progress' }
	}),
	'measure.status.undo': ({ measureId }) => ({ measureId, base: { status: 'in-progress' } }),
	'organisation.look': ({ measureId, ministry }) => ({ measureId, organisationId: ministry }),
	'view.keep': ({ measureId }) => ({ name: 'Cele blocate', query: `status=blocked&q=${measureId}` }),
	'view.forget': ({ viewId }) => ({ viewId }),
	'news.seen': ({ measureId, circles }) => ({ measureId, heads: { [circles.all]: 3 } }),
	'news.all-seen': ({ circles, measureId }) => ({ heads: { [circles.all]: 3, [measureId]: 1 } }),
	'measure.date': ({ measureId }) => ({
		measureId,
		nextDate: '2026-12-18',
		reason: 'Convenit',
		base: { nextDate: null }
	}),
	'measure.texts': ({ measureId }) => ({ measureId, texts: newTexts, base: texts }),
	'measure.move': ({ measureId, circles }) => ({
		measureId,
		circleId: circles.national,
		base: { circleId: circles.all }
	}),
	'plan.import': ({ importId, seen }) => ({
		importId,
		base: { seen },
		reason: 'Numărul este al liniei.'
	}),
	'measure.add': ({ objectiveId, circles, organisation }) => ({
		objectiveId,
		circleId: circles.national,
		code: 'B',
		titleRo: 'Linie telefonică',
		titleEn: 'Helpline',
		descriptionRo: 'În patru limbi.',
		descriptionEn: 'In four languages.',
		deadline: 'Anual',
		nextDate: '2027-03-31',
		leads: [organisation.agentia],
		partners: [organisation.ong],
		steps: [{ titleRo: 'Caietul de sarcini', titleEn: 'Terms', date: '2027-01-15' }]
	}),
	'measure.holders': ({ measureId, organisation }) => ({
		measureId,
		holders: { leads: [organisation.agentia], partners: [organisation.asociatia] },
		base: { leads: [organisation.ong], partners: [organisation.minister] }
	}),
	'measure.retire': ({ measureId }) => ({
		measureId,
		reason: 'Cuprinsă în alta',
		base: { retired: false }
	}),
	'measure.restore': ({ retiredId }) => ({ measureId: retiredId, base: { retired: true } }),
	'objective.add': ({ objectiveId }) => ({
		underId: objectiveId,
		code: '1.1',
		titleRo: 'Sprijin pe termen lung',
		titleEn: 'Long-term support'
	}),
	'objective.edit': ({ objectiveId }) => ({
		objectiveId,
		texts: { code: '2', titleRo: 'Sprijinul', titleEn: 'Support' },
		base: { code: '', titleRo: 'Protecția', titleEn: 'Protection' }
	}),
	'flag.raise': ({ updateId }) => ({ updateId, reason: 'Un nume' }),
	'flag.restore': ({ flagId }) => ({ flagId, why: 'Nu numește pe nimeni' }),
	'flag.remove': ({ flagId }) => ({ flagId, why: 'Numea o persoană' }),
	'confirmation.review': ({ confirmationId }) => ({ confirmationId }),
	'circle.add': ({ keptId, organisation }) => ({
		insideId: keptId,
		nameRo: 'Linia telefonică',
		nameEn: 'Helpline',
		organisationIds: [organisation.agentia]
	}),
	'circle.rename': ({ keptId }) => ({
		circleId: keptId,
		names: { nameRo: 'Altul', nameEn: 'Another' },
		base: { nameRo: 'Cerc', nameEn: 'Circle' }
	}),
	'circle.join': ({ keptId, organisation }) => ({ circleId: keptId, organisationId: organisation.asociatia }),
	'circle.leave': ({ keptId, organisation }) => ({ circleId: keptId, organisationId: organisation.agentia }),
	'circle.quoting': ({ keptId }) => ({
		circleId: keptId,
		quoting: 'freely',
		base: { quoting: 'agreement' }
	}),
	'circle.retire': ({ keptId }) => ({ circleId: keptId, base: { retired: false } }),
	'circle.restore': ({ retiredCircleId }) => ({ circleId: retiredCircleId, base: { retired: true } }),
	'organisation.add': ({ measureId }) => ({
		kind: 'ngo',
		nameRo: `Fundația ${measureId}`,
		nameEn: 'The foundation',
		shortRo: 'Fundația',
		shortEn: 'Foundation',
		group: false
	}),
	'organisation.rename': ({ seatId }) => ({
		organisationId: seatId,
		names: { nameRo: 'Alta', nameEn: 'Other', shortRo: 'Alta', shortEn: 'Other' },
		base: { nameRo: 'Una', nameEn: 'One', shortRo: 'Una', shortEn: 'One' }
	}),
	'organisation.retire': ({ seatId }) => ({ organisationId: seatId, base: { retired: false } }),
	'organisation.restore': ({ retiredSeatId }) => ({ organisationId: retiredSeatId, base: { retired: true } }),
	'strategy.add': ({ measureId }) => ({
		titleRo: `Strategia ${measureId}`,
		titleEn: 'Strategy',
		source: 'HG 1/2029'
	}),
	'strategy.edit': ({ strategyId }) => ({
		strategyId,
		texts: { titleRo: 'Alta', titleEn: 'Another', source: 'HG 2/2029' },
		base: { titleRo: 'Una', titleEn: 'One', source: '' }
	}),
	'strategy.retire': ({ strategyId }) => ({ strategyId, base: { retired: false } }),
	'strategy.restore': ({ retiredStrategyId }) => ({
		strategyId: retiredStrategyId,
		base: { retired: true }
	}),
	'measure.step.add': ({ measureId }) => ({ measureId, ...newStep }),
	'measure.step.change': ({ measureId, stepId }) => ({ measureId, stepId, changes: newStep, base: step }),
	'measure.step.remove': ({ measureId, stepId }) => ({ measureId, stepId, base: step }),
	'organisations.seat': ({ turn }) => ({ keys: [bodyKeys[turn % bodyKeys.length]] }),
	'workspace.skip': ({ turn }) => ({ step: steps[turn % steps.length], skipped: turn % 3 > 0 }),
	'mail.retry': ({ mailId }) => ({ mailId }),
	'mail.choose': () => ({
		choice: { asked: 'daily', weekday: 5, hour: 17, language: 'en' },
		base: { asked: 'at-once', weekday: 1, hour: 8, language: 'ro' }
	}),
	'calendar.renew': () => ({ secret: hex(32) }),
	'calendar.off': () => ({ base: { calendar: false } }),
	'invitation.make': ({ organisation }) => ({
		organisationId: organisation.ong,
		email: `maria${++invitees}@asociatia.example`,
		name: 'Maria Exemplu',
		role: 'coordinator',
		functionRo: 'directoare',
		functionEn: 'director',
		language: 'en',
		...link()
	}),
	'invitation.renew': ({ invitationId }) => ({ invitationId, ...link() }),
	'invitation.withdraw': ({ invitationId }) => ({ invitationId }),
	'member.role': ({ colleagueId }) => ({
		memberId: colleagueId,
		role: 'coordinator',
		base: { role: 'contributor' }
	}),
	'member.function': ({ colleagueId }) => ({
		memberId: colleagueId,
		texts: { functionRo: 'consilieră', functionEn: 'adviser' },
		base: { functionRo: '', functionEn: '' }
	}),
	'member.end': ({ colleagueId }) => ({
		memberId: colleagueId,
		lastDay: '2099-12-18',
		base: { until: null }
	}),
	'member.keep': ({ leavingId }) => ({ memberId: leavingId, base: { until: midnight } }),
	'member.disable': ({ colleagueId }) => ({ memberId: colleagueId, base: { active: true } }),
	'member.enable': ({ suspendedId }) => ({ memberId: suspendedId, base: { active: false } }),
	'export.make': ({ circles }) => ({
		...{ what: 'updates', format: 'json', circleId: circles.national },
		...{ from: '2026-01-01', to: '2026-06-30' }
	}),
	'report.make': ({ circles, objectiveId }) => ({
		...{ circleId: circles.national, title: 'Raportul trimestrial', language: 'en' },
		...{ from: '2026-01-01', to: '2026-06-30', objectives: [objectiveId] }
	}),
	'report.edit': ({ reportId }) => ({ reportId, title: 'Alt titlu', base: { title: 'Raport' } }),
	'report.refresh': ({ reportId }) => ({ reportId, key: 'measure:' + nowhere }),
	'report.retire': ({ reportId }) => ({ reportId, base: { retired: false } }),
	'report.paragraph.add': ({ reportId, objectiveId }) => ({
		...{ reportId, placeId: objectiveId, text: 'Cuvintele noastre' }
	}),
	'report.paragraph.change': ({ reportId, paragraphId }) => ({
		...{ reportId, paragraphId, text: 'Altfel spus', base: { text: 'Un paragraf' } }
	}),
	'report.paragraph.remove': ({ reportId, paragraphId }) => ({
		...{ reportId, paragraphId, base: { text: 'Un paragraf' } }
	}),
	'reset.make': ({ colleagueId }) => ({ memberId: colleagueId, secret: hex(32), language: 'ro' })
};

const personalNumbers = [
	'1800101700011',
	'1 800101 700011',
	'5000229-70.0012',
	'６９９１２３１７０９９９９',
	'16306\u200b15123457'
];
const digitsOf = (text: string) => text.normalize('NFKC').replace(/[^0-9]/g, '');
const notText = ['a\0b', 'a\ud83d', '\udc4da', 'a\u001b[31m', 'a\u0085b'];
const notIds = [
	'',
	'x',
	'a\0',
	null,
	7,
	[],
	{},
	'\ud800',
	`${'0'.repeat(8)}-0000-4000-8000-00000000000g`,
	'../..',
	"' or 1=1"
];
const notDays = [
	...[
		'275760-09-13',
		'+275760-09-13',
		'0000-00-00',
		'-000001-01-01',
		'1999-12-31',
		'2100-01-01',
		'2026-02-30'
	],
	...['2026-13-01', '2026-1-1', '2026-12-18T00:00:00Z', '2026-12-18\0', 'Infinity', 'now', '']
];
const notInputs = [
	undefined,
	null,
	[],
	'x',
	7,
	true,
	nested(10_000),
	JSON.parse('{"__proto__":{"measureId":"x"}}')
];

/** What a browser never sends; some are columns, some are facts of the actor. */
const foreign = {
	...{ id: crypto.randomUUID(), memberId: crypto.randomUUID(), organisationId: crypto.randomUUID() },
	...{
		author: crypto.randomUUID(),
		actor: { role: 'secretariat' },
		role: 'secretariat',
		ownCircleId: crypto.randomUUID()
	},
	...{
		ownId: null,
		parentId: crypto.randomUUID(),
		version: 99,
		n: 99,
		at: '1990-01-01',
		example: true,
		illustrative: true
	},
	...{ postedAt: '1990-01-01', editedAt: '1990-01-01', withdrawnAt: '1990-01-01', prose: [{ type: 'html' }] },
	...{
		replyTo: crypto.randomUUID(),
		position: -1,
		code: 'X',
		asOf: '1990-01-01',
		objectiveId: crypto.randomUUID()
	},
	...{
		leads: [],
		partners: [],
		steps: [],
		operation: 'x',
		reserved: true,
		member_id: 'x',
		circle_id: 'x',
		own_id: 'x'
	}
};

const nowhere = '00000000-0000-4000-8000-000000000000';

/** Ids of nothing. */
const emptyOn = {
	actor: {},
	circles: {},
	measureId: nowhere,
	updateId: nowhere,
	questionId: nowhere,
	ministry: 'x',
	stepId: nowhere,
	viewId: nowhere,
	session: 'x',
	ways: { passkey: 'x', challengeId: 'x', response: 'x', totpId: 'x', secret: 'JBSWY3DPEHPK3PXP' },
	mailId: nowhere,
	...{ retiredId: nowhere, objectiveId: nowhere, flagId: nowhere, confirmationId: nowhere },
	turn: 0,
	keptId: nowhere,
	retiredCircleId: nowhere,
	seatId: nowhere,
	retiredSeatId: nowhere,
	strategyId: nowhere,
	retiredStrategyId: nowhere,
	...{ reportId: nowhere, paragraphId: nowhere },
	organisation: { agentia: 'x', ong: 'x', asociatia: 'x', minister: 'x' },
	...{ colleagueId: nowhere, leavingId: nowhere, suspendedId: nowhere, invitationId: nowhere },
	...{ importId: nowhere, seen: 'x' },
	...{ draftId: nowhere, doneStepId: nowhere, reportedId: nowhere },
	...{
		meetingId: nowhere,
		chairId: nowhere,
		nowId: nowhere,
		aheadId: nowhere,
		laterId: nowhere,
		proposedId: nowhere
	},
	...{ itemId: nowhere, handId: nowhere, otherHandId: nowhere, noteId: nowhere, decisionId: nowhere },
	...{ attendanceId: nowhere, proposalId: nowhere, colleagueId: nowhere }
} as unknown as On;

describe('the examples', () => {
	test('there is one for every command, with every field of its schema', () => {
		expect(Object.keys(examples).sort()).toEqual([...commands.keys()].sort());
		for (const [name, example] of Object.entries(examples)) {
			// A list is named by its first.
			const given = [
				...new Set(leavesOf(example(emptyOn)).map(({ path }) => path.join('.').replace(/\.\d+\b/g, '.0')))
			];
			const { draft } = example(emptyOn) as { draft?: { command: string } };
			// What stands in the house holds the fields of the act itself.
			const inner = draft ? fieldsOf((commands.get(draft.command) as AnyCommand).input) : [];
			const taken = [...fieldsOf((commands.get(name) as AnyCommand).input), ...inner];
			expect([name, given.sort()]).toEqual([name, taken.sort()]);
		}
	});
});

describe.each(engines)('every command, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	/** Ids of what the examples' actor cannot see. */
	let hidden: string[];
	let printed: string[] = [];
	let turn = 0;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		hidden = await hideThings();
	});
	afterAll(() => database.close());
	beforeEach(() => {
		printed = [];
		for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
			vi.spyOn(console, method).mockImplementation((...said) => void printed.push(JSON.stringify(said)));
	});
	afterEach(() => void vi.restoreAllMocks());

	const names = [...commands.keys()];
	const asked = sharedOut(engine, names);
	const commandOf = (name: string) => commands.get(name) as AnyCommand;
	const exampleOf = (name: string, on: On) => (examples[name] as (on: On) => Input)(on);

	/**
	 * A measure in All partners with a step and a post of the actor's organisation, and a session of the actor's; of
	 * what only some commands are about, what this one is about.
	 */
	async function prepare(name: string): Promise<On> {
		const isOf = (...families: string[]) => families.includes(name.split('.')[0] as string);
		// What only its coordinators switch is no matter of the secretariat.
		const byCoordinator = ['organisation.approval', 'position.delegate'].includes(name);
		const actor = table.member('ong', byCoordinator ? 'coordinator' : 'secretariat');
		await approveNothing();
		const measureId = await table.addMeasure({ leads: ['ong'], partners: ['minister'] });
		const { stepId, updateId } = await putUnder(measureId, table.circle.all, actor);
		const { organisation, circle: circles } = table;
		return {
			...emptyOn,
			...{ actor, circles, organisation, ministry: organisation.minister, measureId, stepId, updateId },
			session: await putSession(actor),
			turn: turn++,
			...(isOf('measure', 'objective', 'report') && (await putPlan())),
			...(isOf('request') && { questionId: await putQuestion(measureId, actor) }),
			...(isOf('view', 'measure') && { viewId: await moveAndKeep(measureId, actor) }),
			...(isOf('flag', 'confirmation') && (await putFlagged(measureId, actor))),
			...(isOf('passkey', 'totp', 'recovery', 'password') && { ways: await layWays(database, actor) }),
			...(isOf('report') && (await putReport(actor))),
			...(isOf('mail') && { mailId: await putMail() }),
			...(isOf('plan') && (await layDraft(database, actor, table, { warned: true }))),
			...(isOf('mail', 'calendar') && (await forgetChosen())),
			...(isOf('circle', 'organisation', 'strategy') && (await putKept())),
			...(isOf('draft') && { draftId: await putDraft(measureId, actor) }),
			...(name.startsWith('measure.report') && (await putReported(measureId, actor))),
			...(isOf(...meetingFamilies) && (await putMeeting(name, actor, measureId))),
			...(isOf('position', 'vote') && {
				colleagueId: table.member(isOf('vote') ? 'comisia' : 'ong').memberId
			}),
			...(isOf('invitation', 'member', 'reset') && (await putPeople(actor)))
		};
	}

	/** That the actor chairs; of two others, or of the actor's organisation and another, hands are raised. */
	const putMeeting = (name: string, chair: Actor, measureId: string) =>
		layMeeting(database, {
			circleId: table.circle.national,
			...{
				chair,
				author: /^(hand\.raise|attendance\.arrive)$/.test(name) ? table.member('asociatia') : chair
			},
			other: table.member('agentia'),
			measures: [measureId],
			state:
				name === 'meeting.open'
					? 'planned'
					: ['meeting.follow', 'minutes.approve'].includes(name)
						? 'closed'
						: 'open'
		});

	/** A measure that is retired, an objective. */
	async function putPlan() {
		const retiredId = await table.addMeasure({ leads: ['ong'], partners: [] });
		const objectiveId = crypto.randomUUID() as string;
		await database.asOwner(async (tx) => {
			await tx.execute(sql`update measures set retired_at = now() where id = ${retiredId}`);
			await putObjective(tx, objectiveId, table.circle.all);
		});
		return { retiredId, objectiveId };
	}

	const approveNothing = () =>
		database.asOwner((tx) => tx.execute(sql`update organisations set approves = false where approves`));

	/** A report of the actor's organisation that stands on nothing yet, with a paragraph. */
	async function putReport({ organisationId, memberId, ownCircleId }: Actor) {
		const [reportId, paragraphId] = [crypto.randomUUID() as string, crypto.randomUUID() as string];
		const { all } = table.circle;
		await database.asOwner(async (tx) => {
			await tx.execute(
				sql`insert into subjects (id, circle_id, own_id) values (${reportId}, ${all}, ${ownCircleId})`
			);
			await tx.execute(sql`insert into reports (id, circle_id, organisation_id, member_id, title, language, sources)
				values (${reportId}, ${all}, ${organisationId}, ${memberId}, 'Raport', 'ro', '{"update:1":"1"}')`);
			await tx.execute(sql`insert into report_paragraphs (id, report_id, circle_id, position, text)
				values (${paragraphId}, ${reportId}, ${all}, 1, 'Un paragraf')`);
		});
		return { reportId, paragraphId };
	}

	/** What the secretariat keeps. */
	async function putKept() {
		const [keptId, retiredCircleId, seatId, retiredSeatId, strategyId, retiredStrategyId] = Array.from(
			{ length: 6 },
			() => crypto.randomUUID()
		) as [string, string, string, string, string, string];
		await database.asOwner(async (tx) => {
			await tx.execute(sql`insert into circles (id, kind, name_ro, name_en, inside)
				values (${keptId}, 'made', 'Cerc', 'Circle', ${table.circle.all}),
					(${retiredCircleId}, 'made', 'Fost', 'Former', ${table.circle.all})`);
			await tx.execute(sql`update circles set retired_at = now() where id = ${retiredCircleId}`);
			await tx.execute(sql`insert into circle_organisations (circle_id, organisation_id)
				values (${keptId}, ${table.organisation.agentia})`);
			await tx.execute(sql`insert into organisations (id, kind, name_ro, name_en, short_ro, short_en, retired_at)
				values (${seatId}, 'ngo', 'Una', 'One', 'Una', 'One', null),
					(${retiredSeatId}, 'ngo', 'Fosta', 'Former', 'Fosta', 'Former', now())`);
			await tx.execute(sql`insert into subjects (id, circle_id)
				values (${strategyId}, ${table.circle.all}), (${retiredStrategyId}, ${table.circle.all})`);
			await tx.execute(sql`insert into strategies (id, circle_id, title_ro, title_en, retired_at)
				values (${strategyId}, ${table.circle.all}, 'Una', 'One', null),
					(${retiredStrategyId}, ${table.circle.all}, 'Alta', 'Another', now())`);
		});
		return { keptId, retiredCircleId, seatId, retiredSeatId, strategyId, retiredStrategyId };
	}

	/** Three colleagues with accounts, and one who is invited. */
	function putPeople({ organisationId, memberId }: Actor) {
		const [colleagueId, leavingId, suspendedId, invitationId] = Array.from({ length: 4 }, () =>
			crypto.randomUUID()
		) as [string, string, string, string];
		return database.asOwner(async (tx) => {
			for (const id of [colleagueId, leavingId, suspendedId]) {
				await tx.execute(sql`insert into members (id, organisation_id, name, role, active, until)
					values (${id}, ${organisationId}, 'Coleg Exemplu', 'contributor', ${id !== suspendedId},
						${id === leavingId ? midnight : null})`);
				await tx.execute(
					sql`insert into signin.accounts (member_id, email) values (${id}, ${`${id}@exemplu.example`})`
				);
			}
			await tx.execute(sql`insert into invitations
					(id, organisation_id, email, name, role, language, invited_by, secret_hash, expires_at)
				values (${invitationId}, ${organisationId}, ${`${invitationId}@exemplu.example`}, 'Invitat Exemplu',
					'observer', 'ro', ${memberId}, '\\x00', now() + interval '1 day')`);
			return { colleagueId, leavingId, suspendedId, invitationId };
		});
	}

	async function putQuestion(measureId: string, asked: Actor) {
		const { result } = await execute(
			database,
			postUpdate,
			table.member('comisia'),
			{
				measureId,
				circleId: table.circle.all,
				kind: 'question',
				text: 'Când?',
				asks: { organisationIds: [asked.organisationId], due: '2099-12-01' }
			},
			crypto.randomUUID()
		);
		return result.id as string;
	}

	/** A post that stands in the house. */
	function putDraft(measureId: string, { memberId, organisationId, ownCircleId }: Actor) {
		const draftId = crypto.randomUUID() as string;
		return database.asOwner(async (tx) => {
			const input = {
				measureId,
				circleId: table.circle.all,
				kind: 'comment',
				language: 'ro',
				text: 'În casă'
			};
			await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
				values (${draftId}, ${ownCircleId}, ${measureId}, ${ownCircleId})`);
			await tx.execute(sql`insert into drafts
					(id, circle_id, measure_id, organisation_id, member_id, command, input, state)
				values (${draftId}, ${ownCircleId}, ${measureId}, ${organisationId}, ${memberId}, 'update.post',
					${json(input)}, 'kept')`);
			return draftId;
		});
	}

	/** A step that is done, and a report of the actor's a moment ago. */
	function putReported(measureId: string, actor: Actor) {
		const [doneStepId, reportedId] = [crypto.randomUUID() as string, crypto.randomUUID() as string];
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into steps (id, measure_id, circle_id, position, title_ro, done)
				values (${doneStepId}, ${measureId}, ${table.circle.all}, 2, 'Alt pas', true)`);
			await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
			const data = { old: { nextDate: '2030-01-01' }, new: { nextDate: null }, report: reportedId };
			await tx.execute(sql`select append(${json([{ subject: measureId, type: 'measure.date', data }])})`);
			return { doneStepId, reportedId };
		});
	}

	/** What the secretariat has to decide, and to look at. */
	async function putFlagged(measureId: string, author: Actor) {
		const { updateId } = await putUnder(measureId, table.circle.all, author);
		const [flagId, confirmationId] = [crypto.randomUUID(), crypto.randomUUID()];
		await database.asOwner(async (tx) => {
			await tx.execute(sql`select set_config('app.member', ${table.member('ambasada').memberId}, true)`);
			await tx.execute(sql`select raise_flag(${updateId}, ${flagId}, '')`);
			const circleId = table.circle.secretariat;
			await tx.execute(sql`insert into subjects (id, circle_id) values (${confirmationId}, ${circleId})`);
			await tx.execute(sql`insert into confirmations (id, circle_id, member_id, command, field, kinds, reason)
				values (${confirmationId}, ${circleId}, ${author.memberId}, 'update.post', 'text', '{phone}', 'De ce nu')`);
		});
		return { flagId, confirmationId };
	}

	async function putObjective(tx: Tx, id: string, circleId: string) {
		await tx.execute(sql`insert into subjects (id, circle_id) values (${id}, ${circleId})`);
		await tx.execute(sql`insert into objectives (id, circle_id, strategy_id, kind, title_ro, title_en, position)
			select ${id}, ${circleId}, strategy_id, 'general', 'Protecția', 'Protection', 2
				from objectives where id = ${table.objectiveId}`);
	}

	function putUnder(measureId: string, circleId: string, author: Actor) {
		const [stepId, updateId] = [crypto.randomUUID(), crypto.randomUUID()];
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into steps (id, measure_id, circle_id, position, title_ro)
				values (${stepId}, ${measureId}, ${circleId}, 1, ${step.titleRo})`);
			await tx.execute(sql`insert into subjects (id, circle_id, parent_id, own_id)
				values (${updateId}, ${circleId}, ${measureId}, ${author.ownCircleId})`);
			await tx.execute(sql`insert into updates
					(id, circle_id, measure_id, organisation_id, member_id, kind, language, text, prose)
				values (${updateId}, ${circleId}, ${measureId}, ${author.organisationId}, ${author.memberId},
					'comment', 'ro', 'Cum s-a spus', '[]')`);
			return { stepId, updateId };
		});
	}

	/** The actor has just moved the measure, and keeps a view. */
	function moveAndKeep(measureId: string, actor: Actor) {
		const data = { old: { status: 'proposed', asOf: null }, new: { status: 'in-progress', asOf: null } };
		const viewId = crypto.randomUUID();
		return database.asOwner(async (tx) => {
			await tx.execute(sql`select set_config('app.member', ${actor.memberId}, true)`);
			await tx.execute(sql`select append(${json([{ subject: measureId, type: 'measure.status', data }])})`);
			await tx.execute(sql`insert into views (id, member_id, name, query)
				values (${viewId}, ${actor.memberId}, 'Ale noastre', 'mine=yes')`);
			return viewId;
		});
	}

	/** Nobody has chosen anything, or has a calendar. */
	function forgetChosen() {
		return database.asOwner(async (tx) => {
			for (const table of ['mail_choices', 'mail_weeks', 'signin.calendars'])
				await tx.execute(sql.raw(`delete from ${table}`));
			return {};
		});
	}

	function putMail() {
		const id = crypto.randomUUID() as string;
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into mails (id, kind, address, subject, text, state)
				values (${id}, 'invitation', 'ana@a.example', 'Invitație', 'Cuvinte', 'failed')`);
			return id;
		});
	}

	function putSession(actor: Actor) {
		const id = hex(16);
		return database.asOwner(async (tx) => {
			await tx.execute(sql`insert into signin.sessions (id, member_id, secret_hash)
				values (${id}, ${actor.memberId}, '\\x00')`);
			return id;
		});
	}

	/** The embassy's own: a measure with what is on it, its post on a common measure, its session, circles of others. */
	async function hideThings() {
		const embassy = table.member('ambasada');
		const secret = await table.addMeasure({ circle: 'own ambasada', leads: ['ambasada'] });
		const under = await putUnder(secret, table.circle['own ambasada'], embassy);
		const common = await table.addMeasure({ leads: ['ambasada'] });
		const { result } = await execute(
			database,
			postUpdate,
			embassy,
			{
				measureId: common,
				circleId: table.circle['own ambasada'],
				kind: 'comment',
				text: 'Numai pentru noi'
			},
			crypto.randomUUID()
		);
		const objective = crypto.randomUUID();
		await database.asOwner((tx) => putObjective(tx, objective, table.circle['own ambasada']));
		const members = [embassy.memberId, embassy.organisationId];
		const circles = [table.circle['own ambasada'], table.circle.state];
		return [
			secret,
			objective,
			under.stepId,
			under.updateId,
			result.id as string,
			...circles,
			...members,
			await putSession(embassy)
		];
	}

	/** Of each table, what `value` makes of its rows. */
	const ofEveryTable = (value: string) =>
		database.asOwner(async (tx) => {
			const tables = await rows<{ name: string }>(
				tx,
				sql`select format('%I.%I', schemaname, tablename) as name from pg_tables
					where schemaname in ('public', 'signin') order by 1`
			);
			const every = tables.map(({ name }) => `select '${name}' as name, ${value} as value from ${name} t`);
			return rows<{ name: string; value: string | null }>(tx, sql.raw(every.join(' union all ')));
		});

	/** Differs as soon as any row was written or deleted: each names the transaction that wrote it. */
	const standing = () => ofEveryTable(`count(*) || ' ' || sum(xmin::text::bigint)`);
	const allWords = async () =>
		(await ofEveryTable(`string_agg(t::text, chr(10))`)).map(({ value }) => value ?? '').join('\n');

	/** The refusal, as it goes out on the wire; anything that is no refusal is a bug. */
	async function refusalOf(name: string, on: On, input: unknown, operation = crypto.randomUUID() as string) {
		try {
			await execute(database, commandOf(name), on.actor, input, operation);
		} catch (error) {
			if (error instanceof Refusal) return error.onTheWire();
			throw new Error(`${name} ${JSON.stringify(input)}: ${String(error)}`, { cause: error });
		}
		throw new Error(`${name} was not refused: ${JSON.stringify(input)}`);
	}

	const send = (name: string, on: On, input: unknown, operation = crypto.randomUUID() as string) =>
		execute(database, commandOf(name), on.actor, input, operation);

	test.each(asked)('%s refuses what is no input, and nothing is half-written', async (name) => {
		const on = await prepare(name);
		const before = await standing();
		const input = exampleOf(name, on);

		for (const nothing of notInputs)
			expect(await refusalOf(name, on, nothing)).toMatchObject({ code: 'invalid' });
		for (const { path, value, is } of leavesOf(input)) {
			const field = path.join('.');
			const words = is === 'words' && path[0] !== 'base';
			const wrong: unknown[] = [Number.MAX_VALUE, {}, [[]], nested(1000), ...(is === 'words' ? notText : [])];
			if (is === 'id')
				wrong.push(...notIds.filter((bad) => bad !== null || !mayBeNobody.includes(`${name} ${field}`)));
			if (is === 'day') wrong.push(...notDays, 20261218, true);
			if (is === 'choice')
				wrong.push('', 'constructor', '__proto__', 'toString', ...(value === null ? [] : [null]), notText[0]);
			for (const bad of wrong) {
				const refusal = await refusalOf(name, on, put(input, path, bad));
				// What an edit was based on is held against what stands, not kept: there any text only differs.
				if (path[0] === 'base' && is === 'words') expect(['invalid', 'conflict']).toContain(refusal.code);
				else if (value !== null || bad !== null) {
					expect([field, bad, refusal.code]).toEqual([field, bad, 'invalid']);
					if (words && typeof bad === 'string') expect(refusal.fields).toEqual({ [field]: 'words.not_text' });
				}
			}
		}
		for (const operation of ['', 'x', 'a\0', `${crypto.randomUUID()}x`, crypto.randomUUID().toUpperCase()])
			expect(await refusalOf(name, on, input, operation)).toEqual({
				code: 'invalid',
				fields: { operation: 'operation.missing' }
			});

		expect(await standing()).toEqual(before);
		await send(name, on, input); // and the example itself is good
		expect(await standing()).not.toEqual(before);
	});

	test.each(asked)('%s refuses a personal number wherever words are, and never repeats it', async (name) => {
		const on = await prepare(name);
		const before = await standing();
		const input = exampleOf(name, on);
		for (const { path, is } of leavesOf(input))
			for (const number of ['words', 'address', 'id'].includes(is) ? personalNumbers : []) {
				const refusal = await refusalOf(name, on, put(input, path, `Persoana ${number} așteaptă`));
				if ((is === 'words' || is === 'address') && path[0] !== 'base')
					expect(refusal).toEqual({ code: 'invalid', fields: { [path.join('.')]: 'words.personal_number' } });
				expect(digitsOf(JSON.stringify(refusal))).not.toContain(digitsOf(number));
			}
		expect(await standing()).toEqual(before);
		expect(
			printed.filter((line) => personalNumbers.some((number) => digitsOf(line).includes(digitsOf(number))))
		).toEqual([]);
	});

	test(
		'in every field of words every way of writing a personal number is refused, by the schema itself',
		{ timeout: 180_000 },
		async () => {
			const count = size('CNP', 60);
			const variants = disguisedNumbers(seed, count);
			const on = await prepare('measure');
			let tried = 0;
			const letThrough: string[] = [];
			for (const name of asked) {
				const input = exampleOf(name, on);
				for (const { path } of leavesOf(input).filter(({ is, path }) => is === 'words' && path[0] !== 'base'))
					for (const number of variants) {
						const parsed = commandOf(name).input.safeParse(put(input, path, `Persoana ${number} așteaptă`));
						tried++;
						const said = (parsed.error?.issues ?? []).map(({ message }: { message: string }) => message);
						// A field of forty letters may hold no more of it than that it is too long.
						if (!said.some((key: string) => key === 'words.personal_number' || key === 'words.too_long'))
							letThrough.push(`${name} ${path.join('.')} ${number}`);
						expect(digitsOf(JSON.stringify(parsed.error ?? ''))).not.toContain(digitsOf(number));
					}
			}
			keep('personal numbers', engine, {
				variants: count,
				fields: tried / count,
				tried,
				refused: tried - letThrough.length
			});
			expect(variants).toHaveLength(count);
			expect(letThrough).toEqual([]);
		}
	);

	test.each(asked)('%s writes ș and ț with a comma below', async (name) => {
		const on = await prepare(name);
		const input = exampleOf(name, on);
		// The secretariat's device has no name: it does not stay signed in.
		const words = leavesOf(input).filter(
			({ path, is }) => is === 'words' && path[0] !== 'base' && path[0] !== 'device'
		);
		let written = input;
		for (const { path } of words) written = put(written, path, '  Şedinţă s\u0327i ţinta ');
		await send(name, on, written);
		const after = await allWords();
		expect(after).not.toMatch(/ş|ţ|Ş|Ţ|\u0327/);
		const found = after.split('Ședință și ținta').length - 1;
		expect([name, found >= words.length]).toEqual([name, true]);
	});

	test.each(asked)('%s answers the same to what is hidden and what is nowhere', async (name) => {
		const [on, another] = [await prepare(name), await prepare(name)];
		const before = await standing();
		const input = exampleOf(name, on);
		const ids = leavesOf(input).filter(({ is }) => is === 'id');
		if (withoutIds.includes(name)) return expect(ids).toEqual([]);
		expect(ids.length).toBeGreaterThan(0);
		const { memberId, organisationId } = table.member('ambasada');
		const seatedIds = [memberId, organisationId];
		for (const { path, value } of ids) {
			const isSession = /^[0-9a-f]{32}$/.test(String(value));
			const isOrganisation =
				organisationLists.includes(path.at(-2) ?? '') || path.at(-1) === 'organisationId';
			/** The secretariat keeps the circles that were made, also those that it does not read. */
			const keeps = name.startsWith('circle.') && !isOrganisation;
			const theirs = hidden.filter(
				// Every organisation is there for everybody.
				(id) =>
					isSession === /^[0-9a-f]{32}$/.test(id) &&
					!(isOrganisation && id === table.member('ambasada').organisationId) &&
					!(keeps && id === table.circle.state) &&
					// And the secretariat sees to everybody's members.
					!(/^(member|organisation)Id$/.test(path.at(-1) ?? '') && seatedIds.includes(id))
			);
			expect(theirs.length).toBeGreaterThan(0);
			// A session's id is made by the server: one that is nowhere is a new one, one that is taken is nobody else's.
			if (name === 'session.start') {
				const taken = send(name, on, put(input, path, theirs[0]));
				await expect(taken).rejects.toThrow();
				continue;
			}
			const nowhere = await refusalOf(name, on, put(input, path, isSession ? hex(16) : crypto.randomUUID()));
			expect(['not-found', 'invalid', 'conflict']).toContain(nowhere.code);
			// A step is looked for under its measure: one of another measure that is seen is as good as nowhere.
			if (path.at(-1) === 'stepId') theirs.push(another.stepId);
			for (const id of theirs)
				expect(JSON.stringify(await refusalOf(name, on, put(input, path, id)))).toBe(JSON.stringify(nowhere));
		}
		expect(await standing()).toEqual(before);
	});

	test.each(asked)('%s passes over fields that it does not ask for', async (name) => {
		const [plain, stuffed] = [await prepare(name), await prepare(name)];
		if (name === 'session.end.others') stuffed.session = plain.session; // the other one will have ended
		const input = exampleOf(name, stuffed);
		const { result: expected } = await send(name, plain, exampleOf(name, plain));
		const [was] = await traces(expected, plain);
		// Both choose for the same actor.
		if (name === 'mail.choose') await forgetChosen();
		await approveNothing();

		const { result } = await send(name, stuffed, { ...foreign, ...input });
		const [is] = await traces(result, stuffed);
		expect(Object.keys(result)).toEqual(Object.keys(expected));
		// There is one organisation of the actor's, whose own history has grown by the first.
		if (name === 'organisation.approval') return;
		expect(is).toEqual(was);

		// Within a field that holds fields they are passed over, or refused as a whole.
		for (const [field, inner] of Object.entries(exampleOf(name, await prepare(name)))) {
			if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue;
			const on = await prepare(name);
			const example = exampleOf(name, on);
			const before = await standing();
			try {
				const done = await send(
					name,
					on,
					put(example, [field], { ...foreign, ...(example[field] as Input) })
				);
				expect((await traces(done.result, on))[0]).toEqual(was);
			} catch (error) {
				expect(error).toMatchObject({ code: expect.stringMatching(/^(invalid|conflict)$/) });
				expect(await standing()).toEqual(before);
			}
		}
	});

	/** A circle of the table that was laid; others are made anew each time. */
	const laid = (circle: SQL) =>
		sql`case when ${circle}::text in (select jsonb_array_elements_text(${json(Object.values(table.circle))})) then ${circle} end`;

	/** What an act left behind, with the ids and times that differ each time taken out. */
	function traces(result: Record<string, string>, on: On) {
		return database.asOwner(async (tx) => {
			const made = result.id ?? null;
			return rows<Input>(
				tx,
				sql`select (select to_jsonb(m) - '{id,code,position,found_by,retired_at}'::text[] || jsonb_build_object('retired', retired_at is not null)
						from measures m where id = ${on.measureId}) as measure,
					(select jsonb_agg(to_jsonb(s) - '{id,measure_id}'::text[]) from steps s where measure_id = ${on.measureId}) as steps,
					(select to_jsonb(u) - '{id,measure_id,posted_at,edited_at,withdrawn_at,flagged_at}'::text[] || jsonb_build_object(
							'withdrawn', withdrawn_at is not null, 'edited', edited_at is not null)
						from updates u where id = ${on.updateId}) as post,
					(select to_jsonb(u) - '{id,measure_id,reply_to,posted_at}'::text[] || jsonb_build_object(
							'today', posted_at > now() - interval '1 hour')
						from updates u where id = ${made} and id not in (${on.updateId}, ${on.measureId})) as made,
					(select jsonb_agg(to_jsonb(r) - '{update_id,answer_id,closed_at}'::text[])
						from requests r where update_id in (${on.questionId}, ${made})) as requests,
					(select jsonb_agg(jsonb_build_object('circle', ${laid(sql`circle_id`)}, 'own', own_id, 'version', version) order by id = ${on.measureId}, id = ${on.updateId})
						from subjects where id in (${on.measureId}, ${on.updateId}, ${made})) as subjects,
					(select jsonb_agg(jsonb_build_object('circle', ${laid(sql`w.event_circle_id`)}, 'type', type, 'author', author) order by type)
						from words w where subject_id in (${on.measureId}, ${on.updateId}, ${made}) or subject_id = ${on.actor.memberId}
							and (w.event_circle_id, w.n) in (select h.circle_id, h.n from heads h)) as words`
			);
		});
	}

	test.each(asked)('%s is done once, however often it is sent', async (name) => {
		const [on, another] = [await prepare(name), await prepare(name)];
		const [input, other] = [exampleOf(name, on), exampleOf(name, another)];
		const operation = crypto.randomUUID();

		// Twice at once, as a browser does that has lost the first answer.
		const [first, second] = await Promise.all([
			send(name, on, input, operation),
			send(name, on, input, operation)
		]);
		expect([first.repeated, second.repeated].sort()).toEqual([false, true]);
		expect(second.result).toEqual(first.result);

		const laid = { ...another, ways: await layWays(database, another.actor) };
		const after = await standing();
		expect(await send(name, on, input, operation)).toEqual({ result: first.result, repeated: true });
		const conflict = { code: 'conflict', fields: { operation: 'operation.other_input' } };
		// What is asked of one's own account may have nothing to differ in.
		if (JSON.stringify(other) !== JSON.stringify(input))
			expect(await refusalOf(name, on, other, operation)).toEqual(conflict);
		for (const elsewhere of othersThan(name))
			expect(await refusalOf(elsewhere, laid, exampleOf(elsewhere, laid), operation)).toEqual(conflict);
		expect(await standing()).toEqual(after);

		// An operation is its member's: the same id from somebody else is another act.
		const colleague = { ...another, actor: table.member('comisia', 'secretariat') };
		if (/^session\.(end|prove)/.test(name)) colleague.session = await putSession(colleague.actor);
		colleague.ways = await layWays(database, colleague.actor);
		if (name === 'plan.import')
			Object.assign(colleague, await layDraft(database, colleague.actor, table, { warned: true }));
		if (name === 'view.forget' || name === 'measure.status.undo')
			colleague.viewId = await moveAndKeep(colleague.measureId, colleague.actor);
		if (
			/^(update|request|reset|report|draft|decision\.answer)\b/.test(name) &&
			!/post|reply|write|report\.make/.test(name)
		)
			return; // not theirs to change
		if (['organisation.approval', 'position.delegate', 'measure.report.undo'].includes(name)) return; // nor this
		expect(await send(name, colleague, exampleOf(name, colleague), operation)).toMatchObject({
			repeated: false
		});
	});

	/** Those that the same operation could be of: all of them in full, else the next few, so that each has its turn. */
	function othersThan(name: string) {
		const ring = names.filter((one) => commandOf(one).role === commandOf(name).role);
		const at = ring.indexOf(name);
		return [...ring.slice(at + 1), ...ring.slice(0, at)].slice(0, inFull ? undefined : 4);
	}

	const editing = asked.filter((name) =>
		fieldsOf(commandOf(name).input).some((field) => field.startsWith('base.'))
	);

	test.each(editing)('%s does not overwrite what its author has not seen', async (name) => {
		const on = await prepare(name);
		const before = await standing();
		const input = exampleOf(name, on);
		const stands = input.base as Input;
		for (const [field, value] of Object.entries(stands)) {
			const stale = staleOf(field, value, on);
			const refusal = await refusalOf(name, on, put(input, ['base', field], stale));
			expect(refusal).toEqual({
				code: 'conflict',
				fields: { [field]: 'edit.changed_meanwhile' },
				theirs: { [field]: value }
			});
			expect(await standing()).toEqual(before);
		}
		// Without what it was based on, an edit is no edit.
		expect(await refusalOf(name, on, { ...input, base: undefined })).toMatchObject({ code: 'invalid' });
		if (partly.includes(name))
			for (const field of Object.keys(stands)) {
				const { [field]: _, ...rest } = stands;
				expect(await refusalOf(name, on, { ...input, base: rest })).toEqual({
					code: 'invalid',
					fields: { form: 'edit.base_missing' }
				});
			}
		expect(await standing()).toEqual(before);
	});

	/** Another value of the same kind: somebody else's edit has come between. */
	function staleOf(field: string, value: unknown, on: On) {
		if (field === 'circleId') return on.circles.state;
		if (field === 'status') return 'done';
		if (field === 'quoting') return 'never';
		if (field === 'state') return value === 'planned' || value === 'open' ? 'closed' : 'done';
		if (field === 'time') return '10:01';
		if (field === 'day') return '2026-01-01';
		if (field === 'current' || field === 'speaker' || /Id$/.test(field))
			return value ? crypto.randomUUID() : on.actor.memberId;
		if (field === 'role') return 'observer';
		if (field === 'asked') return 'never';
		if (field === 'language') return 'en';
		if (typeof value === 'number') return value + 1;
		if (field === 'editedAt') return '2026-01-01T00:00:00.000Z';
		if (['nextDate', 'date', 'due', 'dueOn'].includes(field)) return '2026-01-01';
		if (field === 'answer') return 'taken';
		if (field === 'stance') return 'oppose';
		if (field === 'vote') return 'against';
		if (field === 'quorumOf') return 'invited';
		if (field === 'link' || field === 'links') return 'https://exemplu.example/stale';
		if (Array.isArray(value)) return value.length > 0 ? [] : [crypto.randomUUID()];
		return typeof value === 'boolean' ? !value : `${String(value)} înainte`;
	}

	test('two people in different fields both win, in the same field the second is shown the first', async () => {
		const on = await prepare('measure');
		const { measureId, stepId } = on;
		const second = { ...on, actor: table.member('comisia') };
		const lead = { ...on, actor: table.member('ong') };

		await send('measure.texts', on, {
			measureId,
			texts: { titleRo: 'Întâi' },
			base: { titleRo: texts.titleRo }
		});
		await send('measure.texts', second, { measureId, texts: { deadline: 'Anual' }, base: { deadline: '' } });
		const late = {
			measureId,
			texts: { titleRo: 'Al doilea', resources: 'Fonduri' },
			base: { titleRo: texts.titleRo, resources: '' }
		};
		expect(await refusalOf('measure.texts', second, late)).toEqual({
			code: 'conflict',
			fields: { titleRo: 'edit.changed_meanwhile' },
			theirs: { titleRo: 'Întâi' }
		});

		await send('measure.date', second, {
			measureId,
			nextDate: '2026-11-30',
			reason: 'Convenit',
			base: { nextDate: null }
		});
		await send('measure.status', lead, {
			measureId,
			status: 'blocked',
			reason: 'Lipsește avizul',
			base: { status: 'in-progress' }
		});
		await send('measure.step.change', on, {
			measureId,
			stepId,
			changes: { done: true },
			base: { done: false }
		});
		await send('measure.step.change', lead, {
			measureId,
			stepId,
			changes: { date: '2026-10-10' },
			base: { date: null }
		});

		const again = { measureId, stepId, changes: { done: false }, base: { done: false } };
		expect(await refusalOf('measure.step.change', lead, again)).toMatchObject({ theirs: { done: true } });

		const [now] = await database.as('hora_app', { member: on.actor.memberId }, (tx) =>
			rows(tx, sql`select m.row from measure_rows m where id = ${measureId}`)
		);
		expect(now).toMatchObject({
			row: {
				titleRo: 'Întâi',
				deadline: 'Anual',
				resources: '',
				nextDate: '2026-11-30',
				status: 'blocked',
				steps: expect.arrayContaining([
					expect.objectContaining({ id: stepId, done: true, date: '2026-10-10' })
				])
			}
		});
	});

	test('eight at once in the same field: one wins, the others see what they would have overwritten', async () => {
		const on = await prepare('measure');
		const { updateId } = on;
		const edits = Array.from({ length: 8 }, (_, i) =>
			send('update.edit', on, { updateId, text: `Varianta ${i}`, base: { text: 'Cum s-a spus' } }).then(
				() => `Varianta ${i}`,
				(error: unknown) => error as Refusal
			)
		);
		const outcomes = await Promise.all(edits);
		const winners = outcomes.filter((outcome) => typeof outcome === 'string');
		expect(winners).toHaveLength(1);
		for (const refusal of outcomes.filter((outcome) => outcome instanceof Refusal))
			expect(refusal.onTheWire()).toMatchObject({ code: 'conflict', theirs: { text: winners[0] } });
		expect(outcomes.filter((outcome) => outcome instanceof Refusal)).toHaveLength(7);
	});
});

type Leaf = { path: string[]; value: unknown; is: 'id' | 'day' | 'choice' | 'words' | 'address' | 'other' };

/** Made by a server, a device or an app, and never words. */
const signed = ['passwordHash', 'passkey', 'origin', 'response', 'challenge', 'digits', 'codeHashes'];
/**
 * These name nothing that is there already, or are about the actor's own account: there is no other to ask for. A
 * passkey's id is a device's, and tried elsewhere.
 */
const withoutIds = [
	...['view.keep', 'news.all-seen', 'organisations.seat', 'workspace.skip'],
	...['organisation.add', 'strategy.add'],
	'password.set',
	'passkey.rename',
	'passkey.remove',
	'totp.start',
	'totp.remove',
	'recovery.renew',
	...['mail.choose', 'calendar.renew', 'calendar.off']
];

/** Ids that may be left out by saying null: nobody, nothing. */
const mayBeNobody = [
	...['meeting.plan secretaryId', 'meeting.edit changes.secretaryId', 'meeting.edit base.secretaryId'],
	...['meeting.take slotId', 'hand.give handId'],
	...[
		'attendance.arrive memberId',
		...['position.take organisationId', 'position.delegate memberId', 'position.delegate base.memberId'],
		'vote.cast memberId',
		'decision.record measureId',
		'decision.edit changes.measureId',
		'decision.edit base.measureId'
	]
];

/** Lists of ids that do not say so by their name. */
const organisationLists = ['leads', 'partners', 'objectives', 'measures', 'order', 'organisations'];
const days = ['day', 'date', 'nextDate', 'due', 'lastDay', 'from', 'to', 'dueOn', 'on'];
const choices = [
	...[
		'time',
		'state',
		...['answer', 'stance', 'vote'],
		'quorumOf',
		'kind',
		'language',
		'status',
		'secretHash',
		'query',
		'keys',
		'step',
		'quoting',
		'command'
	],
	...['role', 'email', 'secret', 'site', 'what', 'format', 'key', 'asked'],
	...signed
];

/** Of these the fields that change are chosen, each with what it was based on. */
const partly = [
	...['measure.texts', 'measure.step.change', 'measure.holders', 'objective.edit', 'measure.report'],
	...[
		'meeting.edit',
		'agenda.item.edit',
		'decision.edit',
		'circle.rename',
		'organisation.rename',
		'strategy.edit',
		'member.function',
		'mail.choose'
	]
];

/** Every field of an input, and what it holds. */
function leavesOf(input: Input, above: string[] = []): Leaf[] {
	return Object.entries(input).flatMap(([name, value]) => {
		const path = [...above, name];
		// What is keyed by ids is one field.
		if (value !== null && typeof value === 'object' && name !== 'heads')
			return leavesOf(value as Input, path);
		// What is in a list is named by the list.
		const list = Number.isInteger(Number(name)) ? (above.at(-1) ?? '') : name;
		const is =
			/Ids?$/.test(list) || (list !== name && organisationLists.includes(list))
				? 'id'
				: days.includes(name)
					? 'day'
					: choices.includes(list)
						? 'choice'
						: ['link', 'links'].includes(name)
							? 'address'
							: typeof value === 'string'
								? 'words'
								: 'other';
		return [{ path, value, is }];
	});
}

/** Every field that a schema takes, from the schema itself. */
function fieldsOf(schema: z.ZodType): string[] {
	type Json = { properties?: Record<string, Json>; propertyNames?: { enum?: string[] }; items?: Json };
	const walk = (json: Json, above: string[]): string[] => {
		if (json.properties)
			return Object.entries(json.properties).flatMap(([name, of]) => walk(of, [...above, name]));
		if (json.items) return walk(json.items, [...above, '0']);
		if (json.propertyNames?.enum) return json.propertyNames.enum.map((name) => [...above, name].join('.'));
		return [above.join('.')];
	};
	return walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, []);
}

/** The same input with one field changed. */
function put(input: Input, [name, ...rest]: string[], value: unknown): Input {
	const key = name as string;
	const changed = rest.length > 0 ? put(input[key] as Input, rest, value) : value;
	if (Array.isArray(input)) return input.with(Number(key), changed) as unknown as Input;
	return { ...input, [key]: changed };
}

function nested(depth: number): unknown {
	let value: unknown = 'x';
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

function hex(bytes: number) {
	return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}
