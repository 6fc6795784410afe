/** Tables → a file in the form that was asked for. */

import { m } from '#i18n';
import type { Actor } from '#lib/access/actor.ts';
import { circleName, inLanguage } from '#lib/access/directory.ts';
import { quotingWord } from '#lib/access/quoting.ts';
import { formatDay, formatLongMoment, type Locale, today as dayOf } from '#lib/time.ts';
import { toCsv } from './csv.ts';
import { fileName, type Format, type Whole } from './export.ts';
import { type Facts, periodWords, type Scope } from './facts.ts';
import { tableNames, tableWords } from './table-words.ts';
import { type Table, tablesOf, toObjects } from './tables-out.ts';
import { toXlsx } from './xlsx.server.ts';

type Asked = {
	what: Exclude<Whole, 'report'>;
	format: Format;
	scope: Scope;
	site: string;
	locale: Locale;
	actor: Pick<Actor, 'name' | 'organisationId'>;
	now: Date;
};

/** @returns the file's name and what is in it */
export async function fileOf(facts: Facts, asked: Asked): Promise<{ name: string; body: BodyInit }> {
	const { what, format, scope, locale, site, now } = asked;
	const tables = tablesOf(facts, scope, what === 'all' ? tableNames : [what], site, locale);
	const circle = facts.circles.find(({ id }) => id === scope.circleId);
	const title = (what === 'all' ? m.export_all : tableWords[what])({}, { locale });
	const name = fileName([title, circleName(circle, locale), dayOf(now)], format);
	return { name, body: await bodyOf(format, tables, about(facts, asked), locale) };
}

async function bodyOf(format: Format, tables: Table[], about: string[][], locale: Locale): Promise<BodyInit> {
	switch (format) {
		case 'xlsx': {
			const sheets = tables.map((table) => ({
				name: tableWords[table.name]({}, { locale }),
				rows: table.rows
			}));
			const file = await toXlsx([...sheets, { name: m.export_about({}, { locale }), rows: about }]);
			return new Uint8Array(file);
		}
		case 'json':
			return JSON.stringify(
				{
					about: Object.fromEntries(about),
					...Object.fromEntries(tables.map((table) => [table.name, toObjects(table)]))
				},
				null,
				'\t'
			);
		default:
			return toCsv(tables[0]?.rows ?? []);
	}
}

/** For whom the file was made, by whom, of what: on a sheet of its own, since the layout of a plan has no room. */
function about({ circles, organisations, objectives }: Facts, { scope, locale, site, actor, now }: Asked) {
	const circle = circles.find(({ id }) => id === scope.circleId);
	const organisation = organisations.find(({ id }) => id === actor.organisationId);
	const chosen = objectives.filter(({ id }) => scope.objectives.includes(id));
	const rows: [typeof m.export_about, string][] = [
		[m.export_about_for, circleName(circle, locale)],
		[m.export_quoting, circle ? quotingWord(circle.quoting, locale) : ''],
		[m.export_about_period, periodWords(scope, locale)],
		[
			m.export_about_objectives,
			chosen.map((one) => inLanguage(one, 'title', locale)).join(' | ') || m.export_everything({}, { locale })
		],
		[
			m.export_about_by,
			[actor.name, organisation && inLanguage(organisation, 'name', locale)].filter(Boolean).join(', ')
		],
		[m.export_about_at, formatLongMoment(now.toISOString(), locale)],
		[m.export_version, formatDay(dayOf(now), locale)],
		[m.export_about_site, site]
	];
	return rows.map(([word, value]) => [word({}, { locale }), value]);
}
