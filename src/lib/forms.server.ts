/** The form door to `execute`: what was typed comes back with the refusal, so that nothing is lost. */

import { fail, type RequestEvent } from '@sveltejs/kit';
import { app } from './app.server.ts';
import { Refusal } from './errors.ts';
import { containsCnp, coverCnp } from './harm/cnp.ts';
import type { RefusalOnTheWire } from './realtime/wire.ts';
import { type AnyCommand, execute } from './server/command.server.ts';
import { logUnknown } from './server/log.server.ts';
import { limits } from './server/throttle.server.ts';

export type Fields = Record<string, string>;

/** What a page gets back of a form. `form` says which of its forms it was. */
export type FormAnswer =
	| { form: string; ok: true; result: Record<string, string> }
	| { form: string; ok: false; refusal: RefusalOnTheWire; values: Fields };

/**
 * Runs one command from one form.
 * @param toInput makes the command's input of the fields; dates and empty fields mean different things to each
 */
export async function submit(
	{ request, locals: { actor } }: { request: Request; locals: App.Locals },
	command: AnyCommand,
	toInput: (fields: Fields) => unknown
) {
	let fields: Fields = {};
	const refuse = (refusal: RefusalOnTheWire, status: number) =>
		fail(status, {
			form: fields.form ?? command.name,
			ok: false as const,
			refusal,
			values: givenBack(fields)
		});
	try {
		fields = await fieldsOf(request);
		if (!actor) throw new Refusal('signed-out');
		const after = limits.writes.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		const { result } = await execute(app().database, command, actor, toInput(fields), fields.operation ?? '');
		return { form: fields.form ?? command.name, ok: true as const, result };
	} catch (error) {
		if (error instanceof Refusal) return refuse(error.onTheWire(), error.status);
		return refuse({ code: 'bug', id: logUnknown(error, `form ${command.name}`) }, 500);
	}
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

/** What was typed, for the page that says no: a personal number is never repeated, not even to whoever typed it. */
function givenBack({ operation: _, ...typed }: Fields): Fields {
	return Object.fromEntries(
		Object.entries(typed).map(([name, value]) => [name, containsCnp(value) ? coverCnp(value) : value])
	);
}
