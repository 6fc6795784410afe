import type { Row } from '#lib/realtime/wire.ts';
import type { Measure } from '#lib/strategy/measure.ts';
import type { Decision, Note } from './decision.ts';
import type { Item, Meeting } from './meeting.ts';
import type { Proposal } from './proposal.ts';

/** Does a row belong on the page of a meeting? Decisions of earlier ones do while they are to be followed up. */
export const belongsTo =
	(meetingId: string | undefined, earlier: readonly string[] = []) =>
	(row: Row) =>
		earlier.includes(row.id) ||
		('meetingId' in row
			? row.meetingId === meetingId
			: row.subject === 'measure'
				? !row.retired
				: row.id === meetingId);

/** The rows of a meeting's page, each kind by itself. */
export const byKind = (rows: Row[]) => ({
	meeting: rows.find((row): row is Meeting => row.subject === 'meeting'),
	items: rows.filter((row): row is Item => row.subject === 'item'),
	notes: rows.filter((row): row is Note => row.subject === 'note'),
	proposals: rows.filter((row): row is Proposal => row.subject === 'proposal'),
	decisions: rows.filter((row): row is Decision => row.subject === 'decision'),
	measures: rows.filter((row): row is Measure => row.subject === 'measure')
});
