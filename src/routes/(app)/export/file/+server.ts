import { error, redirect } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';
import { Refusal } from '#lib/errors.ts';
import { fieldsOf } from '#lib/forms.server.ts';
import { signedIn } from '#lib/guard.server.ts';
import { execute } from '#lib/server/command.server.ts';
import { limits } from '#lib/server/throttle.server.ts';
import { timeOf } from '#lib/server/database.server.ts';
import { fileHeaders, type Format, type Whole } from '#lib/transfer/export.ts';
import { readFacts } from '#lib/transfer/facts.server.ts';
import { fileOf } from '#lib/transfer/file.server.ts';
import { makeExport } from '#lib/transfer/make-export.server.ts';
import { picked } from '#lib/ui/picked.ts';

/** That something is taken out is written down, so it is asked by a form; the answer is the file. */
export async function POST({ request, locals, url }) {
	const { actor, language: locale } = locals;
	if (!actor) error(401, 'signed-out');
	const fields = await fieldsOf(request).catch(() => ({}) as Record<string, string>);
	const asked = {
		what: fields.what as Exclude<Whole, 'report'>,
		format: fields.format as Format,
		circleId: fields.circleId ?? '',
		from: fields.from || null,
		to: fields.to || null,
		objectives: picked(fields, 'objectives')
	};
	const { database } = app();
	try {
		if ((fields.what ?? '') === 'report') throw new Refusal('invalid');
		const after = limits.exports.take(actor.memberId);
		if (after > 0) throw new Refusal('throttled', { after });
		await execute(database, makeExport, actor, asked, crypto.randomUUID());
	} catch (thrown) {
		if (!(thrown instanceof Refusal)) throw thrown;
		redirect(303, `/export?${new URLSearchParams([...said(fields), ...why(thrown)])}`);
	}

	const { name, body } = await database.as(
		'hora_app',
		{ member: actor.memberId, forCircle: asked.circleId },
		async (tx) =>
			fileOf(await readFacts(tx, asked), {
				...asked,
				scope: asked,
				...{ site: url.origin, locale, actor, now: await timeOf(tx) }
			})
	);
	return new Response(body, { headers: fileHeaders(name, asked.format) });
}

/** Whoever asks by address is led to the form. */
export function GET(event) {
	signedIn(event);
	redirect(303, '/export');
}

/** What was chosen stands in the form again. */
const said = (fields: Record<string, string>) =>
	Object.entries(fields).filter(
		([name, value]) => /^(what|format|circleId|from|to|objectives\..+)$/.test(name) && value.length < 100
	);

function why({ code, details: { fields, after } }: Refusal): [string, string][] {
	const first = Object.values(fields ?? {})[0];
	return [['refused', first ?? code], ...(after ? [['after', String(after)] as [string, string]] : [])];
}
