import { readWays, waysActions } from '#lib/auth/ways-form.server.ts';
import { signedIn } from '#lib/guard.server.ts';

export const load = async (event) => ({ ways: await readWays(signedIn(event)) });

export const actions = waysActions;
