import type { ClientInit } from '@sveltejs/kit';
import { rememberUnfolded } from '#lib/ui/unfolded.ts';

export const init: ClientInit = rememberUnfolded;
