/** What leaves Hora is written down: who took what, in which form, for which circle. The file itself is not kept. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { formats, wholes } from './export.ts';
import { canExport } from './policy.ts';

type NamedCircle = { id: string; nameRo: string; nameEn: string };

/**
 * The secretariat reads it, and the organisation of whoever did it. Whoever serves the file runs this first, and reads
 * the rows for the same circle.
 */
export const makeExport = command({
	name: 'export.make',
	act: 'export.make',
	// The circle Secretariat is not the actor's to see, but this is written into it.
	role: 'hora_signin',

	input: z.object({
		what: z.enum(wholes),
		format: z.enum(formats),
		/** Whom it is for. */
		circleId: z.uuid(),
		from: day().nullable().default(null),
		to: day().nullable().default(null)
	}),

	async find(tx, { circleId }): Promise<NamedCircle | undefined> {
		const [found] = await rows<{ circle: NamedCircle | null }>(
			tx,
			sql`select circle_named(${circleId}) as circle`
		);
		return found?.circle ?? undefined;
	},

	allow: (actor) => canExport(actor),

	async run({ actor, input: { what, format, from, to }, subject: circle, record }) {
		if (format === 'csv' && what === 'all')
			throw new Refusal('invalid', { fields: { format: 'export.one_table' } });
		if ((format === 'docx') !== (what === 'report')) throw new Refusal('invalid');
		if (from && to && from > to) throw new Refusal('invalid', { fields: { to: 'period.ends_before' } });

		const data = {
			new: { what, format, from, to, circle: { nameRo: circle.nameRo, nameEn: circle.nameEn } }
		};
		for (const subject of [actor.memberId, actor.organisationId])
			record({ subject, type: 'export.made', data });
		return { circleId: circle.id };
	}
});
