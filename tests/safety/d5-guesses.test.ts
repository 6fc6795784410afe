/**
 * D5. Passwords are guessed from a hundred addresses, on fifty accounts, with the limits on. The addresses are real
 * ones of the loopback network, so nothing has to believe a header.
 */

import http from 'node:http';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '#lib/auth/password.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { type Doors, openDoors, People } from '../support/people.ts';
import { percentile, randomFrom } from '../support/results.ts';
import { casesOf, full, seed, tried } from '../support/safety.ts';

const random = randomFrom(seed);
const world = new People(random);
const password = 'o parolă destul de lungă';
const victims = world.people.filter(({ ended }) => !ended).slice(0, 50);
const emailOf = (at: number) => `victima${at}@exemplu.example`;
let doors: Doors;
beforeAll(async () => {
	doors = await openDoors(world, { env: {} });
	const hash = await hashPassword(password);
	await doors.database.asOwner(async (tx) => {
		for (const [at, { id }] of victims.entries())
			await rows(
				tx,
				sql`insert into signin.accounts (member_id, email, password_hash) values (${id}, ${emailOf(at)}, ${hash})`
			);
	});
});
afterAll(() => doors?.close());

/** What a sign-in from this address is answered: the code of the refusal, or `in`. */
function knock(
	localAddress: string,
	email: string,
	password: string
): Promise<{ said: string; took: number }> {
	const body = new URLSearchParams({ email, password, operation: crypto.randomUUID() }).toString();
	const { port, host } = new URL(doors.url);
	const began = performance.now();
	return new Promise((resolve, reject) => {
		const request = http.request(
			{
				...{
					host: '127.0.0.1',
					port,
					localAddress,
					method: 'POST',
					path: '/sign-in?/password',
					agent: false
				},
				headers: {
					...{ host, origin: doors.url, accept: 'application/json', 'x-sveltekit-action': 'true' },
					...{
						'content-type': 'application/x-www-form-urlencoded',
						'content-length': Buffer.byteLength(body)
					}
				}
			},
			(response) => {
				let text = '';
				response.setEncoding('utf8').on('data', (data: string) => (text += data));
				response.on('end', () => {
					const code = /throttled|signin\.wrong/.exec(text)?.[0];
					const isIn = response.headers['set-cookie']?.some((cookie) => cookie.startsWith('hora_session='));
					resolve({ said: isIn ? 'in' : (code ?? text), took: performance.now() - began });
				});
			}
		);
		request.on('error', reject);
		request.end(body);
	});
}

const due = casesOf('D5');
const addresses = full ? 100 : 4;

test(
	`${due} guesses from ${addresses} addresses: the limits hold, the real member gets in`,
	{ timeout: 400_000 },
	async () => {
		const tally: Record<string, number> = {};
		const looked = new Map<string, number>();
		let next = 0;
		const began = performance.now();
		await Promise.all(
			Array.from({ length: 16 }, async () => {
				while (next < due) {
					const at = next++;
					const address = `127.0.1.${1 + (at % addresses)}`;
					const { said } = await knock(
						address,
						emailOf(Math.floor(at / addresses) % victims.length),
						`ghicit ${at}`
					);
					tally[said] = (tally[said] ?? 0) + 1;
					if (said === 'signin.wrong') looked.set(address, (looked.get(address) ?? 0) + 1);
				}
			})
		);
		const minutes = (performance.now() - began) / 60_000;
		expect(Object.keys(tally).sort()).toEqual(['signin.wrong', 'throttled']);
		// 30 in 15 minutes for an address, and what is given back in the meantime.
		expect(Math.max(...looked.values())).toBeLessThanOrEqual(31 + 2 * minutes);

		// From their own address, while all of it is going on.
		const members = await Promise.all(
			victims.slice(0, 10).map((_, at) => knock(`127.0.2.${at + 1}`, emailOf(at), password))
		);
		expect(members.map(({ said }) => said)).toEqual(members.map(() => 'in'));
		tried('D5', 'guesses', {
			cases: next,
			due,
			addresses,
			accounts: victims.length,
			...tally,
			membersIn: members.length
		});
	}
);

test('an account that is not there takes as long as one that is', { timeout: 200_000 }, async () => {
	const pairs = full ? 200 : 24;
	const [known, unknown]: [number[], number[]] = [[], []];
	for (let n = 0; n < pairs; n++) {
		// Few from each address, and few on each account from it, so that no limit answers in place of the check.
		const address = `127.0.3.${1 + Math.floor(n / 10)}`;
		const sides = [
			async () => known.push((await knock(address, emailOf(n % victims.length), 'greșită, dar lungă')).took),
			async () =>
				unknown.push((await knock(address, `nimeni${n}@exemplu.example`, 'greșită, dar lungă')).took)
		];
		for (const side of random() < 0.5 ? sides : sides.reverse()) await side();
	}
	// Of two that take the same, each is the slower one half of the time: how far from that, in standard deviations.
	const slower = known.filter((took, n) => took > (unknown[n] as number)).length;
	const deviation = Math.abs(slower - pairs / 2) / (Math.sqrt(pairs) / 2);
	const medians = [percentile(known, 0.5), percentile(unknown, 0.5)] as const;
	tried('D5', 'timing', {
		cases: pairs * 2,
		due: pairs * 2,
		known: medians[0],
		unknown: medians[1],
		deviation: deviation.toFixed(1)
	});
	expect(deviation, `known ${medians[0]} ms, unknown ${medians[1]} ms`).toBeLessThan(3.5);
});
