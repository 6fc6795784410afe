/** Whether a screen is accessible, as far as a machine can tell, and fits its width: in every light, wide and narrow. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import axe, { type RunOptions } from 'axe-core';
import { type Page } from '@playwright/test';
import { expect, type Guest } from './browser.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const everything: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** What changes with the light; all else is the same in every light, and is looked at in one. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

const lights = {
	light: { colorScheme: 'light', forcedColors: 'none' },
	dark: { colorScheme: 'dark', forcedColors: 'none' },
	forced: { colorScheme: 'light', forcedColors: 'active' }
} as const;
const looks = [
	['light', 1280],
	['dark', 1280],
	['forced', 1280],
	['light', 320],
	['dark', 320]
] as const;
/** Of five one after the other three are taken, one of them light at least; `HORA_TEST_SIZE=full` takes all. */
const taken = process.env.HORA_TEST_SIZE === 'full' ? looks.length : 3;
let screens = 0;

/**
 * At every third screen the last look is without a connection, which changes no more than the line that says so; every
 * screen begins with another look, so that each is taken both ways. What moves is looked at when it has come to rest.
 */
export async function look({ page }: Guest, name: string) {
	const first = screens % looks.length;
	const cut = screens++ % 3 === 0 && (await page.locator('.connection').count()) > 0;
	const turn = [...looks.slice(first), ...looks.slice(0, first)].slice(0, taken);
	for (const [i, [light, width]] of turn.entries()) {
		if (i === taken - 1 && cut) {
			await page.context().setOffline(true);
			await expect(page.locator('.connection').last()).toHaveText('Fără conexiune');
		}
		await page.emulateMedia({ ...lights[light], reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 720 });
		// What stays on top while the page is scrolled would lie over half a button.
		await page.evaluate(() => scrollTo(0, 0));
		const at = `${name}, ${light}, at ${width} px`;
		expect.soft(await faults(page, light === 'light' ? everything : colours), at).toEqual([]);
		const tooWide = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect.soft(tooWide, `${at}, scrolls sideways`).toBe(0);
	}
	if (cut) await page.context().setOffline(false);
	await page.emulateMedia({ ...lights.light, reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 1280, height: 720 });
}

async function faults(page: Page, options: RunOptions): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	return page.evaluate(async (options) => {
		const here = (window as unknown as { axe: typeof axe }).axe;
		const { violations } = await here.run(document, { ...options, resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
	}, options);
}
