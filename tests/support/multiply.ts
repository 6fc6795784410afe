/** A strategy with many measures, made of the demonstration's. */

import { sql } from 'drizzle-orm';
import { type Tx } from '#lib/server/database.server.ts';

/** The invented measures again and again, each with other words, until there are so many. */
export async function multiply(tx: Tx, measures: number) {
	await tx.execute(sql`
		create temporary table copies on commit drop as
			select gen_random_uuid() as new_id, m.id as old_id, m.circle_id, row_number() over () as i
				from measures m, generate_series(1, ${measures} / 10) g where m.example and m.circle_id in (select id from circles where kind = 'all')
				limit ${measures} - (select count(*) from measures)`);
	await tx.execute(sql`insert into subjects (id, circle_id) select new_id, circle_id from copies`);
	await tx.execute(sql`
		insert into measures (id, circle_id, objective_id, code, position, title_ro, title_en, description_ro, description_en,
				indicators, resources, source, deadline, next_date, status, example)
			select c.new_id, m.circle_id, m.objective_id, 'X' || c.i, 100 + c.i, m.title_ro || ' ' || md5(c.i::text),
				m.title_en || ' ' || md5(c.i::text), m.description_ro, m.description_en, m.indicators, m.resources, m.source,
				m.deadline, m.next_date, m.status, true
			from copies c join measures m on m.id = c.old_id`);
	await tx.execute(sql`
		insert into measure_organisations (measure_id, circle_id, organisation_id, part, position)
			select c.new_id, o.circle_id, o.organisation_id, o.part, o.position
				from copies c join measure_organisations o on o.measure_id = c.old_id`);
	await tx.execute(sql`
		insert into steps (measure_id, circle_id, position, title_ro, title_en, date, source, done)
			select c.new_id, s.circle_id, s.position, s.title_ro, s.title_en, s.date, s.source, s.done
				from copies c join steps s on s.measure_id = c.old_id`);
}
