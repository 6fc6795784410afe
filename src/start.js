/**
 * `npm start` and `npm run dev`: installs what is missing, builds what is stale, runs Hora in this same process.
 * Plain JavaScript without dependencies, for a machine that has Node and npm and nothing else.
 */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	readdirSync,
	realpathSync,
	writeFileSync
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEnvironmentFile, readEnvironment } from './lib/server/env.js';

export const root = fileURLToPath(new URL('..', import.meta.url));

const buildStamp = join(root, 'build', '.sources');
const sources = [
	'src',
	'static',
	'drizzle',
	'package-lock.json',
	'package.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];
/** Tests, and what the translations' compiler writes. */
const notSources = /\.test\.ts$|^src\/i18n\/compiled$|^src\/i18n\/project\.inlang\/(?!settings\.json$)/;

/** @param {'start' | 'dev'} command */
async function main(command) {
	process.chdir(root);
	followShell();
	checkNode();
	loadEnvironmentFile();
	const environment = readEnvironment(process.env);
	await installIfDue();

	if (command === 'dev') return develop(environment);

	await buildIfDue();
	await import('./server.js');
}

/** npm tells only its shell to stop, and a shell may go without telling: then its going is what tells. */
export function followShell() {
	if (!process.env.npm_lifecycle_event) return;
	const shell = process.ppid;
	const watching = setInterval(() => {
		if (process.ppid === shell) return;
		clearInterval(watching);
		process.kill(process.pid, 'SIGTERM');
	}, 250).unref();
}

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
	throw sentence(`Hora needs Node 20.19, 22.12 or newer, and this is ${process.versions.node}.`);
}

/** npm itself keeps, in node_modules, the list of what it has finished installing. */
export async function installIfDue() {
	if (isInstalled()) return;

	// Without --include=dev, NODE_ENV=production would leave out what builds.
	const npm = process.env.npm_execpath ?? '';
	const [command, ...args] = basename(npm) === 'npm-cli.js' ? [process.execPath, npm] : ['npm'];
	const shell = command === 'npm' && process.platform === 'win32';

	const code = await patiently('Installing packages', () =>
		run(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], { shell })
	);
	if (code !== 0) throw sentence('The packages could not be installed: see what npm says above.');
}

function isInstalled() {
	const wanted = packages('package-lock.json');
	const found = packages('node_modules/.package-lock.json');
	return Object.entries(wanted).every(
		([path, { version, optional }]) => path === '' || optional || found[path]?.version === version
	);
}

/** @param {string} path @returns {Record<string, { version: string, optional?: boolean }>} */
function packages(path) {
	return existsSync(join(root, path)) ? JSON.parse(readFileSync(join(root, path), 'utf8')).packages : {};
}

/** The stamp lies in the build, which the build empties first: a broken build leaves none. */
export async function buildIfDue() {
	const hash = hashOfSources();
	if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === hash) return;

	// What tools say of each other's code is nothing that whoever starts Hora could act on; of a build that fails it is all.
	mkdirSync(join(root, '.svelte-kit'), { recursive: true });
	const log = join(root, '.svelte-kit', 'build.log');
	const output = openSync(log, 'w');
	const code = await patiently('Building', () =>
		run(process.execPath, [tool('vite'), 'build'], { stdio: ['ignore', output, output] })
	);
	closeSync(output);
	if (code !== 0) {
		process.stderr.write(readFileSync(log));
		throw sentence('Hora could not be built: see above.');
	}
	writeFileSync(buildStamp, hash);
}

function hashOfSources() {
	const hash = createHash('sha256');

	/** @param {string} path */
	const add = (path) => {
		if (notSources.test(path) || !existsSync(join(root, path))) return;
		const entries = list(join(root, path));
		if (entries) for (const entry of entries) add(`${path}/${entry}`);
		else
			hash
				.update(`${path}\0`)
				.update(readFileSync(join(root, path)))
				.update('\0');
	};

	for (const path of sources) add(path);
	return hash.digest('hex');
}

/** The names in a folder, in one order everywhere; nothing for a file. @param {string} path */
function list(path) {
	try {
		return readdirSync(path).sort();
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return undefined;
		throw error;
	}
}

/** @param {import('./lib/server/env.js').Environment} environment */
async function develop({ host, port }) {
	const { createServer } = await import('vite');
	const server = await createServer({ server: { host, port, strictPort: true } });
	await server.listen().catch((error) => {
		throw /already in use/.test(error.message) ? sentence(`PORT ${port} is taken: give another one.`) : error;
	});
	server.printUrls();
	server.bindCLIShortcuts({ print: true });
	process.once('SIGINT', () => void server.close().finally(() => process.exit()));

	// The first request is what opens the database and the gateway; it need not be a person's.
	const { local = [], network = [] } = server.resolvedUrls ?? {};
	await fetch(new URL('/health', [...local, ...network][0])).catch(() => {});
	Reflect.get(globalThis, Symbol.for('hora'))?.announce?.(`http://localhost:${port}`);
}

/** The script behind a package's command. @param {string} name @param {string} [from] the package, if named otherwise */
export function tool(name, from = name) {
	const folder = join(root, 'node_modules', from);
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/**
 * Runs a command to its end, and takes it along if this process is told to go.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export function run(command, args, options = {}) {
	const child = options.shell
		? spawn([command, ...args].join(' '), { cwd: root, stdio: 'inherit', ...options })
		: spawn(command, args, { cwd: root, stdio: 'inherit', ...options });

	/** @param {NodeJS.Signals} signal */
	const passOn = (signal) => {
		child.kill(signal);
		process.exitCode = 130;
	};
	const signals = /** @type {const} */ (['SIGINT', 'SIGTERM']);
	for (const signal of signals) process.on(signal, passOn);

	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => {
			for (const signal of signals) process.off(signal, passOn);
			resolve(code ?? 130);
		});
	});
}

/** Says what takes long while it takes long. @template T @param {string} what @param {() => Promise<T>} act */
async function patiently(what, act) {
	const began = Date.now();
	const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
	const ticking = setInterval(() => console.log(`  … ${what.toLowerCase()}, ${seconds()}`), 5_000);

	console.log(`${what} …`);
	try {
		return await act();
	} finally {
		clearInterval(ticking);
		console.log(`  ${what.toLowerCase()} took ${seconds()}`);
	}
}

/** @param {string} text */
const sentence = (text) => Object.assign(new Error(text), { sentence: text });

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	main(process.argv[2] === 'dev' ? 'dev' : 'start').catch((error) => {
		console.error(error?.sentence ?? error);
		process.exit(1);
	});
}
