import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { asTyped, search } from '#lib/search/search.server.ts';
import { timeOf } from '#lib/server/database.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { today } from '#lib/time.ts';

/** `?q=`: what the reader may see that has these words. */
export async function load(event) {
	const { url, locals } = event;
	const actor = signedIn(event);
	const words = asTyped(url.searchParams.get('q'));
	if (!words) return { words };
	const wait = limits.search.take(actor.memberId);
	if (wait > 0) return { words, wait };

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const asked = { language: locals.language, today: today(await timeOf(tx)), atMost: 50 };
		return { words, live: { ...heads, rows: [] }, found: await search(tx, words, asked) };
	});
}
