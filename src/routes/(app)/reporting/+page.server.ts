import { m } from '#i18n';
import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, fieldsOf, submitEach } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { measuresHeldBy } from '#lib/strategy/queries.server.ts';
import {
	approveDraft,
	askApproval,
	commentDraft,
	editDraft,
	returnDraft,
	withdrawDraft
} from '#lib/voice/drafts.server.ts';
import {
	approvalOf,
	approvalsOf,
	askedOf,
	batchOf,
	commentOf,
	draftIdOf,
	nothingNewOf,
	reportOf,
	returnOf,
	rewordedOf,
	undoneOf
} from '#lib/voice/fields.ts';
import { lastSentences, listDrafts } from '#lib/voice/queries.server.ts';
import { reportMeasure, undoReport } from '#lib/voice/report.server.ts';

export async function load(event) {
	event.depends(pageData);
	const { memberId, organisationId } = signedIn(event);

	return app().database.as('hora_app', { member: memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		const drafts = (await listDrafts(tx, { days: 0 })).filter(({ command }) => command === 'measure.report');
		return {
			live: { ...heads, rows: [...(await measuresHeldBy(tx, organisationId)), ...drafts] },
			said: await lastSentences(tx, organisationId),
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	save: action(reportMeasure, reportOf),
	nothing: (event) =>
		submitEach(event, reportMeasure, (fields) =>
			nothingNewOf(fields, (reason) => m.report_nothing_new({ reason }))
		),
	askPicked: (event) => submitEach(event, askApproval, askedOf),
	approvePicked: (event) => submitEach(event, approveDraft, approvalsOf),
	/** Says what would change, and changes nothing. */
	preview: async ({ request }) => {
		const values = await fieldsOf(request);
		return { form: 'preview', ok: true as const, result: {}, values };
	},
	apply: (event) => submitEach(event, reportMeasure, batchOf),
	undo: (event) => submitEach(event, undoReport, undoneOf),
	approveDraft: action(approveDraft, approvalOf),
	returnDraft: action(returnDraft, returnOf),
	commentDraft: action(commentDraft, commentOf),
	editDraft: action(editDraft, rewordedOf),
	askApproval: action(askApproval, draftIdOf),
	withdrawDraft: action(withdrawDraft, draftIdOf)
};
