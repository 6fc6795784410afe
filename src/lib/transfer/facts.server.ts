import { sql } from 'drizzle-orm';
import { listCircles, listOrganisations } from '#lib/access/queries.server.ts';
import type { Happened } from '#lib/events/sentence.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { listMeasures, listObjectives } from '#lib/strategy/queries.server.ts';
import type { Update } from '#lib/updates/update.ts';
import type { Facts, Scope } from './facts.ts';

/**
 * Reads what goes out. The transaction must be for the named circle (`forCircle`): this function knows no other rule
 * of who may read what.
 */
export async function readFacts(tx: Tx, scope: Omit<Scope, 'circleId'>): Promise<Facts> {
	const objectives = await listObjectives(tx);
	const chosen = new Set(
		objectives
			.filter(({ id, parentId }) => [id, parentId].some((one) => one && scope.objectives.includes(one)))
			.map(({ id }) => id)
	);
	const measures = (await listMeasures(tx)).filter(
		({ objectiveId }) => scope.objectives.length === 0 || chosen.has(objectiveId)
	);
	const ids = sql`any(string_to_array(${measures.map(({ id }) => id).join(' ')}, ' ')::uuid[])`;
	const updates = await rows<{ row: Update }>(
		tx,
		sql`select u.row from update_rows u
			where u.measure_id = ${ids} and u.withdrawn_at is null and u.flagged_at is null
				and ((${since(scope)} and ${until(scope)})
					or exists (select from requests r where u.id in (r.update_id, r.answer_id)))
			order by u.posted_at, u.id`
	);
	const history = await rows<Happened>(
		tx,
		sql`select e.circle_id as circle, e.n::int, e.subject_id as subject, instant(e.at) as at, w.type,
				m.name as author, m.organisation_id as "organisationId", '' as kind, w.data - 'row' as data,
				null as withdrawn
			from words w join events e on e.circle_id = w.event_circle_id and e.n = w.n
			left join members m on m.id = w.author
			where w.subject_id = ${ids} and w.type like 'measure.%'
			order by e.at, e.circle_id, e.n`
	);
	return {
		organisations: await listOrganisations(tx),
		circles: await listCircles(tx),
		objectives,
		measures,
		updates: updates.map(({ row }) => row),
		history
	};
}

/** The start of the first day and the end of the last, in Bucharest. */
const since = ({ from }: Pick<Scope, 'from'>) =>
	from ? sql`u.posted_at >= (${from}::date)::timestamp at time zone 'Europe/Bucharest'` : sql`true`;
const until = ({ to }: Pick<Scope, 'to'>) =>
	to ? sql`u.posted_at < (${to}::date + 1)::timestamp at time zone 'Europe/Bucharest'` : sql`true`;
