import { error, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { signedIn } from '#lib/guard.server.ts';
import { toDocx } from '#lib/reports/docx.server.ts';
import { openReport } from '#lib/reports/read.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { today } from '#lib/time.ts';
import { fileHeaders, fileName } from '#lib/transfer/export.ts';
import { makeExport } from '#lib/transfer/make-export.server.ts';
import { isUuid } from '#lib/uuid.ts';

/** A report that is taken out is written down as every export is. */
export async function POST({ locals: { actor }, params: { id }, url }) {
	if (!actor) error(401, 'signed-out');
	const { database } = app();
	const opened = isUuid(id) ? await openReport(database, actor, id, url.origin) : undefined;
	if (!opened) error(404, 'not-found');
	const { report, document } = opened;
	const { circleId, from, to } = report;
	try {
		const after = limits.exports.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		const what = { what: 'report', format: 'docx', circleId, from, to };
		await execute(database, makeExport, actor, what, crypto.randomUUID());
	} catch (thrown) {
		if (!(thrown instanceof Refusal)) throw thrown;
		redirect(303, `/reports/${id}?refused=${thrown.code}&after=${thrown.details.after ?? ''}`);
	}
	const name = fileName(['raport', report.title, today(new Date(report.madeAt))], 'docx');
	return new Response(await toDocx(document), { headers: fileHeaders(name, 'docx') });
}

/** Whoever asks by address is led to the report. */
export function GET(event) {
	signedIn(event);
	redirect(303, `/reports/${event.params.id}`);
}
