/** Search: the database's function finds, row-level security gives the words of what was found. */

import { sql } from 'drizzle-orm';
import { inLanguage } from '#lib/access/directory.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { isLate, type Measure } from '#lib/strategy/measure.ts';
import type { Prose, UpdateKind } from '#lib/updates/update.ts';
import { type Found, type Hit, longest } from './found.ts';
import { excerpt, hasFound, type Mark, marked } from './marks.ts';

/** What was typed, as the database can take it: it knows no control characters and no halves of letters. */
export const asTyped = (words: string | null) =>
	(words ?? '')
		.toWellFormed()
		.replace(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, longest)
		.toWellFormed();

type Asked = { language: 'ro' | 'en'; today: string; atMost: number };

type Names = { short_ro: string; short_en: string; name_ro: string; name_en: string; example: boolean };
type Row = {
	kind: Hit['kind'];
	id: string;
	total: number;
	measure: Measure | null;
	post: { circleId: string; kind: UpdateKind; postedAt: string; prose: Prose } | null;
	organisation: Names | null;
};

/** What the reader may see that has all of these words, at most so many of each kind. */
export async function search(tx: Tx, words: string, { language, today, atMost }: Asked): Promise<Found> {
	const found = await rows<Row>(
		tx,
		sql`select s.kind, s.id, s.total::int as total,
				(select measure_row(m) from measures m where m.id = coalesce(u.measure_id, s.id)) as measure,
				case when u.id is not null then jsonb_build_object(
					'circleId', u.circle_id, 'kind', u.kind, 'postedAt', instant(u.posted_at), 'prose', u.prose) end as post,
				(select jsonb_build_object('short_ro', o.short_ro, 'short_en', o.short_en,
						'name_ro', o.name_ro, 'name_en', o.name_en, 'example', o.example)
					from organisations o where o.id = coalesce(u.organisation_id, s.id)) as organisation
			from search(${asTyped(words)}, ${atMost}) s
				left join lateral (select * from updates u where u.id = s.id and s.kind = 'update') u on true
			order by array_position(array['measure', 'organisation', 'update'], s.kind), s.place`
	);
	const groups = new Map<Hit['kind'], Found[number]>();
	for (const row of found) {
		const hit = hitOf(row, words, language, today);
		if (!hit) continue;
		const group = groups.get(row.kind) ?? { kind: row.kind, total: row.total, hits: [] };
		groups.set(row.kind, group);
		group.hits.push(hit);
	}
	return [...groups.values()];
}

/** Nothing where row-level security gave no words. */
function hitOf(
	{ kind, id, measure, post, organisation }: Row,
	words: string,
	language: 'ro' | 'en',
	today: string
): Hit | undefined {
	if (kind === 'measure' && measure) {
		const { circleId, code, status, example } = measure;
		const title = marked(inLanguage(measure, 'title', language), words);
		return {
			kind,
			id,
			circleId,
			code,
			title,
			excerpt: elsewhere(measure, title, words, language),
			status,
			late: isLate(measure, today),
			example
		};
	}
	if (kind === 'update' && measure && post && organisation)
		return {
			kind,
			id,
			circleId: post.circleId,
			measureId: measure.id,
			code: measure.code,
			measure: inLanguage(measure, 'title', language),
			by: nameOf(organisation, 'short', language),
			update: post.kind,
			postedAt: post.postedAt,
			excerpt: excerpt(plain(post.prose), words)
		};
	if (kind === 'organisation' && organisation)
		return {
			kind,
			id,
			short: nameOf(organisation, 'short', language),
			title: marked(nameOf(organisation, 'name', language), words),
			example: organisation.example
		};
	return undefined;
}

/** Where the words stand when the title does not have them: in a description, or in the other language. */
function elsewhere(measure: Measure, title: Mark[], words: string, language: 'ro' | 'en') {
	if (hasFound(title)) return undefined;
	const { titleRo, titleEn, descriptionRo, descriptionEn } = measure;
	const inOrder = {
		ro: [descriptionRo, titleEn, descriptionEn],
		en: [descriptionEn, titleRo, descriptionRo]
	};
	return inOrder[language].map((text) => excerpt(text, words)).find(hasFound);
}

const nameOf = (names: Names, part: 'short' | 'name', language: 'ro' | 'en') => names[`${part}_${language}`];

/** The words alone, without what formats them. */
const plain = (prose: Prose) =>
	prose
		.map((block) => (block.type === 'paragraph' ? [block.spans] : block.items))
		.flatMap((lines) => lines.map((spans) => spans.map(({ text }) => text).join('')))
		.join(' ')
		.replace(/\s+/g, ' ');
