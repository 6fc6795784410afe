import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { command } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { canLookAs } from './look-as.ts';

/** Whose eyes, and the actor's own organisation where it wrote something on the measure. */
type About = { id: string; organisationId?: string };

/**
 * Looks at a measure as another organisation will see it. Members do so for a text of their own; that the secretariat
 * looked is written in the history of the organisation looked through and in its own. Which measure it was is not
 * said there: the organisation may not know of it.
 */
export const lookAs = command({
	name: 'organisation.look',
	act: 'organisation.look',
	// Another organisation's history is not the actor's to see, but this is written into it.
	role: 'hora_signin',

	input: z.object({ measureId: z.uuid(), organisationId: z.uuid() }),

	async find(tx, { measureId, organisationId }, actor): Promise<About | undefined> {
		const [found] = await rows<{ id: string; own: boolean }>(
			tx,
			sql`select o.id, wrote_on(${measureId}, ${actor.organisationId}) as own from organisations o
				join circles c on c.organisation_id = o.id and c.kind = 'own'
				where o.id = ${organisationId} and o.id <> ${actor.organisationId} and sees_measure(${measureId})`
		);
		return found && { id: found.id, organisationId: found.own ? actor.organisationId : undefined };
	},

	allow: (actor, about: About) => canLookAs(actor, about),

	async run({ actor, subject: { id }, record }) {
		if (actor.role === 'secretariat') {
			record({ subject: id, type: 'organisation.looked', data: { new: { through: id } } });
			record({ subject: actor.organisationId, type: 'organisation.looked', data: { new: { through: id } } });
		}
		return { organisationId: id };
	}
});
