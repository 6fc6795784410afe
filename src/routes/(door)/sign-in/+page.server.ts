import { fail, redirect } from '@sveltejs/kit';
import { listOrganisations } from '#lib/access/queries.server.ts';
import { app } from '#lib/app.server.ts';
import { listChairs, windowOf } from '#lib/auth/demonstration.server.ts';
import { open, signIn } from '#lib/auth/sessions.server.ts';
import { writeToken } from '#lib/auth/token.server.ts';
import { Refusal } from '#lib/errors.ts';
import { type Fields, fieldsOf } from '#lib/forms.server.ts';
import { samePlace, sessionCookie } from '#lib/server/http.ts';
import { logUnknown } from '#lib/server/log.server.ts';
import { strategyTitle } from '#lib/strategy/queries.server.ts';
import type { RequestEvent } from './$types';

export async function load({ locals, url }) {
	const { database, demonstration, exposed, empty, origin } = app();
	if (locals.actor) redirect(303, samePlace(url.searchParams.get('back')));
	if (empty) return { empty: true as const, language: locals.language };

	const { organisations, strategy } = await database.as('hora_signin', {}, async (tx) => ({
		organisations: (await listOrganisations(tx)).filter(({ seated }) => seated),
		strategy: await strategyTitle(tx)
	}));
	const chairs = demonstration ? await listChairs(database) : [];
	const window = origin ? undefined : windowOf(url.hostname);
	return {
		empty: false as const,
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
		enter(event, ({ email = '', password = '', operation = '' }) =>
			signIn(
				app().database,
				{ email, password, demonstration: app().demonstration },
				operation,
				event.getClientAddress()
			)
		),

	/** The chair whose window this is, and no other. */
	chair: (event) =>
		enter(event, async ({ operation = '' }) => {
			const { database, demonstration, origin } = app();
			const window = origin ? undefined : windowOf(event.url.hostname);
			const chair = demonstration && (await listChairs(database)).find((one) => one.window === window);
			if (!chair) throw new Refusal('not-found');
			return open(database, chair.memberId, operation);
		})
};

async function enter(event: RequestEvent, start: (fields: Fields) => ReturnType<typeof open>) {
	const { origin } = app();
	let fields: Fields = {};
	try {
		fields = await fieldsOf(event.request);
		const token = await start(fields);
		event.cookies.set(sessionCookie(origin), writeToken(token), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: origin?.startsWith('https:') ?? false,
			maxAge: 12 * 3600
		});
	} catch (error) {
		const refusal =
			error instanceof Refusal
				? error.onTheWire()
				: { code: 'bug' as const, id: logUnknown(error, 'sign-in') };
		return fail(error instanceof Refusal ? error.status : 500, { refusal, email: fields.email ?? '' });
	}
	redirect(303, samePlace(event.url.searchParams.get('back')));
}
