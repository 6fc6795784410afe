import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { speaksAlone } from '#lib/access/approval.ts';
import { holdSubject, mayHold, mayMove, moveSubject, placeSubject } from '#lib/events/subjects.server.ts';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command, type Happening } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { day } from '#lib/server/fields.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';
import { measures } from '#lib/strategy/tables.server.ts';
import { mayAsk } from './asked.ts';
import { type Asks, ask, reopenAnsweredBy } from './asked.server.ts';
import { canEdit, canMove, canPost, canReply, canWithdraw } from './policy.ts';
import { parseProse } from './prose.server.ts';
import { findUpdate, readUpdate } from './queries.server.ts';
import { updates } from './tables.server.ts';
import { type Update, updateKinds } from './update.ts';

export const language = z.enum(['ro', 'en']).default('ro');
export const body = () => text({ max: 5000, multiline: true });
/** One sentence in the other language. */
export const gist = () => text({ max: 300, min: 0 });

/** Who should answer, and by when. */
const asks = z.object({
	organisationIds: z.array(z.uuid()).min(1, 'asks.nobody').max(200),
	due: day().nullable()
});

export const postUpdate = command({
	name: 'update.post',
	act: 'update.report',

	input: z
		.object({
			measureId: z.uuid(),
			circleId: z.uuid(),
			kind: z.enum(updateKinds),
			language,
			text: body(),
			gist: gist().default(''),
			asks: asks.optional()
		})
		.refine(({ kind, asks }) => !asks || mayAsk(kind), { error: 'asks.not_this_kind', path: ['asks'] }),

	find: (tx, { measureId }) => holdSubject(tx, measureId, measures),

	allow: (actor, _measure, { kind }) => canPost(actor, kind),

	alone: (actor, _measure, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, actor, input, subject: measure, record }) {
		const row = await postOn(tx, actor, measure, input);

		record({ subject: row.id, type: 'update.posted', data: { row } });
		return { id: row.id };
	}
});

/** A post in the measure's circle, in one inside it or in the house. */
export async function postOn(
	tx: Tx,
	actor: App.Actor,
	measure: { id: string; circleId: string },
	said: Omit<New, 'measureId' | 'replyTo' | 'parentId'>
) {
	if (!(await mayHold(tx, said.circleId, measure.circleId, actor.ownCircleId)))
		throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });
	const { circleId, kind, language, text, gist, asks } = said;
	return insertUpdate(tx, actor, {
		...{ circleId, kind, language, text, gist, asks },
		...{ measureId: measure.id, replyTo: null, parentId: measure.id }
	});
}

/** A reply stands in its post's circle, whoever writes it. */
export const replyToUpdate = command({
	name: 'update.reply',
	act: 'update.reply',

	input: z.object({ updateId: z.uuid(), language, text: body(), gist: gist().default('') }),

	find: (tx, { updateId }) => findUpdate(tx, updateId),

	allow: (actor) => canReply(actor),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, actor, input: { language, text, gist }, subject: post, record }) {
		if (post.replyTo) throw new Refusal('invalid', { fields: { form: 'update.one_level' } });
		if (post.withdrawnAt) throw new Refusal('invalid', { fields: { form: 'update.is_withdrawn' } });
		if (post.flaggedAt) throw new Refusal('invalid', { fields: { form: 'update.is_flagged' } });

		const row = await insertReply(tx, actor, post, { language, text, gist });

		record({ subject: row.id, type: 'update.replied', data: { row } });
		return { id: row.id };
	}
});

export const editUpdate = command({
	name: 'update.edit',
	act: 'update.edit',

	/** Without `gist` the sentence in the other language stays, and is stale where the text changes. */
	input: z
		.object({
			updateId: z.uuid(),
			text: body(),
			gist: gist().optional(),
			base: z.object({ text: z.string(), gist: z.string().optional() })
		})
		.refine(({ gist, base }) => gist === undefined || base.gist !== undefined, 'edit.base_missing'),

	find: (tx, { updateId }) => findUpdate(tx, updateId),

	allow: (actor, update: Update) => canEdit(actor, update),

	alone: (actor, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, actor, input, subject: update, record }) {
		const { text, gist = update.gist } = input;
		const gistStale = gist !== '' && gist === update.gist && (update.gistStale || text !== update.text);
		if (text === update.text && gist === update.gist) return { id: update.id };

		await tx
			.update(updates)
			.set({
				...{ text, gist, gistStale, prose: parseProse(text), editedAt: sql`clock_timestamp()` },
				...(actor.approvedBy && { approvedBy: actor.approvedBy })
			})
			.where(eq(updates.id, update.id));
		const now = await readUpdate(tx, update.id);

		record({
			subject: update.id,
			type: 'update.edited',
			data: {
				old: { text: update.text },
				new: {
					text,
					gist,
					gistStale,
					prose: now?.prose,
					editedAt: now?.editedAt,
					approvedBy: now?.approvedBy
				}
			}
		});
		return { id: update.id };
	}
});

/** The row stays and says that it was withdrawn; its words go to the organisation's own circle. */
export const withdrawUpdate = command({
	name: 'update.withdraw',
	act: 'update.withdraw',

	input: z.object({ updateId: z.uuid() }),

	find: (tx, { updateId }) => findUpdate(tx, updateId),

	allow: (actor, update: Update) => canWithdraw(actor, update),

	async run({ tx, subject: update, record }) {
		record(await takeBack(tx, update.id));
		const reopened = await reopenAnsweredBy(tx, update);
		if (reopened) record(reopened);
		return { id: update.id };
	}
});

/** Narrower or wider within the measure's circle, or into the organisation's own; what was answered in the same circle goes along when it narrows. */
export const moveUpdate = command({
	name: 'update.move',
	act: 'update.move',

	input: z.object({ updateId: z.uuid(), circleId: z.uuid(), base: z.object({ circleId: z.uuid() }) }),

	find: (tx, { updateId }) => findUpdate(tx, updateId),

	allow: (actor, update: Update) => canMove(actor, update),

	alone: (actor, _update, { circleId }) => speaksAlone(actor, circleId),

	async run({ tx, actor, input: { circleId }, subject: update }) {
		const measure = await readMeasure(tx, update.measureId);
		// Into one's own circle also where the measure is no longer one's own to see.
		const within =
			circleId === actor.ownCircleId ||
			(measure && (await mayHold(tx, circleId, measure.circleId, actor.ownCircleId)));
		if (!within || !(await mayMove(tx, update.circleId, circleId)))
			throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });

		await moveSubject(tx, update.id, circleId);
		return { id: update.id };
	}
});

/** A post goes back into its organisation's own circle. */
export async function takeBack(tx: Tx, id: string): Promise<Happening> {
	await tx.execute(sql`select withdraw(${id})`);
	// The whole row: what was said before has no words for others now, and who was away takes it for gone.
	return { subject: id, type: 'update.withdrawn', data: { row: await readUpdate(tx, id) } };
}

/** A reply stands where its post stands. */
export const insertReply = (
	tx: Tx,
	actor: App.Actor,
	{ id, measureId, circleId }: Update,
	said: Pick<Update, 'language' | 'text'> & { gist?: string }
) => insertUpdate(tx, actor, { measureId, circleId, kind: 'comment', ...said, replyTo: id, parentId: id });

type New = Pick<Update, 'measureId' | 'circleId' | 'kind' | 'language' | 'text' | 'replyTo'> & {
	gist?: string;
	parentId: string;
	asks?: Asks;
};

async function insertUpdate(tx: Tx, actor: App.Actor, { parentId, asks, ...update }: New): Promise<Update> {
	const id = crypto.randomUUID();
	await placeSubject(tx, { id, circleId: update.circleId, parentId, ownId: actor.ownCircleId });
	await tx.insert(updates).values({
		id,
		...update,
		organisationId: actor.organisationId,
		memberId: actor.memberId,
		approvedBy: actor.approvedBy ?? null,
		prose: parseProse(update.text),
		// After all that its author sees there: it may have waited for them, and a clock may have been set back.
		postedAt: sql`greatest(clock_timestamp(), (select max(posted_at) + interval '1 millisecond' from updates
				where measure_id = ${update.measureId} and posted_at < clock_timestamp() + interval '3 days'))`
	});
	if (asks) {
		await ask(tx, actor, { id, circleId: update.circleId }, asks);
		// In the same transaction: who is asked has to hear of it exactly if it was asked.
		await tx.execute(sql`select tell_asked(${id})`);
	}
	const posted = await readUpdate(tx, id);
	if (!posted) throw new Error('a post cannot be read by its author');
	return posted;
}
