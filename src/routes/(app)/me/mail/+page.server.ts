import { app } from '#lib/app.server.ts';
import { newToken } from '#lib/auth/token.server.ts';
import { action, submit } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { chooseMail, showChoice } from '#lib/notifications/choose.server.ts';
import {
	calendarAddress,
	endCalendar,
	renewCalendar,
	showCalendar
} from '#lib/notifications/keep-calendar.server.ts';
import { previewWeekly } from '#lib/notifications/write.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { changesOf } from '#lib/ui/edited.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	const { database, sendsMail, origin } = app();
	return {
		sendsMail,
		choice: await showChoice(database, actor),
		calendar: (await showCalendar(database, actor)) ?? null,
		preview: (await previewWeekly(database, origin ?? event.url.origin, actor)) ?? null,
		operation: crypto.randomUUID() as string
	};
}

/** Hours and days are numbers, whatever a form makes of them. */
const typed = (fields: Record<string, string | undefined>) =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value = '']) => [
			name,
			(name === 'hour' || name === 'weekday') && /^\d{1,2}$/.test(value) ? Number(value) : value
		])
	);

export const actions = {
	choose: action(chooseMail, (fields) => {
		const { now, base } = changesOf(fields, ['asked', 'weekday', 'hour', 'language']);
		return { choice: typed(now), base: typed(base) };
	}),

	/** The address is in this one answer, and never again. */
	async renew(event) {
		const { secret } = newToken();
		const answer = await submit(event, renewCalendar, () => ({ secret }));
		if (!('ok' in answer) || !answer.ok) return answer;
		const site = app().origin ?? event.url.origin;
		const address = calendarAddress(site, answer.result.calendar as string, secret);
		return { ...answer, result: { ...answer.result, address } };
	},

	end: action(endCalendar, () => ({ base: { calendar: true } }))
};
