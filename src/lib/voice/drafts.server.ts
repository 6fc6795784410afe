/** An internal version, from its first word until a coordinator sends it. */

import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { placeSubject } from '#lib/events/subjects.server.ts';
import { text } from '#lib/harm/words.ts';
import { command, type Happening, perform } from '#lib/server/command.server.ts';
import type { Tx } from '#lib/server/database.server.ts';
import { parseProse } from '#lib/updates/prose.server.ts';
import { type Draft, isOpen } from './draft.ts';
import { type About, draftableNames, draftableOf, measureOf, rehearse } from './draftable.server.ts';
import { canApprove, canDraft, canKeepDraft } from './policy.ts';
import { findDraft, readDraft } from './queries.server.ts';
import { draftComments, drafts } from './tables.server.ts';

const named = z.enum(draftableNames);

/** The fields of the act itself, as its own command takes them, beside what is said of the internal version. */
const withAct = <Schema extends z.ZodObject>(draft: Schema) =>
	z.looseObject({ draft }).transform((raw, context) => {
		const { draft, ...fields } = raw as unknown as { draft: z.output<Schema> & { command: string } };
		const parsed = draftableOf(draft.command).input.safeParse(fields);
		if (parsed.success) return { draft, input: parsed.data as Record<string, unknown> };
		for (const { path, message } of parsed.error.issues)
			context.addIssue({ code: 'custom', path, message, input: undefined });
		return z.NEVER;
	});

/** `ask`: it waits for approval from now on; otherwise it is kept. */
const asking = { command: named, ask: z.boolean().default(false) };

export const writeDraft = command({
	name: 'draft.write',
	act: 'draft.write',
	inside: true,

	input: withAct(z.object(asking)),

	async find(tx, { draft, input }, actor) {
		const about = (await draftableOf(draft.command).find(tx, input, actor)) as About | undefined;
		return about && { id: measureOf(about), about };
	},

	allow: (actor, { about }, { draft, input }) =>
		canDraft(actor) && draftableOf(draft.command).allow(actor, about, input),

	async run(context) {
		const { tx, actor, input: written, subject: measure, record, confirmed } = context;
		const { draft, input } = written;
		await rehearse(draftableOf(draft.command), { ...context, input });

		const id = crypto.randomUUID();
		const circleId = actor.ownCircleId;
		await placeSubject(tx, { id, circleId, parentId: measure.id, ownId: circleId });
		await tx.insert(drafts).values({
			...{ id, circleId, measureId: measure.id, organisationId: actor.organisationId },
			...{ memberId: actor.memberId, command: draft.command, input, prose: proseOf(input), confirmed },
			state: draft.ask ? 'waiting' : 'kept'
		});
		record({ subject: id, type: 'draft.written', data: { row: await readDraft(tx, id) } });
		return { id };
	}
});

/** Whoever is in the house may reword it, and base it anew on what stands now; it is still by whoever wrote it. */
export const editDraft = command({
	name: 'draft.edit',
	act: 'draft.keep',
	inside: true,

	/** `editedAt`: of what was reworded. */
	input: withAct(z.object({ ...asking, draftId: z.uuid(), editedAt: z.iso.datetime().nullable() })),

	/** It stays the same act on the same measure. */
	async find(tx, { draft: { draftId, command }, input }, actor) {
		const draft = await findDraft(tx, draftId);
		if (draft?.command !== command) return undefined;
		const about = (await draftableOf(command).find(tx, input, actor)) as About | undefined;
		return about && measureOf(about) === draft.measureId ? draft : undefined;
	},

	allow: (actor, draft: Draft) => canKeepDraft(actor, draft),

	async run(context) {
		const { tx, input: written, subject: draft, record, confirmed } = context;
		refuseClosed(draft);
		refuseUnseen(draft, written.draft.editedAt);
		await rehearse(draftableOf(draft.command), { ...context, input: written.input });

		const { input } = written;
		await tx
			.update(drafts)
			.set({
				...{ input, prose: proseOf(input), confirmed: confirmed ?? null },
				...{ state: written.draft.ask ? 'waiting' : 'kept', editedAt: sql`clock_timestamp()` }
			})
			.where(eq(drafts.id, draft.id));
		record(await changed(tx, draft, 'draft.edited', ['input', 'prose', 'state', 'editedAt']));
		return { id: draft.id };
	}
});

const draftId = z.uuid();
const find = (tx: Tx, { draftId }: { draftId: string }) => findDraft(tx, draftId);

/** „Trimite spre avizare”. */
export const askApproval = command({
	name: 'draft.ask',
	act: 'draft.keep',
	input: z.object({ draftId }),
	find,
	allow: (actor, draft: Draft) => canKeepDraft(actor, draft),

	async run({ tx, subject: draft, record }) {
		refuseClosed(draft);
		await tx.update(drafts).set({ state: 'waiting' }).where(eq(drafts.id, draft.id));
		record(await changed(tx, draft, 'draft.asked', ['state']));
		return { id: draft.id };
	}
});

export const commentDraft = command({
	name: 'draft.comment',
	act: 'draft.keep',
	inside: true,
	input: z.object({ draftId, text: text({ max: 1000, multiline: true }) }),
	find,
	allow: (actor, draft: Draft) => canKeepDraft(actor, draft),

	async run({ tx, actor, input, subject: draft, record }) {
		refuseClosed(draft);
		await say(tx, actor, draft, input.text);
		record(await changed(tx, draft, 'draft.commented', ['comments']));
		return { id: draft.id };
	}
});

/** „De refăcut, pentru că …” */
export const returnDraft = command({
	name: 'draft.return',
	act: 'draft.approve',
	inside: true,
	input: z.object({ draftId, reason: text({ max: 1000, multiline: true }) }),
	find,
	allow: (actor, draft: Draft) => canApprove(actor, draft),

	async run({ tx, actor, input: { reason }, subject: draft, record }) {
		refuseClosed(draft);
		await say(tx, actor, draft, reason);
		await decide(tx, actor, draft, 'returned');
		record(
			await changed(tx, draft, 'draft.returned', ['state', 'comments', 'decidedBy', 'decidedAt'], { reason })
		);
		return { id: draft.id };
	}
});

/** It leaves the pages; that it was there stays in the house. */
export const withdrawDraft = command({
	name: 'draft.withdraw',
	act: 'draft.keep',
	input: z.object({ draftId }),
	find,
	allow: (actor, draft: Draft) => canKeepDraft(actor, draft),

	async run({ tx, actor, subject: draft, record }) {
		refuseClosed(draft);
		await decide(tx, actor, draft, 'withdrawn');
		record(await changed(tx, draft, 'draft.withdrawn', ['state', 'decidedBy', 'decidedAt']));
		return { id: draft.id };
	}
});

/**
 * „Avizat”: the act itself, done now, for the organisation, by whoever wrote it. What it was based on, where it may
 * stand and whether it is still allowed is asked again, of what stands at this moment.
 */
export const approveDraft = command({
	name: 'draft.approve',
	act: 'draft.approve',

	/** `editedAt`: nobody sends words that came after those they have read. */
	input: z.object({ draftId, base: z.object({ editedAt: z.iso.datetime().nullable() }) }),

	find,

	allow: (actor, draft: Draft) => canApprove(actor, draft),

	async run({ tx, actor, subject: draft, operation, record, tell }) {
		refuseClosed(draft);
		const by = { ...actor, memberId: draft.memberId, name: draft.memberName, approvedBy: actor.memberId };
		const drafted = { memberId: draft.memberId, name: draft.memberName };
		const { result } = await perform(draftableOf(draft.command), {
			...{ tx, operation, actor: by, input: draft.input, confirmed: undefined, tell },
			record: ({ data, ...happening }) => record({ ...happening, data: { ...data, drafted } })
		});
		const [{ confirmed } = { confirmed: null }] = await tx
			.select({ confirmed: drafts.confirmed })
			.from(drafts)
			.where(eq(drafts.id, draft.id));
		if (confirmed) tell(confirmed);

		await decide(tx, actor, draft, 'sent');
		record(await changed(tx, draft, 'draft.approved', ['state', 'decidedBy', 'decidedAt']));
		return { ...result, draftId: draft.id };
	}
});

/** The words of an act, for those in the house to read as they will stand. */
function proseOf({ text }: Record<string, unknown>) {
	return typeof text === 'string' && text !== '' ? parseProse(text) : null;
}

function refuseClosed(draft: Draft) {
	if (!isOpen(draft)) throw new Refusal('invalid', { fields: { form: 'draft.is_closed' } });
}

function refuseUnseen(draft: Draft, editedAt: string | null) {
	if (draft.editedAt !== editedAt)
		throw new Refusal('conflict', {
			fields: { form: 'edit.changed_meanwhile' },
			theirs: { input: draft.input }
		});
}

async function say(tx: Tx, { memberId }: App.Actor, draft: Draft, text: string) {
	const { id: draftId, circleId } = draft;
	await tx.insert(draftComments).values({ draftId, circleId, memberId, text, at: sql`clock_timestamp()` });
}

async function decide(tx: Tx, { memberId }: App.Actor, draft: Draft, state: Draft['state']) {
	await tx
		.update(drafts)
		.set({ state, decidedBy: memberId, decidedAt: sql`clock_timestamp()` })
		.where(eq(drafts.id, draft.id));
}

/** What of it is otherwise now. */
async function changed(
	tx: Tx,
	draft: Draft,
	type: string,
	fields: (keyof Draft)[],
	about: Record<string, unknown> = {}
): Promise<Happening> {
	const now = (await readDraft(tx, draft.id)) as Draft;
	const pick = (from: Draft) => Object.fromEntries(fields.map((field) => [field, from[field]]));
	return { subject: draft.id, type, data: { old: pick(draft), new: pick(now), ...about } };
}
