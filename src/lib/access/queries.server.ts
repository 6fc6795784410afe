import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';
import type { Circle, Organisation } from './directory.ts';

/** Every organisation, in the order of the ring. */
export const listOrganisations = (tx: Tx) =>
	rows<Organisation>(
		tx,
		sql`select id, kind, name_ro as "nameRo", name_en as "nameEn", short_ro as "shortRo", short_en as "shortEn",
				is_group as "group", seated and retired_at is null as seated, example, retired_at is not null as retired
			from organisations
			order by array_position(array['parliament', 'ministry', 'agency', 'ngo', 'embassy', 'international'], kind),
				position, name_ro`
	);

/** The circles the reader is in, the widest first. */
export const listCircles = (tx: Tx) =>
	rows<Circle>(
		tx,
		sql`select c.id, c.kind, c.name_ro as "nameRo", c.name_en as "nameEn",
				array(select co.organisation_id from circle_organisations co where co.circle_id = c.id) as "organisationIds",
				array(select n.outer_id from nested n where n.circle_id = c.id) as "outerIds",
				c.succeeded_by is not null or c.retired_at is not null as closed, c.retired_at is not null as retired, c.quoting
			from circles c
			order by array_position(array['public', 'all', 'made', 'own', 'secretariat'], c.kind),
				(select count(*) from circle_organisations co where co.circle_id = c.id) desc, c.name_ro`
	);
