import { app } from '#lib/app.server.ts';
import { stopMail, stopOf } from '#lib/notifications/stop.server.ts';
import { through } from '../../through.server.ts';

export async function load(event) {
	const { kind, stopped } = await through(event, () => stopOf(app().database, event.params.token));
	return { kind, stopped };
}

export const actions = {
	/** Also what a mailbox sends by itself, with one click on its own button (RFC 8058). */
	async default(event) {
		await through(event, () => stopMail(app().database, event.params.token));
		return { stopped: true };
	}
};
