/** Reads one file out of a ZIP archive, such as a Word document is. */

import { inflateRawSync } from 'node:zlib';

export function unzip(archive: Buffer, name: string): string {
	const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	let at = archive.readUInt32LE(end + 16);
	for (let n = archive.readUInt16LE(end + 10); n > 0; n--) {
		const [named, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
			number,
			number,
			number
		];
		if (archive.toString('utf8', at + 46, at + 46 + named) === name) return contentOf(archive, at);
		at += 46 + named + extra + comment;
	}
	throw new Error(`there is no ${name} in the archive`);
}

/** @param entry where the central directory tells of it */
function contentOf(archive: Buffer, entry: number): string {
	const method = archive.readUInt16LE(entry + 10);
	const size = archive.readUInt32LE(entry + 20);
	const local = archive.readUInt32LE(entry + 42);
	const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
	const content = archive.subarray(start, start + size);
	return (method === 0 ? content : inflateRawSync(content)).toString('utf8');
}

/** The text of a Word document's part, paragraph by paragraph. */
export const wordText = (xml: string) =>
	[...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)]
		.map(([paragraph]) =>
			[...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')
		)
		.join('\n')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&apos;', "'")
		.replaceAll('&amp;', '&');
