/**
 * `npm run db:new NAME`: writes the next migration, from the difference between what the tables.server.ts say and the
 * migrations so far. `npm run db:new NAME -- --custom` writes an empty one, for functions, grants and data.
 */

import { installIfDue, root, run, tool } from '../src/start.js';

const [name = '', ...options] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_-]*$/.test(name)) {
	console.error('Usage: npm run db:new NAME (small letters, digits, - and _) [-- --custom]');
	process.exit(2);
}

process.chdir(root);
await installIfDue();
process.exit(
	await run(process.execPath, [
		tool('drizzle-kit'),
		'generate',
		'--config',
		'drizzle/drizzle.config.ts',
		'--name',
		name,
		...options
	])
);
