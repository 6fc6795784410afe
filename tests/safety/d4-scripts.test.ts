/**
 * D4, as the server writes it: no page holds a member's text as anything but text. The journey "safety" opens the same
 * in a browser.
 */

import { sql } from 'drizzle-orm';
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asCalendar } from '#lib/notifications/ics.ts';
import { asHtml } from '#lib/notifications/letter.ts';
import { toDocx } from '#lib/reports/docx.server.ts';
import { rows } from '#lib/server/database.server.ts';
import { quotationOf } from '#lib/transfer/quote.ts';
import { parseProse } from '#lib/updates/prose.server.ts';
import type { Prose } from '#lib/updates/update.ts';
import { toSheet } from '../../src/routes/(app)/measures/columns.ts';
import { payloads } from '../support/payloads.ts';
import { type Doors, openDoors, People } from '../support/people.ts';
import { plantIn } from '../support/planting.ts';
import { randomFrom } from '../support/results.ts';
import { guestRoutes, pathOf, routes } from '../support/routes.ts';
import { full, seed, tried } from '../support/safety.ts';
import { unzip, wordText } from '../support/unzip.ts';

const world = new People(randomFrom(seed));
let doors: Doors;
let planted: string[];
beforeAll(async () => {
	doors = await openDoors(world);
	planted = await doors.database.asOwner(async (tx) => {
		const fields = await plantIn(tx, payloads);
		for (const [n, { id }] of world.posts.entries()) {
			const text = payloads[n % payloads.length] as string;
			await rows(
				tx,
				sql`update updates set text = ${text}, prose = ${JSON.stringify(parseProse(text))}::text::jsonb where id = ${id}`
			);
		}
		return fields;
	});
});
afterAll(() => doors?.close());

/** What would be markup of a payload: none of ours calls hora(). Scripts of a page carry a nonce and hold data only. */
const markup =
	/<[a-z][^<>]*\bhora\(\d+\)|<script>[^<]*hora\(|<[a-z][^<>]*\s(href|src|action|data|srcdoc)=["']?\s*(javascript|data:text|vbscript):/i;

test(
	`${payloads.length} payloads in every text field: no page of another organisation holds markup of theirs`,
	{ timeout: 200_000 },
	async () => {
		expect(payloads).toHaveLength(50);
		expect(planted.length).toBeGreaterThan(20);
		const members = world.people
			.filter(({ role, ended }) => role === 'coordinator' && !ended)
			.slice(0, full ? 6 : 2);
		let [cases, met] = [0, 0];
		for (const member of members) {
			const seen = world.measures.filter(({ circle }) => world.sees(member, circle)).slice(0, full ? 30 : 5);
			const paths = [
				...seen.map(({ id }) => `/measures/${id}`),
				...routes()
					.filter(({ id, page }) => page && !guestRoutes.includes(id))
					.map(({ id }) =>
						pathOf(
							id,
							/organi[sz]ation/.test(id)
								? member.organisation
								: /objective/.test(id)
									? world.objective
									: /print|circle/.test(id)
										? world.all
										: (seen[0]?.id as string)
						)
					),
				`/search?q=${encodeURIComponent('hora')}`
			];
			for (const path of paths) {
				const text = await (await doors.as(member).get(path)).text();
				// Data for the browser stands in scripts that carry the page's nonce, every < of it written as \u003C.
				const written = text
					.replace(/<script nonce="[^"]+"[^>]*>([^<]*)<\/script>/g, '')
					// Within its quotes a value is a value, unless a browser would run it.
					.replace(/\s[\w:-]+="(?!\s*(?:javascript|vbscript|data:text))[^"]*"/gi, '');
				met += text.split('hora(').length - 1;
				expect([path, markup.exec(written)?.[0]]).toEqual([path, undefined]);
				cases++;
			}
		}
		expect(met, 'the payloads stand on the pages').toBeGreaterThan(200);
		tried('D4', 'scripts as served', {
			cases: payloads.length,
			due: 50,
			fields: planted.length,
			pages: cases,
			met
		});
	}
);

/** The tags of a text, in their order: what a payload must not add to. */
const tagsOf = (markup: string) =>
	markup.match(/<[/!a-z][^>]*>/gi)?.map((tag) => /^<[/!\w:]+/.exec(tag)?.[0]);

test('in letters, quotations, Word and calendars each of them is text, and changes nothing of the form', async () => {
	const letterOf = (words: string) => {
		const link = { text: words, href: 'https://hora.example.org/' };
		return asHtml({
			...{ language: 'ro', subject: words, hello: words, intro: words, why: words, choose: link, stop: link },
			sections: [{ title: words, lines: [{ ...link, says: words }], more: [link] }]
		});
	};
	const quotationHtml = (words: string) =>
		quotationOf(
			{
				post: {
					...{
						kind: 'progress',
						replyTo: null,
						postedAt: '2026-01-01T10:00:00Z',
						editedAt: null,
						language: 'ro'
					},
					prose: parseProse(words)
				},
				...{ organisation: words, code: words, link: 'https://hora.example.org/' },
				circle: { nameRo: words, nameEn: words, quoting: 'freely' }
			},
			'ro'
		).html;
	const wordOf = async (words: string) => {
		const place = { progress: null, groups: [], paragraphs: [] };
		const told = {
			key: 'k',
			version: '1',
			group: 'said',
			language: 'ro',
			link: 'https://hora.example.org/'
		} as const;
		const statement = {
			...told,
			lead: words,
			words: textOnly(words),
			source: words,
			note: 1,
			changed: false
		};
		const file = await toDocx({
			...{ title: words, language: 'ro', lines: [words], changed: 0, fresh: 0, gone: 0 },
			parts: [
				{ ...place, placeId: 'o', level: 2, title: words },
				{
					...place,
					placeId: 'm',
					level: 3,
					title: words,
					groups: [{ title: words, statements: [statement] }]
				}
			],
			notes: [{ number: 1, source: words, link: told.link }]
		});
		return ['word/document.xml', 'word/footnotes.xml', 'docProps/core.xml'].map((part) =>
			unzip(Buffer.from(file), part)
		);
	};
	const calendarOf = (words: string) =>
		asCalendar(words, [
			{
				...{ uid: 'a@hora', day: '2026-12-01', summary: `${words}\r\nATTACH:https://evil.example` },
				...{ href: 'https://hora.example.org/', changedAt: '2026-01-01T10:00:00Z' }
			}
		]);
	const propertiesOf = (ics: string) =>
		new ICAL.Component(ICAL.parse(ics) as unknown[])
			.getAllSubcomponents('vevent')
			.flatMap((event) => event.getAllProperties().map(({ name }) => name));

	const plain = 'Cuvinte';
	const [letter, quotation, word, calendar] = [
		tagsOf(letterOf(plain)),
		tagsOf(quotationHtml(plain)),
		(await wordOf(plain)).map(tagsOf),
		propertiesOf(calendarOf(plain))
	];
	for (const payload of payloads) {
		expect(tagsOf(letterOf(payload)), payload).toEqual(letter);
		// What is written of a link or a list in a post may be one.
		const quoted = tagsOf(quotationHtml(payload)) ?? [];
		expect(
			quoted.filter((tag) => !/^<\/?(blockquote|p|br|a|ul|ol|li|strong|em)$/.test(tag ?? '')),
			payload
		).toEqual([]);
		expect(quotationHtml(payload)).not.toMatch(/href="(?!https?:)/);
		const parts = await wordOf(payload);
		expect(parts.map(tagsOf), payload).toEqual(word);
		expect(wordText(parts[0] as string)).toContain(payload.replace(/\p{Cc}/gu, ''));
		expect(propertiesOf(calendarOf(payload)), payload).toEqual(calendar);
	}
	expect(quotation).toContain('<blockquote');
	tried('D4', 'letters, quotations, Word, calendars', { cases: payloads.length, due: 50 });
});

const textOnly = (text: string): Prose => [{ type: 'paragraph', spans: [{ text }] }];

test('in a spreadsheet none of them is a formula', () => {
	const formulas = [...payloads, '=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '=cmd|x'];
	for (const line of toSheet(formulas.map((one) => [one, one])).split('\n'))
		for (const cell of line.split('\t')) expect(cell).not.toMatch(/^[=+\-@]/);
	tried('D4', 'spreadsheet cells', { cases: formulas.length, due: 50 });
});
