import { neutral } from './cell.ts';

/** A table as spreadsheets in Romania open it: semicolons, a mark that it is UTF-8, no cell that is a formula. */
export const toCsv = (rows: string[][]) =>
	'\uFEFF' + rows.map((row) => row.map((cell) => quoted(neutral(cell))).join(';')).join('\r\n') + '\r\n';

const quoted = (cell: string) => (/[;"\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
