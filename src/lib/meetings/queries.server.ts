import { sql } from 'drizzle-orm';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Item, Meeting } from './meeting.ts';

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

/** Every meeting that the reader may read: first what is open or to come, the soonest first, then the past. */
export async function listMeetings(tx: Tx): Promise<Meeting[]> {
	const found = await rows<{ row: Meeting }>(
		tx,
		sql`select m.row from meeting_rows m
			order by m.state = 'closed', case when m.state <> 'closed' then m.day end, m.day desc, m.time, m.id limit 200`
	);
	return found.map(({ row }) => row);
}

export type Official = { id: string; name: string; organisationId: string };

/** Who may be asked to chair a meeting of a circle, or to keep its minutes: everybody in it who may write. */
export const officialsOf = (tx: Tx) =>
	rows<Official>(
		tx,
		sql`select m.id, m.name, m.organisation_id as "organisationId" from members m
			join organisations o on o.id = m.organisation_id
			where sits(m) and m.role <> 'observer'
			order by o.kind <> 'parliament', m.role <> 'secretariat', m.name`
	);
