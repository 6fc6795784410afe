/** Many rows in random circles, set by set: to look for what a reader should not find, and to see how long it takes. */

import { sql } from 'drizzle-orm';
import { organisationKinds, roles } from '#lib/access/actor.ts';
import { json, type Tx } from '#lib/server/database.server.ts';
import { oneOf } from './results.ts';
import type { TestDatabase } from './database.ts';

/** Words of the domain, each in forms that have one stem; and marks, of which a text has some. */
const forms = [
	['ședință', 'ședința', 'ședinței', 'ședințelor'],
	['măsură', 'măsura', 'măsurile', 'măsurilor'],
	['victimă', 'victimele', 'victimelor'],
	['protecție', 'protecția', 'protecției'],
	['formular', 'formularul', 'formularului'],
	['raportor', 'raportori', 'raportorului'],
	['trafic', 'traficul', 'traficului'],
	['instituție', 'instituția'],
	['îngrijire', 'îngrijirea'],
	['țară', 'țara', 'țările'],
	['adăpost', 'adăpostul', 'adăpostului'],
	['voucher', 'vouchers'],
	['referral', 'referrals'],
	['shelter', 'shelters']
];
const kinds = ['progress', 'evidence', 'concern', 'question', 'offer', 'comment'];

/** A mark has a digit, so that it has no stem: it is found as it stands, or as a beginning. */
export const marks = Array.from({ length: 24 }, (_, i) => `semn${i}x`);

export type Sizes = {
	organisations: number;
	circles: number;
	members: number;
	measures: number;
	updates: number;
};

export async function fill(database: TestDatabase, random: () => number, sizes: Sizes) {
	const below = (n: number) => Math.floor(random() * n);
	const list = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i));
	const id = () => crypto.randomUUID() as string;

	/** As people write: comma or cedilla letters, taken apart, in capitals, without diacritics. */
	const written = (word: string) =>
		oneOf(random, [
			(word: string) => word,
			(word: string) => word.replaceAll('ș', 'ş').replaceAll('ț', 'ţ'),
			(word: string) => word.normalize('NFD'),
			(word: string) => word.toUpperCase(),
			(word: string) => word.normalize('NFD').replace(/\p{M}/gu, '')
		])(word);
	const word = () => (random() < 0.3 ? oneOf(random, marks) : written(oneOf(random, oneOf(random, forms))));
	const text = (length: number) =>
		list(1 + below(length), word).join(oneOf(random, [' ', ' ', ', ', '-', '. ', ' «', '\n']));

	const organisations = list(sizes.organisations, (i) => ({
		id: id(),
		kind: oneOf(random, organisationKinds),
		...{ name_ro: text(4), name_en: text(4), short_ro: `Org. ${i}`, short_en: `Org. ${i}` },
		aliases: list(below(3), () => text(2)),
		position: i
	}));
	const circle = (kind: string, organisation_id: string | null = null) => ({
		...{ id: id(), kind, organisation_id, name_ro: kind, name_en: kind }
	});
	const all = circle('all');
	const own = organisations.map((one) => circle('own', one.id));
	const made = list(sizes.circles, () => circle('made'));
	const circles = [circle('public'), circle('secretariat'), all, ...own, ...made];
	const seats = [
		...own.map(({ id, organisation_id }) => ({ circle_id: id, organisation_id })),
		...[all, ...made].flatMap(({ id }) =>
			organisations
				.filter(() => id === all.id || random() < 0.35)
				.map((one) => ({ circle_id: id, organisation_id: one.id }))
		)
	];
	const members = list(sizes.members, (i) => ({
		id: id(),
		organisation_id: oneOf(random, organisations).id,
		role: oneOf(random, roles),
		active: random() < 0.9,
		name: `Membrul ${i}`
	}));
	const strategy = { id: id(), circle_id: all.id, title_ro: 'Strategia', title_en: 'Strategy' };
	const objective = { ...strategy, id: id(), strategy_id: strategy.id, kind: 'theme', position: 0 };
	const measures = list(sizes.measures, (i) => ({
		id: id(),
		circle_id: oneOf(random, circles).id,
		objective_id: objective.id,
		code: `M${i}`,
		...{ title_ro: text(6), title_en: text(6), description_ro: text(20), description_en: text(20) },
		position: i,
		retired_at: random() < 0.15 ? '2026-01-01T00:00:00Z' : null
	}));
	const updates = list(sizes.updates, (i) => {
		const author = oneOf(random, members);
		return {
			id: id(),
			circle_id: oneOf(random, circles).id,
			measure_id: oneOf(random, measures).id,
			organisation_id: author.organisation_id,
			member_id: author.id,
			kind: oneOf(random, kinds),
			language: random() < 0.7 ? 'ro' : 'en',
			text: text(40),
			gist: random() < 0.3 ? text(8) : '',
			prose: [],
			posted_at: new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString(),
			withdrawn_at: random() < 0.12 ? '2026-01-02T00:00:00Z' : null
		};
	});

	await database.asOwner(async (tx) => {
		await insert(tx, 'organisations', organisations);
		await insert(tx, 'circles', circles);
		await insert(tx, 'circle_organisations', seats);
		await insert(tx, 'members', members);
		const subjects = [strategy, objective, ...measures, ...updates];
		await insert(
			tx,
			'subjects',
			subjects.map(({ id, circle_id }) => ({ id, circle_id }))
		);
		await insert(tx, 'strategies', [strategy]);
		await insert(tx, 'objectives', [objective]);
		await insert(tx, 'measures', measures);
		await insert(tx, 'updates', updates);
	});
	return { organisations, circles, members, measures, updates, written, word };
}

/** Many rows in one statement: what a column is not given, it takes by itself. */
export async function insert(tx: Tx, table: string, values: Record<string, unknown>[]) {
	const columns = Object.keys(values[0] as object).join(', ');
	for (let at = 0; at < values.length; at += 2000)
		await tx.execute(sql`insert into ${sql.raw(table)} (${sql.raw(columns)}) select ${sql.raw(columns)}
			from jsonb_populate_recordset(null::${sql.raw(table)}, ${json(values.slice(at, at + 2000))})`);
}
