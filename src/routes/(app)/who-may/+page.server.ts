import { signedIn } from '#lib/guard.server.ts';

export const load = (event) => void signedIn(event);
