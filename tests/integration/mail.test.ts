/** Mail, against a real SMTP server in this process: sent, put off, refused, away, and a process that dies in between. */

import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EnvironmentError, readEnvironment } from '#lib/server/env.js';
import { execute } from '#lib/server/command.server.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import { listOutbox, retryMail } from '#lib/mail/outbox.server.ts';
import { queueMail } from '#lib/mail/queue.server.ts';
import { openMailer, troubleOf } from '#lib/mail/send.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

const secret = 'qK9-secretul_legaturii-7Zw2Lx';
const mail = {
	kind: 'invitation',
	address: 'ana@ministerul.example',
	subject: 'Invitație în Hora',
	text: `Bună ziua,\n\nhttps://hora.example/invite/${secret}\n`
};

/** What the server does with the next mail. */
type Manner = 'takes' | 'greylists' | 'refuses' | 'refuses and quotes';

async function openServer() {
	const received: string[] = [];
	let manner: Manner = 'takes';
	const answer = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
	const server = new SMTPServer({
		authOptional: true,
		hideSTARTTLS: true,
		onRcptTo: (_address, _session, done) =>
			manner === 'greylists'
				? done(answer(451, '4.7.1 Greylisted, come back later'))
				: manner === 'refuses'
					? done(answer(550, '5.1.1 No such mailbox here'))
					: done(),
		onData(stream, _session, done) {
			let words = '';
			stream.on('data', (part: Buffer) => (words += part.toString()));
			stream.on('end', () => {
				if (manner === 'refuses and quotes')
					return done(answer(554, `5.7.1 Blocked <https://hora.example/invite/${secret}>.`));
				received.push(words);
				done();
			});
		}
	});
	server.on('error', () => {});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	const { port } = server.server.address() as AddressInfo;
	return {
		received,
		url: `smtp://127.0.0.1:${port}`,
		becomes: (next: Manner) => void (manner = next),
		close: () => new Promise<void>((closed) => server.close(() => closed()))
	};
}

/** A port where nobody listens. */
async function deserted() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return `smtp://127.0.0.1:${port}`;
}

describe.each(engines)('mail, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let server: Awaited<ReturnType<typeof openServer>>;
	let printed: string[];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());
	beforeEach(async () => {
		server = await openServer();
		printed = [];
		for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
			vi.spyOn(console, method).mockImplementation((...said) => void printed.push(said.join(' ')));
	});
	afterEach(async () => {
		vi.restoreAllMocks();
		await server.close();
		await database.asOwner((tx) => tx.execute(sql`delete from mails`));
		expect(printed.join('\n')).not.toContain(secret);
		expect(printed.join('\n')).not.toContain(mail.address);
	});

	const queue = (given: Partial<typeof mail> = {}) =>
		database.as('hora_signin', {}, (tx) => queueMail(tx, { ...mail, ...given }));
	/** Sends what is due once, as one process would. */
	async function send(url = server.url) {
		const mailer = openMailer(database, { smtpUrl: url, mailFrom: 'Hora <hora@hora.example>' });
		await mailer.run();
		await mailer.stop();
	}
	const outbox = () =>
		database.asOwner((tx) =>
			rows<Record<string, unknown>>(
				tx,
				sql`select state, tries, trouble, text, sent_at is not null as "sentAt",
						round(extract(epoch from next_at - now()) / 60)::int as "inMinutes"
					from mails order by made_at, id`
			)
		);
	/** As if the pause were over. */
	const later = () => database.asOwner((tx) => tx.execute(sql`update mails set next_at = now()`));

	test('is sent, and its words are then forgotten', async () => {
		await queue();
		await send();
		expect(server.received).toHaveLength(1);
		expect(server.received[0]).toMatch(/^From: Hora <hora@hora\.example>/m);
		expect(server.received[0]).toMatch(/^To: ana@ministerul\.example/m);
		expect(server.received[0]?.replaceAll('=\r\n', '')).toContain(secret);
		expect(await outbox()).toMatchObject([
			{ state: 'sent', tries: 1, trouble: '', text: null, sentAt: true }
		]);
		await later();
		await send();
		expect(server.received).toHaveLength(1);
	});

	test('an address cannot smuggle in another, nor a subject a header', async () => {
		await queue({ address: 'ana@a.example', subject: 'Una\r\nBcc: eva@b.example' });
		await send();
		expect(server.received[0]).not.toMatch(/^Bcc:/m);
	});

	test('what is put off is tried again after growing pauses, and arrives', async () => {
		await queue();
		server.becomes('greylists');
		const pauses = [];
		for (let i = 0; i < 3; i++) {
			await send();
			const [found] = await outbox();
			expect(found).toMatchObject({ state: 'waiting', tries: i + 1, text: mail.text });
			expect(found?.trouble).toContain('Greylisted, come back later');
			pauses.push(found?.inMinutes);
			await send(); // not before its time
			expect(await outbox()).toMatchObject([{ tries: i + 1 }]);
			await later();
		}
		expect(pauses).toEqual([2, 10, 30]);
		server.becomes('takes');
		await send();
		expect(server.received).toHaveLength(1);
		expect(await outbox()).toMatchObject([{ state: 'sent', tries: 4, trouble: '', text: null }]);
	});

	test('a server that is away for two hours: five tries, then it has failed, and can be sent again by hand', async () => {
		await queue();
		const away = await deserted();
		for (let i = 1; i <= 5; i++) {
			await send(away);
			expect(await outbox()).toMatchObject([{ state: i < 5 ? 'waiting' : 'failed', tries: i }]);
			await later();
		}
		expect((await outbox())[0]?.trouble).toMatch(/ECONNREFUSED/);
		await send();
		expect(server.received).toHaveLength(0);

		const [listed] = await database.as(
			'hora_app',
			{ member: table.member('comisia', 'secretariat').memberId },
			(tx) => listOutbox(tx, 10)
		);
		await execute(
			database,
			retryMail,
			table.member('comisia', 'secretariat'),
			{ mailId: listed?.id },
			crypto.randomUUID()
		);
		await send();
		expect(server.received).toHaveLength(1);
		expect(await outbox()).toMatchObject([{ state: 'sent', text: null }]);
	});

	test('a refusal is final, said in the words of the server, without what they quote of the mail', async () => {
		await queue();
		server.becomes('refuses');
		await send();
		expect(await outbox()).toMatchObject([{ state: 'failed', tries: 1 }]);
		expect((await outbox())[0]?.trouble).toContain('5.1.1 No such mailbox here');

		await database.asOwner((tx) => tx.execute(sql`delete from mails`));
		await queue();
		server.becomes('refuses and quotes');
		await send();
		const [{ trouble } = {}] = await outbox();
		expect(trouble).toContain('5.7.1 Blocked');
		expect(trouble).not.toContain(secret);
	});

	test('a process killed between sending and marking: it goes again, under the same Message-ID', async () => {
		await queue();
		let statements = 0;
		const dying: Database = {
			...database,
			as: ((role, reader, work) => {
				// Forgetting what is old, then the claim; the mark never comes.
				if (++statements > 2) return new Promise(() => {});
				return database.as(role, reader, work);
			}) as Database['as']
		};
		const mailer = openMailer(dying, { smtpUrl: server.url, mailFrom: 'hora@hora.example' });
		void mailer.run();
		await vi.waitFor(() => expect(server.received).toHaveLength(1));
		expect(await outbox()).toMatchObject([{ state: 'waiting', text: mail.text }]);

		await send(); // another process, while the claim holds
		expect(server.received).toHaveLength(1);
		await later();
		await send();
		expect(server.received).toHaveLength(2);
		const ids = server.received.map((words) => /^Message-ID: (.+)$/im.exec(words)?.[1]);
		expect(ids[0]).toBeTruthy();
		expect(ids[1]).toBe(ids[0]);
		expect(await outbox()).toMatchObject([{ state: 'sent', text: null }]);
		await mailer.stop();
	}, 30_000);

	test('four processes at once send each of twenty mails once', async () => {
		for (let i = 0; i < 20; i++) await queue({ address: `nr-${i}@ministerul.example` });
		await Promise.all([send(), send(), send(), send()]);
		const to = server.received.map((words) => /^To: (.+)$/m.exec(words)?.[1]?.trim());
		expect(to).toHaveLength(20);
		expect(new Set(to).size).toBe(20);
	});

	test('a wake-up sends soon, not at the next round', async () => {
		const mailer = openMailer(
			database,
			{ smtpUrl: server.url, mailFrom: 'hora@hora.example' },
			{ every: 600_000, soon: 10 }
		);
		await mailer.run();
		await queue();
		database.wake();
		await vi.waitFor(() => expect(server.received).toHaveLength(1));
		await mailer.stop();
	});

	test('told to stop, it does not wait for a server that never answers; the mail still waits', async () => {
		const silent = createServer(() => {}).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const { port } = silent.address() as AddressInfo;
		await queue();
		const mailer = openMailer(database, { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'a@b.example' });
		void mailer.run();
		await once(silent, 'connection');
		const began = Date.now();
		await mailer.stop();
		expect(Date.now() - began).toBeLessThan(5_000);
		expect(await outbox()).toMatchObject([{ state: 'waiting', tries: 1, text: mail.text }]);
		silent.close();
	});

	test('without a server it waits, and after 72 hours its words are forgotten', async () => {
		const round = async () => {
			const mailer = openMailer(database, { smtpUrl: undefined, mailFrom: undefined });
			await mailer.run();
			await mailer.stop();
		};
		await queue();
		await round();
		expect(await outbox()).toMatchObject([{ state: 'waiting', tries: 0, text: mail.text }]);
		await database.asOwner((tx) => tx.execute(sql`update mails set made_at = now() - interval '73 hours'`));
		await round();
		expect(await outbox()).toMatchObject([{ state: 'failed', text: null, trouble: 'too-old' }]);
	});

	test('the outbox is the secretariat’s alone, and never shows words', async () => {
		await queue();
		const read = (member?: string) => database.as('hora_app', { member }, (tx) => listOutbox(tx, 10));
		const listed = await read(table.member('comisia', 'secretariat').memberId);
		expect(listed).toMatchObject([{ address: mail.address, subject: mail.subject, state: 'waiting' }]);
		expect(JSON.stringify(listed)).not.toContain(secret);
		for (const role of ['coordinator', 'contributor', 'observer'] as const)
			expect(await read(table.member('comisia', role).memberId)).toEqual([]);
		expect(await read()).toEqual([]);
	});
});

test('trouble hides what it repeats of the mail, and keeps the rest', () => {
	const text = `Legătura: https://hora.example/invite/${secret}`;
	const said = (response: string) => troubleOf({ response }, text);
	expect(said('550 5.1.1 <ana@x.example>: Recipient address rejected')).toBe(
		'550 5.1.1 <ana@x.example>: Recipient address rejected'
	);
	expect(said(`554 spam: ${secret}.`)).toBe('554 spam: ….');
	expect(said('554 a\r\nb')).toBe('554 a b');
	expect(said('x'.repeat(999)).length).toBe(300);
});

describe('SMTP_URL and MAIL_FROM', () => {
	const sentenceOf = (variables: Record<string, string>) => {
		try {
			readEnvironment(variables);
			return '';
		} catch (error) {
			if (!(error instanceof EnvironmentError)) throw error;
			return error.sentence;
		}
	};
	const right = { SMTP_URL: 'smtps://a:b@mail.example:465', MAIL_FROM: 'Hora <hora@example.org>' };

	test.each([
		{},
		right,
		{ ...right, MAIL_FROM: 'hora@example.org' },
		{ MAIL_FROM: 'hora@example.org' },
		{ ...right, SMTP_URL: 'smtp://localhost:25' }
	])('%j is taken', (variables) => expect(sentenceOf(variables as Record<string, string>)).toBe(''));

	test.each(['mail.example', 'http://mail.example', 'smtp://', 'smtp:mail.example'])(
		'SMTP_URL %s is refused in one sentence that does not repeat it',
		(SMTP_URL) => {
			const sentence = sentenceOf({ ...right, SMTP_URL: SMTP_URL.replace('//', '//x:geheim@') });
			expect(sentence).toMatch(/^SMTP_URL is not/);
			expect(sentence).not.toContain('geheim');
		}
	);

	test.each(['hora', 'a@b, c@d', 'Hora hora@example.org', 'Hora <hora@example.org', 'a@b\r\nBcc: c@d'])(
		'MAIL_FROM %j is refused',
		(MAIL_FROM) => expect(sentenceOf({ ...right, MAIL_FROM })).toMatch(/^MAIL_FROM is/)
	);

	test('SMTP_URL wants MAIL_FROM', () =>
		expect(sentenceOf({ SMTP_URL: right.SMTP_URL })).toMatch(/without MAIL_FROM/));
});
