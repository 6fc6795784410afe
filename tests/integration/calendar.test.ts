/** The private calendar, read back by another program's parser (ical.js), and what is not in it. */

import ICAL from 'ical.js';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { newToken } from '#lib/auth/token.server.ts';
import { writeCalendar } from '#lib/notifications/calendar.server.ts';
import { asCalendar, fold } from '#lib/notifications/ics.ts';
import {
	calendarAddress,
	calendarOf,
	endCalendar,
	renewCalendar
} from '#lib/notifications/keep-calendar.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { setDate } from '#lib/strategy/edit-measure.server.ts';
import { addStep } from '#lib/strategy/steps.server.ts';
import { promiseAnswer } from '#lib/updates/answer-request.server.ts';
import { postUpdate } from '#lib/updates/post-update.server.ts';
import { engines, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { layTable, type Table } from '../support/table.ts';

const site = 'https://hora.example.org';

/** As another program has it. */
function parsed(ics: string) {
	const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[]);
	return calendar.getAllSubcomponents('vevent').map((component) => {
		const event = new ICAL.Event(component);
		return {
			uid: event.uid,
			summary: event.summary,
			day: event.startDate.toString(),
			until: event.endDate.toString(),
			allDay: event.startDate.isDate,
			sequence: event.sequence,
			url: component.getFirstPropertyValue('url') as string,
			stamp: String(component.getFirstPropertyValue('dtstamp'))
		};
	});
}

describe.each(engines)('the calendar, on %s', (engine) => {
	let database: TestDatabase;
	let table: Table;
	beforeAll(async () => {
		database = await openTestDatabase(engine);
		table = await layTable(database);
	});
	afterAll(() => database.close());

	const act = (command: Parameters<typeof execute>[1], actor: Actor, input: unknown) =>
		execute(database, command, actor, input, crypto.randomUUID()).then(({ result }) => result);
	const read = async (actor: Actor, language: 'ro' | 'en' = 'ro') =>
		writeCalendar(database, site, actor, language);
	const date = (measureId: string, nextDate: string, was: string | null = null) =>
		act(setDate, table.member('comisia'), {
			...{ measureId, nextDate, reason: 'Convenit', base: { nextDate: was } }
		});

	test('holds our dates, steps and answers, as whole days; of what is narrower only that it is there', async () => {
		const ministry = table.member('minister');
		const title =
			'Formular; comun, cu „ghilimele”, \\bare și un titlu lung de tot, pentru toate instituțiile 🏛️';
		const open = await table.addMeasure({ title, partners: [] });
		const narrow = await table.addMeasure({ title: 'Canarul îngust', circle: 'state', partners: [] });
		const [{ code } = { code: '' }] = await database.asOwner((tx) =>
			rows<{ code: string }>(tx, sql`select code from measures where id = ${open}`)
		);
		await date(open, '2027-03-28');
		await date(narrow, '2027-03-29');
		await act(addStep, ministry, {
			measureId: open,
			titleRo: 'Avizat',
			titleEn: 'Cleared',
			date: '2027-10-31'
		});
		await act(addStep, ministry, { measureId: open, titleRo: 'Făcut', date: '2027-01-01', done: true });
		const ask = (circle: 'all' | 'state', by: Actor, of: string, due: string) =>
			act(postUpdate, by, {
				...{ measureId: open, circleId: table.circle[circle], kind: 'question', text: 'Canarul cuvintelor' },
				asks: { organisationIds: [of], due }
			});
		const { organisation, member } = table;
		const asked = await ask('all', member('ong'), organisation.minister, '2099-01-10');
		await ask('all', ministry, organisation.agentia, '2099-01-11');
		await ask('state', member('agentia'), organisation.minister, '2099-01-12');

		const ics = await read(ministry);
		const events = parsed(ics);
		expect(events.map(({ day, summary }) => [day, summary])).toEqual([
			['2027-03-28', `Termen: ${code} ${title}`],
			['2027-03-29', 'Un termen într-un cerc restrâns'],
			['2027-10-31', `Avizat (${code})`],
			['2099-01-10', `De răspuns către ong: ${code} ${title}`],
			['2099-01-11', `Răspuns așteptat de la agentia: ${code} ${title}`],
			['2099-01-12', 'Un termen într-un cerc restrâns']
		]);
		for (const { allDay, day, until, url, stamp } of events) {
			expect(allDay).toBe(true);
			expect(Date.parse(until) - Date.parse(day)).toBe(86_400_000);
			expect(url).toMatch(/^https:\/\/hora\.example\.org\/(measures\/[0-9a-f-]{36}|overview)$/);
			expect(stamp).toMatch(/Z$/);
		}
		expect(ics).not.toMatch(/Canarul/);
		expect(ics).not.toContain(narrow);
		expect(events.filter(({ url }) => url.endsWith('/overview'))).toHaveLength(2);
		for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
		expect(ics.replaceAll('\r\n', '')).not.toContain('\n');

		// What changes stays the same entry, and its number rises.
		await new Promise((done) => setTimeout(done, 1100));
		await date(open, '2028-10-29', '2027-03-28');
		await act(promiseAnswer, ministry, {
			...{ updateId: asked.id, due: '2099-02-10', base: { due: '2099-01-10' } }
		});
		const after = parsed(await read(ministry, 'en'));
		for (const [was, is, day] of [
			[events[0], after.find(({ uid }) => uid === events[0]?.uid), '2028-10-29'],
			[events[3], after.find(({ uid }) => uid === events[3]?.uid), '2099-02-10']
		] as const) {
			expect(is?.day).toBe(day);
			expect(is?.sequence).toBeGreaterThan(was?.sequence ?? Infinity);
		}
		expect(after.map(({ summary }) => summary)).toContain(`Deadline: ${code} ${title}`);
		expect(new Set(after.map(({ uid }) => uid)).size).toBe(6);
		// Others have their own.
		expect(parsed(await read(member('asociatia')))).toEqual([]);
	});

	test('its address opens it until it is renewed, closed, or its member is gone; any other is nowhere', async () => {
		const actor = table.member('ong', 'coordinator');
		const renew = async () => {
			const { secret } = newToken();
			const { calendar = '' } = await act(renewCalendar, actor, { secret });
			return calendarAddress(site, calendar, secret).split('/').at(-1)?.replace('.ics', '') as string;
		};
		const opens = async (address: string) => (await calendarOf(database, address))?.actor.memberId;
		const first = await renew();
		expect(await opens(first)).toBe(actor.memberId);
		const kept = await database.asOwner((tx) =>
			rows<{ row: string }>(tx, sql`select to_jsonb(c)::text as row from signin.calendars c`)
		);
		expect(JSON.stringify(kept)).not.toContain(first.split('.')[1]);

		const second = await renew();
		expect(await opens(first)).toBeUndefined();
		for (const wrong of ['', 'x', second.replace(/.$/, (last) => (last === '0' ? '1' : '0')), `${second}0`])
			expect([wrong, await opens(wrong)]).toEqual([wrong, undefined]);
		const { memberId, organisationId } = actor;
		for (const [gone, back] of [
			[
				sql`update members set until = now() where id = ${memberId}`,
				sql`update members set until = null where id = ${memberId}`
			],
			[
				sql`update members set active = false where id = ${memberId}`,
				sql`update members set active = true where id = ${memberId}`
			],
			[
				sql`update organisations set retired_at = now() where id = ${organisationId}`,
				sql`update organisations set retired_at = null where id = ${organisationId}`
			]
		] as const) {
			await database.asOwner((tx) => tx.execute(gone));
			expect(await opens(second)).toBeUndefined();
			await database.asOwner((tx) => tx.execute(back));
			expect(await opens(second)).toBe(memberId);
		}
		await act(endCalendar, actor, { base: { calendar: true } });
		expect(await opens(second)).toBeUndefined();
	});
});

test('a long line is folded between letters, and comes back whole', () => {
	for (const summary of [
		'ș'.repeat(200),
		'🏛️'.repeat(60),
		'a'.repeat(75),
		'a'.repeat(76),
		`${'a'.repeat(73)}țț`
	]) {
		for (const line of fold(summary).split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		const entry = { uid: 'x@hora.invalid', day: '2027-03-28', href: site, changedAt: '2026-11-29T10:00:00Z' };
		expect(parsed(asCalendar('Hora', [{ ...entry, summary }]))[0]?.summary).toBe(summary);
	}
	const tricky = 'a;b,c\\d\ne:"f"';
	const entry = { uid: 'x@hora.invalid', day: '2028-02-29', href: site, changedAt: '2026-11-29T10:00:00Z' };
	const [event] = parsed(asCalendar('Hora', [{ ...entry, summary: tricky }]));
	expect(event).toMatchObject({ summary: tricky, day: '2028-02-29', until: '2028-03-01' });
});
