/** The demonstration's own door: each invented person, and the window of that person's name. */

import { sql } from 'drizzle-orm';
import { chairs as mainChairs } from '../../../drizzle/seed/demonstration.ts';
import type { Role } from '#lib/access/actor.ts';
import { type Database, rows } from '#lib/server/database.server.ts';

/** Public by design: it opens invented accounts only, and only while DEMO is on. */
export const demonstrationPassword = 'hora-exemplu-2024';

export type Chair = {
	window: string;
	/** One of the four that are offered first. */
	main: boolean;
	memberId: string;
	name: string;
	email: string;
	role: Role;
	organisationRo: string;
	organisationEn: string;
};

export async function listChairs(database: Database): Promise<Chair[]> {
	const chairs = await database.as('hora_signin', {}, (tx) =>
		rows<Omit<Chair, 'main'>>(
			tx,
			sql`select a.demonstration_window as window, m.id as "memberId", m.name, a.email, m.role,
					o.name_ro as "organisationRo", o.name_en as "organisationEn"
				from signin.accounts a join members m on m.id = a.member_id join organisations o on o.id = m.organisation_id
				where a.demonstration_window is not null and sits(m)
				order by o.position, m.role, m.name`
		)
	);
	const rank = (window: string) => (mainChairs as readonly string[]).indexOf(window);
	return chairs
		.map((chair) => ({ ...chair, main: rank(chair.window) >= 0 }))
		.sort((a, b) => Number(b.main) - Number(a.main) || (a.main ? rank(a.window) - rank(b.window) : 0));
}

/** The chair whose window this is: `comisia.localhost` → comisia. */
export const windowOf = (hostname: string) => /^([a-z0-9-]+)\.localhost$/.exec(hostname)?.[1];

/** The demonstration is off: whoever of it is still signed in is no longer. */
export const closeDemonstration = (database: Database) =>
	database.as('hora_signin', {}, (tx) =>
		rows(
			tx,
			sql`update signin.sessions s set ended_at = clock_timestamp() from signin.accounts a
				where a.member_id = s.member_id and a.demonstration_window is not null and s.ended_at is null`
		)
	);
