import { app } from '#lib/app.server.ts';
import { readHeads } from '#lib/events/log.server.ts';
import { action } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { pageData } from '#lib/realtime/page-data.ts';
import { listPlans } from '#lib/strategy/plans.server.ts';
import { listAllStrategies } from '#lib/strategy/queries.server.ts';
import {
	addStrategy,
	editStrategy,
	restoreStrategy,
	retireStrategy
} from '#lib/strategy/strategies.server.ts';
import { changesOf } from '#lib/ui/edited.ts';

export async function load(event) {
	event.depends(pageData);
	const actor = signedIn(event);
	return app().database.as('hora_app', { member: actor.memberId }, async (tx) => ({
		live: { ...(await readHeads(tx)), rows: [] },
		strategies: await listAllStrategies(tx),
		plans: await listPlans(tx),
		operation: crypto.randomUUID() as string
	}));
}

export const actions = {
	add: action(addStrategy, ({ titleRo, titleEn, source }) => ({ titleRo, titleEn, source })),
	edit: action(editStrategy, (fields) => {
		const { now, base } = changesOf(fields, ['titleRo', 'titleEn', 'source']);
		return { strategyId: fields.strategyId, texts: now, base };
	}),
	retire: action(retireStrategy, turned),
	restore: action(restoreStrategy, turned)
};

function turned(fields: Record<string, string>) {
	return { strategyId: fields.strategyId, base: { retired: fields['base.retired'] === 'true' } };
}
