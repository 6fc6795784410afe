/** One's own choices. Nobody else's business, so nothing is recorded. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { command } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { askedChoices, type Choice } from './choices.ts';
import { canChooseMail } from './policy.ts';
import { mailChoices } from './tables.server.ts';

const choice = z
	.object({
		asked: z.enum(askedChoices),
		weekday: z.int().min(0).max(7),
		hour: z.int().min(0).max(23),
		language: z.enum(['ro', 'en'])
	})
	.partial();

export const chooseMail = command({
	name: 'mail.choose',
	act: 'letters.choose',
	// The door's role: it keeps what waits for each member, too.
	role: 'hora_signin',

	/** `base` holds, for each choice that changes, what its author saw. */
	input: z
		.object({ choice, base: choice })
		.refine(({ choice, base }) => Object.keys(choice).every((field) => field in base), 'edit.base_missing'),

	/** Under the lock of the account, which all that is one's own goes through. */
	async find(tx, _input, { memberId }) {
		await tx.execute(sql`select from signin.accounts where member_id = ${memberId} for update`);
		const stands = await readChoice(tx, memberId);
		return stands && { id: memberId, ...stands };
	},

	allow: (actor) => canChooseMail(actor),

	async run({ tx, input: { choice }, subject: { id: memberId, ...was } }) {
		if (Object.keys(choice).length === 0) return { id: memberId };
		const now: Choice = { ...was, ...choice };
		await tx
			.insert(mailChoices)
			.values({ memberId, ...choice })
			.onConflictDoUpdate({ target: mailChoices.memberId, set: choice });
		await keepInStep(tx, memberId, now, was.weekday === 0);
		return { id: memberId };
	}
});

/**
 * What waits comes when it is wanted now. A day that was just chosen is due for the first time when it comes; whoever
 * had no weekly mail begins with the last seven days.
 */
async function keepInStep(tx: Tx, memberId: string, { asked, weekday, hour }: Choice, anew: boolean) {
	await tx.execute(
		asked === 'never'
			? sql`delete from mail_asked where member_id = ${memberId}`
			: sql`update mail_asked set due_at = ${asked === 'daily' ? sql`mail_hour(${hour}, asked_at)` : sql`asked_at`}
				where member_id = ${memberId}`
	);
	if (weekday > 0)
		await tx.execute(
			sql`insert into mail_weeks as w (member_id, day) values (${memberId}, mail_day(${weekday}, ${hour}, now()))
				on conflict (member_id) do update set day = greatest(w.day, excluded.day),
					heads = case when ${anew} then null else w.heads end`
		);
}

/** What holds for a member, chosen or not. As `hora_signin`. */
export async function readChoice(tx: Tx, memberId: string): Promise<Choice | undefined> {
	const [found] = await rows<Choice>(
		tx,
		sql`select c.* from members m, mail_choice(m) c where m.id = ${memberId} and sits(m)`
	);
	return found;
}

export type ChoiceShown = Choice & {
	address: string;
	/** When the next weekly mail comes; null where none does. */
	nextWeekly: string | null;
	/** What the mail server last said of an address that it refused. */
	trouble: string;
};

/** What the page of one's mails shows. */
export const showChoice = (database: Database, { memberId }: App.Actor) =>
	database.as('hora_signin', { member: memberId }, async (tx) => {
		const [found] = await rows<ChoiceShown>(
			tx,
			sql`select c.*, coalesce(a.email, '') as address,
					case when c.weekday > 0 then instant(mail_moment(mail_day(c.weekday, c.hour, now()) + 7, c.hour)) end as "nextWeekly",
					coalesce((select s.trouble from mails s where s.member_id = m.id and s.state = 'failed'
						and s.made_at > coalesce((select max(sent_at) from mails t where t.member_id = m.id), '-infinity')
						order by s.made_at desc limit 1), '') as trouble
				from members m left join signin.accounts a on a.member_id = m.id, mail_choice(m) c where m.id = ${memberId}`
		);
		return found as ChoiceShown;
	});
