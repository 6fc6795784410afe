/** Minutes that were approved: one seal for all readers, and nothing changed in a print goes unseen. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { commands } from '#lib/commands.server.ts';
import type { Refusal } from '#lib/errors.ts';
import { frozenOf } from '#lib/meetings/minutes.ts';
import { readSealed } from '#lib/meetings/minutes.server.ts';
import { readMeeting } from '#lib/meetings/queries.server.ts';
import { byKind } from '#lib/meetings/rows.ts';
import { hashOf, type SealedMinutes, sealOf, verify } from '#lib/meetings/seal.js';
import { type AnyCommand, execute } from '#lib/server/command.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { randomFrom, seed, size } from '../support/results.ts';
import { layTable, type Table } from '../support/table.ts';

const tamperings = size('TAMPERINGS', 1000, 1000);

describe.each(engines)('sealed minutes, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	let chair: Actor;
	let meetingId: string;
	let noteId: string;
	const restricted = ['Schema de finanțare', 'Cifrele rămân între noi', 'Se trimit cifrele'];

	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
		chair = table.member('comisia', 'coordinator');
		({ meetingId, noteId } = await hold());
	});
	afterAll(() => database.close());

	const act = async (name: string, actor: Actor, input: unknown) =>
		(await execute(database, commands.get(name) as AnyCommand, actor, input, crypto.randomUUID()))
			.result as Record<string, string>;
	const refused = (name: string, actor: Actor, input: unknown) =>
		act(name, actor, input).then(
			() => 'done',
			(error: unknown) => (error as Refusal).onTheWire()
		);
	const read = (actor: Actor, version?: number, forCircle?: string) =>
		database.as('hora_app', { member: actor.memberId, forCircle }, (tx) =>
			readSealed(tx, meetingId, version)
		) as Promise<SealedMinutes>;
	const said = ({ lines }: SealedMinutes) => lines.flatMap(({ said }) => said ?? []);
	const approve = (reason = '', approved = 0) => ({ meetingId, reason, base: { approved } });

	/** Two items, of which the second is the state's alone; lines, a round and a decision under each. */
	async function hold() {
		const { circle } = table;
		const keeper = table.member('comisia', 'secretariat');
		const { id: meetingId } = await act('meeting.plan', keeper, {
			...{ circleId: circle.all, title: 'Ședința', day: '2099-12-01', time: '10:00' },
			chairId: chair.memberId
		});
		const add = (circleId: string, titleRo: string) =>
			act('agenda.add', chair, { meetingId, circleId, minutes: 5, titleRo });
		const items = [
			await add(circle.all, 'Formularul comun'),
			await add(circle.state, restricted[0] as string)
		];
		await act('meeting.open', chair, { meetingId, base: { state: 'planned' } });
		await act('attendance.guest', chair, { meetingId, guestName: 'Vasile Exemplu', guestBody: 'Direcția' });
		let [noteId, current] = ['', null as string | null];
		const words = [
			['Un rând', 'Pleacă în județe'],
			[restricted[1], restricted[2]]
		];
		for (const [i, { id: itemId, slotId }] of items.entries()) {
			const [line, decided] = words[i] as [string, string];
			await act('meeting.take', chair, { meetingId, slotId, base: { current } });
			const { id } = await act('note.write', chair, { itemId, text: line });
			if (i === 0) noteId = id as string;
			await act('proposal.put', chair, { itemId, textRo: decided });
			await act('decision.record', chair, {
				...{ itemId, textRo: decided, organisations: [table.organisation.minister] }
			});
			current = slotId as string;
		}
		return { meetingId: meetingId as string, noteId };
	}

	test('the chair of a meeting that is over approves, or the secretariat, and nobody else', async () => {
		expect(await refused('minutes.approve', chair, approve())).toEqual({ code: 'forbidden' });
		await act('meeting.close', chair, { meetingId, base: { state: 'open' } });
		for (const one of [table.member('comisia'), table.member('minister', 'coordinator')])
			expect(await refused('minutes.approve', one, approve())).toEqual({ code: 'forbidden' });
		await act('minutes.approve', chair, approve());
		expect(
			await database.as('hora_app', { member: chair.memberId }, (tx) => readMeeting(tx, meetingId))
		).toMatchObject({ sealed: { version: 1, memberName: chair.name, reason: '' } });

		// The database holds to it as well, whatever the application asks.
		const { memberId: member } = table.member('comisia');
		const asked = database.as('hora_app', { member }, (tx) =>
			tx.execute(sql`select approve_minutes(${meetingId}, '')`)
		);
		await expect(asked).rejects.toMatchObject({ cause: { code: '42501' } });
	});

	test('every reader has the same seal and the same hashes, and words of their own circles alone', async () => {
		const [state, embassy] = [await read(table.member('minister')), await read(table.member('ambasada'))];
		expect([embassy.seal, embassy.lines.map(({ hash }) => hash)]).toEqual([
			state.seal,
			state.lines.map(({ hash }) => hash)
		]);
		expect(state.seal).toBe(
			sealOf(
				state,
				state.lines.map(({ hash }) => hash)
			)
		);
		expect(verify(state, state.seal)).toMatchObject({ ok: true, readable: 9, hidden: 0 });
		expect(verify(embassy, state.seal)).toMatchObject({ ok: true, readable: 5, hidden: 4 });
		for (const words of restricted) {
			expect(said(state).join()).toContain(words);
			expect(JSON.stringify(embassy)).not.toContain(words);
		}
		// So has a print of the state's for everybody.
		const { seal, lines } = await read(table.member('minister'), undefined, table.circle.all);
		expect([seal, lines]).toEqual([embassy.seal, embassy.lines]);
	});

	test('what was approved is shown as it was, names too, whatever is changed afterwards', async () => {
		const reader = table.member('ambasada');
		const organisations = [
			{ id: table.organisation.minister, kind: 'ministry', shortRo: 'Alt nume', shortEn: 'Another name' }
		] as unknown as Parameters<typeof frozenOf>[1]['organisations'];
		const frozen = frozenOf(said(await read(reader)), { circles: [], organisations });
		const { meeting, items, notes, proposals, decisions } = byKind(frozen.rows);
		expect(meeting).toMatchObject({ title: 'Ședința', attendance: [{ name: 'Vasile Exemplu' }] });
		expect(items.map(({ titleRo }) => titleRo)).toEqual(['Formularul comun']);
		expect([notes, proposals, decisions].map((one) => one.length)).toEqual([1, 1, 1]);
		expect(frozen.organisations).toMatchObject([{ shortRo: 'minister' }]);

		// A line is put right after the meeting: another version, which says what has changed.
		await act('note.edit', chair, { noteId, text: 'Altfel', base: { text: 'Un rând' } });
		expect(said(await read(reader)).join()).toContain('Un rând');
		expect(await refused('minutes.approve', chair, approve('', 1))).toEqual({
			...{ code: 'invalid', fields: { reason: 'minutes.say_what_changed' } }
		});
		await act('minutes.approve', chair, approve('Rândul întâi', 1));
		expect(said(await read(reader)).join()).toContain('Altfel');
		expect(said(await read(reader, 1)).join()).toContain('Un rând');
		expect((await read(reader)).seal).not.toBe((await read(reader, 1)).seal);
	});

	test(`${tamperings} tamperings with a print's file are all found, seed ${seed}`, async () => {
		const random = randomFrom(seed);
		const number = (below: number) => Math.floor(random() * below);
		const prints = [await read(table.member('minister')), await read(table.member('ambasada'))];
		const tampers: ((print: SealedMinutes, at: number) => void)[] = [
			({ lines }, at) => void lines.splice(at, 1),
			({ lines }, at) =>
				void lines.splice(at, 0, { ...(lines[number(lines.length)] as object), hash: hex() }),
			({ lines }, at) => {
				const to = (at + 1 + number(lines.length - 1)) % lines.length;
				lines.splice(to, 0, ...lines.splice(at, 1));
			},
			(print, at) => change(print, at),
			// The words and their hash, and even the seal: the paper still says another.
			(print, at) => {
				change(print, at);
				const line = print.lines[at] as SealedMinutes['lines'][number];
				line.hash = line.said === undefined ? hex() : hashOf(line as { salt: string; said: string });
			},
			(print) => void (print.version += 1),
			(print) => void (print.meeting = crypto.randomUUID())
		];
		const hex = () => Array.from({ length: 64 }, () => '0123456789abcdef'[number(16)] as string).join('');
		function change(print: SealedMinutes, at: number) {
			const line = print.lines[at] as SealedMinutes['lines'][number];
			if (line.said === undefined) return void (line.hash = hex());
			const place = number(line.said.length);
			const other = line.said[place] === 'a' ? 'b' : 'a';
			line.said = line.said.slice(0, place) + other + line.said.slice(place + 1);
		}

		let found = 0;
		for (let i = 0; i < tamperings; i++) {
			const whole = prints[i % prints.length] as SealedMinutes;
			const print = structuredClone(whole);
			const at = number(print.lines.length);
			(tampers[number(tampers.length)] as (typeof tampers)[number])(print, at);
			if (JSON.stringify(print) === JSON.stringify(whole)) continue;
			expect(verify(print, whole.seal).ok, `tampering ${i} at ${at}`).toBe(false);
			// Whoever seals it anew is found out by what stands on paper.
			print.seal = sealOf(
				print,
				print.lines.map(({ hash }) => hash)
			);
			expect(verify(print, whole.seal).ok, `tampering ${i} at ${at}, sealed anew`).toBe(false);
			found++;
		}
		expect(found).toBeGreaterThan(tamperings * 0.95);
		for (const nothing of [
			undefined,
			null,
			1,
			'',
			[],
			{},
			{ ...prints[0], lines: [{}] },
			{ ...prints[0], seal: 1 }
		])
			expect(verify(nothing)).toEqual({ ok: false, fault: 'not-minutes' });
	});

	test('whoever holds a print checks it without Hora being built', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'hora-seal-'));
		const run = (name: string, content: string, ...more: string[]) => {
			const file = join(folder, name);
			writeFileSync(file, content);
			try {
				return execFileSync('node', ['src/verify-minutes.js', file, ...more], {
					encoding: 'utf8',
					stdio: 'pipe'
				});
			} catch (error) {
				return (error as { stderr: string }).stderr;
			}
		};
		try {
			const print = await read(table.member('ambasada'));
			expect(run('whole.json', JSON.stringify(print), print.seal)).toMatch(
				/5 lines can be read, 4 are restricted/
			);
			const { lines } = print;
			expect(run('cut.json', JSON.stringify({ ...print, lines: lines.slice(1) }))).toMatch(
				/missing, was added/
			);
			expect(run('other.json', JSON.stringify(print), '0'.repeat(64))).toMatch(/not what was printed/);
			expect(run('no.json', 'Nu este')).toMatch(/no file of minutes/);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
