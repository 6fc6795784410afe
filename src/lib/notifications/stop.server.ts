/** The link in each mail that ends its kind, without signing in: it carries its own signature and can do nothing else. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { readActor } from '#lib/auth/sessions.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { type Database, rows, type Tx } from '#lib/server/database.server.ts';
import { type LetterKind, letterKinds } from './choices.ts';
import { chooseMail, readChoice } from './choose.server.ts';

const sign = (memberId: string, kind: LetterKind, key: string) =>
	createHmac('sha256', Buffer.from(key, 'hex')).update(`${memberId} ${kind}`).digest('hex');

async function readKey(tx: Tx): Promise<string> {
	const [found] = await rows<{ key: string }>(tx, sql`select encode(key, 'hex') as key from signin.mail_key`);
	if (!found) throw new Error('there is no key to sign links with');
	return found.key;
}

/** As `hora_signin`. */
export const stopToken = async (tx: Tx, memberId: string, kind: LetterKind) =>
	`${kind}.${memberId.replaceAll('-', '')}.${sign(memberId, kind, await readKey(tx))}`;

/** Whose mail of which kind a link ends; undefined for every link that was not signed here, or whose member has left. */
export async function stopOf(
	database: Database,
	token: string
): Promise<{ kind: LetterKind; actor: App.Actor; stopped: boolean } | undefined> {
	const [, name, hex = '', signature = ''] =
		/^([a-z]{1,20})\.([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(token) ?? [];
	const kind = letterKinds.find((one) => one === name);
	if (!kind) return undefined;
	const memberId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return database.as('hora_signin', { member: memberId }, async (tx) => {
		const own = sign(memberId, kind, await readKey(tx));
		if (!timingSafeEqual(Buffer.from(own, 'hex'), Buffer.from(signature, 'hex'))) return undefined;
		const actor = await readActor(tx, memberId);
		const choice = actor && (await readChoice(tx, memberId));
		return choice && { kind, actor, stopped: isStopped(kind, choice) };
	});
}

const isStopped = (kind: LetterKind, { asked, weekday }: { asked: string; weekday: number }) =>
	kind === 'asked' ? asked === 'never' : weekday === 0;

/** @returns the kind that has ended; undefined for a link that opens nothing */
export async function stopMail(database: Database, token: string): Promise<LetterKind | undefined> {
	const found = await stopOf(database, token);
	if (!found) return undefined;
	const { kind, actor, stopped } = found;
	if (stopped) return kind;
	const choice = kind === 'asked' ? { asked: 'never' } : { weekday: 0 };
	// Whatever stands there: who asks for silence gets it.
	const base = await database.as('hora_signin', {}, (tx) => readChoice(tx, actor.memberId));
	await execute(database, chooseMail, actor, { choice, base }, crypto.randomUUID());
	return kind;
}
