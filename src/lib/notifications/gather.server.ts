/** What is due is put into the outbox, as ids: each in one statement, so that it is there once or not at all. */

import { sql } from 'drizzle-orm';
import type { Database, Tx } from '#lib/server/database.server.ts';

/** A server that was away on the day of a weekly mail makes up for it; within a day of the next one, that tells it all. */
const lateBy = sql`interval '6 days'`;
/** Without a mail server nobody is told: what waits is as old as any mail then. */
const keptFor = sql`interval '72 hours'`;

export const gather = (database: Database) =>
	database.as('hora_signin', {}, async (tx) => {
		await gatherAsked(tx);
		await gatherWeekly(tx);
	});

/** All that one member has to hear by now becomes one mail. */
const gatherAsked = (tx: Tx) =>
	tx.execute(
		sql`with due as (
				delete from mail_asked where due_at <= clock_timestamp() returning member_id, update_id, asked_at
			)
			insert into mails (kind, member_id, organisation_id, address, subject, about)
				select 'asked', m.id, m.organisation_id, a.email, '',
						jsonb_build_object('posts', jsonb_agg(due.update_id order by due.asked_at, due.update_id))
					from due join members m on m.id = due.member_id join signin.accounts a on a.member_id = m.id
					where sits(m) group by m.id, a.email`
	);

/** Whoever's day has come gets one mail for it: the second of two processes finds the day told. */
const gatherWeekly = (tx: Tx) =>
	tx.execute(
		sql`with due as (
				select m.id, m.organisation_id, a.email, mail_day(c.weekday, c.hour, clock_timestamp()) as day
					from members m join signin.accounts a on a.member_id = m.id, mail_choice(m) c
					where sits(m) and c.weekday > 0
						and mail_moment(mail_day(c.weekday, c.hour, clock_timestamp()), c.hour)
							> greatest(m.since, clock_timestamp() - ${lateBy})
			), told as (
				insert into mail_weeks as w (member_id, day) select id, day from due order by id
					on conflict (member_id) do update set day = excluded.day where w.day < excluded.day
					returning member_id, day
			)
			insert into mails (kind, member_id, organisation_id, address, subject, about)
				select 'weekly', due.id, due.organisation_id, due.email, '', jsonb_build_object('day', told.day)
					from told join due on due.id = told.member_id`
	);

export const forget = (database: Database) =>
	database.as('hora_signin', {}, async (tx) => {
		await tx.execute(sql`delete from mail_asked where due_at < now() - ${keptFor}`);
	});
