/**
 * How long a board with 1,000 measures keeps the browser busy at a stretch while a card is dragged, when it is dropped,
 * and while one types into the filter; beside what the browser itself needs to drag over the same page without scripts.
 * Once with the whole of a processor, once with a quarter of it. Wanted are 100 ms; nothing is asserted about times.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { openEmbeddedDatabase } from '#lib/server/database.server.ts';
import { loadDemonstration } from '../../drizzle/seed/load.server.ts';
import { findChromium, launchArguments } from '../support/chromium.js';
import { Client } from '../support/client.ts';
import { multiply } from '../support/multiply.ts';
import { keep, percentile } from '../support/results.ts';
import { startServer } from '../support/server.ts';

const measures = 1000;
const rounds = 3;
/** A task of the page's main thread: milliseconds by the clock, and of the processor. */
type Task = { took: number; worked: number };

test('a board with 1,000 measures', { timeout: 600_000 }, async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'hora-board-'));
	const database = await openEmbeddedDatabase(dataDir, async (tx) => {
		await loadDemonstration(tx);
		await multiply(tx, measures);
	});
	await database.close();
	const server = await startServer({ dataDir, demo: 'on', env: { HORA_LIMITS: 'off' } });
	const browser = await chromium.launch({ executablePath: await findChromium(), args: launchArguments });
	try {
		const { cookie } = await Client.signIn(server.url, 'secretariat');
		for (const slower of [1, 4]) {
			const figures: Record<string, Task[]> = {};
			for (let round = 0; round < rounds; round++)
				for (const scripts of [false, true]) {
					const page = await open(browser, server.url, cookie, scripts);
					const cdp = await page.context().newCDPSession(page);
					await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
					const record = async (what: string, act: () => Promise<unknown>) =>
						(figures[what] ??= []).push(await longest(browser, page, act));

					await record(scripts ? 'dragging' : 'floor', () => drag(page));
					if (scripts) {
						await record('dropping', async () => {
							await page.mouse.up();
							await expect
								.poll(() => page.getByRole('group', { name: 'Mutarea făcută acum' }).count())
								.toBe(1);
						});
						await page.mouse.move(5, 5);
						await record('filtering', () => filter(page));
					}
					await page.context().close();
				}
			const median = (what: string, of: keyof Task) =>
				percentile(
					(figures[what] ?? []).map((task) => task[of]),
					0.5
				);
			const told = ['floor', 'dragging', 'dropping', 'filtering'].map(
				(what) => [what, { took: median(what, 'took'), worked: median(what, 'worked') }] as const
			);
			keep('board', slower === 1 ? 'longest task, ms' : `longest task, ms, ${slower} times slower`, {
				measures,
				machine: `${cpus()[0]?.model}, ${cpus().length} cores`,
				...Object.fromEntries(told),
				draggingToFloor: Math.round((median('dragging', 'worked') / median('floor', 'worked')) * 100) / 100
			});
			for (const [, { took }] of told) expect(took).toBeGreaterThan(0);
		}
	} finally {
		await browser.close();
		await server.kill();
		await rm(dataDir, { recursive: true, force: true });
	}
});

async function open(browser: Browser, url: string, cookie: string, scripts: boolean) {
	const [name = '', value = ''] = cookie.split('=');
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	await context.addCookies([{ name, value, url }]);
	const page = await context.newPage();
	if (!scripts) await page.route(/\.js$/, (route) => route.abort());
	await page.goto(`${url}/board`);
	if (scripts) await expect.poll(() => page.locator('.connection').textContent()).toBe('În direct');
	expect(await page.locator('article.card').count()).toBeGreaterThan(900);
	return page;
}

/** Takes the first card of a lane and carries it over the columns and back, to where it may stay. */
async function drag(page: Page) {
	const lane = page
		.locator('section.lane')
		.filter({ has: page.locator('.in-progress .movable') })
		.first();
	const from = await boxOf(lane.locator('.in-progress .movable').first());
	const over = await boxOf(lane.locator('.slot.done'));
	const to = await boxOf(lane.locator('.slot.proposed'));
	const y = from.y + 20;
	await page.mouse.move(from.x + 30, y);
	await page.mouse.down();
	await page.mouse.move(over.x + 30, y, { steps: 30 });
	await page.mouse.move(to.x + 30, y, { steps: 30 });
}

async function filter(page: Page) {
	const before = await page.locator('article.card').count();
	await page.getByRole('searchbox').pressSequentially('formular', { delay: 60 });
	await expect.poll(() => page.locator('article.card').count(), { timeout: 10_000 }).toBeLessThan(before);
}

async function boxOf(locator: ReturnType<Page['locator']>) {
	const box = await locator.boundingBox();
	if (!box) throw new Error('it is not on the page');
	return box;
}

type Trace = {
	traceEvents: {
		name: string;
		ph: string;
		pid: number;
		tid: number;
		dur?: number;
		tdur?: number;
		args?: { name?: string };
	}[];
};

/** The longest task of the page's main thread while this was done. */
async function longest(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<Task> {
	await browser.startTracing(page, {
		categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata']
	});
	await act();
	const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as Trace;
	const main = new Set(
		traceEvents
			.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
			.map(({ pid, tid }) => `${pid} ${tid}`)
	);
	const tasks = traceEvents.filter(
		({ name, ph, pid, tid }) => ph === 'X' && /RunTask$/.test(name) && main.has(`${pid} ${tid}`)
	);
	const most = (of: 'dur' | 'tdur') => Math.max(0, ...tasks.map((task) => task[of] ?? 0)) / 1000;
	return { took: most('dur'), worked: most('tdur') };
}
