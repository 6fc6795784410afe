/** Search, held against a plain query under row-level security: what the one finds the other reads, and nothing else. */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { marked } from '#lib/search/marks.ts';
import { asTyped, search } from '#lib/search/search.server.ts';
import { json, type Reader, rows, type Tx } from '#lib/server/database.server.ts';
import { measures, steps } from '#lib/strategy/tables.server.ts';
import { postUpdate, withdrawUpdate } from '#lib/updates/post-update.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { engines, openTestDatabase, sharedOut, type TestDatabase } from '../support/database.ts';
import { fill, marks } from '../support/many.ts';
import { keep, oneOf, randomFrom, seed, size } from '../support/results.ts';
import { layTable, type Table } from '../support/table.ts';

const asked = { language: 'ro', today: '2026-11-24', atMost: 50 } as const;
const most = 100;
let hitsOfFirst: number | undefined;

describe.each(engines)('search by 200 random members for random words, on %s', (engine) => {
	const random = randomFrom(seed);
	let database: TestDatabase;
	let world: Awaited<ReturnType<typeof fill>>;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		world = await fill(database, random, {
			...{ organisations: 20, circles: 12, members: 240, measures: 150, updates: 1500 }
		});
	});
	afterAll(() => database.close());

	type Case = { reader: Reader; words: string };

	/** A member; now and then one who views as another, for a named circle, or is no member at all. */
	function draw(): Case {
		const [member, other] = [oneOf(random, world.members).id, oneOf(random, world.members).id];
		const reader = oneOf<Reader>(random, [
			...Array.from({ length: 14 }, () => ({ member })),
			...[
				{ member, viewingAs: other },
				{ member, viewingAs: other }
			],
			...[{ member, forCircle: oneOf(random, world.circles).id }, { visitor: true }, {}]
		]);
		const count = oneOf(random, [1, 1, 1, 2, 2, 3]);
		const words = Array.from({ length: count }, world.word);
		const last = words.at(-1) as string;
		if (random() < 0.4) words[count - 1] = last.slice(0, Math.max(3, last.length - 2));
		if (random() < 0.1) words.splice(0, count, oneOf(random, world.measures).code);
		return { reader, words: words.join(oneOf(random, [' ', '  ', ', '])) };
	}

	type Ids = { kind: string; total: number; ids: string[] }[];

	const bySearch = ({ reader, words }: Case) =>
		database.as('hora_app', reader, (tx) =>
			rows<Ids[number]>(
				tx,
				sql`select kind, max(total)::int as total, array_agg(id::text order by id::text) as ids
					from search(${words}, ${most}) group by 1 order by 1`
			)
		);

	/** What the policies let through, asked as anybody would. Which posts hang on which measure is read, too, not known. */
	async function byPlainQuery({ reader, words }: Case): Promise<Ids> {
		const [query] = await database.asOwner((tx) =>
			rows<{ words: string; code: string }>(
				tx,
				sql`select looked_for(${words})::text as words, fold(${words}) as code`
			)
		);
		const found = sql`found_by @@ ${query?.words}::tsquery`;
		return database.as('hora_app', reader, (tx) =>
			rows<Ids[number]>(
				tx,
				sql`select kind, count(*)::int as total, array_agg(id::text order by id::text) as ids from (
						select 'measure' as kind, id from measures
							where retired_at is null and (${found} or starts_with(lower(code), ${query?.code}))
						union all select 'organisation', id from organisations where ${found}
						union all select 'update', id from updates
							where ${found} and withdrawn_at is null
								and measure_id in (select id from measures where retired_at is null)
					) x group by 1 order by 1`
			)
		);
	}

	/** How many of the cases come out otherwise than by the plain query. */
	async function disagreements(cases: Case[]) {
		let wrong = 0;
		let hits = 0;
		for (const one of cases) {
			const [found, plain] = [await bySearch(one), await byPlainQuery(one)];
			hits += found.reduce((sum, { total }) => sum + total, 0);
			// Beyond the most that it answers with, search says only how many there are.
			const same =
				found.length === plain.length &&
				plain.every(({ kind, total, ids }, i) => {
					const its = found[i] as Ids[number];
					const shown = its.ids.every((id) => ids.includes(id)) && its.ids.length === Math.min(total, most);
					return its.kind === kind && its.total === total && shown;
				});
			if (!same) wrong++;
		}
		return { wrong, hits };
	}

	const cases = () => Array.from({ length: size('SEARCHES', 80, 200) }, draw);

	test('finds what a plain query under row-level security finds', async () => {
		const all = cases();
		const { wrong, hits } = await disagreements(all);
		keep('search', `random members and words, ${engine}`, { cases: all.length, hits, wrong });
		expect(wrong).toBe(0);
		// The same world, the same words: the engines take them apart alike.
		expect(hits).toBe((hitsOfFirst ??= hits));
		expect(hits).toBeGreaterThan(all.length);
	});

	test('and a mark in a text is found by whoever may read it, as a search by hand finds it', async () => {
		let hits = 0;
		for (let i = 0; i < 100; i++) {
			const { reader } = draw();
			const mark = oneOf(random, marks).slice(0, oneOf(random, [6, 7]));
			const has = (...texts: string[]) =>
				texts.some((text) =>
					text.split(/[^\p{L}\p{M}\p{N}]+/u).some((word) => word.toLowerCase().startsWith(mark))
				);
			const byHand = await database.as('hora_app', reader, async (tx) => {
				const measures = await rows<Record<string, string>>(
					tx,
					sql`select id, title_ro, title_en, description_ro, description_en from measures where retired_at is null`
				);
				const updates = await rows<Record<string, string>>(
					tx,
					sql`select id, text, gist, measure_id from updates where withdrawn_at is null`
				);
				return [
					...measures.filter((m) => has(m.title_ro!, m.title_en!, m.description_ro!, m.description_en!)),
					...updates.filter((u) => has(u.text!, u.gist!) && measures.some(({ id }) => id === u.measure_id))
				].length;
			});
			const found = await bySearch({ reader, words: mark });
			const bySearching = found.filter(({ kind }) => kind !== 'organisation');
			expect(bySearching.reduce((sum, { total }) => sum + total, 0)).toBe(byHand);
			hits += byHand;
		}
		expect(hits).toBeGreaterThan(200);
	});

	const forgotten: [string, string, string][] = [
		['the circle of measures', 'm.circle_id = any(mine) and ', ''],
		['retired measures', ' and m.retired_at is null', ''],
		['which measures are seen', 'm.id = any(measures_seen)', 'true'],
		['who asks for organisations', 'anybody() and ', ''],
		['the circle of posts', 'f.circle_id = any(mine) and ', ''],
		['the measure of a post', ' and f.measure_id = any(measures_seen)', ''],
		['withdrawn posts', ' and u.withdrawn_at is null', '']
	];
	test.each(sharedOut(engine, forgotten))('a search that forgets %s is noticed', async (_, text, instead) => {
		const whole = await database.asOwner((tx) => definition(tx));
		expect(whole.split(text)).toHaveLength(2);
		await database.asOwner((tx) => tx.execute(sql.raw(whole.replace(text, instead))));
		const { wrong } = await disagreements(cases());
		await database.asOwner((tx) => tx.execute(sql.raw(whole)));
		expect(wrong).toBeGreaterThan(0);
	});

	async function definition(tx: Tx) {
		const [found] = await rows<{ text: string }>(
			tx,
			sql`select pg_get_functiondef('search'::regproc) as text`
		);
		return found?.text as string;
	}
});

describe.each(engines)('search on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const find = (words: string, reader: Reader = { member: table.member('ong').memberId }) =>
		database.as('hora_app', reader, (tx) => search(tx, words, asked));
	const ids = async (...of: Parameters<typeof find>) =>
		(await find(...of)).flatMap(({ hits }) => hits.map(({ id }) => id));
	const post = async (seat: Parameters<Table['member']>[0], input: Record<string, string>) => {
		const done = execute(database, postUpdate, table.member(seat), input, crypto.randomUUID());
		return (await done).result.id as string;
	};

	test('words are found without diacritics, with a comma or a cedilla, in other forms, half written', async () => {
		const id = await table.addMeasure({ title: 'Ședința grupului pentru victimele traficului' });
		for (const words of [
			...['sedinta', 'Ședința', 'ŞEDINŢA', 's\u0326edint\u0326a', 'şedinţei', 'sedintelor', 'sedi'],
			...[
				'victima',
				'VICTIMELOR',
				'victime trafic',
				'grupului',
				'ședințe de victime',
				'«ședința», (victimele)'
			]
		])
			expect([words, await ids(words)]).toEqual([words, [id]]);
		for (const words of ['sedinta ministrului', 'edinta', 'victimologic', 'de'])
			expect([words, await ids(words)]).toEqual([words, []]);
	});

	test('an English post by English words, a title by either language', async () => {
		const measureId = await table.addMeasure({ title: 'Bonuri' });
		await database.asOwner((tx) =>
			tx
				.update(measures)
				.set({ titleEn: 'Subsistence allowances' })
				.where(sql`id = ${measureId}`)
		);
		const kind = { kind: 'comment', language: 'en' };
		const text = 'We can pay for three **shelters** in Iași';
		const id = await post('ong', { measureId, circleId: table.circle.all, ...kind, text });
		expect(await ids('shelter')).toEqual([id]);
		expect(await ids('iasi')).toEqual([id]);
		expect(await ids('allowance')).toEqual([measureId]);
		expect((await find('allowances'))[0]?.hits[0]).toMatchObject({
			title: [{ text: 'Bonuri' }],
			excerpt: [{ text: 'Subsistence ' }, { text: 'allowances', found: true }]
		});
		expect((await find('pays'))[0]?.hits[0]).toMatchObject({
			code: expect.stringMatching(/^T\d/) as string,
			by: 'ong',
			excerpt: marked('We can pay for three shelters in Iași', 'pay')
		});
	});

	test('a post by its line in the other language, which is what its readers in that one see of it', async () => {
		const measureId = await table.addMeasure();
		const text = 'Formularul comun de identificare a fost aprobat';
		const gist = 'The common identification form has been approved';
		const said = { kind: 'comment', language: 'ro', text, gist };
		const id = await post('ong', { measureId, circleId: table.circle.ngos, ...said });
		const hitOf = async (words: string, language: 'ro' | 'en') =>
			database.as('hora_app', { member: table.member('ong').memberId }, async (tx) => {
				const groups = await search(tx, words, { ...asked, language });
				return groups.flatMap(({ hits }) => hits).find((hit) => hit.id === id);
			});
		expect(await hitOf('approvals', 'en')).toMatchObject({
			language: 'en',
			excerpt: marked(gist, 'approvals')
		});
		// The text that has the word, where the other one has not.
		expect(await hitOf('approved', 'ro')).toMatchObject({
			language: 'en',
			excerpt: marked(gist, 'approved')
		});
		expect(await hitOf('aprobate', 'en')).toMatchObject({
			language: 'ro',
			excerpt: marked(text, 'aprobate')
		});
		// Both have one that begins so.
		expect(await hitOf('identific', 'ro')).toMatchObject({ language: 'ro' });
		expect(await hitOf('identific', 'en')).toMatchObject({ language: 'en' });

		expect(await ids('approved', { member: table.member('ambasada').memberId })).toEqual([]);
		await execute(database, withdrawUpdate, table.member('ong'), { updateId: id }, crypto.randomUUID());
		expect(await ids('approved')).toEqual([]);
	});

	test('a code leads first, an organisation is found by its names', async () => {
		const named = await table.addMeasure({ title: 'Despre T1 și alte măsuri' });
		const [group] = await find('t1');
		expect(group?.hits[0]).toMatchObject({ code: 'T1' });
		expect(group?.hits.map(({ id }) => id)).toContain(named);
		await database.asOwner((tx) =>
			tx.execute(sql`update organisations set aliases = array['Agenția Națională Împotriva Traficului', 'ANITP']
				where id = ${table.organisation.agentia}`)
		);
		for (const words of ['anitp', 'agentia nationala', 'AGENTIA EXEMPLU'])
			expect([words, await ids(words)]).toEqual([words, [table.organisation.agentia]]);
	});

	test('what is withdrawn, retired, or of others is not found; an edit is found at once', async () => {
		const measureId = await table.addMeasure();
		const text = { kind: 'comment', language: 'ro', text: 'Cuvântul azurit' };
		const id = await post('ong', { measureId, circleId: table.circle.ngos, ...text });
		const embassy = { member: table.member('ambasada').memberId };
		expect(await ids('azurit')).toEqual([id]);
		expect(await ids('azurit', embassy)).toEqual([]);
		expect(await ids('azurit', { visitor: true })).toEqual([]);
		expect(await ids('azurit', {})).toEqual([]);

		const retire = (at: string | null) =>
			database.asOwner((tx) =>
				tx.execute(sql`update measures set retired_at = ${at}::timestamptz where id = ${measureId}`)
			);
		await retire('2026-01-01T00:00:00Z');
		expect(await ids('azurit')).toEqual([]);
		await retire(null);
		expect(await ids('azurit')).toEqual([id]);

		const author = table.member('ong');
		await execute(database, withdrawUpdate, author, { updateId: id }, crypto.randomUUID());
		expect(await ids('azurit')).toEqual([]);
	});

	test('any text is an answer', async () => {
		const hostile = [
			...[
				'',
				' ',
				"'",
				"''",
				';',
				'|',
				'&',
				'!',
				':*',
				'()',
				'<->',
				'\\',
				'%',
				'*',
				'"',
				'?',
				'«»',
				'--',
				'/*'
			],
			...["a' | b & !c:* <-> (d)", "x\\'; drop table updates", 'a:b', "l'an", '𝒜𝓈', '👩‍👩‍👧', 'ﷺ', 'ﬁ', '\u200b'],
			...[
				'a\0b',
				'\0',
				'a\ud800b',
				'\udfff',
				'\ud800',
				'x'.repeat(100_000),
				'și '.repeat(5_000),
				'é'.repeat(200)
			],
			...['http://a.ro/b?c=d', 'a@b.ro', '1.2.3', '-1e9', '\u0000\u001f\u007f', 'ſ', 'İ', 'ß', '\u0301'],
			...Array.from({ length: 200 }, () => jumble(randomFrom(seed), 12))
		];
		for (const words of hostile)
			await expect(find(words), JSON.stringify(words)).resolves.toBeInstanceOf(Array);
		for (const words of hostile.map(asTyped)) expect(words.isWellFormed()).toBe(true);
	});

	test('one statement, however much is found', async () => {
		const measureId = await table.addMeasure({ title: 'Cuarț' });
		const counted = (words: string) =>
			database.as('hora_app', { member: table.member('ong').memberId }, async (tx) => {
				let statements = 0;
				const execute: Tx['execute'] = (query) => (statements++, tx.execute(query));
				const found = await search({ execute } as Tx, words, asked);
				return { statements, found: found.reduce((sum, { hits }) => sum + hits.length, 0) };
			});
		expect(await counted('cuart')).toEqual({ statements: 1, found: 1 });
		for (let i = 0; i < 20; i++)
			await post('ong', {
				measureId,
				circleId: table.circle.all,
				kind: 'comment',
				language: 'ro',
				text: `Cuarț ${i}`
			});
		await database.asOwner((tx) =>
			tx.insert(steps).values({ measureId, circleId: table.circle.all, position: 1, titleRo: 'Pasul' })
		);
		expect(await counted('cuart')).toEqual({ statements: 1, found: 21 });
		keep('search', `statements, ${engine}`, { hits: 21, statements: 1 });
	});

	test('letters are compared in the database as in the browser', async () => {
		const { fold } = await import('#lib/fold.ts');
		const words = ['Ședință', 'ŞEDINŢĂ', 'Înțelegere', 'ÉCOLE', 's\u0326i', 'ﬁn', 'Ａ1', 'Ⅷ', 'ñÑ'];
		const [found] = await database.asOwner((tx) =>
			rows<{ folded: string[] }>(
				tx,
				sql`select array(select fold(w) from jsonb_array_elements_text(${json(words)}) w) as folded`
			)
		);
		expect(found?.folded).toEqual(words.map(fold));
	});
});

/** Signs that mean something to somebody, in any order. */
function jumble(random: () => number, length: number) {
	const signs = [...`'"\\|&!:*()<->~%_;,.@/#$ aAăș1\t\n`, '\u0327', '\ud83d', '\u202e'];
	return Array.from({ length }, () => oneOf(random, signs)).join('');
}
