/**
 * `npm test` and its parts. Every step says what it is and how long it took, a failing step does not hide the next
 * one, and the last line is always `N passed, N failed`.
 *
 *   npm test                 everything
 *   npm run check            the fast part: formatting, types, lint, translations, unit tests
 *   npm run journey [name]   one browser journey, or all; further arguments go to Playwright
 *   npm run bench            tests/bench/*.bench.ts, on a PostgreSQL with fsync on; further arguments go to Vitest
 *   npm run test:safety      tests/safety and the journey "safety", at their full sizes: a table, and tests/results/safety.json
 *   npm run bugs [name]      plants known bugs one by one and expects the suite to fail (tests/bugs.js)
 */

import { existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { buildIfDue, followShell, installIfDue, root, run, tool } from '../src/start.js';
import { translationFaults, translations } from './support/parity.js';
import { startPostgres } from './support/postgres.js';

/** @typedef {{ passed: number, failed: number }} Tally */

const results = 'tests/results';
const usage = 'Usage: node tests/run.js [check | journey [name] | bench | safety | bugs [name]]';

/** @type {Tally} */
const total = { passed: 0, failed: 0 };
/** @type {Set<string>} Test files that a runner has run. */
const filesRun = new Set();

/** @type {Record<string, (rest: string[]) => Promise<unknown>>} */
const commands = {
	async all() {
		await check('all');
		const built = await step('Build', buildIfDue);
		await withPostgres({}, () => step('Unit and integration tests', () => vitest('all', [])));
		if (built) await step('Browser journeys', () => playwright([]));
		await step('No test file that nobody runs', () => nobodyRuns(built ? /./ : /\.test\.[jt]s$/));
	},

	check: () => check('fast'),

	async journey([name, ...rest]) {
		const isName = name !== undefined && !name.startsWith('-');
		const filter = isName ? [`[\\\\/]${name}\\.spec\\.ts$`, ...rest] : name ? [name, ...rest] : [];
		if (isName && !existsSync(`tests/journeys/${name}.spec.ts`)) {
			const names = readdirSync('tests/journeys').flatMap((file) => /^(.+)\.spec\.ts$/.exec(file)?.[1] ?? []);
			console.log(`There is no journey "${name}"; there are: ${names.join(', ')}.`);
			total.failed += 1;
		} else if (await step('Build', buildIfDue)) {
			await step('Browser journeys', () => playwright(filter));
		}
	},

	async bench(rest) {
		if (!(await step('Build', buildIfDue))) return;
		await withPostgres({ fsync: true }, () => step('Benchmarks', () => vitest('bench', rest)));
	},

	async safety(rest) {
		process.env.SAFETY_SIZE ??= 'full';
		rmSync(join(results, 'safety'), { recursive: true, force: true });
		if (!(await step('Build', buildIfDue))) return;
		await withPostgres({}, () => step('Safety', () => vitest('safety', rest)));
		if (rest.length === 0)
			await step('Safety in the browser', () => playwright(['[\\\\/]safety\\.spec\\.ts$']));
		await step('What was tried', async () => tellSafety());
	},

	/** `tests/bugs.js` exports, as default, a function of the bugs' names that answers with a tally. */
	bugs: (rest) =>
		step('Planted bugs', async () => {
			const { default: plantBugs } = await import(new URL('./bugs.js', import.meta.url).href);
			return plantBugs(rest);
		})
};

/** One line for each test of safety; whoever tried less than was due has failed. */
function tellSafety() {
	const folder = join(results, 'safety');
	const files = existsSync(folder) ? readdirSync(folder).sort() : [];
	/** @type {{ test: string, what: string, cases: number, due: number, seed: number, failed: boolean, figures: Record<string, unknown> }[]} */
	const told = files.map((file) => read(join(folder, file)));
	for (const { test, what, cases, due, seed, failed, figures } of told) {
		const said = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
		const line = [test.padEnd(3), what.padEnd(34), String(cases).padStart(6), `seed ${seed}`.padEnd(12)];
		console.log(`${line.join(' ')} ${failed ? `FAILED, of ${due}` : 'ok'}  ${said.join(', ')}`);
	}
	writeFileSync(join(results, 'safety.json'), `${JSON.stringify(told, null, '\t')}\n`);
	return {
		passed: told.filter(({ failed }) => !failed).length,
		failed: told.filter(({ failed }) => failed).length
	};
}

/** @param {'fast' | 'all'} tests */
async function check(tests) {
	const formatting = begin('prettier', ['--check', '--log-level', 'warn', '.']);
	const types = begin('svelte-check', ['--fail-on-warnings']);
	const lint = begin('eslint', ['-c', 'tests/eslint.config.js', '--max-warnings', '0', '.']);
	await step('Formatting', formatting);
	await step('Types', types);
	await step('Lint', lint);
	await step('Translations', async () => {
		const faults = translationFaults();
		for (const fault of faults) console.log(fault);
		return faults.length === 0;
	});
	if (tests === 'fast') await step('Unit tests', () => vitest('fast', []));
}

/** What the tools read but the repository does not hold. */
async function prepare() {
	await installIfDue();
	mkdirSync(results, { recursive: true });
	const { compile } = await import('@inlang/paraglide-js');
	await compile(translations);
	return node('svelte-kit', ['sync'], {}, '@sveltejs/kit');
}

/** These use one core each, so they run together; what each says waits for its turn. */
function begin(/** @type {string} */ name, /** @type {string[]} */ args) {
	const log = join(results, `${name}.log`);
	const output = openSync(log, 'w');
	const ended = node(name, args, { stdio: ['ignore', output, output] });
	return async () => {
		const ok = await ended;
		process.stdout.write(readFileSync(log));
		return ok;
	};
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @param {string} [from] the package, if named otherwise than the command
 */
async function node(name, args, options = {}, from = name) {
	return (await run(process.execPath, [tool(name, from), ...args], options)) === 0;
}

/** @param {'fast' | 'all' | 'bench' | 'safety'} mode see vite.config.ts @param {string[]} args @returns {Promise<Tally>} */
async function vitest(mode, args) {
	const file = fresh('vitest.json');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const ok = await node('vitest', ['run', '--mode', mode === 'all' ? 'test' : mode, ...reporters, ...args]);

	const report = read(file);
	if (!report) return { passed: 0, failed: 1 };
	for (const { name, assertionResults } of report.testResults) {
		if (assertionResults.length > 0) filesRun.add(resolve(name));
	}
	say('skipped', report.numPendingTests + report.numTodoTests);
	return tally(report.numPassedTests, report.numFailedTests, ok);
}

/** @param {string[]} args @returns {Promise<Tally>} */
async function playwright(args) {
	const { findChromium } = await import('./support/chromium.js');
	const file = fresh('journeys.json');
	const env = { ...process.env, CHROMIUM_PATH: await findChromium() };
	const command = ['test', '-c', 'tests/playwright.config.ts', ...args];
	const ok = await node('playwright', command, { env }, '@playwright/test');

	const report = read(file);
	if (!report) return { passed: 0, failed: 1 };
	for (const suite of report.suites) filesRun.add(resolve(report.config.rootDir, suite.file));
	const { expected, unexpected, flaky, skipped } = report.stats;
	say('skipped', skipped);
	say('of them at the second try', flaky);
	return tally(expected + flaky, unexpected, ok);
}

/** A runner that failed otherwise than by a test, or ran none, counts as one failure. @returns {Tally} */
function tally(/** @type {number} */ passed, /** @type {number} */ failed, /** @type {boolean} */ ok) {
	return { passed, failed: failed === 0 && (!ok || passed === 0) ? 1 : failed };
}

/** @param {RegExp} expected the names whose runner has been started */
async function nobodyRuns(expected) {
	const files = ['src', 'tests'].flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => resolve(folder, path))
	);
	const forgotten = files.filter(
		(path) => /\.(test|spec)\.[jt]s$/.test(path) && expected.test(path) && !filesRun.has(path)
	);
	for (const path of forgotten) {
		const name = relative(root, path).split(sep).join('/');
		console.log(
			`${name}: no runner has run a test of it. See "include" in vite.config.ts, or tests/journeys.`
		);
	}
	return forgotten.length === 0;
}

/** @param {{ fsync?: boolean }} options @param {() => Promise<unknown>} act */
async function withPostgres(options, act) {
	/** @type {Awaited<ReturnType<typeof startPostgres>> | undefined} */
	let postgres;
	const given = process.env.TEST_DATABASE_URL;
	await step('PostgreSQL', async () => {
		postgres = await startPostgres(options);
		process.env.TEST_DATABASE_URL = postgres.url;
	});
	try {
		await act();
	} finally {
		await postgres?.stop();
		// A later step that wants one starts its own.
		if (postgres?.url !== given) delete process.env.TEST_DATABASE_URL;
	}
}

/** @param {string} name @param {() => Promise<boolean | void | Tally>} act @returns {Promise<boolean>} */
async function step(name, act) {
	console.log(`\n── ${name}`);
	const began = Date.now();
	/** @type {boolean | void | Tally} */
	let result;
	try {
		result = await act();
	} catch (error) {
		console.error(/** @type {{ sentence?: string }} */ (error)?.sentence ?? error);
		result = false;
	}
	if (process.exitCode === 130) process.exit();

	const { passed, failed } =
		typeof result === 'object'
			? result
			: result === false
				? { passed: 0, failed: 1 }
				: { passed: 1, failed: 0 };
	total.passed += passed;
	total.failed += failed;

	const seconds = ((Date.now() - began) / 1000).toFixed(1);
	console.log(`   ${failed === 0 ? 'ok' : 'FAILED'}, ${seconds} s`);
	return failed === 0;
}

/** @param {string} name */
function fresh(name) {
	const file = join(results, name);
	rmSync(file, { force: true });
	return file;
}

/** @param {string} file */
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** @param {string} what @param {number} count */
const say = (what, count) => count > 0 && console.log(`   ${count} ${what}`);

const [what = 'all', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, what) ? commands[what] : undefined;
if (!command) {
	console.error(usage);
	process.exit(2);
}

process.chdir(root);
followShell();
const began = Date.now();
if (await step('Packages and generated files', prepare)) await command(rest);

const minutes = (Date.now() - began) / 60_000;
console.log(`\n${minutes.toFixed(1)} min`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
