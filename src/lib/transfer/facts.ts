/** What goes out of Hora is made of these: everything a named circle may read of some objectives in some days. */

import { m } from '#i18n';
import type { Circle, Organisation } from '#lib/access/directory.ts';
import type { Happened } from '#lib/events/sentence.ts';
import type { Day, Measure } from '#lib/strategy/measure.ts';
import type { Objective } from '#lib/strategy/objective.ts';
import { formatDay, type Locale, today as dayOf } from '#lib/time.ts';
import type { Update } from '#lib/updates/update.ts';

export type Scope = {
	/** Whom it is for. */
	circleId: string;
	/** Days in Bucharest, both included; null is open. */
	from: Day | null;
	to: Day | null;
	/** None: all of them. An objective brings those below it. */
	objectives: string[];
};

export type Facts = {
	organisations: Organisation[];
	/** Those that everybody in the named circle is in, itself among them. */
	circles: Circle[];
	objectives: Objective[];
	/** In the plan's order; those that were retired are not among them. */
	measures: Measure[];
	/** What stands of these measures: posts and replies of the period, and what asks or answers whenever it was said. */
	updates: Update[];
	/** What happened to these measures, the oldest first. */
	history: Happened[];
};

export const isWithin = (day: Day, { from, to }: Pick<Scope, 'from' | 'to'>) =>
	(!from || day >= from) && (!to || day <= to);

/** Was this moment in the period? */
export const wasWithin = (iso: string, scope: Pick<Scope, 'from' | 'to'>) =>
	isWithin(dayOf(new Date(iso)), scope);

/** Which words of a post these are: it has new ones since it was edited. */
export const saidAt = ({ editedAt, postedAt }: Pick<Update, 'editedAt' | 'postedAt'>) => editedAt ?? postedAt;

/** The page of a measure, or of a post on it. */
export const linkTo = (site: string, measureId: string, updateId?: string) =>
	`${site}/measures/${measureId}${updateId ? `#${updateId}` : ''}`;

/** The circles that something may go out for: whose members are organisations. */
export const circlesToLeave = (circles: Circle[]) =>
	circles.filter(({ kind }) => kind === 'all' || kind === 'made' || kind === 'own');

/** „01.09.2026 – 30.11.2026”, „de la 01.09.2026”, „tot timpul”. */
export function periodWords({ from, to }: Pick<Scope, 'from' | 'to'>, locale: Locale): string {
	const [since, until] = [from && formatDay(from, locale), to && formatDay(to, locale)];
	if (since && until) return m.period_between({ from: since, to: until }, { locale });
	if (since) return m.period_since({ from: since }, { locale });
	if (until) return m.period_until({ to: until }, { locale });
	return m.period_whole({}, { locale });
}
