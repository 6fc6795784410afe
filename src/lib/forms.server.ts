/** The form door to `execute`: what was typed comes back with the refusal, so that nothing is lost. */

import { fail, type RequestEvent } from '@sveltejs/kit';
import { createHash } from 'node:crypto';
import { app } from './app.server.ts';
import { Refusal } from './errors.ts';
import { containsCnp, coverCnp } from './harm/cnp.ts';
import { refusalOf, type RefusalInWords } from './refusals.server.ts';
import { type AnyCommand, execute } from './server/command.server.ts';
import { limits } from './server/throttle.server.ts';
import { settled } from './ui/edited.ts';
import { writeDraft } from './voice/drafts.server.ts';

export type Fields = Record<string, string>;

/** What a page gets back of a form. `form` says which of its forms it was. */
export type FormAnswer =
	| { form: string; ok: true; result: Record<string, string>; each?: Each; values?: Fields }
	| { form: string; ok: false; refusal: RefusalInWords; values: Fields };

/** Of many acts sent at once: how many were done, and why the others were not. */
export type Each = { done: string[]; refused: { key: string; sentence: string }[] };

/**
 * Runs one command from one form. A form that says `draft` (`ask` or `keep`) keeps the act in the house first.
 * @param toInput makes the command's input of the fields; dates and empty fields mean different things to each
 */
export async function submit(
	{ request, locals: { actor } }: { request: Request; locals: App.Locals },
	command: AnyCommand,
	toInput: (fields: Fields) => unknown
) {
	let fields: Fields = {};
	try {
		fields = settled(await fieldsOf(request));
		if (!actor) throw new Refusal('signed-out');
		const after = limits.writes.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		const [act, input] = inTheHouse(command, confirmedIn(await toInput(fields), fields), fields);
		const { result } = await execute(app().database, act, actor, input, fields.operation ?? '');
		return { form: fields.form ?? command.name, ok: true as const, result };
	} catch (error) {
		const { status, refusal } = refusalOf(error, `form ${command.name}`);
		const form = fields.form ?? command.name;
		return fail(status, { form, ok: false as const, refusal, values: givenBack(fields) });
	}
}

/** A form that was warned brings a reason; its other button sends what was reworded, without one. */
function confirmedIn(input: unknown, { confirm, confirmed = '' }: Fields): unknown {
	const isConfirmed = confirm !== undefined || confirmed.trim() !== '';
	return isConfirmed && typeof input === 'object' ? { ...input, confirmed } : input;
}

/** Only what may be written in the house first; anything else passes the field over. */
function inTheHouse(command: AnyCommand, input: unknown, { draft }: Fields): [AnyCommand, unknown] {
	if (!draft || !command.alone) return [command, input];
	return [
		writeDraft,
		{ ...(input as Record<string, unknown>), draft: { command: command.name, ask: draft === 'ask' } }
	];
}

/**
 * Runs one command for each of many, each in its own transaction: one that is refused does not stop the others, and
 * the answer names it. Sent again, each has one effect still.
 * @param toInputs by a key that the page knows
 */
export async function submitEach(
	{ request, locals: { actor } }: { request: Request; locals: App.Locals },
	command: AnyCommand,
	toInputs: (fields: Fields) => { key: string; input: unknown }[]
) {
	let fields: Fields = {};
	try {
		fields = settled(await fieldsOf(request));
		if (!actor) throw new Refusal('signed-out');
		const after = limits.writes.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		const inputs = toInputs(fields).slice(0, atOnce);
		if (inputs.length === 0) throw new Refusal('invalid', { fields: { form: 'each.none' } });
		const each: Each = { done: [], refused: [] };
		for (const { key, input } of inputs) {
			try {
				const [act, sent] = inTheHouse(command, confirmedIn(input, fields), fields);
				const operation = operationFor(fields.operation ?? '', key);
				const { result } = await execute(app().database, act, actor, sent, operation);
				each.done.push(result.reportId ? `${key} ${result.reportId}` : key);
			} catch (error) {
				each.refused.push({ key, sentence: refusalOf(error, `form ${command.name}`).refusal.says.sentence });
			}
		}
		return { form: fields.form ?? command.name, ok: true as const, result: {}, each };
	} catch (error) {
		const { status, refusal } = refusalOf(error, `form ${command.name}`);
		const form = fields.form ?? command.name;
		return fail(status, { form, ok: false as const, refusal, values: givenBack(fields) });
	}
}

/** As many as a sheet holds. */
const atOnce = 100;

/** One id for each, always the same for the same. */
function operationFor(operation: string, key: string) {
	const hash = createHash('sha256').update(operation).update(key).digest('hex');
	return [0, 8, 12, 16, 20].map((at, n) => hash.slice(at, [8, 12, 16, 20, 32][n])).join('-');
}

/** A form action that does nothing but run one command. Fields that it does not ask for are passed over. */
export const action =
	(
		command: AnyCommand,
		toInput: (fields: Fields, params: Record<string, string>) => unknown = (fields) => fields
	) =>
	(event: Pick<RequestEvent, 'request' | 'locals' | 'params'>) =>
		submit(event, command, (fields) => toInput(fields, event.params as Record<string, string>));

/**
 * The text fields of a form, with the line ends that are kept; a file is not expected anywhere yet.
 * @throws Refusal `invalid` for a body that is no form
 */
export async function fieldsOf(request: Request): Promise<Fields> {
	const form = await request.formData().catch(() => {
		throw new Refusal('invalid', { fields: { form: 'form.invalid' } });
	});
	const fields: Fields = {};
	for (const [name, value] of form)
		if (typeof value === 'string') fields[name] = value.replace(/\r\n?/g, '\n');
	return fields;
}

/** What a hidden field holds as JSON; nothing where it is none, so that the schema refuses it. */
export function jsonOf(field: string | undefined): unknown {
	try {
		return JSON.parse(field ?? '');
	} catch {
		return undefined;
	}
}

/** What was typed, for the page that says no: neither a personal number nor a password is repeated, not even to whoever typed it. */
export function givenBack({ operation: _, password: __, ...typed }: Fields): Fields {
	return Object.fromEntries(
		Object.entries(typed).map(([name, value]) => [name, containsCnp(value) ? coverCnp(value) : value])
	);
}
