/** Writes the mails that members get, in each one's language, at the moment of sending. */

import { sql } from 'drizzle-orm';
import { m } from '#i18n';
import { inLanguage, type Organisation } from '#lib/access/directory.ts';
import { predicate } from '#lib/events/sentence.ts';
import { grouped } from '#lib/grouped.ts';
import type { Addressed, Letter } from '#lib/mail/send.server.ts';
import { speakerFor } from '#lib/news/speaker.ts';
import type { Heads } from '#lib/realtime/wire.ts';
import { type Database, json, rows, type Tx } from '#lib/server/database.server.ts';
import { deadlineOf } from '#lib/strategy/deadline.ts';
import { formatLongDay, type Locale } from '#lib/time.ts';
import { dueOf } from '#lib/updates/due.ts';
import { kindWord } from '#lib/ui/kinds.ts';
import type { Choice, LetterKind } from './choices.ts';
import {
	type Changed,
	type Digest,
	readDigest,
	readWaiting,
	type Told,
	type Waiting
} from './digest.server.ts';
import { asHtml, asText, type Line, type Section, type Words } from './letter.ts';
import { stopToken } from './stop.server.ts';

/** Longer than this, a list is read in Hora. */
const atMost = 25;

type Addressee = { memberId: string; organisationId: string; name: string } & Choice & {
		heads: Heads | null;
		/** Under which the links lead here. */
		site: string;
		stop: string;
	};

/** Undefined: its member has left, has chosen otherwise meanwhile, or there is nothing to tell any more. */
export async function writeLetter(
	database: Database,
	site: string,
	{ kind, memberId, about }: Addressed
): Promise<Letter | undefined> {
	const to = await readAddressee(database, site, memberId, kind as LetterKind);
	if (!to || (kind === 'asked' ? to.asked === 'never' : to.weekday === 0)) return undefined;
	if (kind === 'asked') {
		const words = await writeAsked(database, to, (about.posts ?? []) as string[]);
		return words && asLetter(words);
	}
	const { words, heads } = await writeWeekly(database, to);
	// The next one begins where this one has ended: so nothing is told twice, and what did not arrive is told again.
	return words && { ...asLetter(words), sent: (tx) => keepHeads(tx, memberId, heads) };
}

/** The weekly mail as it would be now; undefined where there is nothing to tell. */
export async function previewWeekly(
	database: Database,
	site: string,
	{ memberId }: App.Actor
): Promise<Words | undefined> {
	const to = await readAddressee(database, site, memberId, 'weekly');
	return to && (await writeWeekly(database, to)).words;
}

const asLetter = (words: Words): Letter => ({
	subject: words.subject,
	text: asText(words),
	html: asHtml(words),
	headers: {
		'List-Unsubscribe': `<${words.stop.href}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
	}
});

const readAddressee = (database: Database, site: string, memberId: string, kind: LetterKind) =>
	database.as('hora_signin', {}, async (tx): Promise<Addressee | undefined> => {
		const [found] = await rows<Omit<Addressee, 'site' | 'stop'>>(
			tx,
			sql`select m.id as "memberId", m.organisation_id as "organisationId", m.name, c.*, w.heads
				from members m left join mail_weeks w on w.member_id = m.id, mail_choice(m) c
				where m.id = ${memberId} and sits(m)`
		);
		return found && { ...found, site, stop: await stopToken(tx, memberId, kind) };
	});

const keepHeads = (tx: Tx, memberId: string, heads: Heads) =>
	tx.execute(sql`update mail_weeks set heads = ${json(heads)} where member_id = ${memberId}`);

async function writeAsked(
	database: Database,
	to: Addressee,
	posts: readonly string[]
): Promise<Words | undefined> {
	const { waiting, organisations, today } = await readWaiting(database, to, posts);
	const count = waiting.items.length + waiting.narrower;
	if (count === 0) return undefined;
	const { language: locale, site } = to;
	const section = waitingSection(waiting, { to, organisations, today });
	return {
		...around(to, 'asked'),
		subject: m.letter_asked_subject({ count }, { locale }),
		intro: m.letter_asked_intro(
			{ organisation: nameOf(organisations, to.organisationId, locale) },
			{ locale }
		),
		sections: [{ ...section, more: narrower(waiting, `${site}/answers`, locale) }]
	};
}

async function writeWeekly(database: Database, to: Addressee): Promise<{ words?: Words; heads: Heads }> {
	const digest = await readDigest(database, to, to.heads ?? {});
	const { organisations, today, heads } = digest;
	const sections = [
		waitingSection(digest.waiting, { to, organisations, today }),
		lateSection(digest, to),
		changedSection(digest, to)
	].filter(({ lines, more }) => lines.length + more.length > 0);
	if (sections.length === 0) return { heads };
	const { language: locale } = to;
	const words = {
		...around(to, 'weekly'),
		subject: m.letter_weekly_subject({ day: formatLongDay(today, locale) }, { locale }),
		intro: m.letter_weekly_intro(
			{ organisation: nameOf(organisations, to.organisationId, locale) },
			{ locale }
		),
		sections
	};
	return { words, heads };
}

type About = { to: Addressee; organisations: Organisation[]; today: string };

/** One line for each measure: what is most urgent on it, and that there is more. */
function waitingSection(waiting: Told<Waiting>, { to, organisations, today }: About): Section {
	const { language: locale, site } = to;
	const lines = [...grouped(waiting.items, ({ measure }) => measure.id)].map(
		([id, [first, ...others]]): Line => {
			const { update, asked, measure } = first;
			const due = dueOf(asked, today, locale);
			const from = m.letter_asked_line(
				{
					kind: kindWord(update.kind, locale),
					organisation: nameOf(organisations, update.organisationId, locale)
				},
				{ locale }
			);
			const says = [
				from,
				due.by && `${due.by} (${due.distance})`,
				others.length > 0 && m.letter_more_asked({ count: others.length }, { locale })
			];
			return { text: titled(measure, locale), href: `${site}/measures/${id}`, says: joined(says) };
		}
	);
	return section(m.letter_waiting({}, { locale }), lines, waiting, `${site}/answers`, locale);
}

function lateSection({ late, today }: Digest, { language: locale, site }: Addressee): Section {
	const lines = late.items.map((measure): Line => {
		const { text, distance } = deadlineOf(measure, today, locale);
		return {
			text: titled(measure, locale),
			href: `${site}/measures/${measure.id}`,
			says: `${text} (${distance})`
		};
	});
	return section(m.letter_late({}, { locale }), lines, late, `${site}/overview`, locale);
}

/** The newest change of each measure in a sentence, without the reasons that people wrote. */
function changedSection(
	{ changed, organisations, circles }: Digest,
	{ language: locale, site }: Addressee
): Section {
	const speaker = speakerFor(circles, organisations, locale);
	const sentence = ({ data, ...happened }: Changed) =>
		predicate({ ...happened, data: { ...data, reason: undefined } }, speaker, happened.measureId);
	const lines = [...grouped(changed.items, ({ measureId }) => measureId)].map(
		([id, [last, ...others]]): Line => {
			const says = [
				`${nameOf(organisations, last.organisationId ?? '', locale)} ${sentence(last)}`,
				others.length > 0 && m.letter_more_changes({ count: others.length }, { locale })
			];
			return { text: titled(last, locale), href: `${site}/measures/${id}`, says: joined(says) };
		}
	);
	return section(m.letter_changed({}, { locale }), lines, changed, `${site}/news`, locale);
}

function section(
	title: string,
	lines: Line[],
	told: Pick<Told<unknown>, 'items' | 'narrower'>,
	href: string,
	locale: Locale
): Section {
	const left = lines.length - atMost;
	const further = left > 0 ? [{ text: m.letter_more_measures({ count: left }, { locale }), href }] : [];
	return { title, lines: lines.slice(0, atMost), more: [...further, ...narrower(told, href, locale)] };
}

/** That there is something, and where: no title, no name, not even of the circle. */
function narrower(
	{ items, narrower: count }: Pick<Told<unknown>, 'items' | 'narrower'>,
	href: string,
	locale: Locale
) {
	if (count === 0) return [];
	const words = items.length > 0 ? m.letter_narrower : m.letter_narrower_only;
	return [{ text: words({ count }, { locale }), href }];
}

const around = ({ name, language, site, stop }: Addressee, kind: LetterKind) => ({
	language,
	hello: m.letter_hello({ name }, { locale: language }),
	why: m.letter_why({}, { locale: language }),
	choose: { text: m.letter_choose({}, { locale: language }), href: `${site}/me/mail` },
	stop: {
		text: (kind === 'asked' ? m.letter_stop_asked : m.letter_stop_weekly)({}, { locale: language }),
		href: `${site}/unsubscribe/${stop}`
	}
});

const titled = (measure: { code: string; titleRo: string; titleEn: string }, locale: Locale) =>
	`${measure.code} ${inLanguage(measure, 'title', locale)}`;

const joined = (parts: (string | false)[]) => parts.filter(Boolean).join(', ');

function nameOf(organisations: readonly Organisation[], id: string, locale: Locale) {
	const organisation = organisations.find((one) => one.id === id);
	return organisation ? inLanguage(organisation, 'short', locale) : '';
}
