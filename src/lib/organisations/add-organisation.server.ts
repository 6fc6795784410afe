import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { organisationKinds } from '#lib/access/actor.ts';
import { Refusal } from '#lib/errors.ts';
import { fold } from '#lib/fold.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { canAddOrganisation } from './policy.ts';
import { bodyNamed } from './reference.server.ts';

/**
 * Gives an organisation a seat: its own circle and a place in All partners, where it then reads all that was written.
 * One that the plan only named keeps its id. A group („ONG”) is a name without members, circle or rights.
 */
export const addOrganisation = command({
	name: 'organisation.add',
	act: 'organisation.add',
	role: 'hora_signin',
	proved: true,

	input: z.object({
		kind: z.enum(organisationKinds),
		nameRo: text({ max: 200 }),
		nameEn: text({ max: 200, min: 0 }).default(''),
		shortRo: text({ max: 40 }),
		shortEn: text({ max: 40, min: 0 }).default(''),
		group: z.boolean().default(false)
	}),

	find: async (tx) => holdWorkspace(tx),

	allow: (actor) => canAddOrganisation(actor),

	async run({ tx, input, subject: workspace, record }) {
		const named = await findNamed(tx, input.nameRo);
		if (named && (named.seated || named.group || input.group))
			throw new Refusal('invalid', { fields: { nameRo: 'organisation.is_there' } });

		const id = named?.id ?? crypto.randomUUID();
		const names = {
			nameRo: input.nameRo,
			nameEn: input.nameEn || input.nameRo,
			shortRo: input.shortRo,
			shortEn: input.shortEn || input.shortRo
		};
		const { aliases = [], source = '' } = bodyNamed(input.nameRo) ?? {};
		await tx.execute(sql`select seat_organisations(${json([{ ...input, ...names, id, aliases, source }])})`);

		const { kind, group } = input;
		record({
			subject: workspace.id,
			type: 'organisation.added',
			data: { organisationId: id, new: { kind, ...names, group } }
		});
		return { id };
	}
});

/** The workspace, locked: what happens to the table happens one after the other. */
export async function holdWorkspace(tx: Tx): Promise<{ id: string } | undefined> {
	const [found] = await rows<{ id: string | null }>(tx, sql`select hold_workspace() as id`);
	return found?.id ? { id: found.id } : undefined;
}

async function findNamed(tx: Tx, nameRo: string) {
	const all = await rows<{ id: string; nameRo: string; seated: boolean; group: boolean }>(
		tx,
		sql`select id, name_ro as "nameRo", seated, is_group as group from organisations`
	);
	return all.find((one) => fold(one.nameRo) === fold(nameRo));
}
