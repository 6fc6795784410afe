import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { approveMinutes, readSealed } from '#lib/meetings/minutes.server.ts';
import { wholeMeeting } from '#lib/meetings/whole.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { params } = event;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(params.id)) error(404, 'not-found');

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx);
		const whole = await wholeMeeting(tx, params.id);
		if (!whole) error(404, 'not-found');
		const sealed = await readSealed(tx, params.id);
		return {
			live: { ...heads, rows: whole.rows },
			// As they were approved; until then they are what stands now.
			sealed: sealed && { version: sealed.version, lines: sealed.lines.flatMap(({ said }) => said ?? []) },
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	approve: action(approveMinutes, ({ reason, 'base.approved': was }, { id: meetingId }) => ({
		...{ meetingId, reason },
		base: { approved: Number(was) }
	}))
};
