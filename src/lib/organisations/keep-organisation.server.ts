/** An organisation renamed, retired, restored. What happens to the table stands in All partners, for everybody. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { holdWorkspace } from './add-organisation.server.ts';
import { canRenameOrganisation, canRetireOrganisation } from './policy.ts';

const organisationId = z.uuid();

const named = z
	.object({
		nameRo: text({ max: 200 }),
		nameEn: text({ max: 200, min: 0 }),
		shortRo: text({ max: 40 }),
		shortEn: text({ max: 40, min: 0 })
	})
	.partial();

/** The old name stays in history, and the organisation is still found by it. */
export const renameOrganisation = command({
	name: 'organisation.rename',
	act: 'organisation.rename',
	role: 'hora_signin',

	/** `base` holds, for each name that changes, what its author saw. */
	input: z
		.object({ organisationId, names: named, base: z.partialRecord(named.keyof(), z.string()) })
		.refine(({ names, base }) => Object.keys(names).every((field) => field in base), 'edit.base_missing'),

	find: (tx, { organisationId }) => holdOrganisation(tx, organisationId),

	allow: (actor) => canRenameOrganisation(actor),

	async run({ tx, input: { names }, subject: organisation, record }) {
		const fields = (Object.keys(names) as (keyof typeof names)[]).filter(
			(field) => names[field] !== organisation[field]
		);
		if (fields.length === 0) return { id: organisation.id };
		const pick = (from: typeof names) => Object.fromEntries(fields.map((field) => [field, from[field]]));

		await tx.execute(sql`select rename_organisation(${organisation.id}, ${json(pick(names))})`);
		record({
			subject: organisation.workspaceId,
			type: 'organisation.renamed',
			data: { organisationId: organisation.id, old: pick(organisation), new: pick(names) }
		});
		return { id: organisation.id };
	}
});

const input = z.object({ organisationId, base: z.object({ retired: z.boolean() }) });

/** Out of pickers, ring and lists, its members' sessions end; what it wrote stays. */
export const retireOrganisation = turning('organisation.retire', 'organisation.retired', true);

/** Back at the table, in the circles that it was in; its members sign in again. */
export const restoreOrganisation = turning('organisation.restore', 'organisation.restored', false);

function turning(name: string, type: string, retired: boolean) {
	return command({
		name,
		act: 'organisation.retire',
		role: 'hora_signin',
		proved: true,

		input,

		find: (tx, { organisationId }) => holdOrganisation(tx, organisationId),

		allow: (actor, organisation) => canRetireOrganisation(actor, organisation),

		async run({ tx, subject: { id, workspaceId, ...organisation }, record }) {
			if (organisation.retired === retired) return { id };

			await tx.execute(sql`select retire_organisation(${id}, ${retired})`);
			record({ subject: workspaceId, type, data: { organisationId: id } });
			return { id };
		}
	});
}

type Held = {
	id: string;
	workspaceId: string;
	nameRo: string;
	nameEn: string;
	shortRo: string;
	shortEn: string;
	retired: boolean;
};

async function holdOrganisation(tx: Tx, id: string): Promise<Held | undefined> {
	const workspace = await holdWorkspace(tx);
	if (!workspace) return undefined;
	const [organisation] = await rows<Held>(
		tx,
		sql`select id, name_ro as "nameRo", name_en as "nameEn", short_ro as "shortRo", short_en as "shortEn",
				retired_at is not null as retired from organisations where id = ${id}`
	);
	return organisation && { ...organisation, workspaceId: workspace.id };
}
