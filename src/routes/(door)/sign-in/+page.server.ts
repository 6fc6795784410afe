import { fail, redirect } from '@sveltejs/kit';
import { listOrganisations } from '#lib/access/queries.server.ts';
import { app } from '#lib/app.server.ts';
import { listChairs, windowOf } from '#lib/auth/demonstration.server.ts';
import { letIn, originOf, visitorOf } from '#lib/auth/door.server.ts';
import { open, type Opened } from '#lib/auth/sessions.server.ts';
import {
	type SecondStep,
	signIn,
	signInSecond,
	signInWithPasskey,
	type Visitor
} from '#lib/auth/sign-in.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type Fields, fieldsOf, givenBack } from '#lib/forms.server.ts';
import { samePlace } from '#lib/server/http.ts';
import { refusalOf } from '#lib/refusals.server.ts';
import { strategyTitle } from '#lib/strategy/queries.server.ts';
import type { RequestEvent } from './$types';

export async function load({ locals, url }) {
	const { database, demonstration, exposed, origin } = app();
	if (locals.actor || locals.newcomer) redirect(303, samePlace(url.searchParams.get('back')));

	const { organisations, strategy } = await database.as('hora_signin', {}, async (tx) => ({
		organisations: (await listOrganisations(tx)).filter(({ seated }) => seated),
		strategy: await strategyTitle(tx)
	}));
	const chairs = demonstration ? await listChairs(database) : [];
	const window = origin ? undefined : windowOf(url.hostname);
	return {
		language: locals.language,
		organisations,
		strategy,
		exposed,
		/** With ORIGIN set there is one name only, and only the form. */
		chairs: origin ? [] : chairs.map(({ memberId: _, ...chair }) => chair),
		chair: chairs.find((chair) => chair.window === window)?.window,
		port: url.port,
		ended: url.searchParams.get('ended'),
		operation: crypto.randomUUID() as string
	};
}

export const actions = {
	password: (event) =>
		enter(event, ({ email = '', password = '' }, visitor) =>
			signIn(app().database, { email, password, demonstration: app().demonstration }, visitor)
		),

	second: (event) =>
		enter(event, ({ half = '', code = '' }, visitor) =>
			signInSecond(app().database, { half, code }, visitor)
		),

	passkey: (event) =>
		enter(event, ({ challenge = '', response = '' }, visitor) =>
			signInWithPasskey(app().database, { challenge, response }, originOf(event.request), visitor)
		),

	/** The chair whose window this is, and no other. */
	chair: (event) =>
		enter(event, async (_, { operation, device: { browser } }) => {
			const { database, demonstration, origin } = app();
			const window = origin ? undefined : windowOf(event.url.hostname);
			const chair = demonstration && (await listChairs(database)).find((one) => one.window === window);
			if (!chair) throw new Refusal('not-found');
			return open(database, chair.memberId, operation, { browser });
		})
};

type Start = (fields: Fields, visitor: Visitor) => Promise<Opened | SecondStep>;

async function enter(event: RequestEvent, start: Start) {
	let fields: Fields = {};
	try {
		fields = await fieldsOf(event.request);
		const came = await start(fields, visitorOf(event, fields));
		if ('half' in came) return { second: came, ...asked(fields) };
		letIn(event, came);
	} catch (error) {
		const { status, refusal } = refusalOf(error, 'sign-in');
		return fail(status, { refusal, ...asked(givenBack(fields)) });
	}
	redirect(303, samePlace(event.url.searchParams.get('back')));
}

/** What the page shows again: never the password. A second step that was refused is tried again. */
const asked = ({ email = '', keep = '', device = '', half = '', byCode, byPasskey }: Fields) => ({
	...{ email, keep, device },
	again: half ? { half, code: Boolean(byCode), passkey: Boolean(byPasskey) } : undefined
});
