/** Brings a plan as the pages do, without the pages. */

import { sql } from 'drizzle-orm';
import { type Database, rows } from '#lib/server/database.server.ts';
import type { Choices, Review } from '#lib/transfer/draft.ts';
import { keepDraft, mendDraft, readBrought, readReview } from '#lib/transfer/drafts.server.ts';
import { reviewDraft } from '#lib/transfer/review.server.ts';
import type { TestDatabase } from './database.ts';
import type { Table } from './table.ts';

export const planOf = async (database: Database, actor: App.Actor) =>
	database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const [plan] = await rows<{ id: string }>(
			tx,
			sql`select p.id from plans p order by p.made_at desc, p.id limit 1`
		);
		return plan!.id;
	});

/** Reads a file and looks at what it would do; answers the draft's id and its review. */
export async function bring(
	database: Database,
	actor: App.Actor,
	content: string | Uint8Array,
	choices: Partial<Choices> & { circleId: string },
	more: { name?: string; steps?: string | Uint8Array } = {}
) {
	const bytes = (of: string | Uint8Array) => (typeof of === 'string' ? Buffer.from(of) : of);
	const name = more.name ?? 'plan.csv';
	const files = [{ name, bytes: bytes(content) }];
	if (more.steps) files.push({ name: name.replace('plan', 'pasi'), bytes: bytes(more.steps) });
	const brought = await readBrought(files);
	if (!brought.ok) throw new Error(JSON.stringify(brought.problems));
	const id = crypto.randomUUID();
	await keepDraft(database, actor, {
		id,
		file: brought.file,
		sheets: brought.sheets,
		choices: {
			...{ what: 'correction', planId: choices.planId ?? (await planOf(database, actor)) },
			plan: { titleRo: '', titleEn: '', firstYear: null, lastYear: null },
			...{ columns: {}, organisations: {}, same: {}, endings: {}, left: {} },
			...choices
		}
	});
	return { id, ...(await again(database, actor, id)) };
}

/** Says something of it, and looks again. */
export async function say(
	database: Database,
	actor: App.Actor,
	id: string,
	choices: Partial<Choices>,
	cells: Parameters<typeof mendDraft>[3]['cells'] = []
) {
	await mendDraft(database, actor, id, { choices, cells });
	return again(database, actor, id);
}

async function again(database: Database, actor: App.Actor, id: string) {
	await reviewDraft(database, actor, id);
	const shown = await database.as('hora_app', { member: actor.memberId }, (tx) => readReview(tx, id));
	return { review: shown!.review as Review, seen: shown!.seen };
}

/** A draft of one new measure under the table's objective, ready to be applied; `warned`: it wants a reason. */
export async function layDraft(
	database: TestDatabase,
	actor: App.Actor,
	table: Pick<Table, 'objectiveId' | 'circle'>,
	{ warned = false, lead = 'minister' } = {}
) {
	const planId = await database.asOwner(async (tx) => {
		const [plan] = await rows<{ id: string }>(
			tx,
			sql`select p.id from plans p join objectives o on o.strategy_id = p.strategy_id
				where o.id = ${table.objectiveId} order by p.made_at desc limit 1`
		);
		return plan!.id;
	});
	const [code, word] = [crypto.randomUUID(), crypto.randomUUID()].map((id) => `i${id.slice(0, 7)}`);
	const content = `Cod;Obiectiv general;Activitate;Indicatori;Termen;Responsabili
${code};Protecția;${word};${warned ? 'apeluri la 0722 123 456' : ''};Anual;${lead}`;
	const { id, seen } = await bring(database, actor, content, { planId, circleId: table.circle.all });
	return { importId: id, seen };
}
