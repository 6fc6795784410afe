/** Puts hostile words into every text field of a world: the columns are asked of the database, so new ones are met. */

import { sql } from 'drizzle-orm';
import { rows, type Tx } from '#lib/server/database.server.ts';

/** Not words: their values are fixed, checked, or read by the code. */
const notWords =
	/^(kind|role|status|state|part|language|query|command|type|field|id|email|address|device|browser|purpose|code|result|quoting|skipped)$/;

export async function plantIn(tx: Tx, payloads: string[]): Promise<string[]> {
	const columns = await rows<{ table: string; column: string }>(
		tx,
		sql`select c.table_name as table, c.column_name as column from information_schema.columns c
			join information_schema.tables t using (table_schema, table_name)
			where c.table_schema = 'public' and c.data_type = 'text' and t.table_type = 'BASE TABLE'
				and c.table_name not in ('words', 'events', 'operations', 'mails') order by 1, 2`
	);
	const planted: string[] = [];
	const list = sql`array(select jsonb_array_elements_text(${JSON.stringify(payloads)}::text::jsonb))`;
	for (const { table, column } of columns.filter(({ column }) => !notWords.test(column))) {
		await tx.execute(sql`with p as (select ${list} as list), numbered as
				(select ctid, row_number() over () + ${planted.length} as at from ${sql.identifier(table)})
			update ${sql.identifier(table)} t set ${sql.identifier(column)} = p.list[1 + n.at % cardinality(p.list)]
				from p, numbered n where n.ctid = t.ctid`);
		planted.push(`${table}.${column}`);
	}
	return planted;
}
