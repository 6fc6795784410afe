import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { Refusal } from '#lib/errors.ts';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { findUpdate } from '#lib/updates/queries.server.ts';
import type { Update } from '#lib/updates/update.ts';
import { canDecideFlags } from './policy.ts';
import { text } from './words.ts';

/**
 * „Conține date personale”: at once out of everybody's sight but its author's organisation's, with a copy for the
 * secretariat. The database does all of it, since whoever flags sees neither place.
 */
export const raiseFlag = command({
	name: 'flag.raise',
	act: 'flag.raise',

	input: z.object({ updateId: z.uuid(), reason: text({ max: 500, min: 0, multiline: true }).default('') }),

	find: (tx, { updateId }) => findUpdate(tx, updateId),

	allow: (actor) => may(actor, 'flag.raise'),

	async run({ tx, input: { reason }, subject: { id, withdrawnAt, flaggedAt } }) {
		if (withdrawnAt) throw new Refusal('invalid', { fields: { form: 'update.is_withdrawn' } });
		if (flaggedAt) throw new Refusal('invalid', { fields: { form: 'update.is_flagged' } });

		const flagId = crypto.randomUUID();
		await tx.execute(sql`select raise_flag(${id}, ${flagId}, ${reason})`);
		return { id, flagId };
	}
});

/** Nothing in it names anybody: it goes back to where it stood. */
export const restoreFlagged = deciding('flag.restore', (id, why) => sql`select restore_flag(${id}, ${why})`);

/** Its words go for good; that they were removed, by whom and why, stays. */
export const removeFlagged = deciding('flag.remove', (id, why) => sql`select remove_flagged(${id}, ${why})`);

function deciding(name: string, decide: (id: string, why: string) => ReturnType<typeof sql>) {
	return command({
		name,
		act: 'flag.decide',

		input: z.object({ flagId: z.uuid(), why: text({ max: 500, multiline: true }) }),

		find: findFlag,

		allow: (actor) => canDecideFlags(actor),

		async run({ tx, input: { why }, subject: { id, state } }) {
			if (state !== 'open') throw new Refusal('invalid', { fields: { form: 'flag.is_decided' } });

			await tx.execute(decide(id, why));
			return { id };
		}
	});
}

async function findFlag(tx: Tx, { flagId }: { flagId: string }) {
	if (!(await lockSubject(tx, flagId))) return undefined;
	const [flag] = await rows<{ id: string; state: string }>(
		tx,
		sql`select id, state from flags where id = ${flagId}`
	);
	return flag;
}

export type Flag = {
	id: string;
	state: 'open' | 'restored' | 'removed';
	at: string;
	by: string;
	byOrganisationId: string;
	authorOrganisationId: string;
	reason: string;
	/** Null once it is decided. */
	words: string | null;
	/** Of the circles in which it and its replies stood: those that the reader is in. */
	circleId: string | null;
	replies: number;
	/** Where it hangs, if the reader may see that. */
	measure: (Pick<Update, 'measureId'> & { code: string }) | null;
	decidedBy: string | null;
	decidedAt: string | null;
	why: string;
};

/** What was flagged, the open ones first. */
export const listFlags = (tx: Tx) =>
	rows<Flag>(
		tx,
		sql`select f.id, f.state, instant(f.at) as at, by.name as by, by.organisation_id as "byOrganisationId",
				f.author_organisation_id as "authorOrganisationId", f.reason, f.words, c.id as "circleId",
				(select count(*)::int from jsonb_object_keys(f.placed) k where k <> f.update_id::text) as replies,
				case when m.id is not null then jsonb_build_object('measureId', m.id, 'code', m.code) end as measure,
				decider.name as "decidedBy", instant(f.decided_at) as "decidedAt", f.why
			from flags f join members by on by.id = f.flagged_by left join members decider on decider.id = f.decided_by
				left join circles c on c.id = (f.placed->>f.update_id::text)::uuid
				left join measures m on m.id = f.measure_id
			order by f.state = 'open' desc, f.at desc limit 200`
	);

/** How many wait for the secretariat; nobody else sees any. */
export async function countOpenFlags(tx: Tx): Promise<number> {
	const [found] = await rows<{ n: number }>(
		tx,
		sql`select count(*)::int as n from flags where state = 'open'`
	);
	return found?.n ?? 0;
}
