import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { readSealed } from '#lib/meetings/minutes.server.ts';
import { isUuid } from '#lib/uuid.ts';
import { circleAsked } from '../../../../print/circle.server.ts';

/** A print's companion: with it whoever holds the paper can check it. */
export async function GET(event) {
	const { params } = event;
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');
	const forCircle = await circleAsked(event, actor);

	const sealed = await app().database.as('hora_app', { member: actor.memberId, forCircle }, (tx) =>
		readSealed(tx, params.id)
	);
	if (!sealed) error(404, 'not-found');
	return new Response(JSON.stringify(sealed, null, '\t'), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': `attachment; filename="proces-verbal-${sealed.version}.json"`,
			'cache-control': 'no-store'
		}
	});
}
