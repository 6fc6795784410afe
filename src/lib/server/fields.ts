/** Schemas of fields that are not words. */

import { z } from 'zod';
import { text } from '#lib/harm/words.ts';

/** A calendar day `YYYY-MM-DD` that exists, of a century in which promises are made. */
export const day = () =>
	z
		.string()
		.regex(/^20\d\d-\d\d-\d\d$/, 'day.not_a_day')
		.refine((day) => new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false, 'day.not_a_day');

/** „10:00”, by the clock on a wall. */
export const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'time.not_a_time');

/** Where a document or a call is found, on the web. Words pass the guard wherever they stand. */
export const webAddress = () => text({ max: 500 }).refine(isWebAddress, 'link.not_an_address');

/** Several of them, one a line, or none. */
export const webAddresses = () =>
	text({ max: 4000, min: 0, multiline: true }).refine(
		(lines) => lines.split('\n').every((line) => line.trim() === '' || isWebAddress(line.trim())),
		'link.not_an_address'
	);

const isWebAddress = (address: string) => /^https?:\/\//i.test(address) && URL.canParse(address);
