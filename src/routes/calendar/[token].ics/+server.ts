import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { writeCalendar } from '#lib/notifications/calendar.server.ts';
import { calendarOf } from '#lib/notifications/keep-calendar.server.ts';
import { limits } from '#lib/server/throttle.server.ts';

/** The dates of whoever holds this address; any other is nowhere. */
export async function GET({ params, url, getClientAddress, request }) {
	const address = getClientAddress();
	// Counted before it is looked at; one that opens something is given back.
	if (limits.links.take(address) > 0) error(429, 'throttled');
	const { database, origin } = app();
	const found = await calendarOf(database, params.token);
	if (!found) error(404, 'not-found');
	limits.links.giveBack(address);
	const wait = limits.calendar.take(found.actor.memberId);
	if (wait > 0) error(429, 'throttled');

	const body = await writeCalendar(database, origin ?? url.origin, found.actor, found.language);
	return new Response(request.method === 'HEAD' ? null : body, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': 'inline; filename="hora.ics"'
		}
	});
}
