/** What was sent, waits or failed; never its words, which hold links. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { canSeeOutbox } from './policy.ts';

export type OutboxMail = {
	id: string;
	kind: string;
	address: string;
	subject: string;
	state: 'waiting' | 'sent' | 'failed';
	tries: number;
	trouble: string;
	madeAt: string;
	nextAt: string;
	sentAt: string | null;
};

/** The newest first, what has not arrived before what has. */
export const listOutbox = (tx: Tx, limit: number) =>
	rows<OutboxMail>(
		tx,
		sql`select id, kind, address, subject, state, tries, trouble, instant(made_at) as "madeAt",
				instant(next_at) as "nextAt", instant(sent_at) as "sentAt"
			from mails order by state = 'sent', made_at desc, id limit ${limit}`
	);

export const retryMail = command({
	name: 'mail.retry',
	act: 'mail.retry',
	role: 'hora_signin',

	input: z.object({ mailId: z.uuid() }),

	/** One that is sent has nothing left to send; for others than the secretariat there is none. */
	async find(tx, { mailId }) {
		const [mail] = await rows<{ id: string; kind: string; address: string; kept: boolean }>(
			tx,
			sql`select id, kind, address, text is not null as kept from mails
				where id = ${mailId} and state <> 'sent' and member_id is null and i_am_secretariat() for update`
		);
		return mail;
	},

	allow: (actor) => canSeeOutbox(actor),

	async run({ tx, actor, subject: { id, kind, address, kept }, record }) {
		if (!kept) throw new Refusal('invalid', { fields: { form: 'mail.gone' } });
		await tx.execute(
			sql`update mails set state = 'waiting', tries = 0, trouble = '', next_at = now() where id = ${id}`
		);
		record({ subject: actor.memberId, type: 'mail.retried', data: { new: { kind, address } } });
		return { id };
	}
});
