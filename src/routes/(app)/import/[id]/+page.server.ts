import { error, fail, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { fieldsOf, type Fields, givenBack, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { listPlans } from '#lib/strategy/plans.server.ts';
import { canImport } from '#lib/strategy/policy.ts';
import type { Choices, Entry, SheetName } from '#lib/transfer/draft.ts';
import { changesSomething, endings } from '#lib/transfer/draft.ts';
import { type Mending, mendDraft, readReview } from '#lib/transfer/drafts.server.ts';
import { importPlan } from '#lib/transfer/import-plan.server.ts';
import { reviewDraft } from '#lib/transfer/review.server.ts';
import { isUuid } from '#lib/uuid.ts';

const perPage = 100;
const order: Entry['kind'][] = ['changed', 'added', 'retired', 'same'];

export async function load(event) {
	const { params, url } = event;
	const actor = signedIn(event);
	if (!isUuid(params.id) || !canImport(actor)) error(404, 'not-found');
	const { database } = app();
	const read = () =>
		database.as('hora_app', { member: actor.memberId }, async (tx) => ({
			shown: await readReview(tx, params.id),
			plans: await listPlans(tx)
		}));
	let { shown, plans } = await read();
	if (shown && !shown.review) {
		await reviewDraft(database, actor, params.id);
		({ shown, plans } = await read());
	}
	if (!shown?.review) error(404, 'not-found');

	const { review, choices, ...draft } = shown;
	const wanted = url.searchParams.get('show');
	const entries = order
		.filter((kind) => (wanted ? kind === wanted : kind !== 'same'))
		.flatMap((kind) => review.entries.filter((entry) => entry.kind === kind));
	const pages = Math.max(1, Math.ceil(entries.length / perPage));
	const page = Math.min(pages, Math.max(1, Number(url.searchParams.get('page')) || 1));
	return {
		draft: { ...draft, what: choices.what, circleId: choices.circleId, title: choices.plan.titleRo },
		plan: plans.find(({ id }) => id === choices.planId),
		review: { ...review, entries: entries.slice((page - 1) * perPage, page * perPage) },
		changes: changesSomething(review.counts),
		...{ page, pages, show: wanted ?? '' },
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	/** What is said of the member's own draft; shared is nothing yet. */
	async mend({ request, params, locals: { actor } }) {
		let fields: Fields = {};
		try {
			fields = await fieldsOf(request);
			if (!actor) throw new Refusal('signed-out');
			if (!canImport(actor)) throw new Refusal('forbidden');
			const after = limits.writes.take(actor.memberId);
			if (after > 0) throw new Refusal('throttled', { after });
			await mendDraft(app().database, actor, params.id, mendingOf(fields));
			await reviewDraft(app().database, actor, params.id);
		} catch (thrown) {
			const { status, refusal } = refusalOf(thrown, 'form plan.mend');
			return fail(status, { form: 'mend', ok: false as const, refusal, values: givenBack(fields) });
		}
		redirect(303, `/import/${params.id}`);
	},

	async apply(event) {
		const { params, locals } = event;
		const answer = await submit(event, importPlan, ({ seen, reason }) => ({
			...{ importId: params.id, base: { seen }, reason: reason ?? '' }
		}));
		if ('ok' in answer && answer.ok) redirect(303, `/import?done=${answer.result.id}`);
		const refusal = 'data' in answer ? answer.data.refusal : undefined;
		if (refusal?.code === 'conflict' && !refusal.fields?.operation && locals.actor) {
			await reviewDraft(app().database, locals.actor, params.id);
			redirect(303, `/import/${params.id}?again=yes`);
		}
		return answer;
	}
};

/** The form's fields, by what they speak of: `cell.plan.7.3`, `column.plan.TITLE`, `body.NAME`, `same.7`, `ending.ID` … */
function mendingOf(fields: Fields): Mending {
	const cells: Mending['cells'] = [];
	const columns: Choices['columns'] = { plan: {}, steps: {} };
	const left: Record<SheetName, number[]> = { plan: [], steps: [] };
	const choices: Partial<Choices> & { organisations: Record<string, string> } = { organisations: {} };
	const same: Choices['same'] = {};
	const ends: Choices['endings'] = {};
	const isSheet = (sheet: string | undefined): sheet is SheetName => sheet === 'plan' || sheet === 'steps';

	for (const [name, value] of Object.entries(fields)) {
		const [kind, one = '', two = '', three = ''] = name.split('.');
		const rest = (from: number) => name.split('.').slice(from).join('.');
		if (kind === 'cell' && isSheet(one) && value !== fields[`was.${rest(1)}`])
			cells.push({ sheet: one, row: Number(two), place: Number(three), words: value });
		if (kind === 'column' && isSheet(one) && value !== '')
			columns[one]![rest(2)] = value === 'none' ? null : value;
		if (kind === 'left' && isSheet(one)) left[one].push(Number(two));
		if (kind === 'body' && (value === 'group' || isUuid(value))) choices.organisations[rest(1)] = value;
		if (kind === 'same' && value !== '') same[one] = value;
		if (kind === 'ending' && isUuid(one)) {
			const ending = endings.find((known) => known === value);
			if (ending)
				ends[one] = { ending, rows: fields[`rows.${one}`] ?? '', reason: fields[`reason.${one}`] ?? '' };
			else if (fields.accept === 'yes' && fields[`suggested.${one}`])
				ends[one] = { ending: 'continues', rows: fields[`suggested.${one}`]!, reason: '' };
		}
	}
	return { cells, choices: { ...choices, columns, left, same, endings: ends } };
}
