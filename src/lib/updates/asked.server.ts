/** Who should answer a post, as it is kept: one row for each organisation, set and changed with the post locked. */

import { and, eq, sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import type { Happening } from '#lib/server/command.server.ts';
import { json, rows, timeOf, type Tx } from '#lib/server/database.server.ts';
import type { Day } from '#lib/strategy/measure.ts';
import { today } from '#lib/time.ts';
import { readUpdate } from './queries.server.ts';
import { requests } from './tables.server.ts';
import type { Update } from './update.ts';

export type Asks = { organisationIds: string[]; due: Day | null };

/** A post asks others who sit at the table and can read it; the same no to whoever cannot and to whoever is nowhere. */
export async function ask(tx: Tx, actor: App.Actor, post: { id: string; circleId: string }, asks: Asks) {
	await refusePast(tx, 'asks.due', asks.due);
	const wanted = [...new Set(asks.organisationIds)];
	const asked = await rows(
		tx,
		sql`insert into requests (update_id, circle_id, organisation_id, due, asked_due)
			select ${post.id}, co.circle_id, o.id, ${asks.due}::date, ${asks.due}::date
				from circle_organisations co join organisations o on o.id = co.organisation_id
				where co.circle_id = ${post.circleId} and o.seated and o.retired_at is null and not o.is_group and o.id <> ${actor.organisationId}
					and o.id in (select jsonb_array_elements_text(${json(wanted)})::uuid)
			returning organisation_id`
	);
	if (asked.length < wanted.length)
		throw new Refusal('invalid', { fields: { 'asks.organisationIds': 'asks.cannot_read' } });
}

/** Nobody is asked, or promises, for a day that has passed in Bucharest. */
export async function refusePast(tx: Tx, field: string, day: Day | null) {
	if (day !== null && day < today(await timeOf(tx)))
		throw new Refusal('invalid', { fields: { [field]: 'day.is_past' } });
}

/** Whoever takes an answer back is asked again. */
export async function reopenAnsweredBy(tx: Tx, reply: Update): Promise<Happening | undefined> {
	const post = reply.replyTo && (await readUpdate(tx, reply.replyTo));
	if (!post || post.withdrawnAt) return undefined;
	const reopened = await tx
		.update(requests)
		.set({ state: 'open', answerId: null, closedAt: null })
		.where(and(eq(requests.updateId, post.id), eq(requests.answerId, reply.id)))
		.returning({ id: requests.updateId });
	return reopened.length > 0 ? askedNow(tx, post, 'request.reopened') : undefined;
}

/** A page holds whom a post asks as one list, so an event brings the list as it is now. */
export async function askedNow(
	tx: Tx,
	post: Pick<Update, 'id' | 'asked'>,
	type: string,
	about: Record<string, unknown> = {}
): Promise<Happening> {
	const now = await readUpdate(tx, post.id);
	return {
		subject: post.id,
		type,
		data: { old: { asked: post.asked }, new: { asked: now?.asked ?? [] }, ...about }
	};
}
