/** The demonstration's table for a benchmark: who writes what, who watches. */

import { sql } from 'drizzle-orm';
import { speaksAlone } from '#lib/access/approval.ts';
import { listChairs } from '#lib/auth/demonstration.server.ts';
import { open, sessionOf } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import { execute } from '#lib/server/command.server.ts';
import type { MeetingState } from '#lib/meetings/meeting.ts';
import { writeNote } from '#lib/meetings/notes.server.ts';
import { openMeeting } from '#lib/meetings/run-meeting.server.ts';
import { setStatus } from '#lib/strategy/edit-measure.server.ts';
import type { Status } from '#lib/strategy/measure.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import type { LiveEvent } from '#lib/realtime/wire.ts';
import { connect, newToken, type Target } from './load.ts';
import type { Act } from './steps.ts';

type Person = { cookie: string; actor: App.Actor };

export type Table = {
	people: Person[];
	secretariat: Person;
	circleId: string;
	measures: MeasureNow[];
	/** On the agenda of a meeting that is open, read by everybody. */
	itemId: string;
};

type MeasureNow = { id: string; status: Status };

/** Every member signs in; what is written is written in All partners, where everybody reads. */
export async function layTable(database: Database): Promise<Table> {
	const people = await Promise.all(
		(await listChairs(database)).map(async ({ memberId }): Promise<Person> => {
			const cookie = writeToken(await open(database, memberId, crypto.randomUUID()));
			const session = await sessionOf(database, cookie);
			if (!session) throw new Error('a session that was just opened does not hold');
			return { cookie: `hora_session=${cookie}`, actor: session.actor };
		})
	);
	const secretariat = people.find(({ actor }) => actor.role === 'secretariat');
	if (!secretariat) throw new Error('the demonstration has no secretariat');

	const read = await database.as('hora_app', { member: secretariat.actor.memberId }, async (tx) => {
		const [circle] = await rows<{ id: string }>(tx, sql`select id from circles where kind = 'all'`);
		const measures = await rows<MeasureNow>(
			tx,
			sql`select id, status from measures where circle_id = ${circle?.id} and status in ('in-progress', 'blocked')`
		);
		const [item] = await rows<{ id: string; meetingId: string; state: MeetingState }>(
			tx,
			sql`select i.id, m.id as "meetingId", m.state from agenda_items i join meetings m on m.id = i.meeting_id
				where m.state <> 'closed' and i.circle_id = ${circle?.id} order by m.day desc, i.id limit 1`
		);
		if (!item) throw new Error('the demonstration has no meeting that may be opened');
		return { item, table: { people, secretariat, circleId: circle?.id ?? '', measures, itemId: item.id } };
	});
	const { meetingId, state } = read.item;
	if (state === 'planned')
		await execute(
			database,
			openMeeting,
			secretariat.actor,
			{ meetingId, base: { state } },
			crypto.randomUUID()
		);
	return read.table;
}

/** About as long as people write. */
const filler = ' Sesizarea a fost primită, răspunsul este așteptat până vineri.'.repeat(3);

const post = ({ circleId }: Table, measure: MeasureNow, token: string) => ({
	measureId: measure.id,
	circleId,
	kind: 'comment',
	text: token + filler
});

/** A measure that goes on and is blocked in turn; nobody else changes it meanwhile. */
function status(measure: MeasureNow, token: string) {
	const base = { status: measure.status };
	measure.status = measure.status === 'blocked' ? 'in-progress' : 'blocked';
	return { measureId: measure.id, status: measure.status, reason: token + filler, base };
}

/** What whoever runs the meeting writes while others follow. */
const line = ({ itemId }: Table, token: string) => ({ itemId, text: token + filler });

const tokenOf = (words: string | undefined) => words?.slice(0, 36) ?? '';

/** A running Hora: commands through the socket, events on every screen of All partners. */
export function hora(url: string, table: Table, act: 'post' | 'status' | 'line'): Target {
	let seat = 0;
	// Whose word needs no coordinator's first.
	const writers = table.people.filter(
		({ actor }) => actor.role !== 'observer' && speaksAlone(actor, table.circleId)
	);
	const measureOf = (writer: number) => table.measures[writer % table.measures.length] as MeasureNow;
	return {
		// Screens sit in turn; a status is changed, and a meeting kept, by the secretariat, which may.
		connect: () =>
			connect(
				url,
				(act === 'post' ? (writers[seat++ % writers.length] as Person) : table.secretariat).cookie
			),
		write: (from, writer, token) =>
			from.emitWithAck('command', {
				name: { post: postUpdate, status: setStatus, line: writeNote }[act].name,
				operation: crypto.randomUUID(),
				input: {
					post: () => post(table, measureOf(writer), token),
					status: () => status(measureOf(writer), token),
					line: () => line(table, token)
				}[act]()
			}),
		onArrival: (at, arrived) =>
			at.on('events', (events: LiveEvent[]) => {
				for (const { data } of events)
					arrived(tokenOf(act === 'status' ? data?.reason : (data?.row as { text?: string })?.text));
			})
	};
}

export const floor = (url: string): Target => ({
	connect: () => connect(url),
	write: (from, writer, token) => from.emitWithAck('write', { thing: writer, words: token + filler }),
	onArrival: (at, arrived) => at.on('event', ({ words }: { words: string }) => arrived(tokenOf(words)))
});

/** The same acts without a server around them. */
export function acts(table: Table): Record<'post' | 'status', Act> {
	const measure = table.measures[0] as MeasureNow;
	const { actor } = table.secretariat;
	return {
		post: { command: postUpdate, actor, input: () => post(table, measure, newToken()) },
		status: { command: setStatus, actor, input: () => status(measure, newToken()) }
	};
}
