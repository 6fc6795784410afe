import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Decision, Note } from './decision.ts';
import type { Item, Meeting } from './meeting.ts';
import type { Proposal } from './proposal.ts';

export async function readMeeting(tx: Tx, id: string): Promise<Meeting | undefined> {
	const [found] = await rows<{ row: Meeting }>(tx, sql`select m.row from meeting_rows m where m.id = ${id}`);
	return found?.row;
}

/** A meeting as the actor sees it, locked for a change. */
export async function findMeeting(tx: Tx, id: string): Promise<Meeting | undefined> {
	return (await lockSubject(tx, id)) && readMeeting(tx, id);
}

/** What stands on the agenda, as far as the reader may read it. */
export async function itemsOf(tx: Tx, meetingId: string): Promise<Item[]> {
	const found = await rows<{ row: Item }>(
		tx,
		sql`select i.row from item_rows i where i.meeting_id = ${meetingId} order by i.id`
	);
	return found.map(({ row }) => row);
}

export async function readItem(tx: Tx, id: string): Promise<Item | undefined> {
	const [found] = await rows<{ row: Item }>(tx, sql`select i.row from item_rows i where i.id = ${id}`);
	return found?.row;
}

/** An item, or what was noted or decided under it, locked for a change, with its meeting. */
export async function findInMeeting<T extends { meetingId: string }>(
	tx: Tx,
	id: string,
	read: (tx: Tx, id: string) => Promise<T | undefined>
): Promise<(T & { meeting: Meeting }) | undefined> {
	const found = (await lockSubject(tx, id)) && (await read(tx, id));
	const meeting = found && (await readMeeting(tx, found.meetingId));
	return found && meeting && { ...found, meeting };
}

export async function readNote(tx: Tx, id: string): Promise<Note | undefined> {
	const [found] = await rows<{ row: Note }>(tx, sql`select n.row from note_rows n where n.id = ${id}`);
	return found?.row;
}

export async function readDecision(tx: Tx, id: string): Promise<Decision | undefined> {
	const [found] = await rows<{ row: Decision }>(
		tx,
		sql`select d.row from decision_rows d where d.id = ${id}`
	);
	return found?.row;
}

export async function readProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
	const [found] = await rows<{ row: Proposal }>(
		tx,
		sql`select p.row from proposal_rows p where p.id = ${id}`
	);
	return found?.row;
}

/** Proposals of a meeting whose round is open, as far as the reader may read them, locked for a change. */
export async function findOpenProposals(tx: Tx, meetingId: string): Promise<Proposal[]> {
	const found = await rows<{ id: string }>(
		tx,
		sql`select id from proposals
			where meeting_id = ${meetingId} and closed_at is null and withdrawn_at is null order by id`
	);
	const open: Proposal[] = [];
	for (const { id } of found) {
		const proposal = (await lockSubject(tx, id)) && (await readProposal(tx, id));
		if (proposal && !proposal.closedAt && !proposal.withdrawnAt) open.push(proposal);
	}
	return open;
}

/** What was noted, put and decided in a meeting, as far as the reader may read it, in the order in which it was. */
export async function recordsOf(tx: Tx, meetingId: string): Promise<(Note | Proposal | Decision)[]> {
	const found = await rows<{ row: Note | Proposal | Decision }>(
		tx,
		sql`select row from (
				select n.row, n.written_at as at, n.id from note_rows n where n.meeting_id = ${meetingId}
				union all
				select p.row, p.put_at, p.id from proposal_rows p where p.meeting_id = ${meetingId}
				union all
				select d.row, d.recorded_at, d.id from decision_rows d where d.meeting_id = ${meetingId}
			) all_of_it order by at, id`
	);
	return found.map(({ row }) => row);
}

/** Decisions that name an organisation and are not done. */
export async function decisionsNaming(tx: Tx, organisationId: string): Promise<Decision[]> {
	const found = await rows<{ row: Decision }>(
		tx,
		sql`select d.row from decision_rows d
			where d.withdrawn_at is null and exists (select from decision_bodies b
				where b.decision_id = d.id and b.organisation_id = ${organisationId} and b.answer <> 'done')
			order by d.due_on, d.id`
	);
	return found.map(({ row }) => row);
}

/** "Not yours" and "not there" are the same no. */
export async function refuseUnknownMeasures(tx: Tx, ids: string[], field = 'measures') {
	if (ids.length === 0) return;
	const known = await rows<{ id: string }>(
		tx,
		sql`select id from measures where id = any(array(select jsonb_array_elements_text(${json(ids)})::uuid))`
	);
	if (known.length < new Set(ids).size)
		throw new Refusal('invalid', { fields: { [field]: 'measure.unknown' } });
}

/** Every meeting that the reader may read: first what is open or to come, the soonest first, then the past. */
export async function listMeetings(tx: Tx): Promise<Meeting[]> {
	const found = await rows<{ row: Meeting }>(
		tx,
		sql`select m.row from meeting_rows m
			order by m.state = 'closed', case when m.state <> 'closed' then m.day end, m.day desc, m.time, m.id limit 200`
	);
	return found.map(({ row }) => row);
}

export type Named = { id: string; name: string };
export type Official = Named & { organisationId: string };

/** Who may be asked to chair a meeting of a circle, or to keep its minutes: everybody in it who may write. */
export const officialsOf = (tx: Tx) =>
	rows<Official>(
		tx,
		sql`select m.id, m.name, m.organisation_id as "organisationId" from members m
			join organisations o on o.id = m.organisation_id
			where sits(m) and m.role <> 'observer'
			order by o.kind <> 'parliament', m.role <> 'secretariat', m.name`
	);

/** The members of the Commission, whose presence and votes are counted one by one; the secretariat serves it. */
export const commissionMembers = (tx: Tx) =>
	rows<Named>(
		tx,
		sql`select m.id, m.name from members m join organisations o on o.id = m.organisation_id
			where o.kind = 'parliament' and o.retired_at is null and sits(m) and m.role in ('coordinator', 'contributor')
			order by m.name, m.id`
	);

/** Whom a coordinator may name to take their organisation's positions. */
export const contributorsOf = (tx: Tx, organisationId: string) =>
	rows<Named>(
		tx,
		sql`select m.id, m.name from members m
			where m.organisation_id = ${organisationId} and sits(m) and m.role = 'contributor' order by m.name, m.id`
	);

/** The meeting that follows one, if it has been planned. */
export async function meetingAfter(tx: Tx, id: string): Promise<string | null> {
	const [found] = await rows<{ id: string }>(tx, sql`select id from meetings where previous_id = ${id}`);
	return found?.id ?? null;
}

/** What was decided in earlier meetings of the same circle, or of the one that it succeeded, and is not done by everybody whom it names. */
export async function decisionsBefore(tx: Tx, meeting: Meeting): Promise<Decision[]> {
	const found = await rows<{ row: Decision }>(
		tx,
		sql`select d.row from decision_rows d join meetings m on m.id = d.meeting_id
			where standing(m.circle_id) = standing(${meeting.circleId}) and m.id <> ${meeting.id} and m.day <= ${meeting.day}
				and d.withdrawn_at is null
				and exists (select from decision_bodies b where b.decision_id = d.id and b.answer <> 'done')
			order by d.due_on nulls last, d.recorded_at, d.id limit 100`
	);
	return found.map(({ row }) => row);
}

/** What was decided about a measure, the newest first. */
export async function decisionsAbout(tx: Tx, measureId: string): Promise<Decision[]> {
	const found = await rows<{ row: Decision }>(
		tx,
		sql`select d.row from decision_rows d where d.measure_id = ${measureId} and d.withdrawn_at is null
			order by d.recorded_at desc, d.id limit 50`
	);
	return found.map(({ row }) => row);
}
