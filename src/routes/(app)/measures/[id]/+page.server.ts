import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { raiseFlag } from '#lib/harm/flags.server.ts';
import { decisionsAbout } from '#lib/meetings/queries.server.ts';
import { markSeen } from '#lib/news/mark-seen.server.ts';
import { unseenOn } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { action, type Fields, jsonOf } from '#lib/forms.server.ts';
import { changesOf } from '#lib/ui/edited.ts';
import { picked } from '#lib/ui/picked.ts';
import { setHolders } from '#lib/strategy/holders.server.ts';
import { restoreMeasure, retireMeasure } from '#lib/strategy/retire-measure.server.ts';
import { editTexts, moveMeasure, setDate, setStatus } from '#lib/strategy/edit-measure.server.ts';
import { originsOf, relativesOf } from '#lib/strategy/plans.server.ts';
import { listObjectives, readMeasure } from '#lib/strategy/queries.server.ts';
import { addStep, changeStep, removeStep } from '#lib/strategy/steps.server.ts';
import { answerRequest, declineRequest, promiseAnswer } from '#lib/updates/answer-request.server.ts';
import { askingKinds } from '#lib/updates/asked.ts';
import {
	editUpdate,
	moveUpdate,
	postUpdate,
	replyToUpdate,
	withdrawUpdate
} from '#lib/updates/post-update.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { approvalOf, commentOf, draftIdOf, rewordedOf, returnOf } from '#lib/voice/fields.ts';
import {
	approveDraft,
	askApproval,
	commentDraft,
	editDraft,
	returnDraft,
	withdrawDraft
} from '#lib/voice/drafts.server.ts';
import { draftsOn } from '#lib/voice/queries.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const measure = await readMeasure(tx, params.id);
		if (!measure) error(404, 'not-found');
		return {
			live: {
				...heads,
				rows: [
					measure,
					...(await listUpdates(tx, params.id)),
					...(await draftsOn(tx, params.id)),
					...(await decisionsAbout(tx, params.id))
				]
			},
			objective: (await listObjectives(tx)).find(({ id }) => id === measure.objectiveId),
			relatives: await relativesOf(tx, params.id),
			// History goes through: what happened before the new plan is told, too.
			history: await historyOf(tx, params.id, { origins: await originsOf(tx, params.id) }),
			unseen: await unseenOn(tx, params.id),
			// Without JavaScript the forms carry this; each page that is served has a new one.
			operation: crypto.randomUUID() as string
		};
	});
}

/** An empty field of a date is no date. */
const orNull = (value: string | undefined) => value || null;

/** Whom the boxes name and the day, which the form shows for the kinds that ask. */
function asksOf(fields: Fields) {
	if (!askingKinds.some((kind) => kind === fields.kind)) return undefined;
	const organisationIds = Object.keys(fields).flatMap((name) => /^ask\.(.+)$/.exec(name)?.[1] ?? []);
	return organisationIds.length > 0 || fields.due ? { organisationIds, due: orNull(fields.due) } : undefined;
}

const textNames = [
	'titleRo',
	'titleEn',
	'descriptionRo',
	'descriptionEn',
	'indicators',
	'resources',
	'deadline'
] as const;

function stepChanges(fields: Fields) {
	// A box that is not ticked sends nothing at all.
	const done: Fields = 'base.done' in fields ? { done: fields.done === 'on' ? 'on' : '' } : {};
	const { now, base } = changesOf({ ...fields, ...done }, ['titleRo', 'titleEn', 'date', 'source', 'done']);
	const typed = (values: Record<string, string | undefined>) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [
				name,
				name === 'date' ? orNull(value) : name === 'done' ? value === 'on' : value
			])
		);
	return { changes: typed(now), base: typed(base) };
}

/** What is said under a post. */
const spoken = ({ updateId, text, language, gist }: Fields) => ({ updateId, text, language, gist });

export const actions = {
	seen: action(markSeen, ({ heads }, { id: measureId }) => ({ measureId, heads: jsonOf(heads) })),
	post: action(postUpdate, (fields, { id: measureId }) => ({
		measureId,
		circleId: fields.circleId,
		kind: fields.kind,
		text: fields.text,
		language: fields.language,
		gist: fields.gist,
		asks: asksOf(fields)
	})),
	reply: action(replyToUpdate, spoken),
	edit: action(editUpdate, ({ updateId, text, gist, 'base.text': base, 'base.gist': gistBase }) => ({
		...{ updateId, text },
		...(gist !== undefined && gist !== gistBase && { gist }),
		base: { text: base, ...(gist !== undefined && gist !== gistBase && { gist: gistBase }) }
	})),
	withdraw: action(withdrawUpdate, ({ updateId }) => ({ updateId })),
	moveUpdate: action(moveUpdate, ({ updateId, circleId, 'base.circleId': base }) => ({
		updateId,
		circleId,
		base: { circleId: base }
	})),
	flag: action(raiseFlag, ({ updateId, reason }) => ({ updateId, reason })),
	answer: action(answerRequest, spoken),
	decline: action(declineRequest, spoken),
	promise: action(promiseAnswer, ({ updateId, due, 'base.due': base }) => ({
		updateId,
		due,
		base: { due: orNull(base) }
	})),
	approveDraft: action(approveDraft, approvalOf),
	returnDraft: action(returnDraft, returnOf),
	commentDraft: action(commentDraft, commentOf),
	editDraft: action(editDraft, rewordedOf),
	askApproval: action(askApproval, draftIdOf),
	withdrawDraft: action(withdrawDraft, draftIdOf),
	status: action(setStatus, ({ status, reason, 'base.status': base }, { id: measureId }) => ({
		measureId,
		status,
		reason,
		base: { status: base }
	})),
	date: action(setDate, ({ nextDate, reason, 'base.nextDate': base }, { id: measureId }) => ({
		measureId,
		nextDate: orNull(nextDate),
		reason,
		base: { nextDate: orNull(base) }
	})),
	texts: action(editTexts, (fields, { id: measureId }) => {
		const { now, base } = changesOf(fields, textNames);
		return { measureId, texts: now, base };
	}),
	holders: action(setHolders, (fields, { id: measureId }) => {
		const chosen = (part: string) => picked(fields, part);
		const was = (part: string) => fields[`base.${part}`]?.split(',').filter(Boolean) ?? [];
		const changed = ['leads', 'partners'].filter((part) => chosen(part).join() !== was(part).join());
		return {
			measureId,
			holders: Object.fromEntries(changed.map((part) => [part, chosen(part)])),
			base: Object.fromEntries(changed.map((part) => [part, was(part)]))
		};
	}),
	retire: action(retireMeasure, ({ reason, 'base.retired': retired }, { id: measureId }) => ({
		measureId,
		reason,
		base: { retired: retired === 'true' }
	})),
	restore: action(restoreMeasure, ({ 'base.retired': retired }, { id: measureId }) => ({
		measureId,
		base: { retired: retired === 'true' }
	})),
	move: action(moveMeasure, ({ circleId, 'base.circleId': base }, { id: measureId }) => ({
		measureId,
		circleId,
		base: { circleId: base }
	})),
	addStep: action(addStep, ({ titleRo, titleEn, date, source }, { id: measureId }) => ({
		measureId,
		titleRo,
		titleEn,
		date: orNull(date),
		source
	})),
	changeStep: action(changeStep, (fields, { id: measureId }) => ({
		measureId,
		stepId: fields.stepId,
		...stepChanges(fields)
	})),
	removeStep: action(removeStep, ({ stepId, 'base.titleRo': titleRo }, { id: measureId }) => ({
		measureId,
		stepId,
		base: { titleRo }
	}))
};
