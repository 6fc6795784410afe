/** Through the door: by password, with its second step where there is one, or by passkey. */

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Refusal } from '#lib/errors.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import { limits, type Throttle } from '#lib/server/throttle.server.ts';
import { findChallenge, makeChallenge, takeChallenge } from './challenges.server.ts';
import { holderOf, type Signed } from './passkey-signin.server.ts';
import { passwordFits } from './password.server.ts';
import { passesSecond } from './second.server.ts';
import { type Device, open, type Opened } from './sessions.server.ts';
import { holdsSecret, readToken } from './token.server.ts';

export type Visitor = {
	/** Where the request came from. */
	address: string;
	/** The token of a session, ended or not, that this browser once had. */
	known?: string;
	operation: string;
	device: Device;
};

/** What is asked for after the right password, and the half-done sign-in that waits for it. */
export type SecondStep = { half: string; code: boolean; passkey: boolean };

type Account = {
	memberId: string;
	passwordHash: string | null;
	/** Of the demonstration, whose password is public. */
	invented: boolean;
	totp: boolean;
	codes: boolean;
	passkeys: boolean;
	decides: boolean;
	/** Hash of the secret of the session that the browser says it had, if it was this account's. */
	knownHash: string | null;
};

/**
 * What is wrong is answered on the beat, in milliseconds from the question: an account that is there is looked up a
 * little longer than one that is not, and whoever listens to many answers would hear it.
 */
const beat = 250;

/**
 * Checks an e-mail and a password; starts a session, or says what is asked for as second step.
 * @param demonstration whether its accounts, whose password is public, may enter
 * @throws Refusal `invalid` with one sentence for every wrong pair; `throttled` after too many
 */
export async function signIn(
	database: Database,
	{ email, password, demonstration }: { email: string; password: string; demonstration: boolean },
	visitor: Visitor
): Promise<Opened | SecondStep> {
	const began = performance.now();
	const name = email.trim().toLowerCase().slice(0, 200);
	const token = readToken(visitor.known);
	const account = await findAccount(database, name, token?.id, demonstration);
	// Guesses made elsewhere, or by others behind the same address, do not keep a known device out.
	const known = token && account?.knownHash && holdsSecret(token.secret, account.knownHash);

	const taken = known
		? take([limits.signInToAccount, `${name} device ${token.id}`])
		: take(
				[limits.signInToAccount, `${name} ${visitor.address}`],
				[limits.signInFromAddress, visitor.address]
			);
	const fits = await passwordFits(password.slice(0, 500), account?.passwordHash ?? undefined);
	if (!fits || !account) {
		await pause(beat - ((performance.now() - began) % beat));
		throw new Refusal('invalid', { fields: { form: 'signin.wrong' } });
	}
	taken.giveBack();

	return needsStep(account)
		? {
				half: await waitForSecond(database, account.memberId, known ? token.id : ''),
				code: account.codes,
				passkey: account.passkeys
			}
		: open(database, account.memberId, visitor.operation, visitor.device);
}

/** Who has a second factor is asked for it; who decides for others is so in any case. */
const needsStep = ({ invented, totp, decides, passkeys }: Account) =>
	totp || (decides && passkeys && !invented);

const waitForSecond = (database: Database, memberId: string, device: string) =>
	database.as('hora_signin', {}, (tx) =>
		makeChallenge(tx, { purpose: 'second-step', memberId, challenge: device })
	);

/** The second step, by a code; a passkey would have done without the first. */
export async function signInSecond(
	database: Database,
	{ half, code }: { half: string; code: string },
	visitor: Visitor
): Promise<Opened> {
	const waiting = await database.as('hora_signin', {}, (tx) => findChallenge(tx, half, 'second-step'));
	const memberId = waiting?.memberId;
	if (!memberId) throw new Refusal('invalid', { fields: { form: 'second.too_late' } });
	// Whoever is here has the password, so the account itself is guarded and not the address alone.
	const taken = take([limits.secondStep, `${memberId} ${waiting.challenge}`]);
	const passed = await database.as('hora_signin', { member: memberId }, async (tx) => {
		if (!(await passesSecond(tx, memberId, code.slice(0, 100)))) return false;
		return Boolean(await takeChallenge(tx, half, 'second-step'));
	});
	if (!passed) throw new Refusal('invalid', { fields: { code: 'second.wrong' } });
	taken.giveBack();
	return open(database, memberId, visitor.operation, visitor.device);
}

/** One tap. */
export async function signInWithPasskey(
	database: Database,
	signed: Signed,
	origin: string,
	visitor: Visitor
): Promise<Opened> {
	const taken = take([limits.signInFromAddress, visitor.address]);
	const memberId = await holderOf(database, signed, origin, 'sign-in');
	taken.giveBack();
	return open(database, memberId, visitor.operation, visitor.device);
}

/** Counted before anything is looked at, so that many at once count as many; what was right is given back. */
export function take(...buckets: [Throttle, string][]) {
	// A personal number that somebody typed for an e-mail is not kept here either.
	const keyed = buckets.map(([throttle, key]) => [throttle, hashed(key)] as const);
	const after = Math.max(...keyed.map(([throttle, key]) => throttle.take(key)));
	if (after > 0) throw new Refusal('throttled', { after });
	return { giveBack: () => keyed.forEach(([throttle, key]) => throttle.giveBack(key)) };
}

const hashed = (key: string) => createHash('sha256').update(key).digest('base64');

async function findAccount(
	database: Database,
	email: string,
	session: string | undefined,
	demonstration: boolean
) {
	// PostgreSQL would refuse these with an error of its own.
	const sound = email.includes('\0') || !email.isWellFormed() ? '' : email;
	const [account] = await database.as('hora_signin', {}, (tx) =>
		rows<Account>(
			tx,
			sql`select a.member_id as "memberId", a.password_hash as "passwordHash",
					a.demonstration_window is not null as invented, a.totp_since is not null as totp,
					a.totp_since is not null or exists (select from signin.recovery_codes r
						where r.member_id = m.id and r.used_at is null) as codes,
					exists (select from signin.passkeys p where p.member_id = m.id) as passkeys,
					m.role in ('secretariat', 'coordinator') as decides,
					(select encode(s.secret_hash, 'hex') from signin.sessions s
						where s.id = ${session ?? ''} and s.member_id = m.id) as "knownHash"
				from signin.accounts a join members m on m.id = a.member_id where a.email = ${sound} and sits(m)
					and (a.demonstration_window is null or ${demonstration})`
		)
	);
	return account;
}
