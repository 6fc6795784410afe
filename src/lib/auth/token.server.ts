/**
 * Session tokens after Lucia's guide: an id to find the session by and a 256-bit secret, of which only the SHA-256
 * is stored. The cookie holds `id.secret`.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export type Token = { id: string; secret: string };

export const newToken = (): Token => ({
	id: randomBytes(16).toString('hex'),
	secret: randomBytes(32).toString('hex')
});

export const writeToken = ({ id, secret }: Token) => `${id}.${secret}`;

export function readToken(cookie: string | undefined): Token | undefined {
	const match = /^([0-9a-f]{32})\.([0-9a-f]{64})$/.exec(cookie ?? '');
	return match ? { id: match[1] as string, secret: match[2] as string } : undefined;
}

export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Compares in constant time. */
export const holdsSecret = (secret: string, hash: string) =>
	timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(hash, 'hex'));
