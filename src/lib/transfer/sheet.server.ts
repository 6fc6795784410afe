/** The bytes of a file → sheets of cells, whatever program has written it. */

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse';
import { commaBelow } from '#lib/harm/words.ts';
import { breathe } from './slices.ts';
import { delimiterOf, type Reading, refused, type Row } from './table.ts';

export type Sheet = { name: string; rows: Row[] };

/** More than any plan has; what is larger is something else. */
export const largest = { bytes: 6 * 1024 * 1024, rows: 20_000, columns: 60, cell: 10_000 };

/**
 * @param headers folded column names, by which the delimiter of a CSV file is found
 */
export async function readFile(bytes: Uint8Array, headers: ReadonlySet<string>): Promise<Reading<Sheet>> {
	if (bytes.length === 0) return refused('import.empty');
	if (bytes.length > largest.bytes) return refused('import.too_large');
	const begins = (...signs: number[]) => signs.every((sign, at) => bytes[at] === sign);
	const zip = begins(0x50, 0x4b, 3, 4);
	if (zip && holds(bytes, 'application/vnd.oasis.opendocument')) return refused('import.is_ods');
	if (begins(0xd0, 0xcf, 0x11, 0xe0)) return refused('import.is_xls');
	const sheets = zip ? await readXlsx(bytes) : await readCsv(bytes, headers);
	if (!sheets.ok) return sheets;
	const { rows, columns, cell } = largest;
	const tooLarge = sheets.rows.some(
		(sheet) =>
			sheet.rows.length > rows ||
			sheet.rows.some(({ cells }) => cells.length > columns || cells.some((words) => words.length > cell))
	);
	return tooLarge ? refused('import.too_large') : sheets;
}

/** OpenDocument says what it is at the very beginning. */
const holds = (bytes: Uint8Array, words: string) =>
	Buffer.from(bytes.subarray(0, 120)).toString('latin1').includes(words);

async function readCsv(bytes: Uint8Array, headers: ReadonlySet<string>): Promise<Reading<Sheet>> {
	const content = decoded(bytes);
	if (content === undefined || content.includes('\0')) return refused('import.not_a_table');

	const table = content.replace(/\r\n?/g, '\n');
	const parser = parse({ delimiter: delimiterOf(table, headers), relax_column_count: true });
	parser.end(table);
	const rows: Row[] = [];
	try {
		for await (const cells of parser as AsyncIterable<string[]>) {
			rows.push({ row: rows.length + 1, cells: cells.map(comma) });
			if (rows.length % 200 === 0) await breathe();
		}
	} catch {
		return refused('plan.not_csv', rows.length + 1);
	}
	return { ok: true, rows: [{ name: '', rows }] };
}

/** As the app writes its own words: what stands in a cell is shown, too. */
const comma = (cell: string) => (/ş|Ş|ţ|Ţ|\u0327/.test(cell) ? commaBelow(cell) : cell);

/** UTF-8 with or without its mark, what Excel calls „Text Unicode”, else Windows-1250, in which Romanian Excel saves. */
function decoded(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	for (const encoding of ['utf-8', 'windows-1250']) {
		try {
			return new TextDecoder(encoding, { fatal: true }).decode(bytes);
		} catch {
			// the next one
		}
	}
	return undefined;
}

const mayTake = 20_000;
/** It runs apart: it would hold everybody up for a second, and a small file may unfold into a huge one. */
const apart = `
	const { parentPort, workerData } = require('node:worker_threads');
	import(workerData.library)
		.then(({ default: read }) => read(Buffer.from(workerData.bytes)))
		.then((sheets) => parentPort.postMessage(sheets));`;
type Cell = string | number | boolean | Date | null;
type Unfolded = { sheet: string; data: Cell[][] }[];

async function readXlsx(bytes: Uint8Array): Promise<Reading<Sheet>> {
	const library = createRequire(import.meta.url).resolve('read-excel-file/node');
	const worker = new Worker(apart, {
		eval: true,
		workerData: { bytes, library },
		resourceLimits: { maxOldGenerationSizeMb: 256 },
		stderr: true
	});
	const late = setTimeout(() => void worker.terminate(), mayTake);
	try {
		const sheets = await new Promise<Unfolded>((resolve, reject) => {
			worker.once('message', resolve).once('error', reject).once('exit', reject);
		});
		return { ok: true, rows: sheets.map(({ sheet, data }) => ({ name: sheet, rows: rowsOf(data) })) };
	} catch {
		return refused('import.not_xlsx');
	} finally {
		clearTimeout(late);
		await worker.terminate();
	}
}

/** As wide as its widest row: what is empty at the end of a row is not in the file. */
function rowsOf(data: Cell[][]): Row[] {
	const width = Math.max(0, ...data.map((row) => row.length));
	return data.map((row, at) => ({
		row: at + 1,
		cells: Array.from({ length: width }, (_, column) => wordsOf(row[column] ?? null))
	}));
}

/** A real date is the day that the sheet shows, without a time zone. */
function wordsOf(cell: Cell): string {
	if (cell === null) return '';
	if (!(cell instanceof Date)) return comma(String(cell));
	if (Number.isNaN(cell.getTime())) return '';
	const [year, month, day] = cell.toISOString().slice(0, 10).split('-');
	return `${day}.${month}.${year}`;
}
