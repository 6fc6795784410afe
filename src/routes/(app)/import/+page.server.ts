import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { historyOfSubject } from '#lib/events/history.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { text } from '#lib/harm/words.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { parse } from '#lib/server/command.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { listPlans } from '#lib/strategy/plans.server.ts';
import { canImport } from '#lib/strategy/policy.ts';
import { discardDraft, keepDraft, openDraft, readBrought } from '#lib/transfer/drafts.server.ts';
import { tell } from '#lib/transfer/progress.server.ts';
import { reviewDraft } from '#lib/transfer/review.server.ts';
import type { Problem } from '#lib/transfer/table.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const plans = await listPlans(tx);
		const told = await Promise.all(plans.map(({ id }) => historyOfSubject(tx, id, 10)));
		return {
			live: { ...heads, rows: [] },
			plans,
			imports: told.flat().sort((one, other) => (one.at < other.at ? 1 : -1)),
			open: await openDraft(tx),
			operation: crypto.randomUUID() as string
		};
	});
}

const year = z.preprocess(
	(value) => (value === '' ? null : Number(value)),
	z.int().min(1990).max(2100).nullable()
);

/** What the form says beside the file. */
const about = {
	input: z
		.object({
			what: z.enum(['correction', 'new']),
			planId: z.uuid(),
			circleId: z.uuid(),
			titleRo: text({ max: 300, min: 0 }).default(''),
			titleEn: text({ max: 300, min: 0 }).default(''),
			firstYear: year,
			lastYear: year,
			confirmed: z.string().optional()
		})
		.refine(({ what, titleRo }) => what !== 'new' || titleRo, { path: ['titleRo'], error: 'words.required' })
		.refine(({ firstYear, lastYear }) => !firstYear || !lastYear || firstYear <= lastYear, {
			path: ['lastYear'],
			error: 'import.years'
		})
};

/** At most so many are listed: a wrong column is wrong in every row. */
const listed = 100;

export const actions = {
	/** Reads the files, keeps them as the member's own draft, and looks at what they would do. */
	async upload({ request, locals: { actor } }) {
		let problems: Problem[] = [];
		const values: Record<string, string> = {};
		const id: string = crypto.randomUUID();
		try {
			if (!actor) throw new Refusal('signed-out');
			if (!canImport(actor)) throw new Refusal('forbidden');
			const after = limits.writes.take(actor.memberId);
			if (after > 0) throw new Refusal('throttled', { after });
			const form = await request.formData().catch(() => {
				throw new Refusal('invalid', { fields: { file: 'import.too_large' } });
			});
			for (const [name, value] of form) if (typeof value === 'string') values[name] = value;
			const { what, planId, circleId, ...plan } = parse(about, values).valid as z.output<typeof about.input>;

			const files = [form.get('file'), form.get('steps')].filter(
				(one): one is File => one instanceof File && one.size > 0
			);
			if (files.length === 0) throw new Refusal('invalid', { fields: { file: 'import.no_file' } });
			const told = `${actor.memberId} ${values.told}`;
			const brought = await readBrought(
				await Promise.all(
					files.map(async (one) => ({ name: one.name, bytes: new Uint8Array(await one.arrayBuffer()) }))
				),
				tell(told, 'reading')
			);
			if (!brought.ok) {
				problems = brought.problems.slice(0, listed);
				const [first] = problems;
				const isWhole = !first?.column;
				throw new Refusal('invalid', {
					fields: { file: isWhole && first ? first.message : 'import.number_in_cells' }
				});
			}
			const { database } = app();
			await keepDraft(database, actor, {
				...{ id, file: brought.file, sheets: brought.sheets },
				choices: {
					...{ what, planId, circleId },
					plan: {
						...{ titleRo: plan.titleRo, titleEn: plan.titleEn },
						...{ firstYear: plan.firstYear, lastYear: plan.lastYear }
					},
					...{ columns: {}, organisations: {}, same: {}, endings: {}, left: {} }
				}
			});
			await reviewDraft(database, actor, id, tell(told, 'comparing'));
		} catch (error) {
			const { status, refusal } = refusalOf(error, 'form plan.upload');
			const { operation: _, form: __, ...kept } = values;
			return fail(status, { form: 'upload', ok: false as const, refusal, values: kept, problems });
		}
		redirect(303, `/import/${id}`);
	},

	/** The member's own draft, and nobody else's business. */
	async discard({ request, locals: { actor } }) {
		if (!actor) redirect(303, '/sign-in');
		const id = String((await request.formData()).get('importId'));
		if (/^[0-9a-f-]{36}$/.test(id)) await discardDraft(app().database, actor, id);
		redirect(303, '/import');
	}
};
