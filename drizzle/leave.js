/**
 * `npm run demo:leave`: leaves the demonstration behind and keeps nothing of it. The next start shows the set-up.
 * It asks before it does so; `npm run demo:leave -- --yes` does not.
 */

import { createInterface } from 'node:readline/promises';
import { loadEnvironmentFile, readEnvironment } from '../src/lib/server/env.js';
import { installIfDue, root } from '../src/start.js';

const word = 'leave';

async function main() {
	process.chdir(root);
	loadEnvironmentFile();
	const environment = readEnvironment(process.env);
	const place = environment.databaseUrl ? 'the database of DATABASE_URL' : environment.dataDir;
	if (!(await isWanted(place))) return console.log('Nothing was changed.');
	await installIfDue();

	// The app is written in TypeScript, which not every Node reads: Vite does, and nothing is built for it.
	const { createServer } = await import('vite');
	const vite = await createServer({
		configFile: false,
		appType: 'custom',
		logLevel: 'error',
		server: { middlewareMode: true, hmr: false, ws: false, watch: null }
	});
	try {
		const module = await vite.ssrLoadModule('/src/lib/workspace/leave-demonstration.server.ts');
		await module.leaveDemonstration(environment);
	} finally {
		await vite.close();
	}
	console.log(`The demonstration is gone from ${place}. npm start now shows the set-up.`);
	if (environment.demo === 'on')
		console.log(
			'But DEMO=on is set, which would load it again: take it out of the environment or .env first.'
		);
}

/** @param {string} place */
async function isWanted(place) {
	if (process.argv.includes('--yes')) return true;
	console.log(`This removes the demonstration and everything written in it, from ${place}.`);
	const asking = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return (await asking.question(`Type ${word} to go on: `)).trim() === word;
	} finally {
		asking.close();
	}
}

main().then(
	() => process.exit(0),
	(error) => {
		console.error(error?.sentence ?? error);
		process.exit(1);
	}
);
