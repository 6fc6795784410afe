import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { markSeen } from '#lib/news/mark-seen.server.ts';
import { unseenOn } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { type Fields, jsonOf, submit } from '#lib/forms.server.ts';
import { editTexts, moveMeasure, setDate, setStatus } from '#lib/strategy/edit-measure.server.ts';
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
import type { AnyCommand } from '#lib/server/command.server.ts';
import type { RequestEvent } from './$types';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!uuid.test(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const measure = await readMeasure(tx, params.id);
		if (!measure) error(404, 'not-found');
		return {
			live: { ...heads, rows: [measure, ...(await listUpdates(tx, params.id))] },
			objective: (await listObjectives(tx)).find(({ id }) => id === measure.objectiveId),
			history: await historyOf(tx, params.id),
			unseen: await unseenOn(tx, params.id),
			// Without JavaScript the forms carry this; each page that is served has a new one.
			operation: crypto.randomUUID() as string
		};
	});
}

/** An empty field of a date is no date. */
const orNull = (value: string | undefined) => value || null;

const form =
	(command: AnyCommand, toInput: (fields: Fields, measureId: string) => unknown) => (event: RequestEvent) =>
		submit(event, command, (fields) => toInput(fields, event.params.id));

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

/** Fields named `base.x` say what the form was opened with; only those that differ are sent on. */
function changesOf(fields: Fields, names: readonly string[]) {
	const changed = names.filter((name) => name in fields && fields[name] !== (fields[`base.${name}`] ?? ''));
	return {
		now: Object.fromEntries(changed.map((name) => [name, fields[name]])),
		base: Object.fromEntries(changed.map((name) => [name, fields[`base.${name}`] ?? '']))
	};
}

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

export const actions = {
	seen: form(markSeen, ({ heads }, measureId) => ({ measureId, heads: jsonOf(heads) })),
	post: form(postUpdate, (fields, measureId) => ({
		measureId,
		circleId: fields.circleId,
		kind: fields.kind,
		text: fields.text,
		language: fields.language,
		asks: asksOf(fields)
	})),
	reply: form(replyToUpdate, ({ updateId, text, language }) => ({ updateId, text, language })),
	edit: form(editUpdate, ({ updateId, text, 'base.text': base }) => ({
		updateId,
		text,
		base: { text: base }
	})),
	withdraw: form(withdrawUpdate, ({ updateId }) => ({ updateId })),
	moveUpdate: form(moveUpdate, ({ updateId, circleId, 'base.circleId': base }) => ({
		updateId,
		circleId,
		base: { circleId: base }
	})),
	answer: form(answerRequest, ({ updateId, text, language }) => ({ updateId, text, language })),
	decline: form(declineRequest, ({ updateId, text, language }) => ({ updateId, text, language })),
	promise: form(promiseAnswer, ({ updateId, due, 'base.due': base }) => ({
		updateId,
		due,
		base: { due: orNull(base) }
	})),
	status: form(setStatus, ({ status, reason, 'base.status': base }, measureId) => ({
		measureId,
		status,
		reason,
		base: { status: base }
	})),
	date: form(setDate, ({ nextDate, reason, 'base.nextDate': base }, measureId) => ({
		measureId,
		nextDate: orNull(nextDate),
		reason,
		base: { nextDate: orNull(base) }
	})),
	texts: form(editTexts, (fields, measureId) => {
		const { now, base } = changesOf(fields, textNames);
		return { measureId, texts: now, base };
	}),
	move: form(moveMeasure, ({ circleId, 'base.circleId': base }, measureId) => ({
		measureId,
		circleId,
		base: { circleId: base }
	})),
	addStep: form(addStep, ({ titleRo, titleEn, date, source }, measureId) => ({
		measureId,
		titleRo,
		titleEn,
		date: orNull(date),
		source
	})),
	changeStep: form(changeStep, (fields, measureId) => ({
		measureId,
		stepId: fields.stepId,
		...stepChanges(fields)
	})),
	removeStep: form(removeStep, ({ stepId, 'base.titleRo': titleRo }, measureId) => ({
		measureId,
		stepId,
		base: { titleRo }
	}))
};
