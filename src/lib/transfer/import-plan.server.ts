import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { lockSubject, mayHold } from '#lib/events/subjects.server.ts';
import { Refusal } from '#lib/errors.ts';
import { optionalText } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { json, rows, type Tx } from '#lib/server/database.server.ts';
import { canImport } from '#lib/strategy/policy.ts';
import { refuseRetired } from '#lib/strategy/queries.server.ts';
import type { Choices, Review } from './draft.ts';
import { breathe } from './slices.ts';

type Subject = {
	id: string;
	draftId: string;
	strategyId: string;
	circleId: string;
	planId: string;
	choices: Choices;
	file: string;
	seen: string;
	counts: Review['counts'];
	warned: Review['warned'];
};

/**
 * A file that was looked at becomes the plan, whole or not at all: each kind of row is one statement, fed from the draft
 * where it lies. Each measure's history says what changed; the circles are told once.
 */
export const importPlan = command({
	name: 'plan.import',
	act: 'plan.import',

	input: z.object({
		importId: z.uuid(),
		/** `seen`: the look at it that its member has had. */
		base: z.object({ seen: z.string().max(100) }),
		/** Why what may identify somebody identifies nobody. */
		reason: optionalText({ max: 500 }).default('')
	}),

	find: (tx, { importId }) => findDraft(tx, importId),

	allow: (actor) => canImport(actor),

	async run({ tx, actor, input, subject }) {
		const { draftId, strategyId, circleId, planId, choices, warned, counts } = subject;
		if (warned.length > 0 && input.reason.length < 10)
			throw new Refusal('invalid', { fields: { reason: 'confirm.too_short' } });
		if (!(await mayHold(tx, choices.circleId, circleId, actor.ownCircleId)))
			throw new Refusal('invalid', { fields: { circleId: 'circle.not_inside' } });
		await refuseRetired(tx, strategyId, 'form');
		await refuseChanged(tx, draftId, strategyId, choices);

		for (const statement of statements(draftId, subject)) {
			await tx.execute(statement);
			await breathe();
		}
		const said = { new: { what: choices.what, file: subject.file, counts } };
		await tx.execute(
			sql`select append_together(i.writes->'events', ${planId}, 'plan.imported', ${json(said)})
				from imports i where i.id = ${draftId}`
		);
		if (warned.length > 0)
			await tx.execute(sql`select append_confirmed('[]', ${json(heldAgainst(subject, input.reason))})`);
		await tx.execute(sql`delete from imports where id = ${draftId}`);
		return { id: draftId, added: String(counts.added), changed: String(counts.changed) };
	}
});

const stale = () => new Refusal('conflict', { fields: { form: 'import.changed_meanwhile' } });

/** The draft, then the strategy (no two measures get one code), then what is changed, in one order for all. */
async function findDraft(tx: Tx, id: string): Promise<Subject | undefined> {
	const [draft] = await rows<Omit<Subject, 'id'> & { ready: boolean }>(
		tx,
		sql`select i.id as "draftId", i.file, i.choices, i.review->>'id' as seen, i.review->'counts' as counts,
				i.review->'warned' as warned, i.writes is not null as ready,
				coalesce((i.writes->>'planId')::uuid, p.id) as "planId", p.strategy_id as "strategyId", s.circle_id as "circleId"
			from imports i join plans p on p.id = (i.choices->>'planId')::uuid join strategies s on s.id = p.strategy_id
			where i.id = ${id} for update of i`
	);
	if (!draft?.ready || !(await lockSubject(tx, draft.strategyId))) return undefined;
	await tx.execute(
		sql`select from subjects where id in (
				select (x->>'id')::uuid from imports i, jsonb_array_elements(i.writes->'changed') x where i.id = ${id}
				union select (x->>'measureId')::uuid from imports i, jsonb_array_elements(i.writes->'changedSteps') x where i.id = ${id}
				union select (x->>'measureId')::uuid from imports i, jsonb_array_elements(i.writes->'newSteps') x where i.id = ${id}
				union select x::uuid from imports i, jsonb_array_elements_text(i.writes->'retired') x where i.id = ${id})
			order by id for update`
	);
	return { ...draft, id: draft.strategyId };
}

/** What the file would change still is what it was when it was looked at. */
async function refuseChanged(tx: Tx, id: string, strategyId: string, { what }: Choices) {
	const [found] = await rows<{ changed: boolean }>(
		tx,
		sql`select exists (
				select from imports i, jsonb_to_recordset(i.writes->'changed') x(id uuid, base jsonb)
					left join measures m on m.id = x.id, lateral (select jsonb_build_object(
						'objectiveId', m.objective_id, 'titleRo', m.title_ro, 'titleEn', m.title_en, 'indicators', m.indicators,
						'resources', m.resources, 'source', m.source, 'deadline', m.deadline, 'nextDate', m.next_date,
						'status', m.status, 'illustrative', m.illustrative)
						|| case when x.base ?| array['leads', 'partners'] then jsonb_build_object(
							'leads', coalesce((select jsonb_agg(h.organisation_id order by h.position)
								from measure_organisations h where h.measure_id = m.id and h.part = 'lead'), '[]'),
							'partners', coalesce((select jsonb_agg(h.organisation_id order by h.position)
								from measure_organisations h where h.measure_id = m.id and h.part = 'partner'), '[]'))
							else '{}' end as now) n
					where i.id = ${id} and (m.id is null or m.retired_at is not null or n.now || x.base <> n.now)
			) or exists (
				select from imports i, jsonb_to_recordset(i.writes->'changedSteps') x(id uuid, base jsonb)
					left join steps s on s.id = x.id
					where i.id = ${id} and (s.id is null or s.date is distinct from (x.base->>'date')::date
						or s.done is distinct from (x.base->>'done')::boolean or s.title_ro <> x.base->>'titleRo')
			) or exists (
				select from imports i, jsonb_array_elements_text(i.writes->'retired') x
					left join measures m on m.id = x::uuid where i.id = ${id} and (m.id is null or m.retired_at is not null)
			) or exists (
				select from imports i, jsonb_to_recordset(i.writes->'added') x(code text)
					join measures m on m.code = x.code join objectives o on o.id = m.objective_id
					where i.id = ${id} and o.strategy_id = ${strategyId} and ${what === 'correction'}::boolean
			) or exists (
				select from imports i, jsonb_to_recordset(i.writes->'objectives') x("titleRo" text, "parentId" uuid)
					join objectives o on o.title_ro = x."titleRo" and o.parent_id is not distinct from x."parentId"
					where i.id = ${id} and o.strategy_id = ${strategyId}
			) as changed`
	);
	if (found?.changed) throw stale();
}

/** One for each kind of row, in an order in which each finds what it hangs on. */
function* statements(id: string, { strategyId, circleId, planId, choices }: Subject) {
	const each = (list: string, columns: ReturnType<typeof sql>) =>
		sql`imports i, jsonb_to_recordset(i.writes->${list}::text) as x(${columns}) where i.id = ${id}`;
	const into = choices.circleId;

	if (choices.what === 'new') {
		const { titleRo, titleEn, firstYear, lastYear } = choices.plan;
		yield sql`insert into subjects (id, circle_id, parent_id) values (${planId}, ${circleId}, ${strategyId})`;
		yield sql`insert into plans (id, circle_id, strategy_id, title_ro, title_en, first_year, last_year)
			values (${planId}, ${circleId}, ${strategyId}, ${titleRo}, ${titleEn}, ${firstYear}::int, ${lastYear}::int)`;
	}
	yield sql`select name_groups(i.writes->'groups') from imports i where i.id = ${id}`;
	yield sql`insert into subjects (id, circle_id, parent_id)
		select x.id, ${circleId}, coalesce(x."parentId", ${strategyId}) from ${each('objectives', sql`id uuid, "parentId" uuid`)}
		order by x."parentId" is not null`;
	yield sql`insert into objectives (id, circle_id, strategy_id, parent_id, kind, code, title_ro, title_en, position)
		select x.id, ${circleId}, ${strategyId}, x."parentId", x.kind, x.code, x."titleRo", x."titleEn", x.position
		from ${each(
			'objectives',
			sql`id uuid, "parentId" uuid, kind text, code text, "titleRo" text, "titleEn" text, position int`
		)} order by x."parentId" is not null`;
	yield sql`insert into subjects (id, circle_id, parent_id)
		select x.id, ${into}, (x.planned->>'objectiveId')::uuid from ${each('added', sql`id uuid, planned jsonb`)}`;
	yield sql`insert into measures (id, circle_id, objective_id, plan_id, planned, code, position, title_ro, title_en, indicators,
			resources, source, deadline, next_date, status, illustrative)
		select x.id, ${into}, (x.planned->>'objectiveId')::uuid, ${planId}, x.planned, x.code, x.position, x.planned->>'titleRo',
			x."titleEn", coalesce(x.planned->>'indicators', ''), coalesce(x.planned->>'resources', ''),
			coalesce(x.planned->>'source', ''), x.planned->>'deadline', (x.planned->>'nextDate')::date, x.status,
			coalesce((x.planned->>'illustrative')::boolean, false)
		from ${each('added', sql`id uuid, code text, position int, "titleEn" text, status text, planned jsonb`)}`;
	yield sql`update measures m set
			objective_id = coalesce((x.set->>'objectiveId')::uuid, m.objective_id),
			title_ro = coalesce(x.set->>'titleRo', m.title_ro), title_en = coalesce(x.set->>'titleEn', m.title_en),
			indicators = coalesce(x.set->>'indicators', m.indicators), resources = coalesce(x.set->>'resources', m.resources),
			source = coalesce(x.set->>'source', m.source), deadline = coalesce(x.set->>'deadline', m.deadline),
			next_date = case when x.set ? 'nextDate' then (x.set->>'nextDate')::date else m.next_date end,
			as_of = case when x.set ? 'asOf' then null else m.as_of end,
			status = coalesce(x.set->>'status', m.status),
			illustrative = coalesce((x.set->>'illustrative')::boolean, m.illustrative), planned = x.planned
		from ${each('changed', sql`id uuid, set jsonb, planned jsonb`)} and m.id = x.id`;
	yield sql`update subjects s set parent_id = (x.set->>'objectiveId')::uuid
		from ${each('changed', sql`id uuid, set jsonb`)} and x.set ? 'objectiveId' and s.id = x.id`;
	yield sql`delete from measure_organisations h using ${each('holders', sql`id uuid`)} and h.measure_id = x.id`;
	yield sql`insert into measure_organisations (measure_id, circle_id, organisation_id, part, position)
		select x.id, m.circle_id, o.id::uuid, o.part, o.position
		from imports i, jsonb_to_recordset(i.writes->'holders') as x(id uuid, leads jsonb, partners jsonb)
			join measures m on m.id = x.id, lateral (
				select id, 'lead' as part, n::int - 1 as position from jsonb_array_elements_text(x.leads) with ordinality l(id, n)
				union all select id, 'partner', n::int - 1 from jsonb_array_elements_text(x.partners) with ordinality p(id, n)) o
		where i.id = ${id}`;
	yield sql`update steps s set title_en = x."titleEn", date = x.date, source = x.source, done = x.done
		from ${each('changedSteps', sql`id uuid, "titleEn" text, date date, source text, done boolean`)} and s.id = x.id`;
	yield sql`insert into steps (id, measure_id, circle_id, position, title_ro, title_en, date, source, done)
		select x.id, x."measureId", m.circle_id, x.position, x."titleRo", x."titleEn", x.date, x.source, x.done
		from imports i, jsonb_to_recordset(i.writes->'newSteps') as x(id uuid, "measureId" uuid, position int, "titleRo" text,
			"titleEn" text, date date, source text, done boolean) join measures m on m.id = x."measureId" where i.id = ${id}`;
	yield sql`insert into predecessors (measure_id, circle_id, from_id, fate, reason)
		select x."measureId", ${into}, x."fromId", x.fate, x.reason
		from ${each('links', sql`"measureId" uuid, "fromId" uuid, fate text, reason text`)}`;
	yield sql`update measures m set retired_at = clock_timestamp()
		from imports i, jsonb_array_elements_text(i.writes->'retired') x where i.id = ${id} and m.id = x::uuid`;
	yield sql`select remember_spellings(i.writes->'spellings') from imports i where i.id = ${id}`;
	yield sql`delete from import_columns c using ${each('columns', sql`sheet text, title text`)}
		and c.sheet = x.sheet and c.title = x.title`;
	yield sql`insert into import_columns (sheet, title, field)
		select x.sheet, x.title, x.field from ${each('columns', sql`sheet text, title text, field text`)}`;
}

/** What the secretariat looks at again: a line for each column, never what stands in it. */
function heldAgainst({ planId, warned }: Subject, reason: string) {
	const kinds = new Map<string, Set<string>>();
	for (const one of warned) {
		const field = `${one.sheet}.${one.column}`;
		kinds.set(field, new Set([...(kinds.get(field) ?? []), ...one.kinds]));
	}
	return [...kinds].map(([field, found]) => ({
		...{ command: 'plan.import', field, kinds: [...found], reason, subject: planId }
	}));
}
