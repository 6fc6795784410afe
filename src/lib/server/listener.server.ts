/**
 * Hears the wake-ups of all processes on one PostgreSQL. A connection that only listens may die unnoticed, and the
 * driver's own may stay away after that; so it has to hear its own voice now and then, or is replaced.
 */

import type postgres from 'postgres';

const channel = 'hora';
const askEvery = 2000;

export type Listener = {
	/** Wakes the other processes. */
	call(): void;
	close(): Promise<void>;
};

/**
 * @param client says it
 * @param connect makes a client of its own for each connection that listens
 */
export async function openListener(
	client: postgres.Sql,
	connect: () => postgres.Sql,
	onWake: () => void
): Promise<Listener> {
	const self = crypto.randomUUID();
	/** What it says to hear itself, which is no wake-up to anybody. */
	const echo = `${self} hears`;
	let hearing = true;
	let said = false;

	const listen = async () => {
		const listener = connect();
		try {
			await listener.listen(channel, (from) => {
				if (from === echo) hearing = true;
				else if (from !== self && !from.endsWith(' hears')) onWake();
			});
			return listener;
		} catch (error) {
			await listener.end({ timeout: 0 });
			throw error;
		}
	};
	const say = (words: string) => client.notify(channel, words);

	let listener = await listen();

	async function check() {
		if (said && !hearing) {
			const deaf = listener;
			listener = await listen();
			await deaf.end({ timeout: 0 });
			onWake(); // for what was called meanwhile
		}
		[hearing, said] = [false, false];
		await say(echo);
		said = true;
	}

	let checking: Promise<void> | undefined;
	const timer = setInterval(() => {
		checking ??= check()
			.catch(() => {}) // no database: others say so, and the next check tries again
			.finally(() => (checking = undefined));
	}, askEvery);
	timer.unref();

	return {
		call: () => void say(self).catch(() => {}), // the sweep covers a lost one
		async close() {
			clearInterval(timer);
			await checking;
			await listener.end({ timeout: 0 });
		}
	};
}
