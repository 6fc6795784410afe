import { error, json } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { asTyped, search } from '#lib/search/search.server.ts';
import { timeOf } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { today } from '#lib/time.ts';

/** `?q=`: the first few of each kind, for the palette. */
export async function GET({ locals: { actor, language }, url }) {
	if (!actor) error(401, 'signed-out');
	const words = asTyped(url.searchParams.get('q'));
	if (!words) return json([]);
	const wait = limits.search.take(actor.memberId);
	if (wait > 0) return json({ wait }, { status: 429, headers: { 'retry-after': String(wait) } });

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const asked = { language, today: today(await timeOf(tx)), atMost: 6, length: 110 };
		return json(await search(tx, words, asked));
	});
}
