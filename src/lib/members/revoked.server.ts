import { sql } from 'drizzle-orm';
import { hashSecret, readToken } from '#lib/auth/token.server.ts';
import { type Database, rows } from '#lib/server/database.server.ts';

/**
 * Is this the cookie of somebody who is no member any more, or switched off? An expired session leaves its member's own
 * unsent words in the browser; of a revoked one nothing stays.
 */
export async function isRevoked(database: Database, cookie: string): Promise<boolean> {
	const token = readToken(cookie);
	if (!token) return false;
	const found = await database.as('hora_signin', {}, (tx) =>
		rows(
			tx,
			sql`select from signin.sessions s join members m on m.id = s.member_id where s.id = ${token.id}
				and s.secret_hash = decode(${hashSecret(token.secret)}, 'hex') and not sits(m)`
		)
	);
	return found.length > 0;
}
