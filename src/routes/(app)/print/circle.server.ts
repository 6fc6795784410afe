import type { ServerLoadEvent } from '@sveltejs/kit';
import { error } from '@sveltejs/kit';
import { listCircles } from '#lib/access/queries.server.ts';
import { app } from '#lib/app.server.ts';

/**
 * The circle that the paper is for: the one asked for, else another, else All partners. One that is not the reader's is
 * not there.
 */
export async function circleAsked(
	{ url }: Pick<ServerLoadEvent, 'url'>,
	actor: App.Actor,
	otherwise?: string
): Promise<string> {
	const circles = await app().database.as('hora_app', { member: actor.memberId }, listCircles);
	const asked = url.searchParams.get('for') ?? otherwise;
	const circle = asked ? circles.find(({ id }) => id === asked) : circles.find(({ kind }) => kind === 'all');
	if (!circle) error(404, 'not-found');
	return circle.id;
}
