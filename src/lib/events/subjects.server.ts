/** Subject first, always: a changing command locks what it is about before it reads any other row of it. */

import { sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { rows, type Tx } from '#lib/server/database.server.ts';

export type Placed = { id: string; circleId: string; version: number };

/**
 * Locks a subject as the actor sees it. Rows must be read by a later statement: what was joined to a locked row
 * is as old as the wait for the lock was long.
 */
export async function lockSubject(tx: Tx, id: string): Promise<Placed | undefined> {
	const [placed] = await rows<Placed>(
		tx,
		sql`select id, circle_id as "circleId", version from subjects where id = ${id} for update`
	);
	return placed;
}

/**
 * Holds a subject where it is while something is hung on it: others may hang theirs meanwhile, none may move it.
 * @param table of its kind, so that nothing else passes for it
 */
export async function holdSubject(tx: Tx, id: string, table: PgTable): Promise<Placed | undefined> {
	const [placed] = await rows<Placed>(
		tx,
		sql`select s.id, s.circle_id as "circleId", s.version from subjects s join ${table} t using (id)
			where s.id = ${id} for key share of s`
	);
	return placed;
}

/** Makes a subject in a circle; its row follows in the table of its kind. */
export async function placeSubject(
	tx: Tx,
	subject: { id: string; circleId: string; parentId?: string; ownId?: string }
) {
	await tx.execute(
		sql`insert into subjects (id, circle_id, parent_id, own_id)
			values (${subject.id}, ${subject.circleId}, ${subject.parentId ?? null}, ${subject.ownId ?? null})`
	);
}

/**
 * A circle of the actor's in which something new may be written: neither Public nor Secretariat, nor one that has ended.
 * @param options.today the one that stands where this one stood
 */
export async function openCircle(
	tx: Tx,
	id: string,
	{ today = false } = {}
): Promise<{ id: string } | undefined> {
	const [circle] = await rows<{ id: string }>(
		tx,
		sql`select id from circles where id = ${today ? sql`standing(${id})` : id} and kind in ('all', 'made', 'own')
			and succeeded_by is null and retired_at is null`
	);
	return circle;
}

/** Moves a subject and all that hangs on it. Which way is allowed is the database's own rule. */
export async function moveSubject(tx: Tx, id: string, circleId: string) {
	await tx.execute(sql`select move(array[${id}]::uuid[], ${circleId})`);
}

/**
 * A child's circle is its parent's, one inside it, or its author's own. "Not yours" and "not there" are the same no;
 * into Public nobody writes before there is a public page.
 */
export async function mayHold(tx: Tx, circleId: string, parentCircleId: string, ownCircleId: string) {
	if (circleId === ownCircleId) return true;
	const [answer] = await rows<{ yes: boolean }>(
		tx,
		sql`select exists (select from circles where id = ${circleId} and kind <> 'public' and succeeded_by is null and retired_at is null)
			and lies_inside(${circleId}, ${parentCircleId}) as yes`
	);
	return answer?.yes ?? false;
}

/** Is this another circle of the actor's, narrower or wider than where the subject is now? */
export async function mayMove(tx: Tx, fromId: string, toId: string): Promise<boolean> {
	const [answer] = await rows<{ yes: boolean }>(
		tx,
		sql`select ${fromId}::uuid <> ${toId}::uuid and exists (select from circles where id = ${toId} and succeeded_by is null
				and retired_at is null)
			and (lies_inside(${toId}, ${fromId}) or lies_inside(${fromId}, ${toId})) as yes`
	);
	return answer?.yes ?? false;
}
