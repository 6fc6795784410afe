/** Schemas of fields that are not words. */

import { z } from 'zod';

/** A calendar day `YYYY-MM-DD` that exists, of a century in which promises are made. */
export const day = () =>
	z
		.string()
		.regex(/^20\d\d-\d\d-\d\d$/, 'day.not_a_day')
		.refine((day) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false, 'day.not_a_day');
