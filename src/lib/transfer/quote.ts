/** A post as it is quoted: its words, and whence, for whom and under which rule they are. Pure. */

import { m } from '#i18n';
import type { Circle } from '#lib/access/directory.ts';
import { circleName } from '#lib/access/directory.ts';
import { quotingWord } from '#lib/access/quoting.ts';
import { formatDay, formatLongMoment, type Locale, today as dayOf } from '#lib/time.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import type { Prose, Span, Update } from '#lib/updates/update.ts';
import { saidAt } from './facts.ts';

export type Quoted = {
	post: Pick<Update, 'kind' | 'replyTo' | 'postedAt' | 'editedAt' | 'language' | 'prose'>;
	/** Whose words they are, as the reader calls it. */
	organisation: string;
	/** The measure's code. */
	code: string;
	circle: Pick<Circle, 'nameRo' | 'nameEn' | 'quoting'> | undefined;
	link: string;
};

/** „Ministerul Exemplu A, progres, 24.09.2024, măsura E3; varianta din …; pentru cercul …; se poate cita …” */
export function sourceOf({ post, organisation, code, circle }: Omit<Quoted, 'link'>, locale: Locale): string {
	const said = {
		organisation,
		kind: (post.replyTo ? m.print_reply({}, { locale }) : kindWord(post.kind, locale)).toLowerCase(),
		date: formatDay(dayOf(new Date(post.postedAt)), locale)
	};
	const measure = code ? `, ${m.quote_measure({ code }, { locale })}` : '';
	return `${m.quote_said(said, { locale })}${measure}; ${ruleOf(post, circle, locale)}`;
}

/** Which words they are, who reads them, and what may be done with them elsewhere. */
export const ruleOf = (
	post: Pick<Update, 'postedAt' | 'editedAt'>,
	circle: Quoted['circle'],
	locale: Locale
) =>
	`${m.quote_version({ version: formatLongMoment(saidAt(post), locale) }, { locale })}; ${circleRule(circle, locale)}`;

/** For whom it is, and whether it may be quoted elsewhere. */
export const circleRule = (circle: Quoted['circle'], locale: Locale) =>
	[
		m.quote_circle({ circle: circleName(circle, locale) }, { locale }),
		m.quote_rule({ rule: quotingWord(circle?.quoting, locale) }, { locale })
	].join('; ');

/** The same quotation for what takes plain text and for what takes rich text. */
export function quotationOf(quoted: Quoted, locale: Locale): { plain: string; html: string } {
	const { post, link } = quoted;
	const source = sourceOf(quoted, locale);
	return {
		plain: `${quoteMarks(plainOf(post.prose), post.language)}\n— ${source}. ${link}`,
		html:
			`<blockquote lang="${post.language}">${htmlOf(post.prose)}</blockquote>` +
			`<p>— ${escaped(source)}. <a href="${escaped(link)}">${escaped(link)}</a></p>`
	};
}

const quoteMarks = (words: string, language: 'ro' | 'en') =>
	language === 'ro' ? `„${words}”` : `“${words}”`;

/** The words without their marks; a list keeps its items apart. */
export const plainOf = (prose: Prose) =>
	prose
		.map((block) =>
			block.type === 'paragraph'
				? lineOf(block.spans)
				: block.items
						.map((item, at) => `${block.ordered ? `${block.start + at}.` : '•'} ${lineOf(item)}`)
						.join('\n')
		)
		.join('\n\n');

const lineOf = (spans: Span[]) => spans.map(({ text }) => text).join('');

const htmlOf = (prose: Prose) =>
	prose
		.map((block) => {
			if (block.type === 'paragraph') return `<p>${spansOf(block.spans)}</p>`;
			const items = block.items.map((item) => `<li>${spansOf(item)}</li>`).join('');
			return block.ordered ? `<ol start="${block.start}">${items}</ol>` : `<ul>${items}</ul>`;
		})
		.join('');

const spansOf = (spans: Span[]) =>
	spans
		.map(({ text, strong, href }) => {
			const words = escaped(text).replaceAll('\n', '<br>');
			if (href && /^https?:\/\//.test(href)) return `<a href="${escaped(href)}">${words}</a>`;
			return strong ? `<strong>${words}</strong>` : words;
		})
		.join('');

/** Nothing that a person wrote is markup. */
const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
