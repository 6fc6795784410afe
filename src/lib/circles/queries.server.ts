import { sql } from 'drizzle-orm';
import type { Happened } from '#lib/events/sentence.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { CircleFacts, KeptCircle } from './circle.ts';

/** What the secretariat keeps; nothing for everybody else. */
export async function listKept(tx: Tx): Promise<KeptCircle[]> {
	const found = await rows<{ row: KeptCircle }>(tx, sql`select kept as row from circles_kept() kept`);
	return found.map(({ row }) => row);
}

/** The circles that the reader is in, as their pages show them. */
export async function listCircleFacts(tx: Tx): Promise<CircleFacts[]> {
	const found = await rows<{ row: CircleFacts }>(
		tx,
		sql`select circle_facts(c) as row from circles c
			order by array_position(array['all', 'made', 'own', 'secretariat', 'public'], c.kind),
				(select count(*) from circle_organisations co where co.circle_id = c.id) desc, c.name_ro, c.id`
	);
	return found.map(({ row }) => row);
}

/** The circle's own history: who made it, who came, who left; in an organisation's own also where it had to leave. */
export const historyOfCircle = (tx: Tx, circleId: string) =>
	historyOfSubject(tx, sql`e.circle_id = ${circleId} and w.type like 'circle.%'`);

/** What happened to an organisation's name and seat, as everybody at the table reads it. */
export const historyOfOrganisation = (tx: Tx, organisationId: string) =>
	historyOfSubject(
		tx,
		sql`e.subject_id = (select id from workspace) and w.type like 'organisation.%'
			and w.data->>'organisationId' = ${organisationId}`
	);

const historyOfSubject = (tx: Tx, which: ReturnType<typeof sql>) =>
	rows<Happened>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type, m.name as author,
				m.organisation_id as "organisationId", '' as kind, w.data, null as withdrawn
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			left join members m on m.id = w.author
			where ${which} order by e.n desc limit 200`
	);
