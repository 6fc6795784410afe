import { defineConfig, devices } from '@playwright/test';
import { launchArguments } from './support/chromium.js';

/** Run through `npm run journey`, which builds, finds Chromium and passes its path. */
export default defineConfig({
	testDir: './journeys',
	testMatch: '**/*.spec.ts',
	globalSetup: './support/demonstration.ts',
	outputDir: './results/journeys',
	// On two cores one browser keeps both busy: two take no less time in all, and each meets the other's load.
	workers: 1,
	// A second try is said, by name; what fails twice has failed.
	retries: 1,
	forbidOnly: true,
	timeout: 90_000,
	// On a slow machine what comes late is not lost.
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
