/**
 * Sends what waits in the outbox. A mail is claimed, sent, marked, with no transaction open while the network is waited
 * for. A claim holds for as long as the pause before the next try: a process that dies between sending and marking
 * makes one mail go twice (under the same Message-ID), never not at all.
 */

import { sql } from 'drizzle-orm';
import { createTransport } from 'nodemailer';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { isLoopback } from '#lib/server/env.js';
import { log, logUnknown } from '#lib/server/log.server.ts';

/** Minutes before the next try: five of them within two hours. */
const pauses = [2, 10, 30, 78];
const tries = pauses.length + 1;
/** What a mail leads to is as dead by then. */
const keptFor = sql`interval '72 hours'`;

const forgetEvery = 10 * 60_000;
const stoppingMayTake = 4_000;

export type Mailer = {
	/** Sends all that is due. */
	run(): Promise<void>;
	/** Lets the mail that is on its way arrive. */
	stop(): Promise<void>;
};

type Settings = { smtpUrl: string | undefined; mailFrom: string | undefined };
type Claimed = {
	id: string;
	kind: string;
	memberId: string | null;
	about: Record<string, unknown> | null;
	address: string;
	subject: string;
	text: string | null;
	tries: number;
};
type Transport = ReturnType<typeof connect>;

type Words = { subject: string; text: string; html?: string; headers?: Record<string, string> };
export type Letter = Words & {
	/** Done in the transaction that marks it as sent. */
	sent?: (tx: Tx) => Promise<unknown>;
};

/** Whoever knows what members are told. Such a mail holds no words until it is sent. */
export type Writer = {
	/** Puts into the outbox what is due by now, once, however many processes do it. */
	gather(database: Database): Promise<void>;
	/** Forgets what could not be put there for too long. */
	forget(database: Database): Promise<void>;
	/** Writes what its member may be told at this moment; undefined: nothing any more. */
	write(database: Database, mail: Addressed): Promise<Letter | undefined>;
};
export type Addressed = { id: string; kind: string; memberId: string; about: Record<string, unknown> };

const tellsNothing: Writer = {
	gather: async () => {},
	forget: async () => {},
	write: () => Promise.resolve(undefined)
};

/** Without SMTP_URL it only forgets what has waited too long. */
export function openMailer(
	database: Database,
	{ smtpUrl, mailFrom }: Settings,
	{
		every = 5_000,
		soon = 300,
		writer = tellsNothing
	}: { every?: number; soon?: number; writer?: Writer } = {}
): Mailer {
	const transport = smtpUrl && mailFrom ? connect(smtpUrl, mailFrom) : undefined;
	let forgotAt = 0;
	let stopping = false;
	let current: Promise<void> | undefined;
	let waking: NodeJS.Timeout | undefined;

	async function round() {
		if (Date.now() - forgotAt > forgetEvery) {
			forgotAt = Date.now();
			await forgetOld(database);
			await writer.forget(database);
		}
		if (transport && !stopping) await writer.gather(database);
		while (transport && !stopping) {
			const mail = await claim(database);
			if (!mail) return;
			await deliver(database, transport, writer, mail);
		}
	}

	const run = () =>
		(current ??= round()
			.catch((error: unknown) => void (stopping || logUnknown(error, 'mail')))
			.finally(() => (current = undefined)));

	const timer = setInterval(() => void run(), every).unref();
	const sleep = database.onWake(() => {
		waking ??= setTimeout(() => ((waking = undefined), void run()), soon).unref();
	});

	return {
		run,
		async stop() {
			stopping = true;
			sleep();
			clearInterval(timer);
			clearTimeout(waking);
			await Promise.race([current, new Promise((done) => setTimeout(done, stoppingMayTake).unref())]);
			transport?.close();
		}
	};
}

/** To another machine only behind TLS: mails hold links that let somebody in. What the URL's query says, wins. */
function connect(url: string, from: string) {
	const here = isLoopback(new URL(url).hostname);
	const transport = createTransport(
		{
			url,
			requireTLS: !here,
			connectionTimeout: 10_000,
			greetingTimeout: 10_000,
			socketTimeout: 30_000,
			disableFileAccess: true,
			disableUrlAccess: true
		},
		{ from }
	);
	return {
		/** What is addressed to invented people never leaves this machine. */
		reaches: (address: string) => here || !/\.(example|invalid|test|localhost)$/i.test(address),
		sendMail: (mail: Parameters<typeof transport.sendMail>[0]) => transport.sendMail(mail),
		close: () => transport.close()
	};
}

/** Several processes pass by one another's. Who does not sit at the table any more is told nothing. */
async function claim(database: Database): Promise<Claimed | undefined> {
	const [mail] = await database.as('hora_signin', {}, async (tx) => {
		await tx.execute(
			sql`update mails set state = 'failed', text = null, trouble = 'left'
				where state = 'waiting' and kind <> 'invitation' and exists (
					select from members m join signin.accounts a on a.member_id = m.id
						where (m.id = mails.member_id or a.email = mails.address) and not sits(m))`
		);
		return rows<Claimed>(
			tx,
			sql`update mails set tries = tries + 1,
					next_at = now() + make_interval(mins => (${`{${pauses.join(',')}}`}::int[])[least(tries + 1, ${pauses.length})])
				where id = (select id from mails
					where state = 'waiting' and (text is not null or member_id is not null) and next_at <= now()
					order by next_at, made_at limit 1 for update skip locked)
				returning id, kind, member_id as "memberId", about, address, subject, text, tries`
		);
	});
	return mail;
}

async function deliver(database: Database, transport: Transport, writer: Writer, mail: Claimed) {
	const { id, kind, address } = mail;
	let letter: Letter | undefined;
	try {
		letter = await lettered(database, writer, mail);
		if (letter && !transport.reaches(address)) return await markTrouble(database, id, 'invented', true);
		if (letter)
			await transport.sendMail({
				to: { name: '', address },
				subject: letter.subject,
				text: letter.text,
				html: letter.html,
				messageId: `<${id}@hora.invalid>`,
				headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers }
			});
	} catch (error) {
		const failed = isFinal(error) || mail.tries >= tries;
		if (!letter) logUnknown(error, `mail ${kind}`);
		await markTrouble(database, id, letter ? troubleOf(error, letter.text) : '', failed);
		log('warn', 'mail', { id, kind, state: failed ? 'failed' : 'waiting', tries: mail.tries });
		return;
	}
	if (letter) await markSent(database, id, letter);
	else await dropMail(database, id);
	log('info', 'mail', { id, kind, state: letter ? 'sent' : 'nothing to tell' });
}

/** Its words: kept since it was queued, or written now. */
const lettered = (
	database: Database,
	writer: Writer,
	{ id, kind, memberId, about, subject, text }: Claimed
) =>
	memberId
		? writer.write(database, { id, kind, memberId, about: about ?? {} })
		: Promise.resolve<Letter>({ subject, text: text ?? '' });

/** The words go: they may hold a link. */
const markSent = (database: Database, id: string, { sent }: Letter) =>
	database.as('hora_signin', {}, async (tx) => {
		await tx.execute(
			sql`update mails set state = 'sent', sent_at = clock_timestamp(), text = null, trouble = '' where id = ${id}`
		);
		await sent?.(tx);
	});

const dropMail = (database: Database, id: string) =>
	database.as('hora_signin', {}, (tx) => rows(tx, sql`delete from mails where id = ${id}`));

const markTrouble = (database: Database, id: string, trouble: string, failed: boolean) =>
	database.as('hora_signin', {}, (tx) =>
		rows(
			tx,
			sql`update mails set trouble = ${trouble}, state = ${failed ? 'failed' : 'waiting'}
				where id = ${id} and state = 'waiting'`
		)
	);

/**
 * Mails that nobody waits for any more, plans that were brought and left lying; of what members were told nothing is
 * kept beyond a month, not even that.
 */
const forgetOld = (database: Database) =>
	database.as('hora_signin', {}, async (tx) => {
		await tx.execute(sql`select forget_imports()`);
		await tx.execute(
			sql`update mails set state = 'failed', text = null, trouble = 'too-old'
				where made_at < now() - ${keptFor} and (state <> 'sent' and text is not null
					or state = 'waiting' and member_id is not null)`
		);
		await tx.execute(
			sql`delete from mails where member_id is not null and made_at < now() - interval '30 days'`
		);
	});

type SmtpError = { code?: string; response?: string; responseCode?: number; message?: string };

/** The server will never take it. A wrong password is the administrator's to mend, and then it is sent. */
const isFinal = (error: unknown) => {
	const { code, responseCode = 0 } = error as SmtpError;
	return responseCode >= 500 && code !== 'EAUTH';
};

/** What the server said, without what of the mail it repeats: some quote the link that they dislike. */
export function troubleOf(error: unknown, text: string): string {
	const { code, response, message } = error as SmtpError;
	const said = response ?? [code, message].filter(Boolean).join(': ');
	return said
		.replace(/\p{Cc}+/gu, ' ')
		.replace(/[\p{L}\p{N}_-]{8,}/gu, (part) => (text.includes(part) ? '…' : part))
		.slice(0, 300);
}
