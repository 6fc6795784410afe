import { error, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, type Fields, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { addItem, editItem, orderAgenda, setMinutes, setSlot } from '#lib/meetings/agenda.server.ts';
import { arrive, leave, noteGuest } from '#lib/meetings/attendance.server.ts';
import {
	answerDecision,
	editDecision,
	recordDecision,
	withdrawDecision
} from '#lib/meetings/decisions.server.ts';
import { editNote, writeNote } from '#lib/meetings/notes.server.ts';
import { editMeeting, followMeeting } from '#lib/meetings/plan-meeting.server.ts';
import { letThemAnswer } from '#lib/meetings/participants.server.ts';
import { canDelegate, canPropose, canRun } from '#lib/meetings/policy.ts';
import {
	castVote,
	closeProposal,
	countVotes,
	nameDelegate,
	putProposal,
	takePosition,
	withdrawProposal
} from '#lib/meetings/proposals.server.ts';
import { votes } from '#lib/meetings/proposal.ts';
import {
	commissionMembers,
	contributorsOf,
	meetingAfter,
	officialsOf,
	readMeeting
} from '#lib/meetings/queries.server.ts';
import {
	closeMeeting,
	extendItem,
	openMeeting,
	setTimer,
	takeItem
} from '#lib/meetings/run-meeting.server.ts';
import { giveFloor, lowerHand, orderHands, raiseHand } from '#lib/meetings/speak.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { setDate } from '#lib/strategy/edit-measure.server.ts';
import { measureNames } from '#lib/strategy/queries.server.ts';
import { changesOf } from '#lib/ui/edited.ts';
import { idsIn, picked } from '#lib/ui/picked.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const whole = await wholeMeeting(tx, params.id, { followUp: true });
		if (!whole) error(404, 'not-found');
		return {
			live: { ...heads, rows: whole.rows },
			// For choosing what an item is about.
			plan: canPropose(actor, whole.meeting) ? await measureNames(tx) : [],
			officials: canRun(actor, whole.meeting) ? await officialsOf(tx) : [],
			earlier: whole.earlier,
			next: await meetingAfter(tx, params.id),
			// Their presence and their votes are counted one by one.
			commission: await commissionMembers(tx),
			// In the demonstration whoever runs a meeting alone may let invented people answer.
			alone: app().demonstration && whole.meeting.example && canRun(actor, whole.meeting),
			colleagues: canDelegate(actor, whole.meeting) ? await contributorsOf(tx, actor.organisationId) : [],
			operation: crypto.randomUUID() as string
		};
	});
}

/** What was chosen for none of them is nobody. */
const orNull = (field: string | undefined) => field || null;

function meetingChanges(fields: Fields) {
	const names = [
		...['title', 'day', 'time', 'place', 'link', 'chairId', 'secretaryId'],
		...['quorumOf', 'quorumShare']
	];
	const { now, base } = changesOf(fields, names);
	const typed = (values: Record<string, string | undefined>) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [
				name,
				name === 'secretaryId' ? orNull(value) : name === 'quorumShare' ? Number(value) : value
			])
		);
	return { changes: typed(now), base: typed(base) };
}

function itemChanges(fields: Fields) {
	const { now, base } = changesOf(fields, ['titleRo', 'titleEn', 'text', 'links']);
	const [measures, seen] = [picked(fields, 'measures'), idsIn(fields['base.measures'])];
	const moved = 'base.measures' in fields && measures.join() !== seen.join();
	return {
		changes: { ...now, ...(moved && { measures }) },
		base: { ...base, ...(moved && { measures: seen }) }
	};
}

function decisionChanges(fields: Fields) {
	const { now, base } = changesOf(fields, ['textRo', 'textEn', 'dueOn', 'measureId']);
	const typed = (values: Record<string, string | undefined>) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [name, name.startsWith('text') ? value : orNull(value)])
		);
	const [organisations, seen] = [picked(fields, 'organisations'), idsIn(fields['base.organisations'])];
	const moved = 'base.organisations' in fields && organisations.join() !== seen.join();
	return {
		changes: { ...typed(now), ...(moved && { organisations }) },
		base: { ...typed(base), ...(moved && { organisations: seen }) }
	};
}

/** Hands that were counted: none where no number was given. */
const countsIn = (fields: Fields, prefix = '') =>
	Object.fromEntries(
		votes.map((vote) => {
			const given = fields[prefix + vote]?.trim() ?? '';
			return [vote, given === '' ? null : Number(given)];
		})
	);

/** One of a list, with what it had said when it was chosen: „id said”. */
const chosen = (of: string | undefined) => {
	const [id = '', said = ''] = (of ?? '').split(' ');
	return { id, said: orNull(said) };
};

export const actions = {
	async follow(event) {
		const answer = await submit(event, followMeeting, ({ day, time }) => ({
			...{ meetingId: event.params.id, day, time }
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/meetings/${answer.result.id}`);
		return answer;
	},
	edit: action(editMeeting, (fields, { id: meetingId }) => ({ meetingId, ...meetingChanges(fields) })),
	add: action(addItem, (fields, { id: meetingId }) => ({
		meetingId,
		circleId: fields.circleId,
		minutes: Number(fields.minutes),
		titleRo: fields.titleRo,
		titleEn: fields.titleEn,
		text: fields.text,
		measures: picked(fields, 'measures'),
		links: fields.links
	})),
	reword: action(editItem, (fields) => ({ itemId: fields.itemId, ...itemChanges(fields) })),
	slot: action(setSlot, ({ slotId, state, 'base.state': was }, { id: meetingId }) => ({
		...{ meetingId, slotId, state },
		base: { state: was }
	})),
	minutes: action(setMinutes, ({ slotId, minutes, 'base.minutes': was }, { id: meetingId }) => ({
		...{ meetingId, slotId, minutes: Number(minutes) },
		base: { minutes: Number(was) }
	})),
	order: action(orderAgenda, ({ order, 'base.order': was }, { id: meetingId }) => ({
		...{ meetingId, order: idsIn(order) },
		base: { order: idsIn(was) }
	})),
	open: action(openMeeting, (_, { id: meetingId }) => ({ meetingId, base: { state: 'planned' } })),
	close: action(closeMeeting, (_, { id: meetingId }) => ({ meetingId, base: { state: 'open' } })),
	take: action(takeItem, ({ slotId, 'base.current': was }, { id: meetingId }) => ({
		...{ meetingId, slotId: orNull(slotId) },
		base: { current: orNull(was) }
	})),
	timer: action(setTimer, ({ running }, { id: meetingId }) => ({
		...{ meetingId, running: running === 'yes' },
		base: { running: running !== 'yes' }
	})),
	extend: action(extendItem, ({ minutes }, { id: meetingId }) => ({ meetingId, minutes: Number(minutes) })),
	raise: action(raiseHand, ({ kind }, { id: meetingId }) => ({ meetingId, kind })),
	lower: action(lowerHand, ({ handId }, { id: meetingId }) => ({ meetingId, handId })),
	hands: action(orderHands, ({ order, 'base.order': was }, { id: meetingId }) => ({
		...{ meetingId, order: idsIn(order) },
		base: { order: idsIn(was) }
	})),
	arrive: action(arrive, ({ memberId }, { id: meetingId }) => ({ meetingId, memberId: orNull(memberId) })),
	guest: action(noteGuest, ({ guestName, guestBody }, { id: meetingId }) => ({
		...{ meetingId, guestName, guestBody }
	})),
	leave: action(leave, ({ attendanceId }, { id: meetingId }) => ({ meetingId, attendanceId })),
	note: action(writeNote, ({ itemId, text }) => ({ itemId, text })),
	renote: action(editNote, ({ noteId, text, 'base.text': was }) => ({ noteId, text, base: { text: was } })),
	put: action(putProposal, ({ itemId, textRo, textEn }) => ({ itemId, textRo, textEn })),
	endround: action(closeProposal, ({ proposalId }) => ({ proposalId })),
	unput: action(withdrawProposal, ({ proposalId }) => ({ proposalId })),
	stand: action(takePosition, ({ proposalId, stance, reason, 'base.stance': was }) => ({
		...{ proposalId, stance, reason },
		base: { stance: orNull(was) }
	})),
	aloud: action(takePosition, ({ proposalId, of, stance, reason }) => {
		const { id: organisationId, said } = chosen(of);
		return { proposalId, organisationId, stance, reason, base: { stance: said } };
	}),
	vote: action(castVote, ({ proposalId, vote, 'base.vote': was }) => ({
		...{ proposalId, vote },
		base: { vote: orNull(was) }
	})),
	votealoud: action(castVote, ({ proposalId, of, vote }) => {
		const { id: memberId, said } = chosen(of);
		return { proposalId, memberId, vote, base: { vote: said } };
	}),
	count: action(countVotes, (fields) => ({
		...{ proposalId: fields.proposalId, ...countsIn(fields), reservation: fields.reservation },
		base: { ...countsIn(fields, 'base.'), reservation: fields['base.reservation'] }
	})),
	delegate: action(nameDelegate, ({ memberId, 'base.memberId': was }, { id: meetingId }) => ({
		...{ meetingId, memberId: orNull(memberId) },
		base: { memberId: orNull(was) }
	})),
	decide: action(recordDecision, (fields) => ({
		itemId: fields.itemId,
		textRo: fields.textRo,
		textEn: fields.textEn,
		organisations: picked(fields, 'organisations'),
		dueOn: orNull(fields.dueOn),
		measureId: orNull(fields.measureId)
	})),
	redecide: action(editDecision, (fields) => ({
		decisionId: fields.decisionId,
		...decisionChanges(fields)
	})),
	withdraw: action(withdrawDecision, ({ decisionId }) => ({ decisionId })),
	answer: action(answerDecision, ({ decisionId, answer, on, reason, 'base.answer': was }) => ({
		...{ decisionId, answer, on: orNull(on), reason },
		base: { answer: was }
	})),
	redate: action(setDate, ({ measureId, nextDate, reason, 'base.nextDate': was }) => ({
		...{ measureId, nextDate: orNull(nextDate), reason },
		base: { nextDate: orNull(was) }
	})),
	async others(event) {
		const actor = signedIn(event);
		const { database, demonstration } = app();
		const meeting = await database.as('hora_app', { member: actor.memberId }, (tx) =>
			readMeeting(tx, event.params.id)
		);
		if (!demonstration || !meeting?.example || !canRun(actor, meeting)) error(404, 'not-found');
		const form = 'others';
		const acted = await letThemAnswer(database, meeting.id, actor);
		return { form, ok: true as const, result: { acted: String(acted) } };
	},
	give: action(giveFloor, ({ handId, 'base.speaker': was }, { id: meetingId }) => ({
		...{ meetingId, handId: orNull(handId) },
		base: { speaker: orNull(was) }
	}))
};
