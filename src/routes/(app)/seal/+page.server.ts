import { fail } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { readSealed } from '#lib/meetings/minutes.server.ts';
import { readMeeting } from '#lib/meetings/queries.server.ts';
import { type SealedMinutes, verify } from '#lib/meetings/seal.js';
import { limits } from '#lib/server/throttle.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const actor = signedIn(event);
	const heads = await app().database.as('hora_app', { member: actor.memberId }, readHeads);
	return { live: { ...heads, rows: [] } };
}

export const actions = {
	/** Checks a file by itself, and against what was approved here; nothing of it is kept. */
	async default(event) {
		const actor = signedIn(event);
		const after = limits.writes.take(actor.memberId);
		if (after > 0) return fail(429, { fault: 'throttled' as const });
		const form = await event.request.formData().catch(() => undefined);
		const file = form?.get('file');
		const given = file instanceof File ? parsed(await file.text()) : undefined;
		const printed = form?.get('seal');
		const verdict = verify(given, typeof printed === 'string' ? printed : undefined);
		if (!verdict.ok) return fail(422, { fault: verdict.fault, line: verdict.line });

		const { meeting: id, version, seal } = given as SealedMinutes;
		const known = await app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
			const sealed = isUuid(id) && (await readSealed(tx, id, version));
			const meeting = sealed && (await readMeeting(tx, id));
			return meeting
				? { title: meeting.title, day: meeting.day, version, same: sealed.seal === seal }
				: undefined;
		});
		if (known && !known.same) return fail(422, { fault: 'other' as const, line: undefined });
		return { verdict, known };
	}
};

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
