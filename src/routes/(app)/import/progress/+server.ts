import { json } from '@sveltejs/kit';
import { signedIn } from '#lib/guard.server.ts';
import { progressOf } from '#lib/transfer/progress.server.ts';

/** How far the reading of one's own file is. */
export function GET(event) {
	const { memberId } = signedIn(event);
	return json(progressOf(`${memberId} ${event.url.searchParams.get('operation')}`) ?? null);
}
