import { mails } from './tables.server.ts';
import type { Tx } from '#lib/server/database.server.ts';

export type Mail = {
	/** What it is about, for the outbox: `invitation`, `reset` … */
	kind: string;
	organisationId?: string;
	address: string;
	subject: string;
	text: string;
};

/** Puts a mail into the outbox, in the transaction of what it tells: sent if that holds, and only then. As `hora_signin`. */
export const queueMail = (tx: Tx, mail: Mail) => tx.insert(mails).values(mail);
