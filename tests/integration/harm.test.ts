/**
 * No harm: what was confirmed leaves no trace of what was written; a post that is flagged leaves everybody's sight but its
 * author's organisation's; and after a removal its words stand nowhere in the whole database, nor come by any way.
 */

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from '#lib/commands.server.ts';
import { Refusal } from '#lib/errors.ts';
import { catchUp, readHeads } from '#lib/events/log.server.ts';
import { historyOf } from '#lib/events/history.server.ts';
import { listNews } from '#lib/news/queries.server.ts';
import { search } from '#lib/search/search.server.ts';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { listUpdates } from '#lib/updates/queries.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Seat, type Table } from '../support/table.ts';

describe.each(engines)('no harm, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const send = async (name: string, actor: App.Actor, input: Record<string, unknown>) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID())).result;
	const refused = (name: string, actor: App.Actor, input: Record<string, unknown>) =>
		send(name, actor, input).then(
			() => undefined,
			(error: unknown) => (error as Refusal).onTheWire()
		);
	const secretariat = () => table.member('comisia', 'secretariat');
	const everybody: Seat[] = ['comisia', 'minister', 'agentia', 'ong', 'asociatia', 'ambasada', 'organismul'];

	/** All that stands in the database, by table. */
	const dump = () =>
		database.asOwner(async (tx) => {
			const tables = await rows<{ name: string }>(
				tx,
				sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'signin')`
			);
			const all: [string, string][] = [];
			for (const { name } of tables) {
				const [found] = await rows<{ text: string }>(
					tx,
					sql.raw(`select coalesce(string_agg(t::text, ' '), '') as text from ${name} t`)
				);
				all.push([name, found?.text ?? '']);
			}
			return all;
		});
	const tablesWith = async (words: string) =>
		(await dump()).filter(([, text]) => text.includes(words)).map(([name]) => name);

	/** By every way in which a page, a browser or a search could tell this reader. */
	const told = (seat: Seat, role: 'contributor' | 'secretariat', measureId: string, words: string) => {
		const reader = { member: table.member(seat, role).memberId };
		return database
			.as('hora_app', reader, async (tx) =>
				JSON.stringify([
					await listUpdates(tx, measureId),
					await historyOf(tx, measureId),
					await listNews(tx, { days: 30, limit: 200 }),
					await search(tx, words, { language: 'ro', today: '2026-11-24', atMost: 20 }),
					await readHeads(tx)
				])
			)
			.then(async (page) => {
				const { heads, epoch } = await database.as('hora_app', reader, readHeads);
				const since = Object.fromEntries(Object.keys(heads).map((circle) => [circle, 0]));
				let all = page;
				for (let more = true, from = since; more;) {
					const answer = await catchUp(database, reader, from, epoch);
					all += JSON.stringify(answer.events);
					more = answer.more;
					from = answer.heads;
				}
				return all;
			});
	};
	const whoIsTold = async (measureId: string, words: string) => {
		const heard: string[] = [];
		for (const seat of everybody)
			for (const role of ['contributor', 'secretariat'] as const)
				if ((await told(seat, role, measureId, words)).includes(words)) heard.push(`${seat} ${role}`);
		return heard;
	};

	test('what is flagged is told to its organisation alone; what is removed is told to nobody and stands nowhere', async () => {
		const measureId = await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
		const { circle } = table;
		const ong = table.member('ong');
		const post = { measureId, circleId: circle.national, kind: 'question', text: 'Despre smaragdunu' };
		const { id: updateId } = await send('update.post', ong, {
			...post,
			asks: { organisationIds: [table.organisation.minister], due: null }
		});
		await send('update.edit', ong, {
			updateId,
			text: 'smaragdunu și **smaragddoi**',
			base: { text: post.text }
		});
		const answer = { updateId, text: 'Răspunsul agat' };
		await send('request.answer', table.member('minister'), answer);
		expect(await whoIsTold(measureId, 'smaragdunu')).toHaveLength(10);

		const { flagId } = await send('flag.raise', table.member('agentia', 'observer'), { updateId });
		expect(await whoIsTold(measureId, 'smaragdunu')).toEqual(['ong contributor', 'ong secretariat']);
		// The answer of another goes to those who wrote it.
		expect(await whoIsTold(measureId, 'agat')).toEqual(['minister contributor', 'minister secretariat']);
		expect(await tablesWith('smaragddoi')).toEqual(
			expect.arrayContaining(['public.flags', 'public.updates', 'public.words'])
		);

		const why = 'Numea o persoană';
		await send('flag.remove', secretariat(), { flagId, why });
		for (const words of ['smaragdunu', 'smaragddoi']) {
			expect(await whoIsTold(measureId, words)).toEqual([]);
			expect(await tablesWith(words)).toEqual([]);
		}
		// That something was removed, by whom and why, stays with those whose words they were, and with the secretariat.
		expect(await whoIsTold(measureId, why)).toEqual(
			everybody.flatMap((seat) => [...(seat === 'ong' ? ['ong contributor'] : []), `${seat} secretariat`])
		);
		expect(await tablesWith(why)).toEqual(expect.arrayContaining(['public.flags', 'public.words']));
	});

	test('a second flag, a change while it is flagged, and a second decision are refused clearly', async () => {
		const measureId = await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
		const ong = table.member('ong');
		const post = { measureId, circleId: table.circle.all, kind: 'comment', text: 'Ceva' };
		const { id: updateId } = await send('update.post', ong, post);
		const both = await Promise.allSettled([
			send('flag.raise', table.member('ambasada'), { updateId }),
			send('flag.raise', ong, { updateId })
		]);
		const done = both.filter(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<{
			flagId: string;
		}>[];
		expect(done).toHaveLength(1);
		const flagId = done[0]?.value.flagId;

		expect(await refused('flag.raise', ong, { updateId })).toEqual({
			code: 'invalid',
			fields: { form: 'update.is_flagged' }
		});
		// Whoever does not see it any more hears nothing of it.
		expect(await refused('flag.raise', table.member('ambasada'), { updateId })).toEqual({
			code: 'not-found'
		});
		const base = { text: 'Ceva' };
		expect(await refused('update.edit', ong, { updateId, text: 'Alta', base })).toEqual({
			code: 'forbidden'
		});
		expect(await refused('update.withdraw', ong, { updateId })).toEqual({ code: 'forbidden' });
		const back = { updateId, circleId: table.circle.all, base: { circleId: ong.ownCircleId } };
		expect(await refused('update.move', ong, back)).toEqual({ code: 'forbidden' });
		expect(await refused('update.reply', ong, { updateId, text: 'Da' })).toMatchObject({
			fields: { form: 'update.is_flagged' }
		});

		const why = 'Nu numește pe nimeni';
		const decisions = await Promise.allSettled(
			['flag.restore', 'flag.remove'].map((name) => send(name, secretariat(), { flagId, why }))
		);
		expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await refused('flag.remove', secretariat(), { flagId, why })).toEqual({
			code: 'invalid',
			fields: { form: 'flag.is_decided' }
		});

		const { id: gone } = await send('update.post', ong, post);
		await send('update.withdraw', ong, { updateId: gone });
		expect(await refused('flag.raise', table.member('minister'), { updateId: gone })).toEqual({
			code: 'invalid',
			fields: { form: 'update.is_withdrawn' }
		});
	});

	test('a warning names the kinds, a reason lets it pass once, and what was written is kept nowhere but where it was written', async () => {
		const printed: string[] = [];
		for (const method of ['log', 'info', 'warn', 'error'] as const)
			vi.spyOn(console, method).mockImplementation((...said) => void printed.push(JSON.stringify(said)));
		const measureId = await table.addMeasure({ leads: ['minister'], partners: ['ong'] });
		const post = { measureId, circleId: table.circle.all, kind: 'comment' };
		const text = 'La 0212 345 678 sau ion.citrin@gmail.com, dosar 4321/3/2024';
		const minister = table.member('minister');

		const warned = await refused('update.post', minister, { ...post, text });
		expect(warned).toEqual({
			code: 'invalid',
			fields: { text: 'words.plausible_phone' },
			confirm: ['phone', 'email', 'case_file']
		});
		// What is wrong comes first, and a reason is no way round it.
		expect(
			await refused('update.post', minister, { ...post, kind: 'x', text, confirmed: 'Este un număr public' })
		).toEqual({ code: 'invalid', fields: { kind: 'form.invalid' } });
		const both = { ...post, text: `${text} 1800101700011`, confirmed: 'Este un număr public' };
		expect(await refused('update.post', minister, both)).toEqual({
			code: 'invalid',
			fields: { text: 'words.personal_number' }
		});
		for (const [confirmed, key] of [
			['scurt', 'confirm.too_short'],
			[7, 'words.not_text'],
			['Numărul 0722 123 456 e al meu', 'words.plausible_phone'],
			['CNP 1800101700011', 'words.personal_number']
		])
			expect(await refused('update.post', minister, { ...post, text, confirmed })).toMatchObject({
				fields: { confirmed: key },
				confirm: ['phone', 'email', 'case_file']
			});
		expect(await tablesWith('citrin')).toEqual([]);

		const operation = crypto.randomUUID();
		const declared = commands.get('update.post') as AnyCommand;
		const input = { ...post, text, confirmed: '  Este adresa biroului, publică ' };
		const first = await execute(database, declared, minister, input, operation);
		const again = await execute(database, declared, minister, input, operation);
		expect(again).toEqual({ ...first, repeated: true });

		const kept = await database.as('hora_app', { member: secretariat().memberId }, (tx) =>
			rows(
				tx,
				sql`select command, field, kinds, reason, subject_id, member_id from confirmations where subject_id = ${first.result.id}`
			)
		);
		expect(kept).toEqual([
			{
				command: 'update.post',
				field: 'text',
				kinds: ['phone', 'email', 'case_file'],
				reason: 'Este adresa biroului, publică',
				subject_id: first.result.id,
				member_id: minister.memberId
			}
		]);
		const others = await database.as('hora_app', { member: minister.memberId }, (tx) =>
			rows(tx, sql`select from confirmations`)
		);
		expect(others).toEqual([]);
		expect((await tablesWith('citrin')).sort()).toEqual(['public.updates', 'public.words']);
		expect(printed.filter((line) => /citrin|345 678/.test(line))).toEqual([]);
		vi.restoreAllMocks();
	});
});
