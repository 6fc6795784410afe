import { spawnSync } from 'node:child_process';
import { startPostgres } from './tests/support/postgres.js';
const postgres = await startPostgres({});
try {
	spawnSync('npx', ['vitest', 'run', '--reporter=dot', ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: postgres.url } });
} finally { await postgres.stop(); }
