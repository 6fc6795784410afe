/**
 * What a browser was asked to sign, a second factor that is being set up, a sign-in that waits for its second step:
 * each holds once, and for minutes.
 */

import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rows, type Tx } from '#lib/server/database.server.ts';

export type Purpose = 'passkey' | 'sign-in' | 'prove' | 'second-step' | 'totp';

/** 128 random bits: whoever knows it was given it. */
export const challengeId = z.string().regex(/^[0-9a-f]{32}$/);

const isOne = (id: string) => challengeId.safeParse(id).success;

type Challenge = { id: string; memberId: string | null; challenge: string };

type New = {
	id?: string;
	purpose: Purpose;
	memberId?: string;
	challenge?: string;
	minutes?: number;
};

/** Makes one; those that have expired go on this occasion. As `hora_signin`. */
export async function makeChallenge(
	tx: Tx,
	{ id = randomBytes(16).toString('hex'), purpose, memberId, challenge = '', minutes = 10 }: New
) {
	await tx.execute(sql`delete from signin.challenges where expires_at < now()`);
	await tx.execute(
		sql`insert into signin.challenges (id, purpose, member_id, challenge, expires_at)
			values (${id}, ${purpose}, ${memberId ?? null}, ${challenge}, now() + make_interval(mins => ${minutes}))`
	);
	return id;
}

/** Takes it out: nobody can take it again. */
export async function takeChallenge(tx: Tx, id: string, purpose: Purpose): Promise<Challenge | undefined> {
	if (!isOne(id)) return undefined;
	const [taken] = await rows<Challenge>(
		tx,
		sql`delete from signin.challenges where id = ${id} and purpose = ${purpose} and expires_at > now()
			returning id, member_id as "memberId", challenge`
	);
	return taken;
}

/** Looks at it, locked, and leaves it where it is. */
export async function findChallenge(tx: Tx, id: string, purpose: Purpose): Promise<Challenge | undefined> {
	if (!isOne(id)) return undefined;
	const [found] = await rows<Challenge>(
		tx,
		sql`select id, member_id as "memberId", challenge from signin.challenges
			where id = ${id} and purpose = ${purpose} and expires_at > now() for update`
	);
	return found;
}
