import { z } from 'zod';
import { containsCnp } from '#lib/harm/cnp.ts';

/** An e-mail address, in small letters: it names an account. */
export const mailAddress = z
	.string({ error: 'words.required' })
	.refine((raw) => raw.isWellFormed(), { error: 'words.not_text', abort: true })
	.transform((raw) => raw.trim().toLowerCase())
	.refine((address) => address !== '', { error: 'words.required', abort: true })
	.refine((address) => !containsCnp(address), { error: 'words.personal_number', abort: true })
	.pipe(z.email({ error: 'mail.not_an_address' }).max(200, { error: 'words.too_long' }));
