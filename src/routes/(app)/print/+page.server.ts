import { measuresAsked } from './measures.server.ts';

export const load = (event) => measuresAsked(event);
