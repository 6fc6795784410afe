import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { may } from '#lib/access/capabilities.ts';
import { containsCnp } from '#lib/harm/cnp.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { isView } from '#lib/strategy/filters.ts';
import { views } from './tables.server.ts';

/** Filters under a name, for the member alone: nobody is told, so nothing is recorded. */
export type View = { id: string; name: string; query: string };

export const listViews = (tx: Tx) => rows<View>(tx, sql`select id, name, query from views order by name`);

export const keepView = command({
	name: 'view.keep',
	act: 'view.keep',

	input: z.object({
		name: text({ max: 60 }),
		query: z
			.string()
			.max(2000)
			.refine(isView, 'view.nothing_to_keep')
			.refine(
				(query) => !containsCnp([...new URLSearchParams(query).values()].join()),
				'words.personal_number'
			)
	}),

	find: async (_tx, _input, actor) => ({ id: actor.memberId }),

	allow: (actor) => may(actor, 'view.keep'),

	async run({ tx, actor, input }) {
		const [view] = await tx
			.insert(views)
			.values({ memberId: actor.memberId, ...input })
			.returning({ id: views.id });
		return { id: view?.id ?? '' };
	}
});

export const forgetView = command({
	name: 'view.forget',
	act: 'view.keep',

	input: z.object({ viewId: z.uuid() }),

	async find(tx, { viewId }) {
		const [view] = await tx.select({ id: views.id }).from(views).where(eq(views.id, viewId)).for('update');
		return view;
	},

	allow: (actor) => may(actor, 'view.keep'),

	async run({ tx, actor, subject: { id } }) {
		await tx.delete(views).where(and(eq(views.id, id), eq(views.memberId, actor.memberId)));
		return { id };
	}
});
