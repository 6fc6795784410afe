/**
 * `npm run bugs [name …]`: copies the working tree, plants known bugs in the copy one by one, runs the tests that
 * should catch each, and demands that they fail; before that, that they pass without it. A test that cannot fail
 * proves nothing. With HORA_BUGS_WHY=1 it also prints how each fails.
 */

import { execFileSync } from 'node:child_process';
import {
	closeSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, run as start, tool } from '../src/start.js';
import { bugs, forgotten, sizes } from './bugs/planted.js';
import { startPostgres } from './support/postgres.js';

/** @typedef {import('./bugs/planted.js').Catcher} Catcher @typedef {import('./bugs/planted.js').Bug} Bug */

/** Milliseconds for one run of tests, and for that of all of them. */
const patience = { one: 240_000, all: 900_000 };
const names = [...bugs.map(({ name }) => name), forgotten.name];

/** @param {string[]} wanted none: all @returns {Promise<{ passed: number, failed: number }>} */
export default async function plantBugs(wanted) {
	const unknown = wanted.filter((name) => !names.includes(name));
	if (unknown.length > 0) throw new Error(`There is no bug "${unknown[0]}"; there are: ${names.join(', ')}.`);
	const chosen = bugs.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
	const tally = { passed: 0, failed: 0 };

	const postgres = await startPostgres();
	const env = { ...process.env, TEST_DATABASE_URL: postgres.url, ...sizes };
	const copy = copyTree();
	const count = (/** @type {boolean} */ good) => (tally[good ? 'passed' : 'failed'] += 1);
	try {
		if (chosen.length > 0) {
			const catchers = chosen.flatMap(({ caughtBy }) => caughtBy);
			console.log(`Without a bug: ${new Set(catchers.map(({ file }) => file)).size} test files …`);
			count(await allPass(copy, env, catchers));
		}
		for (const bug of chosen) count(await isCaught(copy, env, bug));
		if (wanted.length === 0 || wanted.includes(forgotten.name)) count(await isMissed(env));
	} finally {
		rmSync(copy, { recursive: true, force: true });
		await postgres.stop();
	}
	return tally;
}

/** @param {string} copy @param {NodeJS.ProcessEnv} env @param {Catcher[]} catchers */
async function allPass(copy, env, catchers) {
	const began = Date.now();
	const report = await vitest(copy, env, catchers, []);
	const wrong = catchers.flatMap((catcher) => {
		const found = resultsOf(report, catcher);
		const failed = found.filter(({ status }) => status === 'failed');
		if (failed.length > 0) return failed.map(({ fullName }) => `${catcher.file}: "${fullName}" fails`);
		return found.some(({ status }) => status === 'passed')
			? []
			: [`${catcher.file}: no test "${catcher.test}"`];
	});
	for (const line of new Set(wrong)) console.log(`  NOT GOOD  ${line} without any bug`);
	if (wrong.length === 0) say('all pass', '', began);
	return wrong.length === 0;
}

/** @param {string} copy @param {NodeJS.ProcessEnv} env @param {Bug} bug */
async function isCaught(copy, env, { name, plant, caughtBy }) {
	let undo;
	try {
		undo = replaceAll(copy, plant);
	} catch (error) {
		console.log(`  ${name}: NOT PLANTED. ${/** @type {Error} */ (error).message}`);
		return false;
	}
	let caught = true;
	for (const catcher of caughtBy) {
		const began = Date.now();
		const report = await vitest(copy, env, [catcher], ['--bail=1']);
		const failed = resultsOf(report, catcher).find(({ status }) => status === 'failed');
		say(name, failed ? `"${failed.fullName}" (${catcher.file})` : `NOT CAUGHT by ${catcher.file}`, began);
		if (failed && process.env.HORA_BUGS_WHY) console.log(failed.failureMessages.join('\n').slice(0, 1500));
		if (!failed) caught = false;
	}
	undo();
	return caught;
}

/** The whole run, of one small test, says that another file is run by nobody. @param {NodeJS.ProcessEnv} env */
async function isMissed(env) {
	const began = Date.now();
	const copy = copyTree();
	try {
		for (const path of readdirSync(copy, { recursive: true, encoding: 'utf8' }))
			if (
				/^(src|tests)\b.*\.(test|spec)\.[jt]s$/.test(path) &&
				join(copy, path) !== join(copy, forgotten.kept)
			)
				rmSync(join(copy, path));
		replaceAll(copy, forgotten.shorten);

		const before = await run(copy, env, [join(copy, 'tests/run.js')]);
		mkdirSync(join(copy, dirname(forgotten.file)), { recursive: true });
		writeFileSync(join(copy, forgotten.file), forgotten.content);
		const after = await run(copy, env, [join(copy, 'tests/run.js')]);

		const line = after.said.split('\n').find((line) => line.includes(forgotten.file));
		const caught = before.code === 0 && after.code === 1 && line !== undefined;
		say(forgotten.name, caught ? `"${line}"` : `NOT CAUGHT: ${before.said}\n${after.said}`, began);
		return caught;
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

/** What git knows or would add, as it is now; and what is generated. */
function copyTree() {
	const copy = realpathSync(mkdtempSync(join(tmpdir(), 'hora-bugs-')));
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8'
	});
	for (const path of [...listed.split('\0').filter(Boolean), 'src/i18n/compiled', '.svelte-kit'])
		if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path), { recursive: true });
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
	return copy;
}

/**
 * All of the texts or none.
 * @param {string} copy @param {Bug['plant']} plant
 * @returns puts everything back
 */
function replaceAll(copy, plant) {
	/** @type {Map<string, { before: string, after: string }>} */
	const files = new Map();
	for (const [file, text, instead] of plant) {
		const path = join(copy, file);
		const before = files.get(path)?.before ?? readFileSync(path, 'utf8');
		const now = files.get(path)?.after ?? before;
		const times = now.split(text).length - 1;
		if (times !== 1) throw new Error(`${file} has this text ${times} times, and not once:\n${text}`);
		files.set(path, { before, after: now.replace(text, () => instead) });
	}
	for (const [path, { after }] of files) writeFileSync(path, after);
	return () => files.forEach(({ before }, path) => writeFileSync(path, before));
}

/** @typedef {{ status: string, fullName: string, failureMessages: string[] }} Result */

/** @param {string} copy @param {NodeJS.ProcessEnv} env @param {Catcher[]} catchers @param {string[]} options */
async function vitest(copy, env, catchers, options) {
	const file = join(copy, 'tests/results/vitest.json');
	rmSync(file, { force: true });
	if (catchers.some(({ build }) => build)) {
		const { code, said } = await run(copy, env, [tool('vite'), 'build', '--logLevel', 'error']);
		if (code !== 0) throw new Error(`it could not be built:\n${said}`);
	}
	const files = [...new Set(catchers.map(({ file }) => file))];
	const pattern = [...new Set(catchers.map(({ test }) => test))].join('|');
	const how = ['--no-file-parallelism', '--reporter=json', `--outputFile=${file}`, '-t', pattern, ...options];
	const time = options.length > 0 ? patience.one : patience.all;
	const { said } = await run(copy, env, [tool('vitest'), 'run', '--mode', 'test', ...how, ...files], time);
	if (!existsSync(file)) {
		console.log(said.slice(-3000));
		return [];
	}
	/** @type {{ testResults: { name: string, message: string, assertionResults: Result[] }[] }} */
	const report = JSON.parse(readFileSync(file, 'utf8'));
	for (const { name, message, assertionResults } of report.testResults)
		if (message && assertionResults.length === 0) console.log(`  ${name} did not run: ${message}`);
	return report.testResults;
}

/** @param {{ name: string, assertionResults: Result[] }[]} report @param {Catcher} catcher */
const resultsOf = (report, { file, test }) =>
	report
		.filter(({ name }) => name.split('\\').join('/').endsWith(file))
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ fullName }) => fullName.includes(test));

/** @param {string} cwd @param {NodeJS.ProcessEnv} env @param {string[]} args */
async function run(cwd, env, args, timeout = patience.one) {
	const output = join(cwd, 'tests/results/output.txt');
	mkdirSync(dirname(output), { recursive: true });
	const file = openSync(output, 'w');
	const code = await start(process.execPath, args, { cwd, env, stdio: ['ignore', file, file], timeout });
	closeSync(file);
	if (process.exitCode === 130) throw new Error('Stopped.');
	return { code, said: readFileSync(output, 'utf8') };
}

/** @param {string} name @param {string} what @param {number} began */
function say(name, what, began) {
	console.log(`  ${name.padEnd(42)} ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}
