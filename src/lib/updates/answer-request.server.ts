import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { speaksAlone } from '#lib/access/approval.ts';
import { Refusal } from '#lib/errors.ts';
import { command } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { askedNow, refusePast } from './asked.server.ts';
import { canAnswer, canDecline, canPromise } from './policy.ts';
import { body, gist, insertReply, language } from './post-update.server.ts';
import { findUpdate } from './queries.server.ts';
import { requests } from './tables.server.ts';
import type { Asked, Update } from './update.ts';

/** An answer: a reply in the post's circle that closes what this organisation was asked. */
export const answerRequest = closing('request.answer', canAnswer, 'answered');

/** „Nu putem, pentru că …” closes it as well; the reply is the reason. */
export const declineRequest = closing('request.decline', canDecline, 'declined');

function closing(
	name: 'request.answer' | 'request.decline',
	allowed: typeof canAnswer,
	state: 'answered' | 'declined'
) {
	return command({
		name,
		act: name,

		input: z.object({ updateId: z.uuid(), language, text: body(), gist: gist().default('') }),

		find: findAsking,

		allow: (actor, { request }) => request !== undefined && allowed(actor, request),

		alone: (actor, { circleId }) => speaksAlone(actor, circleId),

		async run({ tx, actor, input: { language, text, gist }, subject: post, record }) {
			refuseClosed(post);

			const row = await insertReply(tx, actor, post, { language, text, gist });
			await tx
				.update(requests)
				.set({ state, answerId: row.id, closedAt: sql`clock_timestamp()` })
				.where(ours(post, actor));

			record({ subject: row.id, type: 'update.replied', data: { row } });
			record(await askedNow(tx, post, `request.${state}`));
			return { id: row.id };
		}
	});
}

/** „Răspundem până la …”: who asked sees the new day, and the history the one before. */
export const promiseAnswer = command({
	name: 'request.promise',
	act: 'request.promise',

	input: z.object({ updateId: z.uuid(), due: day(), base: z.object({ due: day().nullable() }) }),

	find: findAsking,

	allow: (actor, { request }) => request !== undefined && canPromise(actor, request),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, actor, input: { due }, subject: post, record }) {
		refuseClosed(post);
		await refusePast(tx, 'due', due);
		if (due === post.due) return { id: post.id };

		await tx.update(requests).set({ due }).where(ours(post, actor));

		record(await askedNow(tx, post, 'request.promised', { promise: { from: post.due, to: due } }));
		return { id: post.id };
	}
});

type Asking = Update & { request?: Asked; due: Asked['due'] };

/** A post, with what it asks of the actor's organisation. */
async function findAsking(
	tx: Tx,
	{ updateId }: { updateId: string },
	actor: App.Actor
): Promise<Asking | undefined> {
	const post = await findUpdate(tx, updateId);
	if (!post) return undefined;
	const [request] = await tx
		.select({
			organisationId: requests.organisationId,
			due: requests.due,
			askedDue: requests.askedDue,
			state: requests.state,
			answerId: requests.answerId
		})
		.from(requests)
		.where(ours(post, actor));
	return { ...post, request, due: request?.due ?? null };
}

const ours = ({ id }: Pick<Update, 'id'>, { organisationId }: App.Actor) =>
	and(eq(requests.updateId, id), eq(requests.organisationId, organisationId));

/** Each organisation answers once, and what was withdrawn asks nothing. */
function refuseClosed({ request, withdrawnAt, flaggedAt }: Asking) {
	if (withdrawnAt) throw new Refusal('invalid', { fields: { form: 'update.is_withdrawn' } });
	if (flaggedAt) throw new Refusal('invalid', { fields: { form: 'update.is_flagged' } });
	if (request?.state !== 'open') throw new Refusal('invalid', { fields: { form: 'request.is_closed' } });
}
