/** A real SMTP server in this process, and what it received, taken apart. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = {
	to: string;
	subject: string;
	headers: Record<string, string>;
	text: string;
	html: string;
	/** All of it with the encodings undone, for a search of every byte. */
	all: string;
};

export async function openMailbox() {
	const received: Received[] = [];
	const server = new SMTPServer({
		authOptional: true,
		hideSTARTTLS: true,
		onData(stream, _session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				received.push(takeApart(Buffer.concat(parts).toString('latin1')));
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
		close: () => new Promise<void>((closed) => server.close(() => closed()))
	};
}

function takeApart(raw: string): Received {
	const { headers, body } = split(raw);
	const boundary = /boundary="?([^";]+)/.exec(headers['content-type'] ?? '')?.[1];
	const parts = boundary
		? body
				.split(`--${boundary}`)
				.slice(1, -1)
				.map((part) => split(part.replace(/^\r\n/, '')))
		: [{ headers, body }];
	const of = (type: string) => {
		const part = parts.find(({ headers }) => (headers['content-type'] ?? 'text/plain').startsWith(type));
		return part ? decoded(part.headers['content-transfer-encoding'] ?? '', part.body) : '';
	};
	const [text = '', html = ''] = ['text/plain', 'text/html'].map((type) => of(type).replaceAll('\r\n', '\n'));
	const shown = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, decodedWord(value)])
	);
	return {
		to: shown.to ?? '',
		subject: shown.subject ?? '',
		headers: shown,
		text,
		html,
		all: [...Object.values(shown), text, html].join('\n')
	};
}

function split(raw: string) {
	const at = raw.indexOf('\r\n\r\n');
	const lines = raw
		.slice(0, at)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = Object.fromEntries(
		lines.map((line) => {
			const [name = '', ...value] = line.split(':');
			return [name.toLowerCase(), value.join(':').trim()];
		})
	);
	return { headers, body: raw.slice(at + 4) };
}

const latin = (text: string) => Buffer.from(text, 'latin1').toString('utf8');

const quoted = (text: string) =>
	latin(text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));

function decoded(encoding: string, body: string) {
	if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
	return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : latin(body);
}

const decodedWord = (value: string) =>
	value
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/(?:=\?utf-8\?Q\?[^?]*\?=)+/gi, (words) =>
			quoted(
				words
					.replace(/=\?utf-8\?Q\?/gi, '')
					.replace(/\?=/g, '')
					.replace(/_/g, ' ')
			)
		)
		.replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'));
