import { error } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { editReport, refreshReport, retireReport } from '#lib/reports/make-report.server.ts';
import { addParagraph, changeParagraph, removeParagraph } from '#lib/reports/paragraphs.server.ts';
import { openReport } from '#lib/reports/read.server.ts';
import { isUuid } from '#lib/uuid.ts';

export async function load(event) {
	const { id } = event.params;
	event.depends(pageData);
	const actor = signedIn(event);
	if (!isUuid(id)) error(404, 'not-found');

	const { database } = app();
	const heads = await database.as('hora_app', { member: actor.memberId }, readHeads);
	const opened = await openReport(database, actor, id, event.url.origin);
	if (!opened) error(404, 'not-found');
	// What it stands on is for the server: the page shows what came of it.
	const {
		report: { sources: _, ...report },
		document
	} = opened;
	return { live: { ...heads, rows: [] }, report, document, operation: crypto.randomUUID() as string };
}

export const actions = {
	rename: action(editReport, (fields, { id }) => ({
		reportId: id,
		title: fields.title,
		base: { title: fields['base.title'] }
	})),
	refresh: action(refreshReport, ({ key }, { id }) => ({ reportId: id, key })),
	retire: action(retireReport, (_, { id }) => ({ reportId: id, base: { retired: false } })),
	add: action(addParagraph, ({ placeId, text }, { id }) => ({
		reportId: id,
		placeId: placeId || undefined,
		text
	})),
	change: action(changeParagraph, (fields, { id }) => ({
		reportId: id,
		paragraphId: fields.paragraphId,
		text: fields.text,
		base: { text: fields['base.text'] }
	})),
	remove: action(removeParagraph, (fields, { id }) => ({
		reportId: id,
		paragraphId: fields.paragraphId,
		base: { text: fields['base.text'] }
	}))
};
