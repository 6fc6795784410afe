/** The columns and the one policy that every table of shared rows has. */

import { sql } from 'drizzle-orm';
import { customType, pgPolicy, pgRole, timestamp, uuid } from 'drizzle-orm/pg-core';

export const application = pgRole('hora_app').existing();

/** Row-level security is one and the same line in every table of shared rows. */
export const inMyCircles = () =>
	pgPolicy('circle', { to: application, using: sql`circle_id = any(array(select my_circles()))` });

/** For what every actor may read, and nobody when no actor is set. */
export const forAnybodySet = () => pgPolicy('anybody', { to: application, using: sql`anybody()` });

/** For members alone: who sits at the table is not for visitors. */
export const forMembers = () =>
	pgPolicy('members', { to: application, using: sql`setting('member') is not null` });

export const id = () => uuid('id').primaryKey().defaultRandom();

/** JavaScript dates hold milliseconds, so the database keeps no more. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
