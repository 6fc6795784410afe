/** What the pages of one's ways in share: what they show, and the forms on them. A newcomer may send them too. */

import { randomBytes } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { encode } from 'uqr';
import { app } from '#lib/app.server.ts';
import { type Fields, submit } from '#lib/forms.server.ts';
import type { AnyCommand } from '#lib/server/command.server.ts';
import { addressOf, hashCode, newRecoveryCodes } from './codes.server.ts';
import { originOf } from './door.server.ts';
import { addPasskey, removePasskey, renamePasskey } from './passkeys.server.ts';
import { confirmTotp, removeTotp, renewRecovery, startTotp } from './second.server.ts';
import { hashNew, setPassword } from './set-password.server.ts';
import { listWays } from './ways.server.ts';
import { lackOf } from './ways.ts';

export async function readWays(actor: App.Actor) {
	const { account, passkeys, pending } = await listWays(app().database, actor);
	const { password = false, totp = false, recoveryCodes = 0 } = account ?? {};
	return {
		password,
		totp,
		recoveryCodes,
		passkeys,
		lacks: account && lackOf(account, actor),
		pending: pending && drawn(pending.id, pending.challenge, account?.email ?? ''),
		operation: crypto.randomUUID() as string
	};
}
export type WaysShown = Awaited<ReturnType<typeof readWays>>;

/** A QR code as one path of squares. */
function drawn(challengeId: string, secret: string, label: string) {
	const address = addressOf(secret, label);
	const { data, size } = encode(address, { border: 4 });
	const path = data
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return { challengeId, address, secret: secret.replace(/.{4}(?=.)/g, '$& '), size, path };
}

const member = ({ locals }: RequestEvent) => locals.actor ?? locals.newcomer;

const send = (event: RequestEvent, command: AnyCommand, toInput: (fields: Fields) => unknown) =>
	submit({ request: event.request, locals: { ...event.locals, actor: member(event) } }, command, toInput);

/** Recovery codes are shown with this one answer, and never again. */
async function withCodes(event: RequestEvent, command: AnyCommand, toInput: (fields: Fields) => object) {
	const codes = newRecoveryCodes();
	const codeHashes = codes.map(hashCode);
	const answer = await send(event, command, (fields) => ({ ...toInput(fields), codeHashes }));
	return 'status' in answer ? answer : { ...answer, codes };
}

export const waysActions = {
	addPasskey: (event: RequestEvent) =>
		send(event, addPasskey, ({ challenge, response, name }) => ({
			challengeId: challenge,
			origin: originOf(event.request),
			response,
			name
		})),

	renamePasskey: (event: RequestEvent) =>
		send(event, renamePasskey, ({ passkey, name, was }) => ({ passkey, name, base: { name: was } })),

	removePasskey: (event: RequestEvent) => send(event, removePasskey, ({ passkey }) => ({ passkey })),

	password: (event: RequestEvent) =>
		send(event, setPassword, async ({ password = '' }) => {
			const actor = member(event);
			return { passwordHash: actor && (await hashNew(app().database, actor, password)) };
		}),

	startTotp: (event: RequestEvent) =>
		send(event, startTotp, () => ({ challenge: randomBytes(16).toString('hex') })),

	confirmTotp: (event: RequestEvent) =>
		withCodes(event, confirmTotp, ({ challenge, digits = '' }) => ({
			challengeId: challenge,
			digits: digits.replace(/\s/g, '')
		})),

	removeTotp: (event: RequestEvent) => send(event, removeTotp, () => ({ base: { totp: true } })),

	renewRecovery: (event: RequestEvent) => withCodes(event, renewRecovery, () => ({}))
};
