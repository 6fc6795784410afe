import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action, submitEach } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { setApproval } from '#lib/voice/approval.server.ts';
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
	commentOf,
	draftIdOf,
	returnOf,
	rewordedOf
} from '#lib/voice/fields.ts';
import { aboutDrafts, listDrafts } from '#lib/voice/queries.server.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);

	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => {
		const heads = await readHeads(tx); // before the rows: what comes in between is applied again, not missed
		const drafts = await listDrafts(tx);
		return {
			live: { ...heads, rows: [...drafts, ...(await aboutDrafts(tx, drafts))] },
			operation: crypto.randomUUID() as string
		};
	});
}

export const actions = {
	approveDraft: action(approveDraft, approvalOf),
	returnDraft: action(returnDraft, returnOf),
	commentDraft: action(commentDraft, commentOf),
	editDraft: action(editDraft, rewordedOf),
	askApproval: action(askApproval, draftIdOf),
	withdrawDraft: action(withdrawDraft, draftIdOf),
	approvePicked: (event) => submitEach(event, approveDraft, approvalsOf),
	askPicked: (event) => submitEach(event, askApproval, askedOf),
	approval: action(setApproval, ({ organisationId, approves, 'base.approves': base }) => ({
		organisationId,
		approves: approves === 'yes',
		base: { approves: base === 'yes' }
	}))
};
