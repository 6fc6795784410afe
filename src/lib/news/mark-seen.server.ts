import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { command } from '#lib/server/command.server.ts';
import { json } from '#lib/server/database.server.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';

/** What stood on the page: circle → the number of its last event. */
const heads = z.record(z.uuid(), z.number().int().nonnegative()).refine((heads) => {
	const { length } = Object.keys(heads);
	return length > 0 && length <= 500;
}, 'form.invalid');

/** A member's marks are nobody else's business: nothing is recorded. */
export const markSeen = command({
	name: 'news.seen',
	act: 'news.seen',

	input: z.object({ measureId: z.uuid(), heads }),

	find: (tx, { measureId }) => readMeasure(tx, measureId),

	allow: (actor) => may(actor, 'news.seen'),

	async run({ tx, actor, input }) {
		await tx.execute(
			sql`insert into seen (member_id, measure_id, heads, at)
				values (${actor.memberId}, ${input.measureId}, ${json(input.heads)}, clock_timestamp())
				on conflict (member_id, measure_id) do update set heads = excluded.heads, at = excluded.at`
		);
		return { id: input.measureId };
	}
});

export const markAllSeen = command({
	name: 'news.all-seen',
	act: 'news.seen',

	input: z.object({ heads }),

	find: async (_tx, _input, actor) => ({ id: actor.memberId }),

	allow: (actor) => may(actor, 'news.seen'),

	async run({ tx, actor, input }) {
		await tx.execute(
			sql`insert into seen_all (member_id, heads, at)
				values (${actor.memberId}, ${json(input.heads)}, clock_timestamp())
				on conflict (member_id) do update set heads = excluded.heads, at = excluded.at`
		);
		return { id: actor.memberId };
	}
});
