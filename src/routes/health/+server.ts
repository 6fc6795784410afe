import { json } from '@sveltejs/kit';
import { app } from '#lib/app.server.ts';

/** 200 only when the database answers. */
export async function GET() {
	try {
		const { database } = app();
		await database.ping();
		return json({ status: 'ok', database: database.kind });
	} catch {
		return json({ status: 'unavailable' }, { status: 503 });
	}
}
