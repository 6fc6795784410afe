/** Minutes that are approved are sealed: what they say then stays, and each print can be checked. */

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { Refusal } from '#lib/errors.ts';
import { text } from '#lib/harm/words.ts';
import { command } from '#lib/server/command.server.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Meeting } from './meeting.ts';
import { canApproveMinutes } from './policy.ts';
import { findMeeting } from './queries.server.ts';
import { format, type SealedMinutes } from './seal.js';
import { whatChanged } from './told.server.ts';

type Versioned = Meeting & { approved: number };

export const approveMinutes = command({
	name: 'minutes.approve',
	act: 'minutes.approve',

	/** `base`: the version that stood, none as 0. A later one says what has changed. */
	input: z.object({
		meetingId: z.uuid(),
		reason: text({ max: 500, min: 0 }).default(''),
		base: z.object({ approved: z.number().int().min(0) })
	}),

	async find(tx, { meetingId }): Promise<Versioned | undefined> {
		const meeting = await findMeeting(tx, meetingId);
		return meeting && { ...meeting, approved: meeting.sealed?.version ?? 0 };
	},

	allow: (actor, meeting: Versioned) => canApproveMinutes(actor, meeting),

	async run({ tx, input: { reason }, subject: meeting, record }) {
		if (meeting.approved > 0 && !reason)
			throw new Refusal('invalid', { fields: { reason: 'minutes.say_what_changed' } });
		const [made] = await rows<{ version: number }>(
			tx,
			sql`select approve_minutes(${meeting.id}, ${reason}) as version`
		);

		record(await whatChanged(tx, meeting, 'minutes.approved', { version: made?.version, reason }));
		return { id: meeting.id };
	}
});

/**
 * Minutes as they were approved, and as far as the reader may read them: hashes of all lines, words of theirs.
 * @param version the last one, if none is named
 */
export async function readSealed(
	tx: Tx,
	meetingId: string,
	version?: number
): Promise<SealedMinutes | undefined> {
	const [found] = await rows<{ version: number; seal: string; hashes: string[] }>(
		tx,
		sql`select version, seal, hashes from minutes where meeting_id = ${meetingId}
				and version = coalesce(${version ?? null}::int, (select max(version) from minutes where meeting_id = ${meetingId}))`
	);
	if (!found) return undefined;
	const readable = await rows<{ position: number; salt: string; said: string }>(
		tx,
		sql`select position, salt, said from minute_lines
			where meeting_id = ${meetingId} and version = ${found.version} order by position`
	);
	const words = new Map(readable.map(({ position, salt, said }) => [position, { salt, said }]));
	const lines = found.hashes.map((hash, i) => ({ hash, ...words.get(i + 1) }));
	return { format, meeting: meetingId, version: found.version, seal: found.seal, lines };
}
