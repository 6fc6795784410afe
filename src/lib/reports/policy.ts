import type { Actor } from '#lib/access/actor.ts';
import { may } from '#lib/access/capabilities.ts';
import type { Report } from './report.ts';

/** Whoever may write makes reports, for circles of theirs. */
export const canMakeReport = (actor: Actor) => may(actor, 'report.make');

/** A report is changed by its author's organisation alone, until it is withdrawn. */
export const canEditReport = (actor: Actor, report: Pick<Report, 'organisationId' | 'retired'>) =>
	!report.retired && may(actor, 'report.edit', report);
