/** Fills an empty database with the demonstration: the real commitments of 2024 and an invented table around them. */

import { sql } from 'drizzle-orm';
import { circleOrganisations, circles as circleTable } from '#lib/access/tables.server.ts';
import { demonstrationPassword } from '#lib/auth/demonstration.server.ts';
import { hashPassword } from '#lib/auth/password.server.ts';
import { accounts } from '#lib/auth/tables.server.ts';
import { subjects, workspace } from '#lib/events/tables.server.ts';
import {
	members as memberTable,
	organisations as organisationTable
} from '#lib/organisations/tables.server.ts';
import { type Tx } from '#lib/server/database.server.ts';
import {
	measureOrganisations,
	measures as measureTable,
	objectives as objectiveTable,
	steps as stepTable,
	strategies as strategyTable
} from '#lib/strategy/tables.server.ts';
import {
	decisionBodies,
	decisions as decisionTable,
	notes as noteTable
} from '#lib/meetings/decision-tables.server.ts';
import {
	positions as positionTable,
	proposals as proposalTable,
	votes as voteTable
} from '#lib/meetings/proposal-tables.server.ts';
import { agendaItems, agendaSlots, meetings } from '#lib/meetings/tables.server.ts';
import { addDays, today as todayOf } from '#lib/time.ts';
import { assign, readPlan, readSteps, type Reading } from '#lib/transfer/plan.ts';
import { parseProse } from '#lib/updates/prose.server.ts';
import { requests as requestTable, updates as updateTable } from '#lib/updates/tables.server.ts';
import { drafts as draftTable } from '#lib/voice/tables.server.ts';
import commitmentsCsv from './commitments-2024.csv?raw';
import stepsCsv from './commitments-2024-steps.csv?raw';
import {
	agenda,
	agendaBefore,
	circles,
	commitmentsAsOf,
	exampleDraft,
	type ExampleItem,
	type ExampleReply,
	exampleSource,
	measures,
	members,
	organisations,
	themes,
	updates
} from './demonstration.ts';
import institutions from './institutions.json';

/** Runs as the tables' owner, in one transaction. */
export async function loadDemonstration(tx: Tx, now = new Date()) {
	const table = await loadTable(tx);
	const plan = await loadPlan(tx, table, now);
	await loadUpdates(tx, table, plan, now);
	await loadDraft(tx, table, plan, now);
	await loadMeetings(tx, table, plan, now);
	await writeHistory(tx);
	await markSeen(tx);
	await tx.insert(workspace).values({ demonstration: true });
}

type Table = {
	organisation: Map<string, string>;
	circle: Map<string, string>;
	own: Map<string, string>;
	member: Map<string, { id: string; organisation: string }>;
};

/** Who sits at the table: organisations, circles, members. */
async function loadTable(tx: Tx): Promise<Table> {
	const organisation = ids([...institutions.institutions, ...organisations]);
	const idOf = (key: string) => need(organisation, key);

	await tx.insert(organisationTable).values([
		...organisations.map((one, position) => ({
			...named(one),
			id: idOf(one.key),
			position,
			seated: true,
			approves: one.key === 'min-a',
			example: true,
			source: exampleSource
		})),
		...institutions.institutions.map((one, i) => ({
			...named(one as typeof one & { kind: (typeof organisations)[number]['kind'] }),
			id: idOf(one.key),
			position: 100 + i,
			aliases: one.aliases,
			group: one.group,
			source: one.source
		}))
	]);

	const circle = new Map<string, string>();
	const place = async (key: string, values: Omit<typeof circleTable.$inferInsert, 'id'>) => {
		circle.set(key, crypto.randomUUID());
		await tx.insert(circleTable).values({ id: need(circle, key), ...values });
	};
	await place('public', { kind: 'public', nameRo: 'Public', nameEn: 'Public' });
	await place('all', { kind: 'all', nameRo: 'Toți partenerii', nameEn: 'All partners' });
	await place('secretariat', { kind: 'secretariat', nameRo: 'Secretariat', nameEn: 'Secretariat' });
	for (const { key, nameRo, nameEn, inside } of circles)
		await place(key, { nameRo, nameEn, inside: need(circle, inside) });

	const own = new Map<string, string>();
	for (const one of organisations) {
		await place(`own ${one.key}`, {
			kind: 'own',
			nameRo: `Doar ${one.nameRo}`,
			nameEn: `Only ${one.nameEn}`,
			organisationId: idOf(one.key)
		});
		own.set(one.key, need(circle, `own ${one.key}`));
	}
	await tx.insert(circleOrganisations).values([
		...organisations.flatMap(({ key }) => [
			{ circleId: need(circle, 'all'), organisationId: idOf(key) },
			{ circleId: need(own, key), organisationId: idOf(key) }
		]),
		...circles.flatMap(({ key, organisations }) =>
			organisations.map((one) => ({ circleId: need(circle, key), organisationId: idOf(one) }))
		)
	]);

	const member = new Map(
		members.map(({ window, organisation }) => [window as string, { id: crypto.randomUUID(), organisation }])
	);
	const idOfMember = (window: string) => need(member, window).id;
	await tx.insert(memberTable).values(
		members.map(({ window, organisation, name, role, functionRo, functionEn }) => ({
			id: idOfMember(window),
			organisationId: idOf(organisation),
			name,
			role,
			functionRo,
			functionEn
		}))
	);
	const passwordHash = await hashPassword(demonstrationPassword);
	await tx
		.insert(accounts)
		.values(
			members.map(({ window, email }) => ({ memberId: idOfMember(window), email, passwordHash, window }))
		);
	return { organisation, circle, own, member };
}

type Plan = Map<string, { id: string; circleId: string }>;

/** The strategy, its themes, the sixteen commitments and the example measures. */
async function loadPlan(tx: Tx, table: Table, now: Date): Promise<Plan> {
	const all = need(table.circle, 'all');
	const strategyId = crypto.randomUUID();
	const theme = ids(themes);
	await tx
		.insert(subjects)
		.values([
			{ id: strategyId, circleId: all },
			...[...theme.values()].map((id) => ({ id, circleId: all, parentId: strategyId }))
		]);
	const { titleRo, titleEn, source } = institutions.strategy;
	await tx.insert(strategyTable).values({ id: strategyId, circleId: all, titleRo, titleEn, source });
	await tx.insert(objectiveTable).values(
		themes.map(({ key, kind, titleRo, titleEn }, position) => ({
			id: need(theme, key),
			circleId: all,
			strategyId,
			kind,
			titleRo,
			titleEn,
			position
		}))
	);

	const today = todayOf(now);
	const inDays = (days: number | null) => (days === null ? null : addDays(today, days));
	const rows = [...commitments(theme, table, all), ...examples(theme, table, inDays)];

	await tx
		.insert(subjects)
		.values(
			rows.map(({ measure: { id, circleId, objectiveId } }) => ({ id, circleId, parentId: objectiveId }))
		);
	await tx.insert(measureTable).values(rows.map(({ measure }, position) => ({ ...measure, position })));
	await tx.insert(measureOrganisations).values(rows.flatMap((row) => row.organisations));
	await tx.insert(stepTable).values(rows.flatMap((row) => row.steps));
	return new Map(rows.map(({ measure }) => [measure.code, { id: measure.id, circleId: measure.circleId }]));
}

type Loaded = {
	measure: typeof measureTable.$inferInsert & { id: string };
	organisations: (typeof measureOrganisations.$inferInsert)[];
	steps: (typeof stepTable.$inferInsert)[];
};

function commitments(theme: Map<string, string>, table: Table, all: string): Loaded[] {
	const bodies = institutions.institutions.map((one) => ({ ...one, id: need(table.organisation, one.key) }));
	const plan = sound(assign(sound(readPlan(commitmentsCsv)), bodies));
	const steps = sound(readSteps(stepsCsv, plan));
	const themeTitled = (titleRo: string) =>
		need(theme, themes.find((one) => one.titleRo === titleRo)?.key ?? titleRo);

	return plan.map((row) => {
		const {
			code,
			titleRo,
			titleEn,
			indicators,
			resources,
			deadline,
			nextDate,
			status,
			source,
			illustrative
		} = row;
		return loaded(
			{
				circleId: all,
				objectiveId: themeTitled(row.objectiveRo),
				asOf: commitmentsAsOf,
				...{ code, titleRo, titleEn, indicators, resources, deadline, nextDate, status, source, illustrative }
			},
			row.leads.map(({ id }) => id),
			row.partners.map(({ id }) => id),
			steps.filter((step) => step.code === code).map(({ code: _, row: __, ...step }) => step)
		);
	});
}

function examples(
	theme: Map<string, string>,
	table: Table,
	inDays: (days: number | null) => string | null
): Loaded[] {
	return measures.map(({ theme: key, circle, nextDay, leads, partners, steps, ...measure }) =>
		loaded(
			{
				...measure,
				circleId: need(table.circle, circle),
				objectiveId: need(theme, key),
				nextDate: inDays(nextDay),
				source: exampleSource,
				example: true
			},
			leads.map((one) => need(table.organisation, one)),
			partners.map((one) => need(table.organisation, one)),
			steps.map(({ day, ...step }) => ({ ...step, date: inDays(day) }))
		)
	);
}

function loaded(
	measure: Omit<typeof measureTable.$inferInsert, 'id'>,
	leads: string[],
	partners: string[],
	steps: Omit<typeof stepTable.$inferInsert, 'measureId' | 'circleId' | 'position'>[]
): Loaded {
	const id = crypto.randomUUID();
	const { circleId } = measure;
	const part = (organisations: string[], part: 'lead' | 'partner') =>
		organisations.map((organisationId, position) => ({
			measureId: id,
			circleId,
			organisationId,
			part,
			position
		}));
	return {
		measure: { ...measure, id },
		organisations: [...part(leads, 'lead'), ...part(partners, 'partner')],
		steps: steps.map((step, position) => ({ ...step, measureId: id, circleId, position }))
	};
}

async function loadUpdates(tx: Tx, table: Table, plan: Plan, now: Date) {
	const asked: (typeof requestTable.$inferInsert)[] = [];
	const rows = updates.flatMap((update) => {
		const { id: measureId } = need(plan, update.measure);
		const author = need(table.member, update.by);
		const circleId = need(
			update.circle === 'own' ? table.own : table.circle,
			update.circle === 'own' ? author.organisation : update.circle
		);
		const post = written(update, { measureId, circleId, replyTo: null });
		const replies = (update.replies ?? []).map((reply) =>
			written(reply, { measureId, circleId, replyTo: post.id })
		);
		for (const who of update.asks?.who ?? []) {
			const closing = (update.replies ?? []).findIndex(
				({ by, closes }) => closes && need(table.member, by).organisation === who
			);
			asked.push({
				updateId: post.id,
				circleId,
				organisationId: need(table.organisation, who),
				due: inDays(update.asks?.day ?? null),
				askedDue: inDays(update.asks?.day ?? null),
				state: update.replies?.[closing]?.closes ?? 'open',
				answerId: replies[closing]?.id,
				closedAt: replies[closing]?.postedAt
			});
		}
		return [post, ...replies];
	});

	function inDays(days: number | null) {
		return days === null ? null : addDays(todayOf(now), days);
	}

	function written(
		{ by, minutesAgo, kind, language, text, gist }: ExampleReply,
		place: { measureId: string; circleId: string; replyTo: string | null }
	) {
		const author = need(table.member, by);
		return {
			...place,
			id: crypto.randomUUID(),
			organisationId: need(table.organisation, author.organisation),
			memberId: author.id,
			ownId: need(table.own, author.organisation),
			kind,
			language: language ?? ('ro' as const),
			text,
			gist: gist ?? '',
			prose: parseProse(text),
			postedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
			example: true
		};
	}

	await tx.insert(subjects).values(
		rows.map(({ id, circleId, ownId, replyTo, measureId }) => ({
			id,
			circleId,
			ownId,
			parentId: replyTo ?? measureId
		}))
	);
	await tx.insert(updateTable).values(rows.map(({ ownId: _, ...row }) => row));
	await tx.insert(requestTable).values(asked);
}

/** What waits for a coordinator's word in the ministry that asks for it. */
async function loadDraft(tx: Tx, table: Table, plan: Plan, now: Date) {
	const { measure, by, text, gist, minutesAgo } = exampleDraft;
	const { id: measureId, circleId } = need(plan, measure);
	const author = need(table.member, by);
	const ownCircleId = need(table.own, author.organisation);
	const id = crypto.randomUUID();
	await tx.insert(subjects).values({ id, circleId: ownCircleId, parentId: measureId, ownId: ownCircleId });
	await tx.insert(draftTable).values({
		id,
		measureId,
		circleId: ownCircleId,
		organisationId: need(table.organisation, author.organisation),
		memberId: author.id,
		command: 'update.post',
		input: { measureId, circleId, kind: 'progress', language: 'ro', text, gist },
		prose: parseProse(text),
		state: 'waiting',
		draftedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString()
	});
}

/** The next weekly meeting, on the Tuesday to come, and the last one that is over. */
async function loadMeetings(tx: Tx, table: Table, plan: Plan, now: Date) {
	const today = todayOf(now);
	const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
	const next = addDays(today, (9 - weekday) % 7 || 7);
	// On a Tuesday the one of this morning may not have been yet.
	const last = addDays(next, weekday === 2 ? -14 : -7);
	await loadAgenda(tx, table, plan, await loadMeeting(tx, table, { day: next }), agenda);

	const meetingId = await loadMeeting(tx, table, { day: last, state: 'closed' });
	const items = await loadAgenda(tx, table, plan, meetingId, agendaBefore);
	await loadRecords(tx, table, plan, { meetingId, day: last }, items);
}

async function loadMeeting(tx: Tx, table: Table, about: { day: string; state?: 'closed' }) {
	const [id, circleId] = [crypto.randomUUID() as string, need(table.circle, 'all')];
	await tx.insert(subjects).values({ id, circleId });
	await tx.insert(meetings).values({
		...{ id, circleId, title: 'Ședința săptămânală', time: '10:00', place: 'Sala Exemplu', ...about },
		chairId: need(table.member, 'comisia').id,
		secretaryId: need(table.member, 'secretariat').id,
		example: true
	});
	return id;
}

async function loadAgenda(
	tx: Tx,
	table: Table,
	plan: Plan,
	meetingId: string,
	items: readonly ExampleItem[]
) {
	const slotCircle = need(table.circle, 'all');
	const rows = items.map((item, position) => {
		const { by, circle, proposed = false, measures, minutes, titleRo, titleEn, text } = item;
		const author = need(table.member, by);
		return {
			...{ position, minutes, titleRo, titleEn, text, meetingId, said: item },
			...{ id: crypto.randomUUID() as string, slotId: crypto.randomUUID() as string },
			circleId: need(table.circle, circle),
			ownId: circle === 'all' ? null : need(table.own, author.organisation),
			organisationId: need(table.organisation, author.organisation),
			memberId: author.id,
			measures: measures.map((code) => need(plan, code).id),
			state: proposed ? ('proposed' as const) : ('ahead' as const),
			example: true
		};
	});
	await tx
		.insert(subjects)
		.values(rows.map(({ id, circleId, ownId }) => ({ id, circleId, ownId, parentId: meetingId })));
	await tx.insert(agendaSlots).values(rows.map((row) => ({ ...row, id: row.slotId, circleId: slotCircle })));
	await tx.insert(agendaItems).values(rows);
	return rows;
}

/** As if each item had taken its time, and the bodies had answered as it ended. */
async function loadRecords(
	tx: Tx,
	table: Table,
	plan: Plan,
	{ meetingId, day }: { meetingId: string; day: string },
	items: Awaited<ReturnType<typeof loadAgenda>>
) {
	let minute = 3;
	const at = (minutes: number) =>
		sql`(${day}::date + time '10:00') at time zone 'Europe/Bucharest' + make_interval(mins => ${minutes})`;
	const secretary = need(table.member, 'secretariat');
	const ownId = need(table.own, secretary.organisation);
	const by = {
		organisationId: need(table.organisation, secretary.organisation),
		memberId: secretary.id,
		example: true
	};
	for (const { id: itemId, slotId, circleId, minutes, said } of items) {
		const [from, to] = [minute, minute + minutes];
		minute = to;
		await tx.execute(sql`update agenda_slots set state = 'done', taken_at = ${at(from)}, ended_at = ${at(to)}
			where id = ${slotId}`);
		const place = async () => {
			const id: string = crypto.randomUUID();
			await tx.insert(subjects).values({ id, circleId, parentId: itemId, ownId });
			return { ...by, id, circleId, meetingId, itemId };
		};
		for (const [i, text] of (said.notes ?? []).entries())
			await tx.insert(noteTable).values({ ...(await place()), text, writtenAt: at(from + i + 1) });
		if (said.proposal) {
			const { positions, votesFor, ...texts } = said.proposal;
			const proposal = await place();
			const voters = votesFor.map((window) => need(table.member, window).id);
			await tx.insert(proposalTable).values({
				...{ ...proposal, ...texts, present: voters },
				...{ putAt: at(to - 8), closedAt: at(to - 4) }
			});
			const about = { proposalId: proposal.id, circleId };
			for (const { by: window, noted = false, ...position } of positions) {
				const member = need(table.member, window);
				await tx.insert(positionTable).values({
					...{ ...about, ...position, noted, memberId: noted ? secretary.id : member.id },
					...{ organisationId: need(table.organisation, member.organisation), takenAt: at(to - 6) }
				});
			}
			for (const memberId of voters)
				await tx
					.insert(voteTable)
					.values({ ...about, memberId, vote: 'for', noted: false, castAt: at(to - 5) });
		}
		for (const { bodies, measure, dueInDays, ...texts } of said.decisions ?? []) {
			const decision = await place();
			await tx.insert(decisionTable).values({
				...{ ...decision, ...texts, dueOn: addDays(day, dueInDays), recordedAt: at(to - 3) },
				measureId: measure && need(plan, measure).id
			});
			for (const [position, { by: window, answer, inDays, reason = '' }] of bodies.entries()) {
				const member = need(table.member, window);
				await tx.insert(decisionBodies).values({
					...{ decisionId: decision.id, circleId, position, reason },
					organisationId: need(table.organisation, member.organisation),
					...(answer && { answer, memberId: member.id, answeredAt: at(to - 1) }),
					...(inDays !== undefined && { answerOn: addDays(day, inDays) })
				});
			}
		}
	}
	await tx.execute(
		sql`update meetings set opened_at = ${at(2)}, closed_at = ${at(minute)} where id = ${meetingId}`
	);
	const chair = need(table.member, 'comisia');
	await tx.execute(sql`select seal_minutes(${meetingId}, '', ${chair.id})`);
	await tx.execute(sql`update minutes set approved_at = ${at(minute + 180)} where meeting_id = ${meetingId}`);
}

/** What happened until now, as if it had been recorded then: numbered in each circle in the order of time. */
async function writeHistory(tx: Tx) {
	await tx.execute(sql`
		with happened as (
			-- Of the real ones nothing is claimed but that they were loaded now.
			select id, circle_id, 'measure.added' as type, null::uuid as author,
					case when example then now() - interval '90 days' else now() end as at
				from measures
			union all
			select id, circle_id, case when reply_to is null then 'update.posted' else 'update.replied' end, member_id, posted_at
				from updates
			union all
			select r.update_id, r.circle_id, 'request.' || r.state, a.member_id, r.closed_at
				from requests r join updates a on a.id = r.answer_id
		), numbered as (
			-- An answer before what it closed.
			select *, row_number() over (partition by circle_id order by at, type desc, id) as n from happened
		), shells as (
			insert into events (circle_id, n, subject_id, version, at) select circle_id, n, id, 1, at from numbered
		), heads_now as (
			update heads h set n = last.n from (select circle_id, max(n) as n from numbered group by 1) last
				where h.circle_id = last.circle_id
		)
		insert into words (event_circle_id, n, circle_id, subject_id, type, author, data)
			select circle_id, n, circle_id, id, type, author, case when type like 'request.%'
					then jsonb_build_object('new', jsonb_build_object('asked', asked_of(id)))
					else jsonb_build_object('row', content(id)) end
				from numbered`);
}

/** Everybody looked yesterday; what came since is new. */
async function markSeen(tx: Tx) {
	await tx.execute(sql`
		insert into seen_all (member_id, heads, at)
			select m.id, jsonb_object_agg(e.circle_id, e.n), now() - interval '20 hours'
				from members m, lateral (select circle_id, max(n) as n from events
					where circle_id in (select circles_of(m.id)) and at < now() - interval '20 hours' group by 1) e
				group by m.id`);
}

const named = <Kind>({
	kind,
	nameRo,
	nameEn,
	shortRo,
	shortEn
}: {
	kind: Kind;
	nameRo: string;
	nameEn: string;
	shortRo: string;
	shortEn: string;
}) => ({ kind, nameRo, nameEn, shortRo, shortEn });

const ids = (all: readonly { key: string }[]) =>
	new Map(all.map(({ key }) => [key, crypto.randomUUID() as string]));

function need<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
	const value = map.get(key);
	if (value === undefined) throw new Error(`the demonstration names ${key}, which it does not define`);
	return value;
}

function sound<T>(reading: Reading<T>): T[] {
	if (!reading.ok) throw new Error(`the commitments cannot be read: ${JSON.stringify(reading.problems)}`);
	return reading.rows;
}
