/** A table of cells, as a spreadsheet shows it, and how it is read from CSV. */

import { CsvError, type Options, parse } from 'csv-parse/sync';
import { fold } from '#lib/fold.ts';

/** Row 1 is the first of the file. */
export type Row = { row: number; cells: string[] };

/** Where a file cannot be read; the message is a key. `value` has passed the guard on words. */
export type Problem = { row: number; column: string; message: string; value?: string };

export type Reading<T> = { ok: true; rows: T[] } | { ok: false; problems: Problem[] };

export const refused = (message: string, row = 1): Reading<never> => ({
	ok: false,
	problems: [{ row, column: '', message }]
});

/** Semicolons where lists are separated by commas, as in Romanian; tabs where Excel saves „Text Unicode”. */
const delimiters = [';', ',', '\t'] as const;
const sample = 25;
const options = (delimiter: string): Options => ({ delimiter, relax_column_count: true });

/**
 * @param headers folded column names: the delimiter is the one that finds most of them, whatever stands above
 */
export function parseCsv(content: string, headers: ReadonlySet<string>): Reading<Row> {
	// A file saved in another encoding shows itself by the replacement character.
	if (content.toWellFormed().includes('\uFFFD')) return refused('plan.not_utf8');

	const table = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	try {
		const records = parse(table, options(delimiterOf(table, headers))) as string[][];
		return { ok: true, rows: records.map((cells, at) => ({ row: at + 1, cells })) };
	} catch (error) {
		if (error instanceof CsvError) return refused('plan.not_csv', Number(error.lines ?? 1));
		throw error;
	}
}

/** The one that finds most of the column names. */
export function delimiterOf(table: string, headers: ReadonlySet<string>): string {
	const found = (delimiter: string) => {
		try {
			const records = parse(table, { ...options(delimiter), to: sample }) as string[][];
			return Math.max(0, ...records.map((cells) => cells.filter((cell) => headers.has(fold(cell))).length));
		} catch {
			return 0;
		}
	};
	const counts = delimiters.map(found);
	return delimiters[counts.indexOf(Math.max(...counts))] ?? ';';
}
