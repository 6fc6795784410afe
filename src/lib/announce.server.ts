import { demonstrationPassword, listChairs } from '#lib/auth/demonstration.server.ts';
import type { App } from './app.server.ts';

/** What the console says when Hora is ready. */
export async function announce(url: string, { database, demonstration, exposed, origin, setUpCode }: App) {
	console.log(`\n  Hora: ${url}\n`);
	if (database.kind === 'pglite')
		console.log(
			'  Embedded database: right for one machine and a small team. For more, give DATABASE_URL\n' +
				'  (postgres://…, PostgreSQL 15 or newer).\n'
		);
	if (setUpCode)
		console.log(
			`  Pentru început / To begin: ${url}/set-up, codul / code ${setUpCode}\n` +
				'  (Or DEMO=on loads the demonstration into an empty workspace.)\n'
		);
	if (exposed)
		console.warn('  WARNING: the demonstration is open to other machines; its passwords are public.\n');
	if (!demonstration) return;

	const chairs = await listChairs(database);
	console.log(`  Demonstration sign-ins (password of all: ${demonstrationPassword})`);
	for (const chair of chairs.filter(({ main }) => main)) {
		const window = origin ? '' : `  ${windowOf(url, chair.window)}`;
		console.log(`    ${chair.email.padEnd(34)} ${chair.organisationRo}, ${chair.role}${window}`);
	}
	console.log();
}

const windowOf = (url: string, window: string) => url.replace('//localhost', `//${window}.localhost`);
