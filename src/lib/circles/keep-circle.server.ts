/** Circles as the secretariat keeps them: made, renamed, their quoting agreed, retired. Each is a subject of itself. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Quoting } from '#lib/access/directory.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { isOpen, type KeptCircle, quotings } from './circle.ts';
import { canAddCircle, canRenameCircle, canRetireCircle, canSetQuoting } from './policy.ts';

const circleId = z.uuid();
const names = { nameRo: text({ max: 80 }), nameEn: text({ max: 80, min: 0 }) };

export const addCircle = command({
	name: 'circle.add',
	act: 'circle.add',
	role: 'hora_signin',
	proved: true,

	input: z.object({
		/** All partners, or another one that was made. */
		insideId: z.uuid(),
		nameRo: names.nameRo,
		nameEn: names.nameEn.default(''),
		organisationIds: z.array(z.uuid()).max(200).default([])
	}),

	find: (tx, { insideId }) => holdCircle(tx, insideId),

	allow: (actor) => canAddCircle(actor),

	async run({ tx, input, subject: outer, record }) {
		if (!isOpen(outer)) throw new Refusal('invalid', { fields: { insideId: 'circle.is_closed' } });
		const organisationIds = [...new Set(input.organisationIds)];
		if (organisationIds.some((id) => !outer.organisations.some((one) => one.id === id)))
			throw new Refusal('invalid', { fields: { organisationIds: 'circle.not_in_outer' } });

		const id = crypto.randomUUID();
		await tx.execute(sql`select make_circle(${json({ ...input, id, organisationIds })})`);

		const { nameRo, nameEn } = input;
		record({ subject: id, type: 'circle.added', data: { new: { nameRo, nameEn }, organisationIds } });
		return { id };
	}
});

const named = z.object(names).partial();

export const renameCircle = command({
	name: 'circle.rename',
	act: 'circle.rename',
	role: 'hora_signin',
	proved: true,

	/** `base` holds, for each name that changes, what its author saw. */
	input: z
		.object({ circleId, names: named, base: z.partialRecord(named.keyof(), z.string()) })
		.refine(({ names, base }) => Object.keys(names).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { circleId }) => holdCircle(tx, circleId),

	allow: (actor) => canRenameCircle(actor),

	async run({ tx, input: { names }, subject: circle, record }) {
		const fields = (Object.keys(names) as (keyof typeof names)[]).filter(
			(field) => names[field] !== circle[field]
		);
		if (fields.length === 0) return { id: circle.id };
		const pick = (from: typeof names) => Object.fromEntries(fields.map((field) => [field, from[field]]));

		await tx.execute(sql`select change_circle(${circle.id}, ${json(pick(names))})`);
		record({ subject: circle.id, type: 'circle.renamed', data: { old: pick(circle), new: pick(names) } });
		return { id: circle.id };
	}
});

export const setQuoting = command({
	name: 'circle.quoting',
	act: 'circle.quoting',
	role: 'hora_signin',
	proved: true,

	input: z.object({ circleId, quoting: z.enum(quotings), base: z.object({ quoting: z.enum(quotings) }) }),

	find: (tx, { circleId }) => holdCircle(tx, circleId),

	allow: (actor) => canSetQuoting(actor),

	async run({ tx, input: { quoting }, subject: circle, record }) {
		if (quoting === circle.quoting) return { id: circle.id };

		await tx.execute(sql`select change_circle(${circle.id}, ${json({ quoting })})`);
		record({
			subject: circle.id,
			type: 'circle.quoting',
			data: { old: { quoting: circle.quoting }, new: { quoting } satisfies { quoting: Quoting } }
		});
		return { id: circle.id };
	}
});

/** Nothing new is written in it from then on; what stands in it stays, for those who are in it. */
export const retireCircle = turning('circle.retire', 'circle.retired', true);

/** It is written in again, by those who are in it. */
export const restoreCircle = turning('circle.restore', 'circle.restored', false);

function turning(name: string, type: string, retired: boolean) {
	return command({
		name,
		act: 'circle.retire',
		role: 'hora_signin',
		proved: true,

		input: z.object({ circleId, base: z.object({ retired: z.boolean() }) }),

		find: (tx, { circleId }) => holdCircle(tx, circleId),

		allow: (actor) => canRetireCircle(actor),

		async run({ tx, subject: circle, record }) {
			if (circle.kind !== 'made') throw new Refusal('invalid', { fields: { form: 'circle.built_in' } });
			if (circle.succeededBy) throw new Refusal('invalid', { fields: { form: 'circle.is_closed' } });
			if (circle.retired === retired) return { id: circle.id };

			await tx.execute(sql`select change_circle(${circle.id}, ${json({ retired })})`);
			record({ subject: circle.id, type, data: {} });
			return { id: circle.id };
		}
	});
}

/** A circle that was made, or All partners, locked for a change; the database asks again who keeps it. */
export async function holdCircle(tx: Tx, id: string): Promise<Omit<KeptCircle, 'read'> | undefined> {
	const [found] = await rows<{ row: Omit<KeptCircle, 'read'> | null }>(
		tx,
		sql`select hold_circle(${id}) as row`
	);
	return found?.row ?? undefined;
}
