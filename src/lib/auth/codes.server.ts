/** Codes of a second factor: the six digits of an app (TOTP, RFC 6238), and the recovery codes on paper. */

import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const period = 30;

export const newSecret = () => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, label = '') =>
	new TOTP({ issuer: 'Hora', label, secret: Secret.fromBase32(secret), period, digits: 6 });

/** What a QR code tells an authenticator app. */
export const addressOf = (secret: string, label: string) => totpOf(secret, label).toString();

/** The step of time that a code is of, one before or after now at most; nothing for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
	const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
	return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** Without what is taken for something else: 0 and O, 1 and I and L. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const groups = 4;

/** Ten codes of 16 letters, 79 bits each: enough for a plain hash to keep them. */
export const newRecoveryCodes = () => Array.from({ length: 10 }, newRecoveryCode);

function newRecoveryCode() {
	let code = '';
	while (code.length < groups * 4)
		// Bytes past the last whole round of letters would make some likelier.
		for (const byte of randomBytes(32)) if (byte < 248) code += letters[byte % letters.length];
	return code
		.slice(0, groups * 4)
		.match(/.{4}/g)!
		.join('-');
}

/** However it was typed: small letters, spaces, no dashes. */
const plain = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

export const isRecoveryCode = (code: string) => plain(code).length === groups * 4;

export const hashCode = (code: string) => createHash('sha256').update(plain(code)).digest('hex');
