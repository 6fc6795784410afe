import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import type { Measure } from './measure.ts';
import { canSetHolders } from './policy.ts';
import { findMeasure, readMeasure } from './queries.server.ts';
import { measureOrganisations, measures } from './tables.server.ts';

/** Organisations in order; of the leads the first coordinates. */
export const holderList = z.array(z.uuid()).max(60);

const parts = z.object({ leads: holderList, partners: holderList }).partial();

/** Who leads and who partners; once somebody has said so, it is no longer our own placement. */
export const setHolders = command({
	name: 'measure.holders',
	act: 'measure.holders',

	/** `base` holds, for each part that changes, what its author saw. */
	input: z
		.object({ measureId: z.uuid(), holders: parts, base: parts })
		.refine(({ holders, base }) => Object.keys(holders).every((part) => part in base), 'edit.base_missing'),

	find: (tx, { measureId }) => findMeasure(tx, measureId),

	allow: (actor, measure: Measure) => canSetHolders(actor, measure),

	async run({ tx, input: { holders }, subject: measure, record }) {
		const { leads, partners } = { ...measure, ...holders };
		const was = { leads: measure.leads, partners: measure.partners };
		if (JSON.stringify(was) === JSON.stringify({ leads, partners })) return { id: measure.id };
		await refuseUnknown(tx, leads, partners, [...was.leads, ...was.partners]);

		await tx.delete(measureOrganisations).where(eq(measureOrganisations.measureId, measure.id));
		await writeHolders(tx, measure, leads, partners);
		await tx.update(measures).set({ illustrative: false }).where(eq(measures.id, measure.id));

		// The whole row: on the page of an organisation that was not among them the measure is new.
		record({
			subject: measure.id,
			type: 'measure.holders',
			data: { row: await readMeasure(tx, measure.id), old: was, new: { leads, partners } }
		});
		return { id: measure.id };
	}
});

/** Each organisation once, and each one that there is; one that left the table keeps only what it held (`was`). */
export async function refuseUnknown(tx: Tx, leads: string[], partners: string[], was: string[] = []) {
	const twice = (part: string[], among: string[]) => part.some((id, i) => among.indexOf(id) !== i);
	if (twice(leads, leads)) throw new Refusal('invalid', { fields: { leads: 'holders.twice' } });
	if (twice(partners, partners) || partners.some((id) => leads.includes(id)))
		throw new Refusal('invalid', { fields: { partners: 'holders.twice' } });

	const known = await rows<{ id: string; retired: boolean }>(
		tx,
		sql`select id, retired_at is not null as retired from organisations
			where id in (select value::uuid from jsonb_array_elements_text(${json([...leads, ...partners])}))`
	);
	for (const [part, ids] of Object.entries({ leads, partners }))
		for (const id of ids) {
			const organisation = known.find((one) => one.id === id);
			if (!organisation) throw new Refusal('invalid', { fields: { [part]: 'holders.unknown' } });
			if (organisation.retired && !was.includes(id))
				throw new Refusal('invalid', { fields: { [part]: 'holders.retired' } });
		}
}

export async function writeHolders(
	tx: Tx,
	{ id: measureId, circleId }: Pick<Measure, 'id' | 'circleId'>,
	leads: string[],
	partners: string[]
) {
	const placed = (part: 'lead' | 'partner', ids: string[]) =>
		ids.map((organisationId, position) => ({ measureId, circleId, organisationId, part, position }));
	const all = [...placed('lead', leads), ...placed('partner', partners)];
	if (all.length > 0) await tx.insert(measureOrganisations).values(all);
}
