/**
 * Opens the embedded database of a folder in a process of its own, says `{ open: true }` or `{ sentence, after }` (ms) as JSON,
 * then reads commands, one a line: SQL to run, or `busy` for a thread that answers nobody for five seconds.
 */

import { createInterface } from 'node:readline';
import { runnerImport } from 'vite';

const { module: embedded } = await runnerImport('/src/lib/server/embedded.server.ts', {
	configFile: false,
	logLevel: 'error'
});

/** @param {unknown} answer */
const say = (answer) => console.log(JSON.stringify(answer));

const started = performance.now();
try {
	const { client, close } = await embedded.openEmbedded(process.argv[2]);
	say({ open: true });

	for await (const command of createInterface(process.stdin)) {
		say(command === 'busy' ? 'busy' : await client.query(command));
		for (const until = Date.now() + 5_000; command === 'busy' && Date.now() < until;);
	}
	await close();
} catch (error) {
	if (!(error instanceof embedded.EmbeddedBusy)) throw error;
	const { sentence } = /** @type {{ sentence: string }} */ (error);
	say({ sentence, after: performance.now() - started });
}
