/** Argon2id with m = 19 MiB, t = 2, p = 1: about 27 ms here. */

import { hash, verify } from '@node-rs/argon2';

/** The library's own name for it is a constant that separately compiled modules cannot read. */
const argon2id = 2;
const options = { algorithm: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, options);

/** An unknown account costs as much as a known one: then the password is held against a hash of nothing. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
	nobody ??= hashPassword('nobody');
	return (await verify(stored ?? (await nobody), password)) && stored !== undefined;
}

let nobody: Promise<string> | undefined;
