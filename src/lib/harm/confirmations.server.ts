import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { canReviewConfirmations } from './policy.ts';
import { confirmations } from './tables.server.ts';

/** „Văzut”: the secretariat has looked again at what somebody confirmed. */
export const reviewConfirmation = command({
	name: 'confirmation.review',
	act: 'confirmation.review',

	input: z.object({ confirmationId: z.uuid() }),

	async find(tx, { confirmationId }) {
		if (!(await lockSubject(tx, confirmationId))) return undefined;
		const [found] = await tx
			.select({ id: confirmations.id, reviewedAt: confirmations.reviewedAt })
			.from(confirmations)
			.where(eq(confirmations.id, confirmationId));
		return found;
	},

	allow: (actor) => canReviewConfirmations(actor),

	async run({ tx, actor, subject: { id, reviewedAt }, record }) {
		if (reviewedAt) throw new Refusal('invalid', { fields: { form: 'confirmation.is_reviewed' } });
		await tx
			.update(confirmations)
			.set({ reviewedBy: actor.memberId, reviewedAt: sql`clock_timestamp()` })
			.where(eq(confirmations.id, id));

		record({ subject: id, type: 'confirmation.reviewed', data: {} });
		return { id };
	}
});

export type Confirmation = {
	id: string;
	at: string;
	by: string;
	organisationId: string;
	command: string;
	field: string;
	kinds: string[];
	reason: string;
	/** Where it stands, as far as the reader may see it. */
	measureId: string | null;
	code: string | null;
	updateId: string | null;
	reviewedBy: string | null;
	reviewedAt: string | null;
};

/** What was confirmed against a warning, what nobody has looked at first. */
export const listConfirmations = (tx: Tx) =>
	rows<Confirmation>(
		tx,
		sql`select c.id, instant(c.at) as at, by.name as by, by.organisation_id as "organisationId", c.command, c.field, c.kinds,
				c.reason, m.id as "measureId", m.code, u.id as "updateId", reviewer.name as "reviewedBy",
				instant(c.reviewed_at) as "reviewedAt"
			from confirmations c join members by on by.id = c.member_id
				left join members reviewer on reviewer.id = c.reviewed_by
				left join updates u on u.id = c.subject_id left join measures m on m.id = coalesce(u.measure_id, c.subject_id)
			order by c.reviewed_at is null desc, c.at desc limit 200`
	);

/** How many nobody has looked at; nobody but the secretariat sees any. */
export async function countUnseenConfirmations(tx: Tx): Promise<number> {
	const [found] = await rows<{ n: number }>(
		tx,
		sql`select count(*)::int as n from confirmations where reviewed_at is null`
	);
	return found?.n ?? 0;
}
