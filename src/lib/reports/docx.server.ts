/** The document as a Word file: A4, numbered pages, real headings, real footnotes, drawn progress. */

import {
	AlignmentType,
	Document as WordDocument,
	ExternalHyperlink,
	Footer,
	FootnoteReferenceRun,
	HeadingLevel,
	Packer,
	PageNumber,
	Paragraph,
	ShadingType,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType
} from 'docx';
import { m } from '#i18n';
import type { Prose, Span } from '#lib/updates/update.ts';
import type { Document, Part, Told } from './document.ts';

type Child = Paragraph | Table;
type Run = TextRun | ExternalHyperlink | FootnoteReferenceRun;

/** A4 and its margins, in twentieths of a point. */
const page = {
	size: { width: 11906, height: 16838 },
	margin: { top: 1134, right: 1134, bottom: 1134, left: 1134 }
};
const headings = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_1, 3: HeadingLevel.HEADING_2 } as const;

export async function toDocx(document: Document): Promise<Uint8Array<ArrayBuffer>> {
	const { language: locale, title, lines, parts, notes } = document;
	const file = new WordDocument({
		title,
		creator: 'Hora',
		styles: {
			default: { document: { run: { font: 'Calibri', size: 22, language: { value: tag(locale) } } } }
		},
		numbering: {
			config: [{ reference: 'ordered', levels: [{ level: 0, format: 'decimal', text: '%1.' }] }]
		},
		footnotes: Object.fromEntries(
			notes.map(({ number, source, link }) => [
				number,
				{ children: [new Paragraph({ children: [new TextRun(`${source}. `), linked(link, link)] })] }
			])
		),
		sections: [
			{
				properties: { page },
				footers: { default: new Footer({ children: [footer(locale)] }) },
				children: [
					new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
					...lines.map((line) => new Paragraph({ children: [new TextRun({ text: line, size: 20 })] })),
					...parts.flatMap((part) => childrenOf(part, locale))
				]
			}
		]
	});
	return new Uint8Array(await Packer.toArrayBuffer(file));
}

const tag = (language: 'ro' | 'en') => (language === 'ro' ? 'ro-RO' : 'en-GB');

function footer(locale: 'ro' | 'en') {
	const [before, between, after] = m.page_of({ page: '\0', pages: '\0' }, { locale }).split('\0') as [
		string,
		string,
		string
	];
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		children: [
			new TextRun({
				children: [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
				size: 18
			})
		]
	});
}

function childrenOf({ level, title, progress, paragraphs, groups }: Part, locale: 'ro' | 'en'): Child[] {
	return [
		...(title
			? [new Paragraph({ heading: headings[level], keepNext: true, children: [new TextRun(title)] })]
			: []),
		...(progress ? bar(progress) : []),
		...paragraphs.flatMap(({ prose }) => proseOf(prose)),
		...groups.flatMap((group) => [
			new Paragraph({
				heading: HeadingLevel.HEADING_3,
				keepNext: true,
				children: [new TextRun(group.title)]
			}),
			...group.statements.flatMap((statement) => statementOf(statement, locale))
		])
	];
}

/** Progress as two cells of one row, dark what is done; the words stand under it. */
function bar({ done, of, words }: NonNullable<Part['progress']>): Child[] {
	const share = of === 0 ? 0 : Math.round((100 * done) / of);
	const cell = (size: number, fill: string) =>
		new TableCell({
			width: { size, type: WidthType.PERCENTAGE },
			shading: { type: ShadingType.CLEAR, fill },
			children: [new Paragraph({ spacing: { line: 120 }, children: [] })]
		});
	const cells = [
		...(share > 0 ? [cell(share, '2C6E49')] : []),
		...(share < 100 ? [cell(100 - share, 'E4E0D6')] : [])
	];
	return [
		new Table({ width: { size: 40, type: WidthType.PERCENTAGE }, rows: [new TableRow({ children: cells })] }),
		new Paragraph({ spacing: { after: 120 }, children: [new TextRun({ text: words, size: 20 })] })
	];
}

/** Whose words, the words, the footnote at their end; and that they are others than when it was made. */
function statementOf({ lead, words, note, changed }: Told, locale: 'ro' | 'en'): Child[] {
	const end: Run[] = [
		new FootnoteReferenceRun(note),
		...(changed ? [new TextRun({ text: ` (${m.report_stale({}, { locale })})`, italics: true })] : [])
	];
	const start = lead ? [new TextRun({ text: `${lead} `, bold: true })] : [];
	return proseOf(words, start, end);
}

function proseOf(prose: Prose, start: Run[] = [], end: Run[] = []): Child[] {
	const lines = prose.flatMap((block): { spans: Span[]; list?: 'ordered' | 'bullet' }[] =>
		block.type === 'paragraph'
			? [{ spans: block.spans }]
			: block.items.map((spans) => ({ spans, list: block.ordered ? 'ordered' : 'bullet' }))
	);
	if (lines.length === 0) lines.push({ spans: [] });
	return lines.map(
		({ spans, list }, at) =>
			new Paragraph({
				spacing: { after: 120 },
				...(list === 'bullet' ? { bullet: { level: 0 } } : {}),
				...(list === 'ordered' ? { numbering: { reference: 'ordered', level: 0 } } : {}),
				children: [
					...(at === 0 ? start : []),
					...spans.flatMap(runsOf),
					...(at === lines.length - 1 ? end : [])
				]
			})
	);
}

function runsOf({ text, strong, href }: Span): Run[] {
	if (href && /^https?:\/\//.test(href)) return [linked(text, href)];
	return text
		.split('\n')
		.map((line, at) => new TextRun({ text: line, bold: strong, ...(at > 0 ? { break: 1 } : {}) }));
}

const linked = (text: string, link: string) =>
	new ExternalHyperlink({ link, children: [new TextRun({ text, style: 'Hyperlink' })] });
