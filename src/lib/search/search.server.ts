/** Search: the database's function finds, row-level security gives the words of what was found. */

import { sql } from 'drizzle-orm';
import { inLanguage } from '#lib/access/directory.ts';
import { rows, type Tx } from '#lib/server/database.server.ts';
import { isLate, type Measure, progress } from '#lib/strategy/measure.ts';
import type { Prose, Update } from '#lib/updates/update.ts';
import { type Found, type Hit, longest, type UpdateHit } from './found.ts';
import { excerpt, hasFound, type Mark, marked } from './marks.ts';

/** What was typed, as the database can take it: it knows no control characters and no halves of letters. */
export const asTyped = (words: string | null) =>
	(words ?? '')
		.toWellFormed()
		.replace(/\p{Cc}/gu, ' ')
		.trim()
		.slice(0, longest)
		.toWellFormed();

type Asked = {
	language: 'ro' | 'en';
	today: string;
	atMost: number;
	/** Letters of an excerpt. */
	length?: number;
};

type Row = {
	kind: Hit['kind'];
	id: string;
	total: number;
	/** What was found, or what the post that was found hangs on; with steps in the first case. */
	measure: Measure | null;
	post: Pick<Update, 'circleId' | 'kind' | 'postedAt' | 'language' | 'prose' | 'gist'> | null;
	/** What was found, or whose post it is. */
	organisation: Record<'nameRo' | 'nameEn' | 'shortRo' | 'shortEn', string> | null;
	example: boolean;
};

/** What the reader may see that has all of these words, at most so many of each kind. */
export async function search(tx: Tx, words: string, asked: Asked): Promise<Found> {
	const found = await rows<Row>(
		tx,
		sql`select s.kind, s.id, s.total::int as total, coalesce(m.example, o.example, false) as example,
				case when m.id is not null then jsonb_build_object('id', m.id, 'circleId', m.circle_id,
					'code', m.code, 'titleRo', m.title_ro, 'titleEn', m.title_en,
					'descriptionRo', m.description_ro, 'descriptionEn', m.description_en,
					'status', m.status, 'nextDate', m.next_date,
					'steps', case s.kind when 'measure' then m.row->'steps' end) end as measure,
				case when u.id is not null then jsonb_build_object('circleId', u.circle_id,
					'kind', u.kind, 'postedAt', instant(u.posted_at), 'language', u.language,
					'prose', u.prose, 'gist', u.gist) end as post,
				case when o.id is not null then jsonb_build_object('nameRo', o.name_ro, 'nameEn', o.name_en,
					'shortRo', o.short_ro, 'shortEn', o.short_en) end as organisation
			from search(${asTyped(words)}, ${asked.atMost}) s
				left join updates u on u.id = s.id
				left join measure_rows m on m.id = coalesce(u.measure_id, s.id)
				left join organisations o on o.id = coalesce(u.organisation_id, s.id)
			order by array_position(array['measure', 'organisation', 'update'], s.kind), s.place`
	);
	const groups = new Map<Hit['kind'], Found[number]>();
	for (const row of found) {
		const hit = hitOf(row, words, asked);
		if (!hit) continue;
		const group = groups.get(row.kind) ?? { kind: row.kind, total: row.total, hits: [] };
		groups.set(row.kind, group);
		group.hits.push(hit);
	}
	return [...groups.values()];
}

/** Nothing where row-level security gave no words. */
function hitOf(row: Row, words: string, { language, today, length }: Asked): Hit | undefined {
	const { kind, id, measure, post, organisation, example } = row;
	const { circleId = '', code = '' } = measure ?? {};

	if (kind === 'measure' && measure) {
		const title = marked(inLanguage(measure, 'title', language), words);
		const excerpt = hasFound(title) ? undefined : elsewhere(measure, words, language, length);
		const { status } = measure;
		const steps = { late: isLate(measure, today), progress: progress(measure) };
		return { kind, id, circleId, code, title, excerpt, status, ...steps, example };
	}
	if (kind === 'organisation' && organisation) {
		const title = marked(inLanguage(organisation, 'name', language), words);
		return { kind, id, short: inLanguage(organisation, 'short', language), title, example };
	}
	if (kind === 'update' && post && measure && organisation)
		return {
			kind,
			id,
			circleId: post.circleId,
			measureId: measure.id,
			code,
			measure: inLanguage(measure, 'title', language),
			by: inLanguage(organisation, 'short', language),
			update: post.kind,
			postedAt: post.postedAt,
			...saying(post, words, language, length)
		};
	return undefined;
}

/** Where the words of a measure stand when its title does not have them: in a description, or in the other language. */
function elsewhere(
	measure: Measure,
	words: string,
	language: 'ro' | 'en',
	length?: number
): Mark[] | undefined {
	const { titleRo, titleEn, descriptionRo, descriptionEn } = measure;
	const texts = {
		ro: [descriptionRo, titleEn, descriptionEn],
		en: [descriptionEn, titleRo, descriptionRo]
	};
	return texts[language].map((text) => excerpt(text, words, length)).find(hasFound);
}

/** Of a post what its reader reads first, or the other of its two texts where only that one has the words. */
function saying(
	{ language: written, prose, gist }: NonNullable<Row['post']>,
	words: string,
	language: 'ro' | 'en',
	length?: number
): Pick<UpdateHit, 'excerpt' | 'language'> {
	const other = written === 'ro' ? 'en' : 'ro';
	const text = { language: written, excerpt: excerpt(plain(prose), words, length) };
	if (gist === '') return text;
	const line = { language: other, excerpt: excerpt(gist, words, length) } as const;
	const both = language === other ? [line, text] : [text, line];
	return both.find(({ excerpt }) => hasFound(excerpt)) ?? both[0]!;
}

/** The words alone, without what formats them. */
const plain = (prose: Prose) =>
	prose
		.flatMap((block) => (block.type === 'paragraph' ? [block.spans] : block.items))
		.map((spans) => spans.map(({ text }) => text).join(''))
		.join(' ')
		.replace(/\s+/g, ' ');
