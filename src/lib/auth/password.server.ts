/** Argon2id with m = 19 MiB, t = 2, p = 1: about 27 ms here. */

import { hash, verify } from '@node-rs/argon2';

/** The library's own name for it is a constant that separately compiled modules cannot read. */
const argon2id = 2;
const options = { algorithm: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, options);

/** An unknown account costs as much as a known one: then the password is held against a hash of nothing. */
export const passwordFits = async (password: string, stored: string | undefined): Promise<boolean> =>
	(await verify(stored ?? nobody, password)) && stored !== undefined;

/** Made once with the options above, so that the first unknown account costs no more than the next. */
const nobody =
	'$argon2id$v=19$m=19456,t=2,p=1$tw/bT4kpuvAkS2IjwD4Hgg$3MZ6K310VEvHnZkGlf6yPrnjPjMIZSLRRv6vUZ2T/ss';
