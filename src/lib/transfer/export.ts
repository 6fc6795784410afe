/** What a member asks to take out of Hora, as the form of `/export` says it. */

import { tableNames } from './table-words.ts';

/** One table, or the whole as sheets or in JSON; a report goes out by its own page. */
export const wholes = ['all', ...tableNames, 'report'] as const;
export type Whole = (typeof wholes)[number];

export const formats = ['csv', 'xlsx', 'json', 'docx'] as const;
export type Format = (typeof formats)[number];

/** An ASCII name that every system takes: `hora-masuri-toti-partenerii-2026-11-24.csv`. */
export function fileName(parts: string[], format: Format) {
	const plain = parts
		.map((part) =>
			part
				.normalize('NFKD')
				.replace(/\p{M}/gu, '')
				.replace(/[^A-Za-z0-9]+/g, ' ')
				.trim()
				.replaceAll(' ', '-')
				.toLowerCase()
				.slice(0, 50)
		)
		.filter(Boolean);
	return `${['hora', ...plain].join('-')}.${format}`;
}

/** As a browser keeps a file: never shown, never guessed at, never stored on the way. */
export const fileHeaders = (name: string, format: Format) => ({
	'content-type': types[format],
	'content-disposition': `attachment; filename="${name}"`,
	'cache-control': 'no-store'
});

const types: Record<Format, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	json: 'application/json; charset=utf-8',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
};
