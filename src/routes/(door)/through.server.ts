import { error, type RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/errors.ts';
import { limits } from '#lib/server/throttle.server.ts';

/**
 * Does what a link is for. Whatever became of a link that opens nothing, it is answered alike; whoever tries many
 * waits.
 */
export async function through<T>(
	{ getClientAddress }: Pick<RequestEvent, 'getClientAddress'>,
	work: () => Promise<T | undefined>
): Promise<T> {
	const address = getClientAddress();
	// Counted before it is looked at; one that opens something is given back.
	if (limits.links.take(address) > 0) error(429, 'throttled');
	const done = await work().catch((refusal: unknown) => {
		if (refusal instanceof Refusal && refusal.code === 'not-found') return undefined;
		limits.links.giveBack(address);
		throw refusal;
	});
	if (done === undefined) error(404, 'link');
	limits.links.giveBack(address);
	return done;
}
