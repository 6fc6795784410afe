/** Light formatting: bold, lists, links. Parsed once, on the server, into a tree; no HTML is ever made. */

import { marked, type Token, type Tokens } from 'marked';
import type { Block, Prose, Span } from './update.ts';

export function parseProse(text: string): Prose {
	return marked.lexer(text, { gfm: true, breaks: true }).flatMap(block);
}

function block(token: Token): Block[] {
	switch (token.type) {
		case 'space':
			return [];
		case 'paragraph':
			return [{ type: 'paragraph', spans: spans(token.tokens ?? []) }];
		case 'list': {
			const list = token as Tokens.List;
			return [
				{
					type: 'list',
					ordered: list.ordered,
					start: Number(list.start) || 1,
					items: list.items.map((item) => spans(item.tokens))
				}
			];
		}
		default:
			// Headings, quotes, code, tables, HTML: nothing of ours, so it stays what was typed.
			return [{ type: 'paragraph', spans: [{ text: token.raw.trimEnd() }] }];
	}
}

function spans(tokens: Token[], outer: Omit<Span, 'text'> = {}): Span[] {
	return tokens.flatMap((token): Span[] => {
		switch (token.type) {
			case 'strong':
				return spans(token.tokens ?? [], { ...outer, strong: true });
			case 'link':
				return isWebAddress(token.href)
					? spans(token.tokens ?? [], { ...outer, href: token.href })
					: [{ ...outer, text: token.raw }];
			case 'text':
				return token.tokens ? spans(token.tokens, outer) : [{ ...outer, text: unescaped(token) }];
			case 'escape':
				return [{ ...outer, text: token.text }];
			case 'br':
				return [{ ...outer, text: '\n' }];
			default:
				return [{ ...outer, text: token.raw }];
		}
	});
}

const isWebAddress = (href: string) => /^https?:\/\//i.test(href) && URL.canParse(href);

/** The lexer keeps what was typed in `raw`; `text` may be escaped for HTML, which we do not write. */
const unescaped = (token: Token) => token.raw;
