/**
 * From empty to working. At each start of an empty workspace a one-time code is printed on the console; whoever types it
 * in lays the table: workspace, strategy, the organisation of the secretariat and its first member.
 */

import { createHash, randomInt } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { organisationKinds } from '#lib/access/actor.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { mailAddress } from '#lib/mail/address.ts';
import { bodyOf } from '#lib/organisations/reference.server.ts';
import { parse } from '#lib/server/command.server.ts';
import { type Database, json, rows, type Tx } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';

/** Without those that look alike: 0 O, 1 I L, U V. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

const newCode = () =>
	Array.from({ length: 4 }, () =>
		Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
	).join('-');

/** However it was typed: small letters, spaces for dashes, none at all. */
const hashOf = (code: string) =>
	createHash('sha256')
		.update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
		.digest('hex');

/**
 * At start, as the tables' owner: where nobody can enter yet, a new code takes the place of the last one.
 * @returns the code, for the console
 */
export async function laySetUpCode(tx: Tx): Promise<string | undefined> {
	const [state] = await rows<{ open: boolean }>(tx, sql`select anybody_can_enter() as open`);
	await tx.execute(sql`delete from signin.set_up`);
	if (state?.open) return undefined;

	const code = newCode();
	await tx.execute(sql`insert into signin.set_up (code_hash) values (decode(${hashOf(code)}, 'hex'))`);
	return code;
}

const begun = new WeakSet<Database>();

/** Is there a table already? Asked at each request until there is. */
export async function hasBegun(database: Database): Promise<boolean> {
	if (begun.has(database)) return true;
	const [found] = await database.as('hora_signin', {}, (tx) =>
		rows<{ begun: boolean }>(tx, sql`select exists (select from organisations) as begun`)
	);
	if (found?.begun) begun.add(database);
	return found?.begun ?? false;
}

/** Does a code wait to be typed in? */
export async function setUpWaits(database: Database): Promise<boolean> {
	const [found] = await database.as('hora_signin', {}, (tx) =>
		rows<{ waits: boolean }>(tx, sql`select set_up_waits() as waits`)
	);
	return found?.waits ?? false;
}

const codeOnly = z.object({ code: text({ max: 40 }) });
const table = codeOnly.extend({
	nameRo: text({ max: 80 }),
	nameEn: text({ max: 80, min: 0 }),
	strategyRo: text({ max: 300 }),
	strategyEn: text({ max: 300, min: 0 }),
	source: text({ max: 500, min: 0 }),
	/** A body of the reference list; else the fields that follow. */
	body: z.string().max(100).optional(),
	memberName: text({ max: 120 }),
	email: mailAddress,
	functionRo: text({ max: 200, min: 0 }),
	functionEn: text({ max: 200, min: 0 })
});
const newBody = z.object({
	kind: z.enum(organisationKinds),
	bodyRo: text({ max: 200 }),
	bodyEn: text({ max: 200, min: 0 }),
	shortRo: text({ max: 40 }),
	shortEn: text({ max: 40, min: 0 })
});

/**
 * Lays the table, or (where that was done but nobody has a way in yet) takes up where it stopped.
 * @param address where the request came from, for the limit
 * @returns the first member, who is in
 * @throws Refusal `invalid`, `throttled`
 */
export async function setUp(
	database: Database,
	fields: Record<string, string>,
	address: string
): Promise<string> {
	const resumes = await hasBegun(database);
	const { code } = parse({ input: codeOnly }, fields).valid as z.output<typeof codeOnly>;
	const given = resumes ? {} : readTable(fields);

	// Counted before the code is looked at, so that many at once count as many; a right one is given back.
	const after = limits.setUp.take(address);
	if (after > 0) throw new Refusal('throttled', { after });
	const [made] = await database.as('hora_signin', {}, (tx) =>
		rows<{ first: string | null }>(
			tx,
			sql`select set_up(decode(${hashOf(code)}, 'hex'), ${json(given)}) as first`
		)
	);
	if (!made?.first) throw new Refusal('invalid', { fields: { code: 'setup.wrong_code' } });
	limits.setUp.giveBack(address);
	return made.first;
}

function readTable(fields: Record<string, string>) {
	const words = parse({ input: table }, fields).valid as z.output<typeof table>;
	const { nameRo, nameEn, strategyRo, strategyEn, source, memberName, email, functionRo, functionEn } = words;
	return {
		...{ nameRo, nameEn },
		strategy: { titleRo: strategyRo, titleEn: strategyEn, source },
		organisation: { id: crypto.randomUUID(), ...readBody(words.body, fields) },
		member: { name: memberName, email, functionRo, functionEn }
	};
}

function readBody(key: string | undefined, fields: Record<string, string>) {
	const known = key ? bodyOf(key) : undefined;
	if (known && !known.group) return known;
	const { kind, bodyRo, bodyEn, shortRo, shortEn } = parse({ input: newBody }, fields).valid as z.output<
		typeof newBody
	>;
	return { kind, nameRo: bodyRo, nameEn: bodyEn, shortRo, shortEn };
}
