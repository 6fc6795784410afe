/** Sixty-four writers edit the same fields at once: what comes of it is some order, and nobody overwrote anybody. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/errors.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { type Database, openPostgres, rows } from '#lib/server/database.server.ts';
import { editTexts } from '#lib/strategy/edit-measure.server.ts';
import { readMeasure } from '#lib/strategy/queries.server.ts';
import { editUpdate, postUpdate } from '#lib/updates/post-update.server.ts';
import { readUpdate } from '#lib/updates/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { keep, oneOf, randomFrom, seed, size } from '../support/results.ts';
import { layTable, type Table } from '../support/table.ts';

const edits = { pglite: size('EDITS_EMBEDDED', 200, 500), postgres: size('EDITS', 1800, 9500) };
const writers = 64;

type Texts = Record<string, string>;
/** What is edited: the fields, one edit of them, and how they are now. */
type Edited = {
	name: string;
	fields: string[];
	actors: App.Actor[];
	command: AnyCommand;
	inputOf: (texts: Texts, base: Texts) => unknown;
	read: (database: Database, actor: App.Actor) => Promise<Texts>;
	subject: string;
	type: string;
};

describe.each(engines)('edits of the same fields, on %s', (engine) => {
	const random = randomFrom(seed);
	let database: TestDatabase;
	let handles: Database[];
	let table: Table;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		handles = [database, database.url ? await openPostgres(database.url) : database];
	});
	afterAll(async () => {
		if (handles[1] !== database) await handles[1]?.close();
		await database.close();
	});

	async function aMeasure(): Promise<Edited> {
		const id = await table.addMeasure();
		return {
			name: 'the texts of a measure',
			fields: ['titleRo', 'indicators', 'descriptionRo'],
			actors: [
				table.member('comisia'),
				table.member('comisia', 'coordinator'),
				table.member('ong', 'secretariat')
			],
			command: editTexts,
			inputOf: (texts, base) => ({ measureId: id, texts, base }),
			read: (database, actor) =>
				database.as('hora_app', { member: actor.memberId }, (tx) => readMeasure(tx, id)) as Promise<never>,
			subject: id,
			type: 'measure.texts'
		};
	}

	async function aPost(): Promise<Edited> {
		const measureId = await table.addMeasure();
		const input = { measureId, circleId: table.circle.national, kind: 'concern', text: 'La început' };
		const { result } = await execute(database, postUpdate, table.member('ong'), input, crypto.randomUUID());
		const id = result.id as string;
		return {
			name: 'a post',
			fields: ['text'],
			actors: [table.member('ong'), table.member('ong', 'coordinator')],
			command: editUpdate,
			inputOf: ({ text }, base) => ({ updateId: id, text, base }),
			read: (database, actor) =>
				database.as('hora_app', { member: actor.memberId }, (tx) => readUpdate(tx, id)) as Promise<never>,
			subject: id,
			type: 'update.edited'
		};
	}

	test.each([
		{ name: 'a measure', what: aMeasure, share: 0.7 },
		{ name: 'a post', what: aPost, share: 0.3 }
	])('$name: a serial order, no silent overwrite', { timeout: 120_000 }, async ({ what, share }) => {
		const edited = await what();
		const { fields, actors, command, inputOf, read, subject, type } = edited;
		const wanted = Math.round(edits[engine] * share);
		const first = await read(database, actors[0] as App.Actor);

		/** By its new words: what each edit that won was based on. */
		const won = new Map<string, { field: string; base: string }>();
		let tried = 0;
		let conflicts = 0;
		let askedAgain = 0;
		/** Losers who were not told what stands there now. */
		let leftInTheDark = 0;
		const began = performance.now();

		async function write() {
			const actor = oneOf(random, actors);
			let seen = { ...(await read(oneOf(random, handles), actor)) };
			while (tried < wanted) {
				const field = oneOf(random, fields);
				const [base, mine] = [seen[field] as string, `Text ${(tried += 1)}`];
				try {
					const input = inputOf({ [field]: mine }, { [field]: base });
					await execute(oneOf(random, handles), command, actor, input, crypto.randomUUID());
					won.set(mine, { field, base });
					seen[field] = mine;
				} catch (error) {
					if (!(error instanceof Refusal)) throw error;
					if (error.code === 'unavailable') askedAgain += 1;
					else if (error.code === 'conflict') {
						conflicts += 1;
						const theirs = error.details.theirs?.[field];
						if (typeof theirs !== 'string' || theirs === base || !error.details.fields?.[field])
							leftInTheDark += 1;
						// Some look at what was said to them, some read the page again.
						if (random() < 0.5) seen[field] = theirs as string;
						else seen = { ...(await read(oneOf(random, handles), actor)) };
					} else throw error;
				}
			}
		}
		await Promise.all(Array.from({ length: writers }, write));
		const seconds = (performance.now() - began) / 1000;

		const told = await database.asOwner((tx) =>
			rows<{ old: Texts; new: Texts }>(
				tx,
				sql`select data->'old' as old, data->'new' as new from words
					where subject_id = ${subject} and type = ${type} order by n`
			)
		);
		let overwritten = 0;
		const now: Texts = Object.fromEntries(fields.map((field) => [field, first[field] as string]));
		for (const event of told)
			for (const [field, old] of Object.entries(event.old)) {
				const words = event.new[field] as string;
				if (old !== now[field] || won.get(words)?.base !== old || won.get(words)?.field !== field)
					overwritten += 1;
				now[field] = words;
			}
		keep('edits', `${edited.name}, ${engine}`, {
			tried,
			won: won.size,
			conflicts,
			askedAgain,
			overwritten,
			seconds: Math.round(seconds)
		});

		expect(tried).toBeGreaterThanOrEqual(wanted);
		expect(won.size + conflicts + askedAgain).toBe(tried);
		expect(won.size).toBeGreaterThan(0);
		expect(conflicts).toBeGreaterThan(wanted / 10); // else the writers have not met
		expect(told).toHaveLength(won.size);
		expect(overwritten).toBe(0);
		expect(leftInTheDark).toBe(0);
		expect(await read(database, actors[0] as App.Actor)).toMatchObject(now);
	});

	test('two people in different fields both win', async () => {
		const { inputOf, read, actors } = await aMeasure();
		const [one, other] = actors as [App.Actor, App.Actor];
		const seen = await read(database, one);
		const write = (actor: App.Actor, field: string, words: string) =>
			execute(
				oneOf(random, handles),
				editTexts,
				actor,
				inputOf({ [field]: words }, { [field]: seen[field] as string }),
				crypto.randomUUID()
			);
		await Promise.all([write(one, 'titleRo', 'Titlul meu'), write(other, 'indicators', 'Indicatorii mei')]);
		expect(await read(database, one)).toMatchObject({ titleRo: 'Titlul meu', indicators: 'Indicatorii mei' });
	});
});
