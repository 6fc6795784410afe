/** Strategies as the secretariat keeps them; each is a subject of All partners, as are the objectives under it. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { lockSubject, placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { canAddStrategy, canEditStrategy, canRetireStrategy } from './policy.ts';
import { readStrategy, type Strategy } from './queries.server.ts';
import { strategies } from './tables.server.ts';

const fields = {
	titleRo: text({ max: 300 }),
	titleEn: text({ max: 300, min: 0 }),
	source: text({ max: 500, min: 0 })
};

export const addStrategy = command({
	name: 'strategy.add',
	act: 'strategy.add',

	input: z.object({
		titleRo: fields.titleRo,
		titleEn: fields.titleEn.default(''),
		source: fields.source.default('')
	}),

	find: (tx) => findAllPartners(tx),

	allow: (actor) => canAddStrategy(actor),

	async run({ tx, input, subject: all, record }) {
		const id = crypto.randomUUID();
		await placeSubject(tx, { id, circleId: all.id });
		await tx.insert(strategies).values({ id, circleId: all.id, ...input });

		record({ subject: id, type: 'strategy.added', data: { new: input } });
		return { id };
	}
});

const texts = z.object(fields).partial();

export const editStrategy = command({
	name: 'strategy.edit',
	act: 'strategy.edit',

	/** `base` holds, for each text that changes, what its author saw. */
	input: z
		.object({ strategyId: z.uuid(), texts, base: z.partialRecord(texts.keyof(), z.string()) })
		.refine(({ texts, base }) => Object.keys(texts).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { strategyId }) => findStrategy(tx, strategyId),

	allow: (actor) => canEditStrategy(actor),

	async run({ tx, input: { texts }, subject: strategy, record }) {
		const changed = (Object.keys(texts) as (keyof typeof texts)[]).filter(
			(field) => texts[field] !== strategy[field]
		);
		if (changed.length === 0) return { id: strategy.id };

		const pick = (from: typeof texts) => Object.fromEntries(changed.map((field) => [field, from[field]]));
		await tx.update(strategies).set(pick(texts)).where(eq(strategies.id, strategy.id));

		record({ subject: strategy.id, type: 'strategy.texts', data: { old: pick(strategy), new: pick(texts) } });
		return { id: strategy.id };
	}
});

/** Nothing new is written under it; its objectives and measures stay where they are. */
export const retireStrategy = turning('strategy.retire', 'strategy.retired', true);

export const restoreStrategy = turning('strategy.restore', 'strategy.restored', false);

function turning(name: string, type: string, retired: boolean) {
	return command({
		name,
		act: 'strategy.retire',

		input: z.object({ strategyId: z.uuid(), base: z.object({ retired: z.boolean() }) }),

		find: (tx, { strategyId }) => findStrategy(tx, strategyId),

		allow: (actor) => canRetireStrategy(actor),

		async run({ tx, subject: strategy, record }) {
			if (strategy.retired === retired) return { id: strategy.id };
			await tx
				.update(strategies)
				.set({ retiredAt: retired ? sql`clock_timestamp()` : null })
				.where(eq(strategies.id, strategy.id));

			record({ subject: strategy.id, type, data: {} });
			return { id: strategy.id };
		}
	});
}

async function findStrategy(tx: Tx, id: string): Promise<Strategy | undefined> {
	return (await lockSubject(tx, id)) && readStrategy(tx, id);
}

async function findAllPartners(tx: Tx): Promise<{ id: string } | undefined> {
	const [all] = await rows<{ id: string }>(tx, sql`select id from circles where kind = 'all'`);
	return all;
}
