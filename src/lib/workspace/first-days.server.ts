import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { lockSubject } from '#lib/events/subjects.server.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { type FirstDays, isUnfinished, type Step, steps } from './first-days.ts';
import { canSkipStep } from './policy.ts';

/** For the secretariat, while something is left to do. */
export async function firstDays(tx: Tx): Promise<FirstDays | null> {
	const [found] = await rows<Record<Step, boolean> & { skipped: Step[] }>(
		tx,
		sql`select d.*, w.skipped from first_days() d, workspace w`
	);
	if (!found) return null;
	const { skipped, ...done } = found;
	return isUnfinished({ done, skipped }) ? { done, skipped } : null;
}

/** Housekeeping of the secretariat, and nobody else's business: nothing is told of it. */
export const skipStep = command({
	name: 'workspace.skip',
	act: 'workspace.skip',

	input: z.object({ step: z.enum(steps), skipped: z.boolean() }),

	find: (tx) => findWorkspace(tx),

	allow: (actor) => canSkipStep(actor),

	async run({ tx, input: { step, skipped } }) {
		await tx.execute(sql`select pass_over(${step}, ${skipped})`);
		return { step };
	}
});

/** The workspace as a subject of All partners, locked: what concerns the whole table stands in one line. */
export async function findWorkspace(tx: Tx) {
	const [workspace] = await rows<{ id: string }>(tx, sql`select id from workspace`);
	return workspace && lockSubject(tx, workspace.id);
}
