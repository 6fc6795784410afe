/** Who is in a circle. Who joins never reads what was written before; who leaves reads nothing of it any more. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { isOpen } from './circle.ts';
import { holdCircle } from './keep-circle.server.ts';
import { canJoinCircle, canLeaveCircle } from './policy.ts';

const input = z.object({ circleId: z.uuid(), organisationId: z.uuid() });

/**
 * Where something was written, a successor of the same name starts that day: measures move over, posts stay with those
 * to whom they were promised. All partners is the exception that widens.
 */
export const joinCircle = command({
	name: 'circle.join',
	act: 'circle.join',
	role: 'hora_signin',
	proved: true,

	input,

	find: (tx, { circleId }) => holdCircle(tx, circleId),

	allow: (actor) => canJoinCircle(actor),

	async run({ tx, input: { organisationId }, subject: circle, record }) {
		const refuse = (why: string) => new Refusal('invalid', { fields: { organisationId: why } });
		if (!isOpen(circle)) throw refuse('circle.is_closed');
		if (!(await isSeated(tx, organisationId))) throw refuse('circle.nobody');
		if (circle.organisations.some(({ id }) => id === organisationId)) throw refuse('circle.is_in');
		const outer = circle.insideId ? await holdCircle(tx, circle.insideId) : undefined;
		if (outer && !outer.organisations.some(({ id }) => id === organisationId))
			throw refuse('circle.not_in_outer');

		const successor = crypto.randomUUID();
		const [joined] = await rows<{ id: string }>(
			tx,
			sql`select join_circle(${circle.id}, ${organisationId}, ${successor}) as id`
		);
		const id = joined?.id ?? circle.id;
		// The earlier ones are told where they wrote; the successor begins with who joined.
		if (id !== circle.id)
			record({
				subject: circle.id,
				type: 'circle.succeeded',
				data: { organisationId, successorId: id }
			});
		record({ subject: id, type: 'circle.joined', data: { organisationId } });
		return { id };
	}
});

/** Leaves those inside it as well; what it wrote to itself stays. It is told in its own circle, the others in theirs. */
export const leaveCircle = command({
	name: 'circle.leave',
	act: 'circle.leave',
	role: 'hora_signin',
	proved: true,

	input,

	find: (tx, { circleId }) => holdCircle(tx, circleId),

	allow: (actor) => canLeaveCircle(actor),

	async run({ tx, actor, input: { organisationId }, subject: circle, record }) {
		const refuse = (why: string) => new Refusal('invalid', { fields: { organisationId: why } });
		if (!circle.organisations.some(({ id }) => id === organisationId)) throw refuse('circle.is_not_in');
		// Whoever keeps the table sits at it.
		if (circle.kind === 'all' && organisationId === actor.organisationId) throw refuse('circle.is_ours');

		const left = await rows<{ id: string }>(
			tx,
			sql`select leave_circle(${circle.id}, ${organisationId}) as id`
		);
		for (const { id } of left) record({ subject: id, type: 'circle.left', data: { organisationId } });
		const { nameRo, nameEn } = circle;
		record({
			subject: organisationId,
			type: 'circle.left',
			data: { organisationId, circle: { nameRo, nameEn } }
		});
		return { id: circle.id };
	}
});

async function isSeated(tx: Tx, organisationId: string) {
	const found = await rows(
		tx,
		sql`select from organisations where id = ${organisationId} and seated and retired_at is null`
	);
	return found.length > 0;
}
