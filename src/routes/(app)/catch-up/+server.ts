import { error, json } from '@sveltejs/kit';
import { z } from 'zod';
import { app } from '#lib/app.server.ts';
import { catchUp } from '#lib/events/log.server.ts';
import { limits } from '#lib/server/throttle.server.ts';

const heads = z.record(z.uuid(), z.number().int().min(0).max(Number.MAX_SAFE_INTEGER));

/** `?heads={circle:n}&epoch=`: what happened since, as the reader may read it now. */
export async function GET({ locals: { actor }, url }) {
	if (!actor) error(401, 'signed-out');
	if (limits.reads.take(actor.memberId) > 0) error(429, 'throttled');
	const since = heads.safeParse(parse(url.searchParams.get('heads')));
	if (!since.success) error(422, 'invalid');
	return json(
		await catchUp(app().database, { member: actor.memberId }, since.data, url.searchParams.get('epoch') ?? '')
	);
}

function parse(text: string | null): unknown {
	try {
		return JSON.parse(text ?? '{}');
	} catch {
		return undefined;
	}
}
