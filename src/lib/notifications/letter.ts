/**
 * The one template of all mails that members get, in two forms: plain text, and HTML that says the same. No picture, no
 * style sheet, no address but ours; what people wrote is escaped. Pure.
 */

export type Line = {
	/** What it is about, and where it stands: nothing of it for what is narrower. */
	text: string;
	href: string;
	/** What is said of it. */
	says: string;
};

export type Section = {
	title: string;
	lines: Line[];
	/** That there is more: in narrower circles, or further down. */
	more: { text: string; href: string }[];
};

export type Words = {
	language: 'ro' | 'en';
	subject: string;
	hello: string;
	intro: string;
	sections: Section[];
	/** Why it came, and where that is chosen. */
	why: string;
	choose: { text: string; href: string };
	stop: { text: string; href: string };
};

export function asText({ hello, intro, sections, why, choose, stop }: Words): string {
	const part = ({ title, lines, more }: Section) =>
		[
			title,
			'-'.repeat(title.length),
			...lines.map(({ text, says, href }) => `${text}${says && `: ${says}`}\n${href}\n`),
			...more.map(({ text, href }) => `${text}\n${href}\n`)
		]
			.join('\n')
			.trimEnd();
	const foot = [why, ...[choose, stop].map(({ text, href }) => `${text}: ${href}`)].join('\n');
	return `${[hello, intro, ...sections.map(part)].join('\n\n')}\n-- \n${foot}\n`;
}

export function asHtml({ language, subject, hello, intro, sections, why, choose, stop }: Words): string {
	const link = (text: string, href: string) => html`<a href="${href}" style="color:#1f4e8c">${text}</a>`;
	const part = ({ title, lines, more }: Section) =>
		html`<h2
				style="margin:28px 0 0;padding:8px 0;border-top:2px solid #1b2430;font-size:17px;line-height:1.3"
			>
				${title}
			</h2>
			${lines.map(
				({ text, says, href }) =>
					html`<p style="margin:0;padding:8px 0;border-bottom:1px solid #d9d6cc">
						${link(text, href)}${says ? html`<br />${says}` : ''}
					</p>`
			)}
			${more.map(({ text, href }) => html`<p style="margin:0;padding:8px 0">${link(text, href)}</p>`)}`;
	const page = html`<!doctype html>
		<html lang="${language}">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<title>${subject}</title>
			</head>
			<body style="margin:0;background:#fbfaf6">
				<div
					style="max-width:600px;margin:0 auto;padding:24px 16px;font:16px/1.5 Arial,sans-serif;color:#1b2430"
				>
					<p style="margin:0 0 12px">${hello}</p>
					<p style="margin:0">${intro}</p>
					${sections.map(part)}
					<p style="margin:32px 0 0;padding-top:8px;border-top:1px solid #d9d6cc;font-size:13px">
						${why}<br />${link(choose.text, choose.href)} · ${link(stop.text, stop.href)}
					</p>
				</div>
			</body>
		</html>`;
	return page.markup.replace(/[\t\n]+/g, '\n');
}

/** What is safe as it stands; whatever else comes into a template is escaped. */
type Markup = { markup: string };
type Part = string | Markup | Part[];

function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
	const written = strings.map((string, i) => string + (i < parts.length ? asMarkup(parts[i] as Part) : ''));
	return { markup: written.join('') };
}

const asMarkup = (part: Part): string =>
	Array.isArray(part) ? part.map(asMarkup).join('') : typeof part === 'string' ? escape(part) : part.markup;

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => entities[letter] as string);
