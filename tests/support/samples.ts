/** An input of every command, made from its own schema, so that a new command is tried without being asked for. */

import { z } from 'zod';
import { commands } from '#lib/commands.server.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { Authenticator } from './authenticator.ts';
import { origin, passwordHash, tenHashes } from './ways.ts';

export type Input = Record<string, unknown>;
export type Leaf = { path: string[]; is: 'id' | 'words' | 'other'; value: unknown };

type Schema = {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: unknown[];
	const?: unknown;
	default?: unknown;
	anyOf?: Schema[];
	oneOf?: Schema[];
	allOf?: Schema[];
	propertyNames?: Schema;
	additionalProperties?: Schema | boolean;
	format?: string;
	pattern?: string;
	minimum?: number;
	exclusiveMinimum?: number;
	minLength?: number;
};

/** What a schema cannot say of itself; a command whose own sample it refuses needs its line here. */
const special: Record<string, (sample: Input, idFor: (field: string) => string) => Input> = {
	'draft.write': (sample, idFor) => ({ ...sampleOf('update.post', idFor), ...sample }),
	'draft.edit': (sample, idFor) => ({ ...sampleOf('update.post', idFor), ...sample }),
	'update.post': (sample) => ({ ...sample, kind: 'question' }),
	'export.make': (sample) => ({ ...sample, format: 'json' }),
	'report.refresh': (sample) => ({ ...sample, key: `measure:${String(sample.reportId)}` }),
	'view.keep': (sample) => ({ ...sample, query: 'status=blocked' }),
	'password.set': (sample) => ({ ...sample, passwordHash }),
	'passkey.add': (sample) => ({
		...sample,
		...{ origin, response: new Authenticator(origin).make(Buffer.from('challenge').toString('base64url')) }
	}),
	'passkey.rename': (sample) => ({ ...sample, passkey: 'A'.repeat(20) }),
	'passkey.remove': (sample) => ({ ...sample, passkey: 'A'.repeat(20) }),
	'totp.confirm': (sample) => ({ ...sample, digits: '123456', codeHashes: tenHashes() }),
	'recovery.renew': (sample) => ({ ...sample, codeHashes: tenHashes() }),
	'invitation.make': (sample) => ({ ...sample, site: origin }),
	'invitation.renew': (sample) => ({ ...sample, site: origin })
};

const hex = (length: number) => 'a'.repeat(length);

export const schemaOf = (command: AnyCommand) =>
	z.toJSONSchema(command.input, { io: 'input', unrepresentable: 'any' }) as Schema;

/** @param idFor which id a field of this name takes */
export function sampleOf(name: string, idFor: (field: string) => string = () => crypto.randomUUID()): Input {
	const command = commands.get(name) as AnyCommand;
	const made = valueOf(schemaOf(command), '', idFor) as Input;
	const sample = special[name]?.(made, idFor) ?? made;
	const parsed: z.ZodSafeParseResult<unknown> = command.input.safeParse(sample);
	if (!parsed.success)
		throw new Error(
			`${name}: the input made from its schema is refused (${parsed.error.issues
				.map(({ path, message }) => `${path.join('.')}: ${message}`)
				.join('; ')}). Give "special" in tests/support/samples.ts a line for it.`
		);
	return sample;
}

function valueOf(schema: Schema, name: string, idFor: (field: string) => string): unknown {
	const of = (inner: Schema, as = name) => valueOf(inner, as, idFor);
	if (schema.const !== undefined) return schema.const;
	if (schema.enum) return schema.enum[0];
	const choice = schema.anyOf ?? schema.oneOf;
	if (choice) return of(choice.find(({ type }) => type !== 'null') ?? (choice[0] as Schema));
	if (schema.allOf) return of(Object.assign({}, ...schema.allOf) as Schema);
	if (schema.properties)
		return Object.fromEntries(
			Object.entries(schema.properties).map(([field, inner]) => [field, of(inner, field)])
		);
	switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
		case 'object': {
			const inner = schema.additionalProperties;
			if (typeof inner !== 'object') return {};
			const named = schema.propertyNames?.enum as string[] | undefined;
			return Object.fromEntries((named ?? [idFor(name)]).map((key) => [key, of(inner, key)]));
		}
		case 'array':
			return schema.items ? [of(schema.items)] : [];
		case 'integer':
		case 'number':
			return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
		case 'boolean':
			return true;
		case 'string':
			return wordOf(schema, name, idFor);
		default:
			return 'Cuvinte';
	}
}

function wordOf({ format, pattern }: Schema, name: string, idFor: (field: string) => string) {
	if (format === 'uuid') return idFor(name);
	if (format === 'date-time') return '2026-01-01T00:00:00.000Z';
	if (format === 'email' || /email|address/i.test(name)) return 'ana@ministerul.example';
	if (name === 'time') return '10:00';
	if (/^links?$/.test(name)) return 'https://exemplu.example/document';
	const count = /\{(\d+)\}\$/.exec(pattern ?? '')?.[1];
	if (pattern?.includes('[0-9a-f]') && count) return hex(Number(count));
	if (pattern?.includes('\\d\\d-\\d\\d')) return '2099-12-18';
	return 'Cuvinte obișnuite';
}

/** Every field of an input, and what it holds. */
export function leavesOf(input: unknown, above: string[] = []): Leaf[] {
	return Object.entries(input as Input).flatMap(([name, value]): Leaf[] => {
		const path = [...above, name];
		if (value !== null && typeof value === 'object') return leavesOf(value, path);
		const isId = typeof value === 'string' && /^[0-9a-f]{8}-/.test(value);
		const isWords = typeof value === 'string' && value.startsWith('Cuvinte');
		return [{ path, value, is: isId ? 'id' : isWords ? 'words' : 'other' }];
	});
}

/** The same input with one field changed. */
export function put(input: Input, [name, ...rest]: string[], value: unknown): Input {
	const key = name as string;
	const changed = rest.length > 0 ? put(input[key] as Input, rest, value) : value;
	if (Array.isArray(input)) return input.with(Number(key), changed) as unknown as Input;
	return { ...input, [key]: changed };
}

/** Only commands that sockets take too; the others have their own doors. */
export const overSockets = [...commands.values()].filter(({ role }) => !role).map(({ name }) => name);
