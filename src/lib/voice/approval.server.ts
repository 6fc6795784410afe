import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { command } from '#lib/server/command.server.ts';
import { canSetApproval } from './policy.ts';
import { asksApproval } from './queries.server.ts';

/** Whether others read what contributors write only after a coordinator has approved it. Heard in the house alone. */
export const setApproval = command({
	name: 'organisation.approval',
	act: 'organisation.approval',

	input: z.object({
		organisationId: z.uuid(),
		approves: z.boolean(),
		base: z.object({ approves: z.boolean() })
	}),

	async find(tx, { organisationId }) {
		const held = await lockSubject(tx, organisationId);
		return held && { id: held.id, organisationId, approves: await asksApproval(tx, organisationId) };
	},

	allow: (actor, organisation) => canSetApproval(actor, organisation),

	async run({ tx, input: { approves }, subject: organisation, record }) {
		const { id, approves: was } = organisation;
		if (approves === was) return { id };
		await tx.execute(sql`select set_approval(${id}, ${approves})`);
		record({
			subject: id,
			type: 'organisation.approval',
			data: { old: { approves: was }, new: { approves } }
		});
		return { id };
	}
});
