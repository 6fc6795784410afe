/** Every message that a browser may send: its schema, and what it does. */

import { z } from 'zod';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { execute } from '#lib/server/command.server.ts';
import { type Database, timeOf } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';

export type Talk = {
	database: Database;
	actor: App.Actor;
	/** Demonstration only: an event stands on this socket's screen. */
	shown: (event: { circle: string; n: number }) => void;
};

type Message<Schema extends z.ZodType = z.ZodType> = {
	schema: Schema;
	/** A person did something: the session slides on. */
	used: boolean;
	handle: (talk: Talk, message: z.output<Schema>) => Promise<Record<string, unknown>>;
};

const message = <Schema extends z.ZodType>(declaration: Message<Schema>) => declaration;

export const messages = {
	command: message({
		used: true,
		schema: z.object({ name: z.string().max(60), operation: z.uuid(), input: z.unknown() }),
		async handle({ database, actor }, { name, operation, input }) {
			const command = commands.get(name);
			// A session is opened and ended through the door that can set its cookie.
			if (!command || command.role) throw new Refusal('not-found');
			const after = limits.writes.take(actor.memberId);
			if (after > 0) throw new Refusal('throttled', { after });
			return execute(database, command, actor, input, operation);
		}
	}),

	/** At most once a minute, while a person reads, scrolls or types. */
	used: message({
		used: true,
		schema: z.object({}),
		handle: () => Promise.resolve({})
	}),

	/** What the database's clock shows: a countdown ends everywhere at once, whatever a browser's own clock says. */
	time: message({
		used: false,
		schema: z.object({}),
		async handle({ database, actor }) {
			const now = await database.as('hora_app', { member: actor.memberId }, timeOf);
			return { now: now.getTime() };
		}
	}),

	shown: message({
		used: false,
		schema: z.object({ circle: z.uuid(), n: z.number().int().positive() }),
		async handle({ shown }, event) {
			shown(event);
			return {};
		}
	})
};
