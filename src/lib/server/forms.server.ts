/** The form door to `execute`: what was typed comes back with the refusal, so that nothing is lost. */

import { fail } from '@sveltejs/kit';
import { Refusal } from '#lib/errors.ts';
import type { RefusalOnTheWire } from '#lib/realtime/wire.ts';
import { type AnyCommand, execute } from './command.server.ts';
import type { Database } from './database.server.ts';
import { logUnknown } from './log.server.ts';
import { limits } from './throttle.server.ts';

export type Fields = Record<string, string>;

/** What a page gets back of a form. `form` says which of its forms it was. */
export type FormAnswer =
	| { form: string; ok: true; result: Record<string, string> }
	| { form: string; ok: false; refusal: RefusalOnTheWire; values: Fields };

type Door = { database: Database; actor: App.Actor | null; request: Request };

/**
 * Runs one command from one form.
 * @param form names the form on its page, so that the answer stands beside it
 * @param toInput makes the command's input of the fields; dates and empty fields mean different things to each
 */
export async function submit(
	{ database, actor, request }: Door,
	command: AnyCommand,
	toInput: (fields: Fields) => unknown,
	form = command.name
) {
	const fields = await fieldsOf(request);
	const refuse = (refusal: RefusalOnTheWire, status: number) => {
		const { operation: _, ...values } = fields;
		return fail(status, { form: fields.form ?? form, ok: false as const, refusal, values });
	};
	try {
		if (!actor) throw new Refusal('signed-out');
		const after = limits.writes.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		const { result } = await execute(database, command, actor, toInput(fields), fields.operation ?? '');
		return { form: fields.form ?? form, ok: true as const, result };
	} catch (error) {
		if (error instanceof Refusal)
			return refuse(withoutPersonalNumbers(error.onTheWire(), fields), error.status);
		return refuse({ code: 'bug', id: logUnknown(error, `form ${command.name}`) }, 500);
	}
}

/** Text fields only: a file is not expected anywhere yet. */
export async function fieldsOf(request: Request): Promise<Fields> {
	const fields: Fields = {};
	for (const [name, value] of await request.formData()) if (typeof value === 'string') fields[name] = value;
	return fields;
}

/** A personal number is never repeated, not even to whoever typed it: with JavaScript it is still in the field. */
function withoutPersonalNumbers(refusal: RefusalOnTheWire, fields: Fields): RefusalOnTheWire {
	for (const [name, message] of Object.entries(refusal.fields ?? {}))
		if (message === 'words.personal_number') delete fields[name.split('.').at(-1) as string];
	return refusal;
}
