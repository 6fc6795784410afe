/** A passkey in software, for tests without a browser: makes and signs as WebAuthn's devices do (ES256, no attestation). */

import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();

type Flags = { verified?: boolean };

export class Authenticator {
	readonly id = base64url(randomBytes(32));
	counter = 0;
	#privateKey: KeyObject;
	#publicKey: KeyObject;
	#origin: string;

	constructor(origin: string) {
		const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		this.#privateKey = pair.privateKey;
		this.#publicKey = pair.publicKey;
		this.#origin = origin;
	}

	/** The answer to a challenge that asks for a new passkey: JSON, as the browser's library sends it. */
	make(challenge: string, flags: Flags = {}): string {
		const id = Buffer.from(this.id, 'base64url');
		const attested = Buffer.concat([Buffer.alloc(16), u16(id.length), id, this.#coseKey()]);
		const authData = Buffer.concat([this.#authData(0x40, flags), attested]);
		// {"fmt": "none", "attStmt": {}, "authData": …}
		const attestation = Buffer.concat([
			Buffer.from([0xa3]),
			...[text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(authData)]
		]);
		return JSON.stringify({
			id: this.id,
			rawId: this.id,
			type: 'public-key',
			clientExtensionResults: {},
			response: {
				clientDataJSON: base64url(this.#clientData('webauthn.create', challenge)),
				attestationObject: base64url(attestation),
				transports: ['internal']
			}
		});
	}

	/** The answer to a challenge that asks to sign. */
	sign(challenge: string, flags: Flags = {}): string {
		this.counter += 1;
		const authData = this.#authData(0, flags);
		const clientData = this.#clientData('webauthn.get', challenge);
		const signature = createSign('sha256')
			.update(Buffer.concat([authData, sha256(clientData)]))
			.sign(this.#privateKey);
		return JSON.stringify({
			id: this.id,
			rawId: this.id,
			type: 'public-key',
			clientExtensionResults: {},
			response: {
				clientDataJSON: base64url(clientData),
				authenticatorData: base64url(authData),
				signature: base64url(signature)
			}
		});
	}

	#clientData = (type: string, challenge: string) =>
		Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));

	/** User present (1), verified (4), and whatever else. */
	#authData(more: number, { verified = true }: Flags) {
		const flags = Buffer.from([more | 0x01 | (verified ? 0x04 : 0)]);
		return Buffer.concat([sha256(new URL(this.#origin).hostname), flags, u32(this.counter)]);
	}

	/** The public key as COSE says it: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
	#coseKey() {
		const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' });
		const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
		return Buffer.concat([
			Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
			...[Buffer.from([0x21]), bytes(left), Buffer.from([0x22]), bytes(right)]
		]);
	}
}

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const u32 = (n: number) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
const text = (words: string) => Buffer.concat([Buffer.from([0x60 | words.length]), Buffer.from(words)]);
const bytes = (of: Uint8Array) =>
	Buffer.concat([
		of.length < 256 ? Buffer.from([0x58, of.length]) : Buffer.from([0x59, ...u16(of.length)]),
		of
	]);
