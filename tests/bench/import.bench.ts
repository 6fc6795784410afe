/** A plan of 5,000 rows from XLSX: read, looked at, applied; and how long others waited meanwhile. */

import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import writeExcel from 'write-excel-file/node';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { keepDraft, readBrought, readReview } from '#lib/transfer/drafts.server.ts';
import { importPlan } from '#lib/transfer/import-plan.server.ts';
import { reviewDraft } from '#lib/transfer/review.server.ts';
import { engines, openTestDatabase } from '../support/database.ts';
import { planOf } from '../support/importing.ts';
import { keep, percentile, size } from '../support/results.ts';
import { layTable } from '../support/table.ts';

const count = size('IMPORT_ROWS', 5000);
const header =
	'Cod;Obiectiv general;Obiectiv specific;Activitate;Indicatori;Termen;Responsabili;Parteneri;Resurse;Stadiu;Sursă';
const line = (i: number, round: number) => [
	`K${i}`,
	`${(i % 12) + 1}. Obiectivul ${i % 12}`,
	`${(i % 12) + 1}.${i % 5} Obiectiv specific ${i % 60}`,
	`Activitatea ${i}: formular comun de identificare a victimelor, etapa ${i % 7}`,
	`număr de formulare ${i} | număr de instituții`,
	i % 3 ? 'Anual' : `30.0${(i % 9) + 1}.203${round}`,
	'minister | agentia',
	'ong | asociatia',
	'bugetele proprii ale instituțiilor',
	'propus',
	`https://exemplu.ro/${i}`
];
const fileOf = (round: number) =>
	writeExcel([
		header.split(';').map((value) => ({ value, type: String })),
		...Array.from({ length: count }, (_, i) => line(i, round).map((value) => ({ value, type: String })))
	] as never).toBuffer();

const cpu = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};

/** What else the server does: a short read every 20 ms, and the timers of the same thread. */
function others(ask: () => Promise<unknown>) {
	const waited: number[] = [];
	const late: number[] = [];
	/** Of the processor alone: what is held on a machine that does nothing else. */
	const held: number[] = [];
	let before = cpu();
	let running = true;
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		late.push(now - last - 5);
		last = now;
		const used = cpu();
		held.push(used - before);
		before = used;
	}, 5);
	const asking = (async () => {
		while (running) {
			const began = performance.now();
			await ask();
			waited.push(performance.now() - began);
			await new Promise((done) => setTimeout(done, 20));
		}
	})();
	return async () => {
		running = false;
		await asking;
		clearInterval(timer);
		return {
			'longest wait': Math.round(Math.max(...waited)),
			'wait p95': Math.round(percentile(waited, 0.95)),
			'longest hold of the thread': Math.round(Math.max(...late)),
			'of the processor': Math.round(Math.max(...held))
		};
	};
}

test.each(engines)('a plan from XLSX, on %s', { timeout: 600_000 }, async (engine) => {
	const database = await openTestDatabase(engine);
	const table = await layTable(database);
	const actor = table.member('comisia', 'secretariat');
	const member = table.member('minister').memberId;
	const planId = await planOf(database, actor);
	const ask = () =>
		database.as('hora_app', { member }, (tx) =>
			rows(tx, sql`select id from measures order by position limit 20`)
		);

	for (const [what, round] of [
		['all new', 1],
		['the same again', 1],
		['every third deadline changed', 2]
	] as const) {
		const bytes = await fileOf(round);
		const figures: Record<string, unknown> = {};
		const step = async <T>(name: string, work: () => Promise<T>) => {
			const stop = others(ask);
			const [began, used] = [performance.now(), cpu()];
			const result = await work();
			figures[name] = {
				...{ took: Math.round(performance.now() - began), processor: Math.round(cpu() - used) },
				...(await stop())
			};
			return result;
		};
		const began = performance.now();
		const brought = await step('read', () => readBrought([{ name: 'plan.xlsx', bytes }]));
		if (!brought.ok) throw new Error(JSON.stringify(brought.problems));
		const id = crypto.randomUUID();
		await step('keep', () =>
			keepDraft(database, actor, {
				...{ id, file: brought.file, sheets: brought.sheets },
				choices: {
					...{ what: 'correction', planId, circleId: table.circle.all },
					plan: { titleRo: '', titleEn: '', firstYear: null, lastYear: null },
					...{ columns: {}, organisations: {}, same: {}, endings: {}, left: {} }
				}
			})
		);
		await step('look', () => reviewDraft(database, actor, id));
		const shown = await step('show', () =>
			database.as('hora_app', { member: actor.memberId }, (tx) => readReview(tx, id))
		);
		figures.counts = shown!.review!.counts;
		if (what !== 'the same again')
			await step('apply', () =>
				execute(
					database,
					importPlan,
					actor,
					{ importId: id, base: { seen: shown!.seen }, reason: '' },
					crypto.randomUUID()
				)
			);
		figures.whole = Math.round(performance.now() - began);
		keep('import', `${count} rows, ${what}, ${engine}`, figures);
		console.log(engine, what, JSON.stringify(figures, null, 1));
	}
	const [{ n } = { n: 0 }] = await database.asOwner((tx) =>
		rows<{ n: number }>(tx, sql`select count(*)::int as n from measures where planned is not null`)
	);
	expect(n).toBe(count);
	await database.close();
});
