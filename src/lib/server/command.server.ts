/** One act, one declaration; forms and sockets are two doors to the same `execute`. */

import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { confirmation, passWarnings, warnedOf } from '#lib/harm/words.ts';
import { type Database, json, type Role, rows, sqlState, type Tx } from './database.server.ts';

/** What happened, to which subject. The circle is the subject's own: `append` takes it from the locked row. */
export type Happening = { subject: string; type: string; data: Record<string, unknown> };

type Found = { id: string } & Record<string, unknown>;

export type Context<Input, Subject> = {
	tx: Tx;
	actor: App.Actor;
	input: Input;
	subject: Subject;
	/** The id of the operation: one effect, however often it is sent. */
	operation: string;
	/** Collects what happened; it is appended after everything else. */
	record: (happening: Happening) => void;
	/** Words that were warned of and confirmed: kept where the act stays in the house, and then told with what sends it. */
	confirmed: Confirmed | undefined;
	tell: (confirmed: Confirmed) => void;
};

export type Command<Schema extends z.ZodType = z.ZodType, Subject extends Found = Found> = {
	name: string;
	/** The row of the capability table that `allow` reads. */
	act: string;
	/** Another role than the application's, for the few commands that need it. */
	role?: Role;
	/** Changes who may get in or see: asks who it is again where that was shown longer than 15 minutes ago. */
	proved?: true;
	input: Schema;
	/** What it is about, as the actor sees it, locked before any other row; undefined is "not there". */
	find: (tx: Tx, input: z.output<Schema>, actor: App.Actor) => Promise<Subject | undefined>;
	/** A pure policy, one sentence. */
	allow: (actor: App.Actor, subject: Subject, input: z.output<Schema>) => boolean;
	/** A pure policy as well: may the actor do it without asking in the house first? Where it is missing, always. */
	alone?: (actor: App.Actor, subject: Subject, input: z.output<Schema>) => boolean;
	/** Stays in the house: nobody else hears even that something was warned of and confirmed. */
	inside?: true;
	/** Writes the rows, records what happened, returns ids only. */
	run: (context: Context<z.output<Schema>, Subject>) => Promise<Record<string, string>>;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each command knows its own input and subject
export type AnyCommand = Command<any, any>;

export const command = <Schema extends z.ZodType, Subject extends Found>(
	declaration: Command<Schema, Subject>
) => declaration;

export type Outcome = { result: Record<string, string>; repeated: boolean };

/** Told what each step took; the benchmark listens. */
export type Stopwatch = (step: string) => void;

/**
 * Does one act, once.
 * @param input what came through the door, unchecked
 * @param operation the browser's id for this act (a UUID): a repeat does nothing and answers the same ids
 * @throws Refusal for everything that a person can read; anything else is a bug
 */
export async function execute(
	database: Database,
	command: AnyCommand,
	actor: App.Actor,
	input: unknown,
	operation: string,
	lap: Stopwatch = () => {}
): Promise<Outcome> {
	const { valid, confirmed } = parse(command, input);
	if (command.proved && !actor.proved) throw new Refusal('unproved');
	if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(operation))
		throw new Refusal('invalid', { fields: { operation: 'operation.missing' } });
	lap('validate');

	const outcome = await transact(database, command, actor, valid, confirmed, operation, lap);
	lap('commit');
	if (!outcome.repeated) database.wake();
	return outcome;
}

/** Words that were warned of and confirmed: in which fields, of what kinds, and why they identify nobody. */
export type Confirmed = { reason: string; found: Record<string, string[]> };

/** @throws Refusal `invalid`, which names what is wrong field by field */
export function parse(
	command: Pick<AnyCommand, 'input'>,
	input: unknown
): { valid: unknown; confirmed?: Confirmed } {
	const parsed = command.input.safeParse(input);
	if (parsed.success) return { valid: parsed.data };
	// What is wrong is said first; what was only warned of is asked when nothing else is.
	const unwarned = passWarnings(() => command.input.safeParse(input));
	if (!unwarned.success) throw new Refusal('invalid', { fields: faultsOf(unwarned.error) });

	const found: Record<string, string[]> = {};
	for (const { path, message } of parsed.error.issues)
		(found[path.join('.')] ??= []).push(warnedOf(message) ?? '');
	return { valid: unwarned.data, confirmed: { reason: reasonOf(input, parsed.error, found), found } };
}

/** The reason that came with the words. Without one they are refused, and may be sent again with it. */
function reasonOf(input: unknown, warned: z.ZodError, found: Confirmed['found']): string {
	const confirm = [...new Set(Object.values(found).flat())];
	const given = (input as { confirmed?: unknown }).confirmed;
	const fields = faultsOf(warned);
	if (given === undefined) throw new Refusal('invalid', { fields, confirm });
	const reason = confirmation.safeParse(given);
	if (reason.success) return reason.data;
	throw new Refusal('invalid', { fields: { ...fields, confirmed: messageOf(reason.error) }, confirm });
}

const messageOf = ({ issues: [issue] }: z.ZodError) => (issue ? messageKey(issue) : 'form.invalid');

function faultsOf({ issues }: z.ZodError) {
	const fields: Record<string, string> = {};
	for (const issue of issues) fields[issue.path.join('.') || 'form'] ??= messageKey(issue);
	return fields;
}

/** Our own schemas speak in message keys; what is wrong in shape alone has one sentence for all. */
const messageKey = (issue: z.core.$ZodIssue) =>
	/^[a-z_]+\.[a-z_]+$/.test(issue.message) ? issue.message : 'form.invalid';

async function transact(
	database: Database,
	command: AnyCommand,
	actor: App.Actor,
	input: unknown,
	confirmed: Confirmed | undefined,
	operation: string,
	lap: Stopwatch
): Promise<Outcome> {
	try {
		return await database.as(command.role ?? 'hora_app', { member: actor.memberId }, async (tx) => {
			lap('begin');
			const earlier = await claim(tx, command, actor, input, operation);
			if (earlier) return { result: earlier, repeated: true };
			lap('operation');

			const happened: Happening[] = [];
			let told = command.inside ? undefined : confirmed;
			const { result, subject } = await perform(
				command,
				{
					tx,
					actor,
					input,
					operation,
					record: (happening) => void happened.push(happening),
					confirmed,
					tell: (confirmed) => void (told = confirmed)
				},
				lap
			);

			// One statement, since each one is waited for.
			await tx.execute(
				sql`with kept as (
						update operations set result = ${json(result)}
							where member_id = ${actor.memberId} and id = ${operation}
					) select ${told ? sql`append_confirmed(${json(happened)}, ${json(heldAgainst(command, told, subject, result))})` : sql`append(${json(happened)})`}`
			);
			lap('append');
			return { result, repeated: false };
		});
	} catch (error) {
		throw refusalOf(error);
	}
}

/**
 * One act inside a transaction: found, allowed, compared with what it was based on, done.
 * @throws Refusal for everything that a person can read
 */
export async function perform(
	command: AnyCommand,
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each command knows its own input
	context: Omit<Context<any, Found>, 'subject'>,
	lap: Stopwatch = () => {}
) {
	const { tx, actor, input } = context;
	const subject = await command.find(tx, input, actor);
	if (!subject) throw new Refusal('not-found');
	lap('find');

	if (!command.allow(actor, subject, input)) throw new Refusal('forbidden');
	if (command.alone && !command.alone(actor, subject, input)) throw new Refusal('needs-approval');
	refuseStale(subject, (input as { base?: Record<string, unknown> }).base);
	lap('allow');

	const result: Record<string, string> = await command.run({ ...context, subject });
	lap('run');
	return { result, subject: subject as Found };
}

/** What the secretariat looks at again: a row for each field, never what was written. */
const heldAgainst = (
	{ name }: AnyCommand,
	{ reason, found }: Confirmed,
	subject: Found,
	{ id = subject.id }: Record<string, string>
) => Object.entries(found).map(([field, kinds]) => ({ command: name, field, kinds, reason, subject: id }));

/** First statement: whoever comes second with the same id waits here and then finds the result of the first. */
async function claim(tx: Tx, command: AnyCommand, actor: App.Actor, input: unknown, operation: string) {
	const hash = createHash('sha256').update(command.name).update(JSON.stringify(input)).digest('hex');
	const claimed = await rows(
		tx,
		sql`insert into operations (member_id, id, command, input)
			values (${actor.memberId}, ${operation}, ${command.name}, decode(${hash}, 'hex'))
			on conflict do nothing returning id`
	);
	if (claimed.length > 0) return undefined;

	const [earlier] = await rows<{ same: boolean; result: Record<string, string> }>(
		tx,
		sql`select input = decode(${hash}, 'hex') as same, result from operations
			where member_id = ${actor.memberId} and id = ${operation}`
	);
	if (!earlier?.same) throw new Refusal('conflict', { fields: { operation: 'operation.other_input' } });
	return earlier.result;
}

/** Nobody overwrites silently: the fields that an edit was based on still say what its author saw. */
function refuseStale(subject: Found, base: Record<string, unknown> | undefined) {
	const changed = Object.keys(base ?? {}).filter((field) => !same(subject[field], base?.[field]));
	if (changed.length > 0)
		throw new Refusal('conflict', {
			fields: Object.fromEntries(changed.map((field) => [field, 'edit.changed_meanwhile'])),
			theirs: Object.fromEntries(changed.map((field) => [field, subject[field]]))
		});
}

/** Plain values, and lists of them. */
const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

function refusalOf(error: unknown): unknown {
	const state = sqlState(error);
	// lock_timeout, deadlock, statement_timeout: it may be running still, ask again
	if (state === '55P03' || state === '40P01' || state === '57014') return new Refusal('unavailable');
	// A membership that ended in between: the row would have been in a circle that is no longer the actor's.
	if (state === '42501' && /row-level security/.test(wordsOf(error))) return new Refusal('not-found');
	if (state === '23514') return new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });
	return error;
}

const wordsOf = (error: unknown) => {
	const { message, cause } = error as { message?: string; cause?: { message?: string } };
	return cause?.message ?? message ?? '';
};
