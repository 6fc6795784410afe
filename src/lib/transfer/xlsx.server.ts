import writeXlsx from 'write-excel-file/node';
import { neutral } from './cell.ts';

export type Sheet = { name: string; rows: string[][] };

/** Every cell is a text, and none a formula, whatever becomes of the file after. */
export const toXlsx = (sheets: Sheet[]): Promise<Buffer> =>
	writeXlsx(
		sheets.map(({ name, rows: [header = [], ...rows] }) => ({
			sheet: name.slice(0, 31),
			data: [
				header.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
				...rows.map((row) =>
					row.map((cell) =>
						cell === '' ? null : { value: neutral(cell), type: String, wrap: cell.length > 60 }
					)
				)
			],
			columns: header.map((_, at) => ({ width: widthOf([header, ...rows], at) })),
			stickyRowsCount: 1
		}))
	).toBuffer();

/** In characters, between a date and a column of text. */
const widthOf = (rows: string[][], at: number) =>
	Math.min(60, Math.max(10, ...rows.map((row) => (row[at] ?? '').length + 2)));
