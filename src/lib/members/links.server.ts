/** Links that let somebody in: an id to find them by and a secret of which only the SHA-256 is stored, as with sessions. */

import { type Token, writeToken } from '#lib/auth/token.server.ts';

export type LinkKind = 'invite' | 'reset';

/** How long a link holds. */
export const linkHours = 72;

/** Where it leads, under the name that the page was opened with or the one address of ORIGIN. */
export const linkTo = (kind: LinkKind, site: string, id: string, secret: string) =>
	`${site}/${kind}/${writeToken({ id: id.replaceAll('-', ''), secret } satisfies Token)}`;
