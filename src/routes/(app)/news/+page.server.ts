import { speaksAlone } from '#lib/access/approval.ts';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, jsonOf } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { markAllSeen } from '#lib/news/mark-seen.server.ts';
import { listNews } from '#lib/news/queries.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { countWaiting } from '#lib/voice/queries.server.ts';

const spans = [7, 30];

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	const asked = Number(event.url.searchParams.get('days'));
	const days = spans.includes(asked) ? asked : 7;

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		return {
			live: { ...heads, rows: [] },
			days,
			news: await listNews(tx, { days, limit: 200 }),
			// What waits for the reader's word stands above what others have done.
			waiting: speaksAlone(actor) && actor.role !== 'observer' ? await countWaiting(tx) : 0,
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = { seen: action(markAllSeen, ({ heads }) => ({ heads: jsonOf(heads) })) };
