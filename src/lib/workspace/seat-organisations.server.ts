import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { bodies, type Body, bodyKeys, bodyOf } from '#lib/organisations/reference.server.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { findWorkspace } from './first-days.server.ts';
import { canSeatOrganisations } from './policy.ts';

/** Bodies of the reference list come to the table, many at once. Who is there already stays as they are. */
export const seatOrganisations = command({
	name: 'organisations.seat',
	act: 'organisations.seat',
	proved: true,

	input: z.object({
		keys: z.array(z.enum(bodyKeys)).min(1, 'organisations.none_ticked').max(bodyKeys.length)
	}),

	find: (tx) => findWorkspace(tx),

	allow: (actor) => canSeatOrganisations(actor),

	async run({ tx, input: { keys }, subject: workspace, record }) {
		const there = await namedAlready(tx);
		const newcomers = [...new Set(keys)]
			.map((key) => bodyOf(key) as Body)
			.filter(({ nameRo }) => !there.get(nameRo)?.settled)
			.map((body) => ({ ...body, id: there.get(body.nameRo)?.id ?? (crypto.randomUUID() as string) }));
		if (newcomers.length === 0) return {};

		await tx.execute(sql`select seat_organisations(${json(newcomers)})`);
		record({
			subject: workspace.id,
			type: 'organisations.seated',
			data: { new: { organisationIds: newcomers.map(({ id }) => id) } }
		});
		return {};
	}
});

export type Seatable = Body & { settled: boolean };

/** The reference list, and who of it is there. */
export async function listSeatable(tx: Tx): Promise<Seatable[]> {
	const there = await namedAlready(tx);
	return bodies.map((body) => ({ ...body, settled: there.get(body.nameRo)?.settled ?? false }));
}

/** By their names; a body that a plan has named but that has no seat yet can still take it. */
async function namedAlready(tx: Tx) {
	const found = await rows<{ id: string; name: string; settled: boolean }>(
		tx,
		sql`select id, name_ro as name, seated or is_group or retired_at is not null as settled from organisations`
	);
	return new Map(found.map(({ name, ...one }) => [name, one]));
}
