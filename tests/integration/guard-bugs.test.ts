/** `npm run bugs` takes minutes and is not part of `npm test`: here it is only seen that it would find its places. */

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bugs, forgotten } from '../bugs/planted.js';

const countOf = (file: string, text: string) => readFileSync(file, 'utf8').split(text).length - 1;

test.each([...bugs, { name: forgotten.name, plant: forgotten.shorten, caughtBy: [] }])(
	'the bug $name can still be planted, and who should catch it is there',
	({ plant, caughtBy }) => {
		for (const [file, text] of plant) expect(countOf(file, text), `${file}:\n${text}`).toBe(1);
		for (const { file } of caughtBy) expect(existsSync(file), file).toBe(true);
	}
);
