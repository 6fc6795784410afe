/** Members of the demonstration in browsers of their own, and everything that each of them received. */

import { readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	test as base,
	expect,
	type BrowserContext,
	type BrowserContextOptions,
	type Locator,
	type Page,
	type Request
} from '@playwright/test';
import { type ServerOptions, startServer, type TestServer } from './server.ts';

export { expect };

/** Public by design: it opens invented accounts only. */
const password = 'hora-exemplu-2024';

/** The four chairs, and others that a journey needs beside them. */
export const emails = {
	commission: 'elena@comisia.example',
	minister: 'ana@ministerul-b.example',
	ngo: 'ioana@asociatia-a.example',
	/** Of the NGO: its coordinator. */
	director: 'maria@asociatia-a.example',
	embassy: 'alex@ambasada.example',
	secretariat: 'radu@comisia.example',
	otherMinister: 'mircea@ministerul-f.example',
	observer: 'oana@ministerul-f.example',
	/** Of the minister's ministry. */
	colleague: 'paul@ministerul-b.example',
	/** Of a ministry that asks for approval: a contributor and its coordinator. */
	drafter: 'irina@ministerul-a.example',
	approver: 'dan@ministerul-a.example'
};
export type Person = keyof typeof emails;

/**
 * In milliseconds: by the event itself, not by the next thing that would bring it. How quick that is, `npm run bench`
 * measures; here a slow machine is no fault.
 */
export const atOnce = 8000;

export const circles = {
	all: 'Toți partenerii',
	national: 'Partenerii naționali',
	ngosAndCommission: 'ONG-uri și Comisia'
};

/** What the pages say, by key. */
export const messages = (language: 'ro' | 'en') =>
	JSON.parse(readFileSync(`src/i18n/${language}.json`, 'utf8')) as Record<string, string>;

let server: TestServer | undefined;
let used: ServerOptions;
/** The data of this file alone, which go with it. */
let made: string | undefined;
/** Who signed in by the form stays signed in for the file. */
const sessions = new Map<Person, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** Gives a file its own server on a fresh demonstration; what it is told may have to be made first. */
export function serve(options: ServerOptions | (() => Promise<ServerOptions>) = {}) {
	test.beforeAll(async () => {
		sessions.clear();
		const told = typeof options === 'function' ? await options() : options;
		used = { demo: 'on', env: { HORA_LIMITS: 'off' }, ...told };
		made = used.databaseUrl || used.dataDir ? undefined : await newDataDir(used);
		used.dataDir ??= made;
		server = await startServer(used);
	});
	test.afterAll(async () => {
		await server?.kill();
		if (made) await rm(made, { recursive: true, force: true });
		expect(server?.output(), 'what the server logged').not.toContain('"level":"error"');
	});
}

/** A copy of the demonstration that the whole run begins with, or an empty folder. */
async function newDataDir({ demo }: ServerOptions) {
	const folder = await mkdtemp(join(tmpdir(), 'hora-journey-'));
	const demonstration = process.env.HORA_DEMONSTRATION;
	if (demo === 'on' && demonstration) await cp(demonstration, folder, { recursive: true });
	return folder;
}

/** While the server is down, does something to its database; who is signed in stays so. */
export async function change(what: (dataDir: string) => Promise<void>) {
	await server?.kill();
	await what(used.dataDir as string);
	server = await startServer({ ...used, port: server?.port });
}

/** The server's address, under the name of a window where one is given. */
export const address = (path = '/', window = '') => {
	if (!server) throw new Error('the file has no server: call serve() in it');
	return `http://${window && `${window}.`}localhost:${server.port}${path}`;
};

type Arrive = (person: Person | 'guest', options?: Options) => Promise<Guest>;
type Options = BrowserContextOptions & { path?: string; language?: 'ro' | 'en'; anew?: boolean };

export const test = base.extend<{ arrive: Arrive }>({
	/**
	 * Each in a context of their own, signed in by the form (`anew`: not with the session of an earlier test); whoever
	 * has a fault on the console fails the test.
	 */
	async arrive({ browser }, use) {
		const guests: Guest[] = [];
		await use(async (person, { path = '/measures', language, anew = false, ...options } = {}) => {
			const known = person !== 'guest' && !anew ? sessions.get(person) : undefined;
			const context = await browser.newContext({ ...options, storageState: known });
			const guest = new Guest(await context.newPage());
			guests.push(guest);

			const away = encodeURIComponent;
			const start = person === 'guest' || known ? path : `/sign-in?back=${away(path)}`;
			await guest.page.goto(address(language ? `/language/${language}?back=${away(start)}` : start));
			if (person !== 'guest' && !known) {
				await guest.signIn(person, path);
				if (!anew && !language) sessions.set(person, await context.storageState());
			}
			return guest;
		});
		for (const guest of guests) await guest.page.context().close();
		for (const guest of guests) expect(guest.faults, 'errors on the console').toEqual([]);
	}
});

/** What each page has asked for and not got yet. */
const asking = new WeakMap<Page, Set<Request>>();

/** One page, with all that came to it: frames of the socket, bodies of the answers, errors on its console. */
export class Guest {
	readonly page: Page;
	faults: string[] = [];
	#frames: string[] = [];
	#bodies: Promise<string>[] = [];
	#tolerated: RegExp[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('websocket', (socket) =>
			socket.on('framereceived', ({ payload }) => this.#frames.push(payload.toString()))
		);
		const asked = new Set<Request>();
		asking.set(page, asked);
		page.on('request', (request) => void asked.add(request));
		for (const end of ['requestfinished', 'requestfailed'] as const)
			page.on(end as 'requestfinished', (request) => void asked.delete(request));
		page.on('response', (response) => {
			if (/\/_app\/immutable\//.test(response.url())) return;
			// A redirect has no body, and a page that is left takes its bodies along.
			this.#bodies.push(response.text().catch(() => ''));
		});
		page.on('pageerror', (error) => this.#fault(`${error.name}: ${error.message}`));
		page.on('console', (message) => message.type() === 'error' && this.#fault(message.text()));
	}

	#fault(text: string) {
		if (!this.#tolerated.some((pattern) => pattern.test(text))) this.faults.push(text);
	}

	/** From now on an error like this one is part of the journey. */
	tolerates(pattern: RegExp) {
		this.#tolerated.push(pattern);
	}

	async signIn(person: Person, path: string) {
		await this.page.locator('[name=email]').fill(emails[person]);
		await this.page.locator('[name=password]').fill(password);
		await this.page.locator('[name=password]').press('Enter');
		await this.page.waitForURL(address(path));
	}

	/** The row of a measure in the list. */
	row = (code: string): Locator =>
		this.page.getByRole('row').filter({ has: this.page.getByRole('cell', { name: code, exact: true }) });

	/** From the list to a measure, and in step with it; resolves with its path. */
	async open(code: string) {
		await this.row(code).getByRole('link').click();
		await this.page.waitForURL(/\/measures\/[0-9a-f-]{36}$/);
		await this.live();
		return new URL(this.page.url()).pathname;
	}

	live = () => expect(this.page.locator('.connection').last()).toHaveText(/În direct|Live/);

	get composer() {
		return this.page.locator('form.composer');
	}

	/** Writes and sends in one of the circles that the composer offers; resolves with the moment of sending. */
	async post(text: string, circle: string) {
		await this.page.bringToFront();
		await this.composer.locator('textarea').fill(text);
		await this.composer.locator('[name=circleId]').selectOption({ label: circle });
		return this.sends(() => this.composer.getByRole('button', { name: /Publică/ }).click());
	}

	/** The moment at which this act sends a form. */
	async sends(act: () => Promise<void>) {
		const sent = this.page.evaluate(
			() =>
				new Promise<number>((resolve) =>
					addEventListener('submit', () => resolve(Date.now()), { capture: true, once: true })
				)
		);
		await act();
		return sent;
	}

	/** Opens the form behind these words. */
	unfold = (words: string, where: Page | Locator = this.page) =>
		where.locator('summary', { hasText: words }).click();

	article = (text: string) => this.page.getByRole('article').filter({ hasText: text });

	/** Resolves with the moment at which these words stand on the page. */
	sees = (text: string, within = 5000) =>
		this.page.evaluate(
			([text, within]) =>
				new Promise<number>((resolve, reject) => {
					const isThere = () => document.querySelector('main')?.innerText.includes(text);
					const look = () => isThere() && resolve(Date.now());
					new MutationObserver(look).observe(document.body, {
						subtree: true,
						childList: true,
						characterData: true
					});
					look();
					setTimeout(() => reject(new Error(`„${text}” has not come within ${within} ms`)), within);
				}),
			[text, within] as const
		);

	/** Everything that came in since `from`, by whichever way, and what stands on the page. */
	async received(from: Mark = { frames: 0, bodies: 0 }) {
		const bodies = await Promise.all(this.#bodies.slice(from.bodies));
		return [...this.frames(from), ...bodies, await this.page.content()].join('\n');
	}

	/** Frames of the socket without its pings, and without where the reader sits, which a slow start tells late. */
	frames = ({ frames }: Mark) =>
		this.#frames.slice(frames).filter((frame) => frame !== '2' && !frame.startsWith('42["circles"'));

	mark = (): Mark => ({ frames: this.#frames.length, bodies: this.#bodies.length });

	/** A page that was not loaded anew still has what was pinned to it. */
	pin = () => this.page.evaluate(() => void Object.assign(window, { pinned: true }));
	isPinned = () => this.page.evaluate(() => 'pinned' in window);
}

type Mark = { frames: number; bodies: number };

const seats = ['commission', 'minister', 'ngo', 'embassy'] as const;

/** The four chairs in four browsers, each with the same measure open. */
export async function four(arrive: Arrive, code: string): Promise<[Guest, Guest, Guest, Guest]> {
	const first = await arrive(seats[0]);
	const path = await first.open(code);
	const [minister, ngo, embassy] = await Promise.all(seats.slice(1).map((seat) => arrive(seat, { path })));
	for (const guest of [minister!, ngo!, embassy!]) await guest.live();
	return [first, minister!, ngo!, embassy!];
}

/** The NGO and the embassy with the same measure open. */
export async function two(arrive: Arrive, code: string): Promise<[Guest, Guest]> {
	const ngo = await arrive('ngo');
	const embassy = await arrive('embassy', { path: await ngo.open(code) });
	await embassy.live();
	return [ngo, embassy];
}

/** A jittered second or two after an event, pages read again what is derived; here until that has come, too. */
export async function untilReadAgain(page: Page) {
	await page.waitForTimeout(2500);
	await expect.poll(() => asking.get(page)?.size ?? 0, { intervals: [200] }).toBe(0);
}
