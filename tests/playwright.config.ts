import { defineConfig, devices } from '@playwright/test';
import { launchArguments } from './support/chromium.js';

/** Run through `npm run journey`, which builds, finds Chromium and passes its path. */
export default defineConfig({
	testDir: './journeys',
	testMatch: '**/*.spec.ts',
	globalSetup: './support/demonstration.ts',
	outputDir: './results/journeys',
	workers: 2,
	retries: 0,
	forbidOnly: true,
	timeout: 90_000,
	// Two browsers on two cores: what comes late there is not lost.
	expect: { timeout: 10_000 },
	reporter: [['list'], ['json', { outputFile: './results/journeys.json' }]],
	use: {
		...devices['Desktop Chrome'],
		locale: 'ro-RO',
		timezoneId: 'Europe/Bucharest',
		actionTimeout: 20_000,
		screenshot: 'only-on-failure',
		launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: launchArguments }
	}
});
