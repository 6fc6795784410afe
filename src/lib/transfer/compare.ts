/** The rows of a file against the plan as it is: what would become of it. Pure. */

import { fold } from '#lib/fold.ts';
import type { Measure, Status, Step } from '#lib/strategy/measure.ts';
import type { Fate, Planned } from '#lib/strategy/plan.ts';
import type { Asked, Choices, Counts, Difference, Ended, Entry } from './draft.ts';
import { nearest } from './near.ts';
import { Objectives, type Standing } from './objectives.ts';
import type { Assigned, PlanField, PlanStep, StepField } from './plan.ts';
import { inSlices, type Told } from './slices.ts';

export type Existing = Pick<
	Measure,
	| 'id'
	| 'code'
	| 'objectiveId'
	| 'titleRo'
	| 'titleEn'
	| 'indicators'
	| 'resources'
	| 'source'
	| 'deadline'
	| 'nextDate'
	| 'status'
	| 'illustrative'
	| 'leads'
	| 'partners'
	| 'steps'
	| 'retired'
> & {
	planned: Planned | null;
	/** It stands in another plan of the strategy; of two with one code the plan's own is meant. */
	elsewhere: boolean;
};

export type Given = {
	rows: readonly Assigned<{ id: string }>[];
	/** Which columns the file has. */
	fields: ReadonlySet<PlanField>;
	steps: readonly PlanStep[];
	stepFields: ReadonlySet<StepField>;
	choices: Choices;
	/** Said of each date and status that the file changes: the plan. */
	reason: string;
	/** The measures of the plan that is corrected, or that ends; retired ones too. */
	existing: readonly Existing[];
	/** Of its strategy. */
	objectives: readonly Standing[];
	/** Codes that are given already, whatever the plan; of a new plan, those of its own alone. */
	codes: ReadonlySet<string>;
	lastPosition: number;
};

type NewStep = Omit<Step, 'id'> & { id: string; measureId: string; position: number };

/** Rows for the database, each list one statement. */
export type Writes = {
	planId: string | null;
	objectives: Standing[];
	added: {
		id: string;
		code: string;
		position: number;
		titleEn: string;
		status: Status;
		planned: Planned;
	}[];
	/** `base`: what stood there when it was compared. */
	changed: { id: string; base: Planned; set: Planned & { asOf?: null }; planned: Planned }[];
	holders: { id: string; leads: string[]; partners: string[] }[];
	newSteps: NewStep[];
	changedSteps: (Step & { measureId: string; base: Partial<Step> })[];
	links: { measureId: string; fromId: string; fate: Fate; reason: string }[];
	retired: string[];
	events: { subject: string; type: string; data: Record<string, unknown> }[];
};

export type Compared = {
	asked: Asked[];
	ended: Ended[];
	entries: Entry[];
	counts: Counts;
	/** Rows that are the same measure as an earlier one. */
	twice: number[];
	writes: Writes;
};

const textFields = ['titleRo', 'titleEn', 'indicators', 'resources', 'source', 'deadline'] as const;
const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The database puts the fields in an order of its own. */
const saysSame = (was: Planned | null, now: Planned) => {
	const keys = Object.keys(now) as (keyof Planned)[];
	return Object.keys(was ?? {}).length === keys.length && keys.every((key) => same(was?.[key], now[key]));
};

export async function compare(given: Given, told?: Told): Promise<Compared> {
	const { rows, fields, choices, existing, reason } = given;
	const objectives = new Objectives(given.objectives);
	const isNew = choices.what === 'new';
	const asked: Asked[] = [];
	const entries: Entry[] = [];
	const twice: number[] = [];
	const writes: Writes = {
		...{ planId: isNew ? crypto.randomUUID() : null, objectives: objectives.added, added: [], changed: [] },
		...{ holders: [], newSteps: [], changedSteps: [], links: [], retired: [], events: [] }
	};

	const byCode = new Map(existing.map((one) => [fold(one.code), one]));
	const wording = (objectiveId: string | undefined, title: string) => `${objectiveId} ${fold(title)}`;
	const byWords = new Map(existing.map((one) => [wording(one.objectiveId, one.titleRo), one]));
	const byId = new Map(existing.map((one) => [one.id, one]));
	const open = existing.filter(({ retired }) => !retired);
	const near = nearest(open, ({ titleRo }) => titleRo);
	const taken = new Set<Existing>();
	const codes = new Set([...given.codes].map(fold));
	for (const { code } of rows) if (code) codes.add(fold(code));
	let next = 1;
	const freeCode = () => {
		while (codes.has(`m${next}`)) next++;
		return `M${next++}`;
	};
	/** Folded code → the measure that its steps belong to. */
	const measureOf = new Map<string, { id: string; steps: readonly Step[]; entry: Entry; added: boolean }>();
	const matched = new Map<number, Existing>();

	// Certain ones first, so that a near one is sought only among what is left.
	await inSlices(isNew ? [] : rows, (row) => {
		const said = choices.same[row.row];
		const found =
			(said && said !== 'new' ? byId.get(said) : undefined) ??
			(row.code ? byCode.get(fold(row.code)) : undefined) ??
			byWords.get(wording(objectives.find(row), row.titleRo));
		if (!found || said === 'new') return;
		if (taken.has(found)) twice.push(row.row);
		taken.add(found);
		matched.set(row.row, found);
	});

	await inSlices(
		rows,
		(row) => {
			const planned = plannedOf(row, fields, objectives.of(row));
			const was = matched.get(row.row);
			if (was) {
				const entry = was.retired ? plain(row.row, 'retired', was) : change(row, was, planned);
				entries.push(entry);
				measureOf.set(fold(row.code || was.code), { ...was, entry, added: false });
				return;
			}
			const alike = isNew || choices.same[row.row] ? undefined : near(row.titleRo, (one) => !taken.has(one));
			if (alike) {
				taken.add(alike);
				asked.push({ row: row.row, code: row.code, titleRo: row.titleRo, near: named(alike) });
				return;
			}
			const id = crypto.randomUUID();
			const code = row.code || freeCode();
			writes.added.push({
				...{ titleEn: row.titleEn, status: row.status },
				...{ id, code, planned, position: given.lastPosition + writes.added.length + 1 }
			});
			writes.holders.push({ id, leads: planned.leads ?? [], partners: planned.partners ?? [] });
			writes.events.push({
				...{ subject: id, type: 'measure.added' },
				data: { new: { code } }
			});
			const entry: Entry = { ...plain(row.row, 'added', row), code };
			entries.push(entry);
			measureOf.set(fold(code), { id, steps: [], entry, added: true });
		},
		told
	);

	for (const { code } of given.steps) {
		const was = byCode.get(fold(code));
		// Steps of a measure that the plan's sheet does not name.
		if (was && !measureOf.has(fold(code)))
			measureOf.set(fold(code), {
				...was,
				entry: plain(0, was.retired ? 'retired' : 'same', was),
				added: false
			});
	}
	compareSteps(given, measureOf, writes);
	for (const { entry } of measureOf.values())
		if (entry.row === 0 && entry.kind === 'changed') entries.push(entry);
	const ended = isNew ? endAll(given, entries, writes, open) : [];
	const count = (kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind).length;
	return {
		...{ asked, ended, entries, twice, writes },
		counts: {
			...{ added: count('added'), changed: count('changed'), same: count('same'), retired: count('retired') },
			missing: isNew ? 0 : open.filter((one) => !one.elsewhere && !taken.has(one)).length,
			objectives: objectives.added.length,
			steps: writes.newSteps.length + writes.changedSteps.length,
			continued: new Set(writes.links.map(({ fromId }) => fromId)).size,
			dropped: writes.retired.length - new Set(writes.links.map(({ fromId }) => fromId)).size
		}
	};

	/** What the file changes: against what it said before, so that nothing that was agreed since is undone. */
	function change(row: Assigned<{ id: string }>, was: Existing, planned: Planned): Entry {
		const differences: Difference[] = [];
		const set: Record<string, unknown> = {};
		const base: Record<string, unknown> = {};
		const differ = (field: Difference['field'], key: keyof Planned, value: unknown) => {
			differences.push({
				field,
				old: shown(key, was[key]),
				new: shown(key, value)
			});
			base[key] = was[key];
			set[key] = value;
		};
		const shown = (key: keyof Planned, value: unknown) =>
			(key === 'objectiveId' ? objectives.titleOf(String(value)) : (value ?? null)) as Difference['old'];
		const isSaid = (key: keyof Planned) =>
			key in planned && !same(planned[key], was.planned?.[key] ?? was[key]) && !same(planned[key], was[key]);

		if (isSaid('objectiveId')) differ('objective', 'objectiveId', planned.objectiveId);
		for (const field of textFields) if (isSaid(field)) differ(field, field, planned[field]);
		const saidBefore = was.planned?.deadline ?? was.deadline;
		if (row.agreed) {
			if (row.nextDate !== was.nextDate) differ('nextDate', 'nextDate', row.nextDate);
		} else if ('deadline' in planned && planned.deadline !== saidBefore) {
			const agreed = planned.nextDate ?? (isDay(saidBefore) ? null : was.nextDate);
			if (agreed !== was.nextDate) differ('nextDate', 'nextDate', agreed);
		}
		for (const field of ['status', 'illustrative', 'leads', 'partners'] as const)
			if (isSaid(field)) differ(field, field, planned[field]);

		if (differences.length > 0) {
			tell(was, set as Planned);
			const { leads = was.leads, partners = was.partners, ...fields } = set as Planned;
			const asOf = 'status' in set || 'nextDate' in set ? { asOf: null } : {};
			writes.changed.push({ id: was.id, base, set: { ...fields, ...asOf }, planned });
			if ('leads' in set || 'partners' in set)
				writes.holders.push({
					id: was.id,
					leads,
					partners: partners.filter((one) => !leads.includes(one))
				});
		} else if (!saysSame(was.planned, planned)) {
			writes.changed.push({ id: was.id, base: {}, set: {}, planned });
		}
		return { ...plain(row.row, differences.length > 0 ? 'changed' : 'same', was), differences };
	}

	/** Its own history says what changed, as if somebody had done it on the page. */
	function tell(was: Existing, set: Planned) {
		const part = (keys: readonly (keyof Planned)[], from: Planned) =>
			Object.fromEntries(keys.filter((key) => key in set).map((key) => [key, from[key] ?? null]));
		const says = (type: string, keys: readonly (keyof Planned)[], also: Record<string, unknown> = {}) => {
			if (keys.some((key) => key in set))
				writes.events.push({
					...{ subject: was.id, type },
					data: { old: part(keys, was), new: { ...part(keys, set), ...also }, reason }
				});
		};
		says('measure.texts', ['objectiveId', ...textFields, 'illustrative']);
		says('measure.date', ['nextDate'], { asOf: null });
		says('measure.status', ['status'], { asOf: null });
		if ('leads' in set || 'partners' in set) {
			const { leads, partners } = was;
			writes.events.push({
				...{ subject: was.id, type: 'measure.holders' },
				data: {
					old: { leads, partners },
					new: { leads, partners, ...part(['leads', 'partners'], set) },
					reason
				}
			});
		}
	}
}

const named = ({ id, code, titleRo, titleEn }: Existing) => ({ id, code, titleRo, titleEn });
const plain = (
	row: number,
	kind: Entry['kind'],
	{ code, titleRo, titleEn }: Pick<Existing, 'code' | 'titleRo' | 'titleEn'>
): Entry => ({ row, kind, code, titleRo, titleEn, differences: [] });
const isDay = (words: string) => /^\d{1,2}\.\d{1,2}\.\d{4}$/.test(words);

/** What the file says of a measure; of a column that it has not, nothing. */
function plannedOf(
	row: Assigned<{ id: string }>,
	fields: ReadonlySet<PlanField>,
	objectiveId: string
): Planned {
	const { titleRo, titleEn, indicators, resources, source, deadline, nextDate, status, illustrative } = row;
	const ids = (all: { id: string }[]) => all.map(({ id }) => id);
	return {
		...{ objectiveId, titleRo, deadline, nextDate, leads: ids(row.leads) },
		...(fields.has('titleEn') && { titleEn }),
		...(fields.has('indicators') && { indicators }),
		...(fields.has('resources') && { resources }),
		...(fields.has('source') && { source }),
		...(fields.has('status') && !row.unsaid && { status }),
		...(fields.has('attribution') && { illustrative }),
		...(fields.has('partners') && { partners: ids(row.partners) })
	};
}

/** A step is found by its words; one that the file does not name stays, and one that is done stays done. */
function compareSteps(
	{ steps, stepFields }: Given,
	measureOf: ReadonlyMap<string, { id: string; steps: readonly Step[]; entry: Entry; added: boolean }>,
	writes: Writes
) {
	const told = new Map<string, Step[]>();
	for (const { row: _, code, ...said } of steps) {
		const measure = measureOf.get(fold(code));
		if (!measure || measure.entry.kind === 'retired') continue;
		const { entry } = measure;
		const now = told.get(measure.id) ?? [...measure.steps];
		told.set(measure.id, now);
		const was = now.find(({ titleRo }) => fold(titleRo) === fold(said.titleRo));
		const stepNow: Step = was
			? {
					...was,
					date: said.date ?? was.date,
					done: was.done || said.done,
					source: stepFields.has('source') ? said.source : was.source,
					titleEn: stepFields.has('titleEn') ? said.titleEn : was.titleEn
				}
			: { ...said, id: crypto.randomUUID() };
		if (was && same(was, stepNow)) continue;
		if (was) {
			writes.changedSteps.push({ ...stepNow, measureId: measure.id, base: was });
			now[now.indexOf(was)] = stepNow;
		} else {
			now.push(stepNow);
			writes.newSteps.push({ ...stepNow, measureId: measure.id, position: now.length });
		}
		entry.differences.push({
			...{ field: 'step', old: was ? stepWords(was) : null },
			new: stepWords(stepNow)
		});
		if (entry.kind === 'same') entry.kind = 'changed';
		if (!measure.added)
			writes.events.push({
				...{ subject: measure.id, type: was ? 'measure.step.changed' : 'measure.step.added' },
				data: { step: stepNow, ...(was && { changes: changesIn(was, stepNow) }) }
			});
	}
}

const stepWords = ({ titleRo, date, done }: Step) =>
	`${done ? '● ' : '○ '}${titleRo}${date ? `, ${date.split('-').reverse().join('.')}` : ''}`;
const changesIn = (was: Step, now: Step) =>
	Object.fromEntries(
		(Object.keys(now) as (keyof Step)[]).filter((key) => was[key] !== now[key]).map((key) => [key, now[key]])
	);

/** What becomes of the measures of the plan that ends: nothing is supposed, each is said. */
function endAll({ choices }: Given, entries: Entry[], writes: Writes, open: readonly Existing[]): Ended[] {
	const idOf = (at: number) => writes.added[at]!.id;
	const byCode = new Map(entries.map(({ code }, at) => [fold(code), at]));
	const byRow = new Map(entries.map(({ row }, at) => [String(row), at]));
	const near = nearest(entries, ({ titleRo }) => titleRo);
	const going: { was: Existing; to: number[]; reason: string }[] = [];

	const ended = open.map((was): Ended => {
		const said = choices.endings[was.id];
		const all = { ...named(was), suggested: near(was.titleRo)?.code ?? '', said };
		if (!said) return all;
		if (said.ending === 'stays') return all;
		if (said.ending === 'dropped') {
			if (said.reason === '') return { ...all, fault: 'words.required' };
			writes.retired.push(was.id);
			writes.events.push({
				...{ subject: was.id, type: 'measure.retired' },
				data: { old: { retired: false }, new: { retired: true }, reason: said.reason }
			});
			return all;
		}
		const names = said.rows.split(/[,;\s]+/).filter(Boolean);
		const to = names.map((name) => byCode.get(fold(name)) ?? byRow.get(name));
		if (to.length === 0 || to.includes(undefined)) return { ...all, fault: 'import.no_such_row' };
		going.push({ was, to: [...new Set(to as number[])], reason: said.reason });
		return all;
	});

	const into = new Map<number, number>();
	for (const { to } of going) for (const at of to) into.set(at, (into.get(at) ?? 0) + 1);
	for (const { was, to, reason } of going) {
		const links = to.map((at) => ({
			...{ measureId: idOf(at), fromId: was.id, reason },
			fate: (to.length > 1 ? 'split' : into.get(at)! > 1 ? 'merged' : 'continued') as Fate
		}));
		writes.links.push(...links);
		writes.retired.push(was.id);
		writes.events.push({
			...{ subject: was.id, type: 'measure.succeeded' },
			data: {
				...{ old: { retired: false }, reason },
				new: { retired: true, fate: links[0]!.fate, codes: to.map((at) => entries[at]!.code) }
			}
		});
	}
	return ended;
}
