/** Members who write without pause. Whoever gets no answer sends the same again, as a browser does. */

import { sql } from 'drizzle-orm';
import type { RefusalOnTheWire } from '#lib/realtime/wire.ts';
import { type Database, rows } from '#lib/server/database.server.ts';
import type { Client } from './client.ts';
import { delay } from './results.ts';

/** One post and what became of it. Its words are unlike all others, so that the database can be asked for them. */
export type Write = { text: string; door: 'form' | 'socket'; sent: number; acknowledged: boolean };

export class Load {
	readonly writes: Write[] = [];
	/** Refusals other than "ask again": nobody here has earned one. */
	readonly refusals: RefusalOnTheWire[] = [];

	#measureId: string;
	#circleId: string;
	#writers: Promise<void>[] = [];
	#stopping = false;
	#until = Infinity;

	constructor(measureId: string, circleId: string) {
		this.#measureId = measureId;
		this.#circleId = circleId;
	}

	/** Each client writes from here on, through both doors at once. */
	start(clients: Client[]) {
		for (const client of clients)
			for (const door of ['form', 'socket'] as const) this.#writers.push(this.#write(client, door));
	}

	/** Comes back when that many more writes were acknowledged. */
	async write(more: number, patience = 30_000) {
		const [goal, until] = [this.acknowledged.length + more, Date.now() + patience];
		while (this.acknowledged.length < goal) {
			if (this.refusals.length > 0) throw new Error(`a write was refused: ${JSON.stringify(this.refusals)}`);
			if (Date.now() > until)
				throw new Error(`only ${this.acknowledged.length} of ${goal} writes were answered`);
			await delay(10);
		}
	}

	/** Comes back when every writer has its last answer, or has waited for it that long. */
	async stop(patience = 10_000) {
		this.#stopping = true;
		this.#until = Date.now() + patience;
		await Promise.all(this.#writers);
	}

	get acknowledged() {
		return this.writes.filter((write) => write.acknowledged);
	}

	async #write(client: Client, door: Write['door']) {
		while (!this.#stopping) {
			const write: Write = { text: `Scris ${crypto.randomUUID()}`, door, sent: 0, acknowledged: false };
			this.writes.push(write);
			const operation = crypto.randomUUID();
			while (!write.acknowledged && Date.now() < this.#until) {
				write.sent += 1;
				const refusal = await this.#send(client, write, operation).catch(() => 'lost' as const);
				if (refusal === undefined) write.acknowledged = true;
				else if (refusal === 'lost' || refusal.code === 'unavailable') await delay(100);
				else return void this.refusals.push(refusal);
			}
		}
	}

	async #send(client: Client, { text, door }: Write, operation: string) {
		const post = { circleId: this.#circleId, kind: 'comment', language: 'ro', text };
		if (door === 'socket' && !client.socket?.connected) await client.connect();
		const answer =
			door === 'form'
				? await client.submit(`/measures/${this.#measureId}?/post`, { ...post, operation })
				: await client.command('update.post', { measureId: this.#measureId, ...post }, operation);
		return answer.ok ? undefined : answer.refusal;
	}
}

/** Holds what was acknowledged against the database: the posts that a reader finds, and the events that tell of them. */
export async function account(database: Database, reader: string, { writes }: Load) {
	const times = (found: { text: string }[]) => {
		const counted = new Map<string, number>();
		for (const { text } of found) counted.set(text, (counted.get(text) ?? 0) + 1);
		return (text: string) => counted.get(text) ?? 0;
	};
	const posts = await database.as('hora_app', { member: reader }, (tx) =>
		rows<{ text: string }>(tx, sql`select text from updates`)
	);
	const [told, gaps] = await database.as('hora_delivery', {}, async (tx) => [
		await rows<{ text: string }>(
			tx,
			sql`select data->'row'->>'text' as text from words where type = 'update.posted'`
		),
		await rows(
			tx,
			sql`select h.circle_id from heads h left join events e using (circle_id)
				group by h.circle_id, h.n having count(e.n) <> h.n or coalesce(max(e.n), 0) <> h.n`
		)
	]);
	const [inPosts, inEvents] = [times(posts), times(told)];
	return {
		lost: writes.filter(({ text, acknowledged }) => acknowledged && inPosts(text) === 0).length,
		twice: writes.filter(({ text }) => inPosts(text) > 1 || inEvents(text) > 1).length,
		untold: writes.filter(({ text }) => inPosts(text) !== inEvents(text)).length,
		gaps: gaps.length
	};
}
