/** What members are told of, read for each as they may read it at this moment. */

import { listOrganisations } from '#lib/access/queries.server.ts';
import type { Circle, Organisation } from '#lib/access/directory.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { newsPast } from '#lib/news/queries.server.ts';
import type { Heads } from '#lib/realtime/wire.ts';
import { type Database, timeOf } from '#lib/server/database.server.ts';
import { type Day, isLate, type Measure } from '#lib/strategy/measure.ts';
import { measuresHeldBy } from '#lib/strategy/queries.server.ts';
import { today } from '#lib/time.ts';
import type { OpenRequest } from '#lib/updates/asked.ts';
import { type Named, openRequests } from '#lib/updates/queries.server.ts';
import { type Leaving, readForLeaving } from './shared.server.ts';

export type Member = { memberId: string; organisationId: string };

/** A list of which some may be said, and how many more there are. */
export type Told<T> = { items: T[]; narrower: number };
const told = <T>({ all, shared }: Pick<Leaving<T[]>, 'all' | 'shared'>): Told<T> => ({
	items: shared,
	narrower: Math.max(0, all.length - shared.length)
});

export type Waiting = OpenRequest & { measure: Named };
export type Changed = Awaited<ReturnType<typeof newsPast>>[number];

type Known = { organisations: Organisation[]; today: Day };
export type Digest = Known & {
	waiting: Told<Waiting>;
	late: Told<Measure>;
	changed: Told<Changed>;
	circles: Circle[];
	/** Up to where it has read. */
	heads: Heads;
};

const atMost = 1000;

/** What waits for the organisation's answer; of these posts alone where they are named. */
export async function readWaiting(
	database: Database,
	{ memberId, organisationId }: Member,
	posts?: readonly string[]
): Promise<Known & { waiting: Told<Waiting> }> {
	const { all, shared } = await readForLeaving(database, memberId, async (tx, mayLeave) => {
		const { ofUs, measures } = await openRequests(tx, organisationId);
		return {
			waiting: ofUs
				.filter(({ update }) => mayLeave(update.circleId) && (!posts || posts.includes(update.id)))
				.map((request): Waiting => ({ ...request, measure: measures[request.update.measureId] as Named })),
			organisations: await listOrganisations(tx),
			today: today(await timeOf(tx))
		};
	});
	return { ...shared, waiting: told({ all: all.waiting, shared: shared.waiting }) };
}

/** @param since how far the last one had read */
export async function readDigest(database: Database, member: Member, since: Heads): Promise<Digest> {
	const { organisations, today, waiting } = await readWaiting(database, member);
	const { all, shared, circles } = await readForLeaving(database, member.memberId, async (tx, mayLeave) => {
		const { heads } = await readHeads(tx); // before the rows: what comes in between is told the next time
		const held = await measuresHeldBy(tx, member.organisationId);
		const news = await newsPast(tx, since, atMost);
		return {
			heads,
			late: held.filter((measure) => mayLeave(measure.circleId) && isLate(measure, today)),
			changed: news.filter(({ circle }) => mayLeave(circle))
		};
	});
	return {
		...{ organisations, circles, today, waiting, heads: all.heads },
		late: told({ all: all.late, shared: shared.late }),
		changed: told({ all: all.changed, shared: shared.changed })
	};
}
